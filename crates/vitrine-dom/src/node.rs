//! Making elements: from tag names and text nodes, never from markup.

use wasm_bindgen::{JsCast, prelude::wasm_bindgen};
use web_sys::HtmlElement;

#[wasm_bindgen]
extern "C" {
    /// The document, with the one method that this crate needs of it: a tag name from
    /// the source text is always valid, so unlike web-sys's it has no error.
    #[wasm_bindgen(js_name = Document)]
    pub(crate) type Maker;
    #[wasm_bindgen(method, js_name = createElement)]
    fn create_element(this: &Maker, tag: &str) -> HtmlElement;
    #[wasm_bindgen(thread_local_v2, js_name = document)]
    static DOCUMENT: Maker;
    #[wasm_bindgen(thread_local_v2, js_name = window)]
    static WINDOW: web_sys::Window;
}

/// Returns the window.
pub fn window() -> web_sys::Window {
    WINDOW.with(Clone::clone)
}

/// Returns the document.
pub fn document() -> web_sys::Document {
    DOCUMENT.with(|maker| maker.unchecked_ref::<web_sys::Document>().clone())
}

/// An element under construction or in use.
#[derive(Debug, Clone)]
#[must_use = "an element shows nowhere until it is appended"]
pub struct Node(HtmlElement);

/// Returns a new element.
pub fn node(tag: &'static str) -> Node {
    Node(DOCUMENT.with(|document| document.create_element(tag)))
}

/// Returns a new element of a CSS class.
pub fn node_of(tag: &'static str, class: &'static str) -> Node {
    node(tag).attribute("class", class)
}

impl Node {
    /// Returns an element that is there already.
    pub fn of(element: HtmlElement) -> Self {
        Self(element)
    }

    /// Sets an attribute.
    pub fn attribute(self, name: &'static str, value: &str) -> Self {
        self.set(name, value);
        self
    }

    /// Names the element as a part, for style sheets outside the shadow root.
    pub fn part(self, name: &'static str) -> Self {
        self.attribute("part", name)
    }

    /// Sets the language of what is inside, and with it fonts and line breaks.
    pub fn language(self, tag: &str) -> Self {
        self.attribute("lang", tag).attribute("dir", crate::direction(tag))
    }

    /// Appends text.
    pub fn text(self, text: &str) -> Self {
        self.0.append_with_str_1(text).ok();
        self
    }

    /// Appends an element.
    pub fn child(self, child: &Self) -> Self {
        self.append(child);
        self
    }

    /// Appends an element if there is one.
    pub fn maybe(self, child: Option<Self>) -> Self {
        if let Some(child) = child {
            self.append(&child);
        }
        self
    }

    /// Appends elements.
    pub fn children(self, children: impl IntoIterator<Item = Self>) -> Self {
        for child in children {
            self.append(&child);
        }
        self
    }

    /// Appends an element to one that is in use.
    pub fn append(&self, child: &Self) {
        self.0.append_child(&child.0).ok();
    }

    /// Sets an attribute of an element that is in use.
    pub fn set(&self, name: &str, value: &str) {
        self.0.set_attribute(name, value).ok();
    }

    /// Removes an attribute of an element that is in use.
    pub fn unset(&self, name: &str) {
        self.0.remove_attribute(name).ok();
    }

    /// Sets or removes an attribute without a value.
    pub fn toggle(&self, name: &str, is_set: bool) {
        self.0.toggle_attribute_with_force(name, is_set).ok();
    }

    /// Replaces everything inside with text, unless it is that text.
    pub fn set_text(&self, text: &str) {
        if self.0.text_content().as_deref() != Some(text) {
            self.0.set_text_content(Some(text));
        }
    }

    /// Replaces everything inside with an element.
    pub fn show(&self, child: &Self) {
        self.0.replace_children_with_node_1(&child.0);
    }

    /// Returns the first element inside that matches a selector.
    pub fn find(&self, selector: &str) -> Option<Self> {
        self.0.query_selector(selector).ok().flatten()?.dyn_into().ok().map(Self)
    }

    /// Makes the element as high as this share of what is around it.
    pub fn height(&self, percent: u32) {
        let height = [&percent.to_string(), "%"].concat();
        self.0.style().set_property("block-size", &height).ok();
    }

    /// Returns the browser's own object.
    pub fn raw(&self) -> &HtmlElement {
        &self.0
    }
}

/// Returns all elements inside that match a selector.
pub fn all(element: &web_sys::Element, selector: &str) -> Vec<web_sys::Element> {
    let Ok(found) = element.query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.item(at)?.dyn_into().ok()).collect()
}

/// Focuses an element; the page does not scroll for it.
pub fn focus(element: &HtmlElement) {
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(true);
    element.focus_with_options(&options).ok();
}
