//! The headings of an article, as links to their places.

use vitrine_dom::{Node, all, field, node, node_of};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Element;

use crate::{dialog::Dialog, strings::Strings};

/// Makes the panel.
///
/// The headings in `root` of `detail` carry their positions in `data-block`; `place` is that of
/// the article, as the reader takes it, in the page at `page`.
pub(crate) fn contents(dialog: Dialog, detail: &JsValue, strings: &Strings) -> Dialog {
    let root: Element = field(detail, "root").unchecked_into();
    let Some(body) = root.query_selector(".body").ok().flatten() else { return dialog };
    let text = |name| field(detail, name).as_string().unwrap_or_default();
    let place = text("place");
    let href = [&text("page"), "#", &place].concat();
    let lang = body.closest("[lang]").ok().flatten();
    let lang = lang.and_then(|element| element.get_attribute("lang"));
    let list = node_of("ol", "panel-contents")
        .attribute("role", "list")
        .language(&lang.unwrap_or_default());
    for heading in all(&body, "[data-block]") {
        list.append(&item(&heading, &place, &href));
    }
    let element = dialog.element().clone();
    let mut dialog = dialog.titled(strings.contents());
    // The reader follows the link, which it finds by its attribute.
    dialog.on_click(&list, move || element.close());
    dialog.child(&list)
}

fn item(heading: &Element, place: &str, href: &str) -> Node {
    let block = heading.get_attribute("data-block").unwrap_or_default();
    let at = |address: &str| {
        let separator = if address.contains('?') { "&block=" } else { "?block=" };
        [address, separator, &block].concat()
    };
    let link = node("a")
        .attribute("href", &at(href))
        .attribute("data-place", &at(place))
        .text(heading.text_content().unwrap_or_default().trim());
    node("li").attribute("data-level", &heading.local_name()).child(&link)
}
