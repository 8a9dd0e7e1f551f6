//! What JavaScript sees.

use std::{cell::RefCell, rc::Rc};

use js_sys::{Error, Function};
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};
use web_sys::HtmlDialogElement;

use crate::{
    aloud::Aloud,
    assist::Assist,
    cite::cite,
    contents::contents,
    dialog::Dialog,
    export::export,
    figure::figure,
    kept::kept,
    provenance::provenance,
    query_help::query_help,
    settings::settings,
    strings::{Strings, strings},
    years::years,
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
    /// Takes the path of a file of the archive, returns a promise of its base64 text.
    load: Function,
    open: RefCell<Option<Dialog>>,
    assist: RefCell<Option<Assist>>,
    aloud: RefCell<Option<Rc<Aloud>>>,
}

#[wasm_bindgen]
impl Panels {
    /// Returns panels in a language, given by its words, one a line; empty for English. `load`
    /// takes the path of a file of the archive and returns a promise of its base64 text.
    ///
    /// A panic traps: nothing may be called after that.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new(words: String, load: Function) -> Self {
        Self {
            strings: Box::leak(Box::new(strings(words))),
            load,
            open: RefCell::default(),
            assist: RefCell::default(),
            aloud: RefCell::default(),
        }
    }

    /// Opens a panel in a dialog, in place of whatever is there.
    ///
    /// `name` is `cite`, `contents`, `export`, `figure`, `help`, `kept`, `provenance`,
    /// `settings` or `years`. What `detail` holds is said by the function that makes the panel. Without a
    /// panel, `aloud` reads the article, `assist` begins to help while one reads, and `quote`
    /// copies what is selected.
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
        match name {
            "aloud" => {
                self.read_aloud(&detail);
                return Ok(());
            }
            "assist" => {
                self.assist.replace(Some(Assist::new(&detail, strings)));
                return Ok(());
            }
            "quote" => {
                if let Some(assist) = &*self.assist.borrow() {
                    assist.copy(&detail);
                }
                return Ok(());
            }
            _ => {}
        }
        let dialog = Dialog::new(element, strings);
        let dialog = match name {
            "cite" => cite(dialog, &detail, strings),
            "contents" => contents(dialog, &detail, strings),
            "export" => export(dialog, detail, strings),
            "kept" => kept(dialog, &detail, strings),
            "figure" => figure(dialog, &detail, strings),
            "help" => query_help(dialog, strings),
            "provenance" => provenance(dialog, &detail, &self.load, strings),
            "settings" => settings(dialog, &detail, strings),
            "years" => years(dialog, &detail, strings),
            _ => return Err(Error::new("there is no such panel").into()),
        };
        dialog.show();
        // The listeners of the panel before go with it.
        self.open.replace(Some(dialog));
        Ok(())
    }

    /// Reads the article aloud, instead of one that is being read.
    fn read_aloud(&self, detail: &JsValue) {
        if let Some(before) = self.aloud.take() {
            before.stop();
        }
        self.aloud.replace(Aloud::start(detail, self.strings));
    }
}
