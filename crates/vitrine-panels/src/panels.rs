//! What JavaScript sees.

use std::cell::RefCell;

use js_sys::Error;
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};
use web_sys::HtmlDialogElement;

use crate::{
    cite::cite,
    contents::contents,
    dialog::Dialog,
    export::export,
    provenance::provenance,
    query_help::query_help,
    settings::settings,
    strings::{Strings, strings},
};

/// Returns the style sheet of the panels.
#[wasm_bindgen]
#[must_use]
pub fn styles() -> String {
    include_str!("styles/panels.css").to_owned()
}

/// The panels of one reader.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Panels {
    strings: &'static Strings,
    open: RefCell<Option<Dialog>>,
}

#[wasm_bindgen]
impl Panels {
    /// Returns panels in a language, given by its words, one a line; empty for English.
    ///
    /// A panic traps: nothing may be called after that.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new(words: String) -> Self {
        Self { strings: Box::leak(Box::new(strings(words))), open: RefCell::default() }
    }

    /// Opens a panel in a dialog, in place of whatever is there.
    ///
    /// `name` is `cite`, `contents`, `export`, `help`, `provenance` or `settings`. What `detail` holds is said by the
    /// function that makes the panel.
    ///
    /// # Errors
    ///
    /// Returns an `Error` if there is no panel of that name.
    pub fn open(
        &self,
        name: &str,
        element: HtmlDialogElement,
        detail: JsValue,
    ) -> Result<(), JsValue> {
        let strings = self.strings;
        let dialog = Dialog::new(element, strings);
        let dialog = match name {
            "cite" => cite(dialog, &detail, strings),
            "contents" => contents(dialog, &detail, strings),
            "export" => export(dialog, detail, strings),
            "help" => query_help(dialog, strings),
            "provenance" => provenance(dialog, &detail, strings),
            "settings" => settings(dialog, &detail, strings),
            _ => return Err(Error::new("there is no such panel").into()),
        };
        dialog.show();
        // The listeners of the panel before go with it.
        self.open.replace(Some(dialog));
        Ok(())
    }
}
