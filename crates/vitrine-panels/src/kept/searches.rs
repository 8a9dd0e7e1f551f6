//! Searches in the panel: saved ones, and the last ones.

use js_sys::{Date, encode_uri_component};
use vitrine_dom::{Node, all, node, node_of, recall, remember, remembered};
use vitrine_words::fill;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};

use super::{forget_button, link, nothing, on_forget};
use crate::{
    dialog::{Dialog, button},
    here::Here,
    strings::Strings,
};

/// Most searches that are listed as the last ones.
const MAX_RECENT: usize = 30;

/// Saves the search that is shown under its place: when, and on a line below it the words by
/// which people know it.
pub(super) fn save_this_search(here: &Here, status: &Node, strings: &Strings) {
    let name = name(here, &here.place);
    let saved: String = Date::new_0().to_iso_string().into();
    let text = [&saved, "\n", &label(here, strings)].concat();
    remember(&name, &text);
    let is_kept = recall(&name).as_deref() == Some(&text);
    status.set_text(if is_kept { strings.kept_here() } else { strings.not_kept() });
}

/// Returns the query and what narrows the list.
fn label(here: &Here, strings: &Strings) -> String {
    let mut parts = Vec::new();
    let query = here.root.query_selector("[part~=search]").ok().flatten();
    if let Some(Ok(query)) = query.map(JsCast::dyn_into::<HtmlInputElement>) {
        parts.push(query.value());
        parts.retain(|query| !query.is_empty());
    }
    let chips = all(&here.root, ".chips bdi").into_iter();
    parts.extend(chips.filter_map(|chip| chip.text_content()));
    if parts.is_empty() {
        parts.push(strings.all_articles().to_owned());
    }
    parts.join(" · ")
}

/// Adds the saved searches.
pub(super) fn saved_searches(
    dialog: Dialog,
    here: &Here,
    strings: &'static Strings,
) -> Dialog {
    let heading = node("h3").text(strings.saved_searches());
    let list = node_of("ul", "panel-kept").attribute("role", "list");
    show_saved(&list, here, strings);
    let mut dialog = dialog.child(&heading).child(&list);
    let (status, here, items) = (dialog.status.clone(), here.clone(), list.clone());
    on_forget(&mut dialog, &list, &heading, move |place| {
        remember(&name(&here, place), "");
        status.set_text(strings.forgotten());
        show_saved(&items, &here, strings);
    });
    dialog
}

fn show_saved(list: &Node, here: &Here, strings: &Strings) {
    list.raw().set_text_content(None);
    let beginning = name(here, "");
    let mut searches: Vec<(String, String)> = remembered(&beginning)
        .into_iter()
        .map(|name| (recall(&name).unwrap_or_default(), name))
        .collect();
    if searches.is_empty() {
        list.append(&nothing(strings.no_saved_searches()));
    }
    // The newest first.
    searches.sort_unstable_by(|one, other| other.cmp(one));
    for (text, name) in searches {
        let Some(place) = name.strip_prefix(&beginning) else { continue };
        let label = text.split_once('\n').map_or(&*text, |(_, label)| label);
        let link = link(here, place, label).attribute("dir", "auto");
        let forget = forget_button(place, &fill(strings.forget(), label));
        list.append(&node("li").child(&link).child(&forget));
    }
}

/// Adds the last searches, where they are kept.
pub(super) fn recent_searches(
    dialog: Dialog,
    here: &Here,
    strings: &'static Strings,
) -> Dialog {
    let heading = node("h3").text(strings.recent_searches());
    let dialog = dialog.child(&heading);
    if here.has_chosen("no-history") {
        return dialog.child(&node_of("p", "panel-quiet").text(strings.history_is_off()));
    }
    let list = node_of("ul", "panel-kept").attribute("role", "list");
    let lines = recall(&here.name("searches")).unwrap_or_default();
    let mut queries: Vec<&str> = Vec::new();
    for query in lines.lines().filter(|query| !query.is_empty()) {
        if !queries.contains(&query) && queries.len() < MAX_RECENT {
            queries.push(query);
        }
    }
    for query in &queries {
        let encoded: String = encode_uri_component(query).into();
        let link =
            link(here, &["/?q=", &encoded].concat(), query).attribute("dir", "auto");
        list.append(&node("li").child(&link));
    }
    if queries.is_empty() {
        return dialog.child(&list.child(&nothing(strings.no_recent_searches())));
    }
    let clear = button(strings.clear());
    let acts = node_of("p", "panel-acts").child(&clear);
    let mut dialog = dialog.child(&list).child(&acts);
    heading.set("tabindex", "-1");
    let (status, here) = (dialog.status.clone(), here.clone());
    dialog.on_click(&clear, move || {
        forget_history(&here);
        list.raw().set_text_content(None);
        list.append(&nothing(strings.no_recent_searches()));
        status.set_text(strings.forgotten());
        heading.raw().focus().ok();
        let button: &Element = acts.raw();
        button.remove();
    });
    dialog
}

/// Forgets the last searches.
pub(crate) fn forget_history(here: &Here) {
    remember(&here.name("searches"), "");
}

/// Forgets the saved searches and the last ones.
pub(crate) fn forget_searches(here: &Here) {
    for name in remembered(&name(here, "")) {
        remember(&name, "");
    }
    forget_history(here);
}

fn name(here: &Here, place: &str) -> String {
    [&here.name("search"), "#", place].concat()
}
