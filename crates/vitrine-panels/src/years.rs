//! The timeline of the home page as a table.

use js_sys::Number;
use vitrine_dom::{Node, all, field, node, node_of};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Element;

use crate::{dialog::Dialog, strings::Strings};

/// Makes the panel.
///
/// The bars of the timeline in `root` of `detail` carry their years and the number of their
/// articles in `data-years` and `data-count`, and so does each language in a bar.
pub(crate) fn years(dialog: Dialog, detail: &JsValue, strings: &Strings) -> Dialog {
    let root: Element = field(detail, "root").unchecked_into();
    let lang = root.get_attribute("lang").unwrap_or_default();
    let heading =
        |text: &str, scope: &str| node("th").attribute("scope", scope).text(text);
    let names = all(&root, ".legend li").into_iter();
    let names =
        names.map(|name| heading(&name.text_content().unwrap_or_default(), "col"));
    let row = node("tr").child(&heading(strings.year(), "col")).children(names);
    let table = node_of("table", "panel-years")
        .child(&row.child(&heading(strings.total(), "col")));
    let cell = |element: &Element| {
        let count = element.get_attribute("data-count").unwrap_or_default();
        let count = Number::from(count.parse().unwrap_or(0_u32));
        node("td").text(&String::from(count.to_locale_string(&lang)))
    };
    for bar in all(&root, ".timeline li") {
        let years = bar.get_attribute("data-years").unwrap_or_default();
        let row = node("tr").child(&heading(&years.replace("..", "–"), "row"));
        let layers: Vec<Node> = all(&bar, ".layer").iter().map(cell).collect();
        table.append(&row.children(layers).child(&cell(&bar)));
    }
    let scrollable = node_of("div", "panel-scrollable").attribute("tabindex", "0");
    dialog.titled(strings.years()).child(&scrollable.child(&table))
}
