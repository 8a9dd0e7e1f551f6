//! Where the reader is when a panel opens, as it says in `detail`.

use vitrine_dom::field;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::Element;

/// Where the reader is.
#[derive(Debug, Clone)]
pub(crate) struct Here {
    /// The element that everything is in; its attribute `data-look` holds the reader's choices.
    pub(crate) root: Element,
    /// What the names end with under which something of this archive is remembered; none where
    /// nothing may be.
    folder: Option<String>,
    /// Address of the archive's page; empty on that page.
    page: String,
    /// The place, as it stands after `#`.
    pub(crate) place: String,
    /// The reference of the article that is read; `undefined` where none is.
    pub(crate) article: JsValue,
}

impl Here {
    /// Reads where the reader is.
    pub(crate) fn new(detail: &JsValue) -> Self {
        let text = |name| field(detail, name).as_string().unwrap_or_default();
        Self {
            root: field(detail, "root").unchecked_into(),
            folder: field(detail, "folder").as_string(),
            page: text("page"),
            place: text("place"),
            article: field(detail, "article"),
        }
    }

    /// Returns the name under which something of this archive is remembered.
    pub(crate) fn name(&self, what: &str) -> String {
        [what, self.folder.as_deref().unwrap_or_default()].concat()
    }

    /// Returns whether anything may be remembered in this browser.
    pub(crate) fn may_remember(&self) -> bool {
        self.folder.is_some()
    }

    /// Returns the address of a place.
    pub(crate) fn href(&self, place: &str) -> String {
        [&self.page, "#", place].concat()
    }

    /// Returns whether the reader has made a choice in the settings.
    pub(crate) fn has_chosen(&self, choice: &str) -> bool {
        let look = self.root.get_attribute("data-look").unwrap_or_default();
        look.split(' ').any(|chosen| chosen == choice)
    }
}
