//! Text in which the words of the query are marked.

use vitrine_dom::{Node, node};
use vitrine_reader::Span;

/// Appends the spans to `parent`, those that match in a `mark` element.
pub(crate) fn marked(parent: Node, spans: &[Span]) -> Node {
    spans.iter().fold(parent, |parent, span| {
        if span.is_match {
            parent.child(&node("mark").text(&span.text))
        } else {
            parent.text(&span.text)
        }
    })
}

/// Returns the text of the spans.
pub(crate) fn plain(spans: &[Span]) -> String {
    spans.iter().map(|span| span.text.as_str()).collect()
}
