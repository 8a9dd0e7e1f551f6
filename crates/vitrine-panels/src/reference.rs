//! References as the reader hands them over.

use js_sys::{Array, Date};
use vitrine_article::PartialDate;
use vitrine_cite::{Name, Reference};
use vitrine_dom::field;
use wasm_bindgen::JsValue;

/// Reads the fields of a reference: `id`, `title`, `authors` (an array), `container`, `type`,
/// `abstract`, `date`, `url` and `lang`. What is missing is empty.
pub(crate) fn reference(value: &JsValue) -> Reference {
    let text = |name| field(value, name).as_string().unwrap_or_default();
    let authors = Array::from(&field(value, "authors"));
    let authors = authors.iter().filter_map(|name| name.as_string());
    Reference {
        id: text("id"),
        title: text("title"),
        authors: authors.map(|name| Name::parse(&name)).collect(),
        container: text("container"),
        r#type: text("type"),
        r#abstract: text("abstract"),
        date: text("date").parse().ok(),
        url: Some(text("url")).filter(|url| !url.is_empty()),
        accessed: today(),
        lang: text("lang"),
    }
}

/// The day on which the article is read.
fn today() -> Option<PartialDate> {
    let now = Date::new_0();
    let (year, month, day) = (now.get_full_year(), now.get_month() + 1, now.get_date());
    format!("{year:04}-{month:02}-{day:02}").parse().ok()
}
