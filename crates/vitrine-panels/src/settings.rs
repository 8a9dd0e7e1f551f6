//! How the text looks, and the language of the interface.

use vitrine_dom::{Node, all, node, node_of, remember, spawn};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CustomEvent, CustomEventInit, HtmlInputElement, ShadowRoot};

use crate::{
    cite::STYLE,
    dialog::{Dialog, button, choice, chosen},
    here::Here,
    kept::{forget_bookmarks, forget_history, forget_searches, show_mark},
    strings::Strings,
};

/// Languages of the interface, in their own words.
const LANGUAGES: [(&str, &str); 7] = [
    ("ar", "العربية"),
    ("zh-Hans", "简体中文"),
    ("zh-Hant", "繁體中文"),
    ("en", "English"),
    ("fr", "Français"),
    ("ru", "Русский"),
    ("es", "Español"),
];

/// Makes the panel.
///
/// `detail` is that of [`Here`].
pub(crate) fn settings(
    dialog: Dialog,
    detail: &JsValue,
    strings: &'static Strings,
) -> Dialog {
    let here = Here::new(detail);
    let (root, may_remember) = (here.root.clone(), here.may_remember());
    let look = root.get_attribute("data-look").unwrap_or_default();
    let groups = [
        group(
            "theme",
            strings.theme(),
            &look,
            &[
                ("", strings.theme_auto()),
                ("light", strings.theme_light()),
                ("sepia", strings.theme_sepia()),
                ("dark", strings.theme_dark()),
            ],
        ),
        group(
            "size",
            strings.size(),
            &look,
            &[
                ("small", "90 %"),
                ("", "100 %"),
                ("large", "115 %"),
                ("larger", "135 %"),
                ("largest", "160 %"),
            ],
        ),
        group(
            "width",
            strings.width(),
            &look,
            &[
                ("narrow", strings.width_narrow()),
                ("", strings.width_medium()),
                ("wide", strings.width_wide()),
            ],
        ),
        group(
            "face",
            strings.face(),
            &look,
            &[("", strings.face_serif()), ("sans", strings.face_sans())],
        ),
        group(
            "density",
            strings.density(),
            &look,
            &[
                ("", strings.density_comfortable()),
                ("compact", strings.density_compact()),
            ],
        ),
        group(
            "keys",
            strings.keys(),
            &look,
            &[("", strings.keys_on()), ("no-keys", strings.keys_off())],
        ),
        group(
            "indent",
            strings.indent(),
            &look,
            &[("", strings.indent_none()), ("indent", strings.indent_two())],
        ),
    ];
    let history = may_remember.then(|| {
        let choices = [("", strings.history_on()), ("no-history", strings.history_off())];
        group("history", strings.recent_searches(), &look, &choices)
    });
    let form = node_of("form", "panel-settings").children(groups).maybe(history);
    let mut dialog = dialog.titled(strings.settings()).child(&form);
    let language = root.get_attribute("lang").unwrap_or_default();
    let shadow = root.get_root_node().dyn_into::<ShadowRoot>();
    dialog.on(&form.clone(), "change", move |_| {
        let look = look_of(&form);
        root.set_attribute("data-look", &look).ok();
        if may_remember {
            remember("look", &look);
            if here.has_chosen("no-history") {
                forget_history(&here);
            }
        }
    });
    let (label, select) = choice(strings.language(), &LANGUAGES, &language);
    dialog.on(&select.clone(), "change", move |_| {
        let language = chosen(&select);
        if may_remember {
            remember("language", &language);
        }
        // The element starts anew in this language.
        if let Ok(shadow) = &shadow {
            shadow.host().set_attribute("lang", &language).ok();
        }
    });
    let place = node_of("div", "panel-offline");
    let dialog = dialog.child(&label).child(&place);
    offer(&place);
    if may_remember { wipe(dialog, detail, strings) } else { dialog }
}

/// Offers a place to the script that keeps archives for use without a connection, where the
/// archive's own page has it; it fills the place.
fn offer(place: &Node) {
    let place = place.clone();
    spawn(async move {
        // The dialog is part of the page by then.
        let init = CustomEventInit::new();
        init.set_bubbles(true);
        init.set_composed(true);
        init.set_cancelable(true);
        let event = CustomEvent::new_with_event_init_dict("vitrine-offline", &init);
        if let Ok(event) = event {
            place.raw().dispatch_event(&event).ok();
        }
    });
}

/// Adds the way to delete everything that is kept in this browser, behind a second step.
fn wipe(dialog: Dialog, detail: &JsValue, strings: &'static Strings) -> Dialog {
    let delete = button(strings.delete());
    let whole = node_of("details", "panel-wipe")
        .child(&node("summary").text(strings.wipe()))
        .child(&node("p").text(strings.wipe_what()))
        .child(&delete);
    let mut dialog = dialog.child(&whole);
    let (here, status) = (Here::new(detail), dialog.status.clone());
    dialog.on_click(&delete, move || {
        forget_bookmarks(&here);
        forget_searches(&here);
        for name in ["look", "language", STYLE] {
            remember(name, "");
        }
        show_mark(&here, false, strings);
        whole.toggle("open", false);
        status.set_text(strings.forgotten());
        if let Some(summary) = whole.find("summary") {
            summary.raw().focus().ok();
        }
    });
    dialog
}

/// Returns choices of which one holds; that of the empty value holds where no other does.
fn group(
    name: &'static str,
    label: &str,
    look: &str,
    choices: &[(&'static str, &str)],
) -> Node {
    let is_chosen = |value: &str| look.split(' ').any(|chosen| chosen == value);
    let has_other =
        choices.iter().any(|(value, _)| !value.is_empty() && is_chosen(value));
    let group = node("fieldset").child(&node("legend").text(label));
    group.children(choices.iter().map(|(value, label)| {
        let input = node("input")
            .attribute("type", "radio")
            .attribute("name", name)
            .attribute("value", value);
        let is_checked = if value.is_empty() { !has_other } else { is_chosen(value) };
        input.toggle("checked", is_checked);
        node("label").child(&input).child(&node("bdi").text(label))
    }))
}

/// Returns the values that hold, with spaces between them.
fn look_of(form: &Node) -> String {
    let inputs = all(form.raw(), "input:checked").into_iter();
    let inputs = inputs.filter_map(|input| input.dyn_into::<HtmlInputElement>().ok());
    let mut values: Vec<String> = inputs.map(|input| input.value()).collect();
    values.retain(|value| !value.is_empty());
    values.join(" ")
}
