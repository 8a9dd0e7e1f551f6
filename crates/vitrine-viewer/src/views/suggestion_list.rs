//! What somebody who types may mean: the list of a combobox, as the ARIA Authoring Practices
//! describe it. The focus stays in the box.

use std::cell::Cell;

use vitrine_dom::{Node, node, node_of};
use vitrine_reader::Suggestion;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::{Context, marked_text::marked};
use crate::{filters::Field, route::Route};

/// The list below the search box.
#[derive(Debug)]
pub(crate) struct SuggestionList {
    /// The element.
    pub(crate) root: Node,
    /// The box that the list belongs to.
    input: Node,
    /// The chosen option, from 1; 0 when none is.
    at: Cell<u32>,
}

impl SuggestionList {
    /// Makes an empty list for a box.
    pub(crate) fn new(input: Node, context: &Context) -> Self {
        let root = node_of("ul", "suggestions")
            .attribute("id", "suggestions")
            .attribute("role", "listbox")
            .attribute("aria-label", context.strings.suggestions());
        input.set("role", "combobox");
        input.set("aria-autocomplete", "list");
        input.set("aria-controls", "suggestions");
        let list = Self { root, input, at: Cell::new(0) };
        list.close();
        list
    }

    /// Shows suggestions; none close the list.
    pub(crate) fn show(&self, suggestions: &[Suggestion], context: &Context) {
        self.close();
        for (position, suggestion) in suggestions.iter().enumerate() {
            let option = option(suggestion, context);
            option.set("id", &["option-", &(position + 1).to_string()].concat());
            self.root.append(&option);
        }
        if !suggestions.is_empty() {
            self.root.toggle("hidden", false);
            self.input.set("aria-expanded", "true");
        }
    }

    /// Empties and hides the list.
    pub(crate) fn close(&self) {
        self.choose(0);
        self.root.toggle("hidden", true);
        self.root.raw().set_text_content(None);
        self.input.set("aria-expanded", "false");
    }

    /// Returns whether the list is shown.
    pub(crate) fn is_open(&self) -> bool {
        !self.root.raw().hidden()
    }

    /// Goes to the next option or the one before; beyond the last there is none chosen.
    pub(crate) fn step(&self, is_forward: bool) {
        let count = self.root.raw().child_element_count();
        let at = self.at.get();
        self.choose(match (is_forward, at) {
            (true, at) if at < count => at + 1,
            (true, _) => 0,
            (false, 0) => count,
            (false, at) => at - 1,
        });
    }

    /// Returns the chosen option.
    pub(crate) fn chosen(&self) -> Option<HtmlElement> {
        let position = self.at.get().checked_sub(1)?;
        self.root.raw().children().item(position)?.dyn_into().ok()
    }

    fn choose(&self, at: u32) {
        if let Some(before) = self.chosen() {
            before.set_attribute("aria-selected", "false").ok();
        }
        self.at.set(at);
        match self.chosen() {
            Some(option) => {
                option.set_attribute("aria-selected", "true").ok();
                self.input.set("aria-activedescendant", &option.id());
            }
            None => self.input.unset("aria-activedescendant"),
        }
    }
}

fn option(suggestion: &Suggestion, context: &Context) -> Node {
    let strings = context.strings;
    let option =
        node("li").attribute("role", "option").attribute("aria-selected", "false");
    let hint = |text| node_of("span", "hint").text(" ").text(text);
    match suggestion {
        Suggestion::Query { query } => {
            option.attribute("data-query", query).child(&node("bdi").text(query))
        }
        Suggestion::Author { author } => {
            let place = Route::default().narrowed(Field::Author, author);
            option
                .attribute("data-place", &place.fragment())
                .child(&node("bdi").text(author))
                .child(&hint(strings.author_hint()))
        }
        Suggestion::Title { id, title } => option
            .attribute("data-id", id)
            .child(&marked(node("bdi"), title))
            .child(&hint(strings.article_hint())),
    }
}
