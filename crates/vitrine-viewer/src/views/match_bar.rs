//! The words of the search in an article: how many there are, and ways from one to the next.

use vitrine_dom::{Node, node, node_of};
use vitrine_reader::Matcher;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::Context;
use crate::strings::{Strings, fill, number_text};

/// Most places that are marked; a text with more of them has the word everywhere.
const MAX_MARKS: usize = 2000;

/// The bar above an article that was found by a search.
#[derive(Debug)]
pub(crate) struct MatchBar {
    /// The element.
    pub(crate) root: Node,
    position: Node,
    marks: Vec<HtmlElement>,
    /// The mark that the reader is at, from 1; 0 before the first step.
    at: usize,
    strings: &'static Strings,
}

impl MatchBar {
    /// Makes the bar of an article in which nothing is marked yet.
    pub(crate) fn new(context: &Context) -> Self {
        let strings = context.strings;
        let step = |label: &str, go: &str, sign: &str| {
            node("button")
                .attribute("type", "button")
                .attribute("data-go", go)
                .attribute("aria-label", label)
                .attribute("title", label)
                .text(sign)
        };
        let position = node_of("span", "match-position").attribute("aria-live", "polite");
        let root = node_of("div", "match-bar")
            .attribute("role", "group")
            .attribute("aria-label", strings.matches())
            .child(&step(strings.previous_match(), "previous-match", "↑"))
            .child(&step(strings.next_match(), "next-match", "↓"))
            .child(&position);
        Self { root, position, marks: Vec::new(), at: 0, strings }
    }

    /// Marks the text below an element, which comes after all that was marked.
    pub(crate) fn mark(&mut self, element: &Node, matcher: &Matcher) {
        mark(element.raw(), matcher, &mut self.marks);
        self.show_position();
    }

    /// Returns whether nothing is marked.
    pub(crate) fn is_empty(&self) -> bool {
        self.marks.is_empty()
    }

    /// Goes to the next mark, or to the one before; from the last on to the first.
    pub(crate) fn step(&mut self, is_forward: bool) {
        let count = self.marks.len();
        let last = self.at.checked_sub(1).and_then(|at| self.marks.get(at));
        if let Some(mark) = last {
            mark.remove_attribute("class").ok();
        }
        self.at = match (is_forward, self.at) {
            (true, at) if at < count => at + 1,
            (true, _) => 1,
            (false, 0 | 1) => count,
            (false, at) => at - 1,
        };
        if let Some(mark) = self.at.checked_sub(1).and_then(|at| self.marks.get(at)) {
            mark.set_class_name("current");
            let center = web_sys::ScrollIntoViewOptions::new();
            center.set_block(web_sys::ScrollLogicalPosition::Center);
            mark.scroll_into_view_with_scroll_into_view_options(&center);
        }
        self.show_position();
    }

    fn show_position(&self) {
        let number = |number: usize| number_text(number as u32, self.strings);
        let count = number(self.marks.len());
        let text = if self.at == 0 {
            fill(self.strings.match_count(), &count)
        } else {
            fill(&fill(self.strings.match_position(), &number(self.at)), &count)
        };
        self.position.set_text(&text);
    }
}

/// Marks the words in the text nodes below an element.
fn mark(element: &web_sys::Node, matcher: &Matcher, marks: &mut Vec<HtmlElement>) {
    let mut next = element.first_child();
    while let Some(child) = next {
        next = child.next_sibling();
        if marks.len() >= MAX_MARKS {
            return;
        }
        if child.node_type() != web_sys::Node::TEXT_NODE {
            mark(&child, matcher, marks);
            continue;
        }
        let spans = matcher.mark(&child.text_content().unwrap_or_default());
        if !spans.iter().any(|span| span.is_match) {
            continue;
        }
        for span in spans {
            let piece: web_sys::Node = if span.is_match {
                let found = node("mark").text(&span.text);
                marks.push(found.raw().clone());
                found.raw().clone().unchecked_into()
            } else {
                match web_sys::Text::new_with_data(&span.text) {
                    Ok(text) => text.into(),
                    Err(_) => continue,
                }
            };
            element.insert_before(&piece, Some(&child)).ok();
        }
        element.remove_child(&child).ok();
    }
}
