//! Bookmarks that come back from a file.

use js_sys::{Array, JSON};
use vitrine_dom::{Node, field, node, spawn};
use vitrine_words::fill;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, HtmlInputElement};

use super::bookmark::{Bookmark, bookmark};
use crate::{
    dialog::{Dialog, button},
    here::Here,
    strings::Strings,
};

/// Longest file that is read, in bytes: more than a browser remembers.
const MAX_LEN: f64 = 8_000_000.0;

/// Why a file brings no bookmarks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ImportError {
    TooLarge,
    NoBookmarks,
}

/// Appends the button that takes bookmarks from a file to `acts`. `show` is called when some
/// came.
pub(super) fn importer(
    dialog: &mut Dialog,
    acts: &Node,
    here: &Here,
    show: impl Fn() + Clone + 'static,
    strings: &'static Strings,
) {
    let opener = button(&fill(strings.import_format(), "JSON"));
    let file = node("input")
        .attribute("type", "file")
        .attribute("accept", ".json,application/json")
        .attribute("hidden", "");
    acts.append(&opener);
    acts.append(&file);
    let input: HtmlInputElement = file.raw().clone().unchecked_into();
    let picker = input.clone();
    dialog.on_click(&opener, move || picker.click());
    let (status, here) = (dialog.status.clone(), here.clone());
    dialog.on(&file, "change", move |_| {
        let chosen = field(&field(&input, "files"), "0").dyn_into::<Blob>();
        let Ok(chosen) = chosen else { return };
        let (input, status) = (input.clone(), status.clone());
        let (here, show) = (here.clone(), show.clone());
        spawn(async move {
            let said = match read(&chosen).await {
                Ok(bookmarks) => {
                    let said = import(&bookmarks, &here, strings);
                    show();
                    said
                }
                Err(ImportError::TooLarge) => strings.import_too_large().to_owned(),
                Err(ImportError::NoBookmarks) => strings.import_wrong().to_owned(),
            };
            status.set_text(&said);
            // The same file may be chosen again.
            input.set_value("");
        });
    });
}

/// Reads the bookmarks in a file that anybody may have written.
async fn read(file: &Blob) -> Result<Vec<Bookmark>, ImportError> {
    if file.size() > MAX_LEN {
        return Err(ImportError::TooLarge);
    }
    let text = JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string());
    let value = text.and_then(|text| JSON::parse(&text).ok());
    let values = value.and_then(|value| value.dyn_into::<Array>().ok());
    let read = values.iter().flat_map(Array::iter).map(|value| Bookmark::read(&value));
    let found: Vec<Bookmark> = read.filter(|bookmark| !bookmark.id.is_empty()).collect();
    if found.is_empty() { Err(ImportError::NoBookmarks) } else { Ok(found) }
}

/// Keeps bookmarks beside what is kept already, and returns what to say about it.
fn import(bookmarks: &[Bookmark], here: &Here, strings: &Strings) -> String {
    let keep = |imported: &&Bookmark| {
        let known = bookmark(here, &imported.id).unwrap_or_default();
        known.merged((*imported).clone()).keep(here)
    };
    let kept = bookmarks.iter().filter(keep).count();
    let counts = fill(strings.imported(), &kept.to_string());
    let said = fill(&counts, &bookmarks.len().to_string());
    if kept == bookmarks.len() { said } else { [&said, " ", strings.not_kept()].concat() }
}
