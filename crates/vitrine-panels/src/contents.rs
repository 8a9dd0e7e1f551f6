//! The headings of an article, as links to their places.

use vitrine_dom::{Node, field, node, node_of};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Element;

use crate::{dialog::Dialog, strings::Strings};

/// Makes the panel.
///
/// `detail` has the element whose headings carry their positions in `data-block` as `body`, and
/// the place of the article as `place`, as the reader takes it, and as `href`.
pub(crate) fn contents(dialog: Dialog, detail: &JsValue, strings: &Strings) -> Dialog {
    let body: Element = field(detail, "body").unchecked_into();
    let text = |name| field(detail, name).as_string().unwrap_or_default();
    let (place, href) = (text("place"), text("href"));
    let lang = body.closest("[lang]").ok().flatten();
    let lang = lang.and_then(|element| element.get_attribute("lang"));
    let list = node_of("ol", "panel-contents")
        .attribute("role", "list")
        .language(&lang.unwrap_or_default());
    let Ok(headings) = body.query_selector_all("[data-block]") else { return dialog };
    for position in 0..headings.length() {
        let heading = headings.item(position).and_then(|node| node.dyn_into().ok());
        if let Some::<Element>(heading) = heading {
            list.append(&item(&heading, &place, &href));
        }
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
