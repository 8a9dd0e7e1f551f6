//! How the text looks, and the language of the interface.

use vitrine_dom::{Node, field, node, node_of, remember};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlInputElement};

use crate::{
    dialog::{Dialog, choice, chosen},
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
/// `detail` has the element whose attribute `data-look` holds the choices as `root`, the
/// archive's element as `host`, the language of the interface as `language`, and whether the
/// choices may be remembered as `mayRemember`.
pub(crate) fn settings(
    dialog: Dialog,
    detail: &JsValue,
    strings: &'static Strings,
) -> Dialog {
    let root: Element = field(detail, "root").unchecked_into();
    let host: Element = field(detail, "host").unchecked_into();
    let may_remember = field(detail, "mayRemember").is_truthy();
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
    let form = node_of("form", "panel-settings").children(groups);
    let mut dialog = dialog.titled(strings.settings()).child(&form);
    dialog.on(&form.clone(), "change", move |_| {
        let look = look_of(&form);
        root.set_attribute("data-look", &look).ok();
        if may_remember {
            remember("look", &look);
        }
    });
    let language = field(detail, "language").as_string().unwrap_or_default();
    let (label, select) = choice(strings.language(), &LANGUAGES, &language);
    dialog.on(&select.clone(), "change", move |_| {
        let language = chosen(&select);
        if may_remember {
            remember("language", &language);
        }
        // The element starts anew in this language.
        host.set_attribute("lang", &language).ok();
    });
    dialog.child(&label)
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
    let mut values = Vec::new();
    let Ok(inputs) = form.raw().query_selector_all("input:checked") else {
        return String::new();
    };
    for position in 0..inputs.length() {
        let input = inputs.item(position).and_then(|input| input.dyn_into().ok());
        if let Some::<HtmlInputElement>(input) = input {
            values.push(input.value());
        }
    }
    values.retain(|value| !value.is_empty());
    values.join(" ")
}
