//! What every view needs to know.

use vitrine_dom::{Node, document, node, object};
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

use crate::{history::address, language::Language, route::Route, strings::Strings};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Intl)]
    type DisplayNames;
    #[wasm_bindgen(constructor, catch, js_namespace = Intl)]
    fn new(locale: &str, options: &JsValue) -> Result<DisplayNames, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn of(this: &DisplayNames, tag: &str) -> Result<Option<String>, JsValue>;
}

/// What every view needs to know: the words, and where links lead.
#[derive(Debug)]
pub(crate) struct Context {
    /// Language of the interface.
    pub(crate) language: Language,
    /// Its words.
    pub(crate) strings: &'static Strings,
    /// Address of the archive's page when the state is not in the address of this one.
    page: String,
    /// Address of the archive's folder, with a slash at its end.
    folder: String,
    /// Whether the archive has the pages that its articles were cleaned from.
    pub(crate) has_originals: bool,
    /// Whether anything may be remembered in this browser.
    pub(crate) may_remember: bool,
    /// The first and the last year of the archive's articles, if any is dated.
    pub(crate) years: Option<(u16, u16)>,
}

impl Context {
    /// Returns the context for a language and the archive in `folder`; `page` is empty on
    /// the archive's own page.
    pub(crate) fn new(
        language: Language,
        strings: &'static Strings,
        page: String,
        folder: &str,
    ) -> Self {
        let folder = folder.to_owned();
        Self {
            language,
            strings,
            page,
            folder,
            has_originals: false,
            may_remember: false,
            years: None,
        }
    }

    /// Returns the address of a file of the archive; in an archive of one file, what stands
    /// in the page for it.
    pub(crate) fn file(&self, path: &str) -> String {
        let here = document().get_element_by_id(path).and_then(|it| it.text_content());
        here.unwrap_or_else(|| [self.folder.as_str(), path].concat())
    }

    /// Returns the address of the archive's page; empty on that page.
    pub(crate) fn page(&self) -> &str {
        &self.page
    }

    /// Returns the name under which something of this archive is remembered: archives of one
    /// server, and all folders of a computer, share what the browser keeps.
    pub(crate) fn kept(&self, what: &str) -> String {
        [what, ".", &self.folder].concat()
    }

    /// Returns the address of a place, so that it can be opened in a new tab.
    pub(crate) fn href(&self, route: &Route) -> String {
        [self.page.as_str(), &address(route)].concat()
    }

    /// Returns a link to a list or the home page.
    pub(crate) fn link(&self, route: &Route) -> Node {
        node("a")
            .attribute("href", &self.href(route))
            .attribute("data-place", &route.fragment())
    }

    /// Returns the name of a language in the language of the interface.
    pub(crate) fn language_name(&self, tag: &str) -> String {
        let options = object(&[("type", "language".into())]);
        DisplayNames::new(self.language.tag(), &options)
            .ok()
            .and_then(|names| names.of(tag).ok().flatten())
            .unwrap_or_else(|| tag.to_owned())
    }

    /// Joins the names of people.
    pub(crate) fn names(&self, names: &[String]) -> String {
        names.join(self.strings.name_separator())
    }
}
