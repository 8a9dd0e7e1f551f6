//! The search box.

use vitrine_dom::{Node, focus, node, node_of};
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::{Context, panel_button::sign_button, suggestion_list::SuggestionList};

/// The field in which one types, in its form.
#[derive(Debug)]
pub(crate) struct SearchBox {
    /// The form.
    pub(crate) form: Node,
    /// What is offered while one types.
    pub(crate) suggestions: SuggestionList,
    input: HtmlInputElement,
}

impl SearchBox {
    /// Makes an empty search box.
    pub(crate) fn new(context: &Context) -> Self {
        let input = node("input")
            .part("search")
            .attribute("type", "search")
            .attribute("aria-label", context.strings.search())
            .attribute("placeholder", context.strings.search_hint())
            .attribute("maxlength", "400")
            .attribute("autocomplete", "off")
            .attribute("autocapitalize", "none")
            .attribute("spellcheck", "false")
            .attribute("enterkeyhint", "search");
        let suggestions = SuggestionList::new(input.clone(), context);
        let settings = sign_button("settings", "Aa", context.strings.settings());
        let help = sign_button("help", "?", context.strings.help());
        let form = node_of("form", "search")
            .attribute("role", "search")
            .child(&input)
            .child(&settings)
            .child(&help)
            .child(&suggestions.root);
        Self { form, suggestions, input: input.raw().clone().unchecked_into() }
    }

    /// Returns what stands in the box.
    pub(crate) fn text(&self) -> String {
        self.input.value()
    }

    /// Writes into the box, unless that is what stands there: the caret stays.
    pub(crate) fn set_text(&self, text: &str) {
        if self.input.value() != text {
            self.input.set_value(text);
        }
    }

    /// Puts the caret into the box and selects what stands there.
    pub(crate) fn focus(&self) {
        focus(&self.input);
        self.input.select();
    }

    /// Returns whether an element is the box.
    pub(crate) fn is(&self, element: &web_sys::Element) -> bool {
        let input: &web_sys::Element = &self.input;
        element == input
    }
}
