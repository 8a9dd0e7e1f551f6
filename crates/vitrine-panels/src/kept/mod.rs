//! What the reader keeps in this browser: bookmarks with notes, and searches.

mod bookmark;
mod bookmarks;
mod import;
mod searches;

use vitrine_dom::{Node, node, node_of};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::Element;

use self::{
    bookmarks::{all_bookmarks, this_article},
    searches::{recent_searches, save_this_search, saved_searches},
};
use crate::{dialog::Dialog, here::Here, strings::Strings};

pub(crate) use self::{
    bookmark::forget_bookmarks,
    bookmarks::show_mark,
    searches::{forget_history, forget_searches},
};

/// Makes the panel.
///
/// It opens from a button that says what it does: on an article the article is marked, on a list
/// the search is saved. `detail` is that of [`Here`].
pub(crate) fn kept(
    dialog: Dialog,
    detail: &JsValue,
    strings: &'static Strings,
) -> Dialog {
    let here = Here::new(detail);
    let mut dialog = dialog.titled(strings.kept());
    let bookmarks = node_of("ul", "panel-kept").attribute("role", "list");
    let mut this = None;
    if here.article.is_object() {
        let (with_article, marking) = this_article(dialog, &here, &bookmarks, strings);
        (dialog, this) = (with_article, Some(marking));
    } else if here.place != "/" {
        save_this_search(&here, &dialog.status, strings);
    }
    dialog = all_bookmarks(dialog, &here, &bookmarks, this, strings);
    dialog = saved_searches(dialog, &here, strings);
    dialog = recent_searches(dialog, &here, strings);
    let element = dialog.element().clone();
    let body = dialog.body.clone();
    // The reader follows a link, which it finds by its attribute.
    dialog.on(&body, "click", move |event| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        if target.is_some_and(|target| target.closest("a").is_ok_and(|a| a.is_some())) {
            element.close();
        }
    });
    dialog
}

/// Returns a link to a place.
fn link(here: &Here, place: &str, text: &str) -> Node {
    node("a")
        .attribute("href", &here.href(place))
        .attribute("data-place", place)
        .text(text)
}

/// Returns what a list says that has nothing in it.
fn nothing(text: &str) -> Node {
    node_of("li", "panel-nothing").text(text)
}

/// Calls `forget` with the name that the button has which was clicked in a list, and gives the
/// focus to the next button, or to `heading` after the last.
fn on_forget(
    dialog: &mut Dialog,
    list: &Node,
    heading: &Node,
    mut forget: impl FnMut(&str) + 'static,
) {
    let (place, heading) = (list.clone(), heading.clone());
    heading.set("tabindex", "-1");
    dialog.on(list, "click", move |event| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let name = target.and_then(|target| target.get_attribute("data-forget"));
        let Some(name) = name else { return };
        forget(&name);
        let next = place.find("[data-forget]").unwrap_or_else(|| heading.clone());
        next.raw().focus().ok();
    });
}

/// Returns the button that takes something out of a list.
fn forget_button(name: &str, label: &str) -> Node {
    node_of("button", "panel-forget")
        .attribute("type", "button")
        .attribute("data-forget", name)
        .attribute("aria-label", label)
        .attribute("title", label)
        .text("×")
}
