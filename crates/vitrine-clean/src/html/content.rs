//! Where the running text of a page is.

use super::{
    dom::{Document, NodeId, ROOT},
    prune::Hidden,
    weight::Weights,
};
use crate::{
    date::{self, DayOrder},
    typography::{is_sentence_end, one_line},
};

/// The part of a page that holds the article.
#[derive(Debug, Default)]
pub(super) struct Content {
    /// The elements that hold it, in document order.
    pub(super) roots: Vec<NodeId>,
    /// How many links inside it stand beside a date: a list of other pages.
    pub(super) date_count: usize,
}

/// Share of an element's text that a child must hold to be taken in its place.
const MAIN_SHARE: f64 = 0.82;

/// Running text in a paragraph that is no notice, in characters.
const MIN_BESIDE: f64 = 80.0;

/// Finds the element that holds the running text: from the body down, as long as one
/// child has nearly all of it.
pub(super) fn find(document: &Document, hidden: &Hidden) -> Content {
    let weights = Weights::of(document, |id| hidden.is_hidden(id));
    let text = |id: NodeId| weights.get(id).running;
    let mut root = document.elements("body").next().unwrap_or(ROOT);
    let total = text(root);
    if let Some(marked) = marked(document, hidden, &weights, total) {
        root = marked;
    }
    loop {
        let children = document.children(root);
        let best = children.iter().copied().max_by(|&a, &b| text(a).total_cmp(&text(b)));
        let Some(best) = best.filter(|&best| text(best) > 0.0) else { break };
        // Formatting elements that are not closed in order end before the last paragraphs
        // of what they format: those are siblings, and text.
        let share = match document.name(best) {
            "font" | "span" | "center" | "b" => 1.0,
            _ if document.is_block(best) => MAIN_SHARE,
            _ => break,
        };
        // Paragraphs beside it are the start or the end of the same text.
        let beside: f64 = children
            .iter()
            .filter(|&&child| child != best && document.name(child) == "p")
            .map(|&child| text(child))
            .sum();
        if text(best) < text(root) * share
            || document.name(best) == "p"
            || beside > MIN_BESIDE
        {
            break;
        }
        root = best;
    }
    let roots = vec![root];
    let date_count = count_dated_links(document, hidden, &weights, root);
    Content { roots, date_count }
}

/// The element that the page marks as the article's body, if it holds enough of the text.
fn marked(
    document: &Document,
    hidden: &Hidden,
    weights: &Weights,
    total: f64,
) -> Option<NodeId> {
    let is_mark = |id: NodeId| {
        let item = document.attribute(id, "itemprop").unwrap_or_default();
        item.eq_ignore_ascii_case("articleBody") || document.name(id) == "article"
    };
    let share = |id: NodeId| weights.get(id).running / total.max(1.0);
    let mut found: Vec<NodeId> = document
        .descendants(ROOT)
        .filter(|&id| !hidden.is_hidden(id) && is_mark(id) && share(id) >= 0.4)
        .collect();
    // The innermost of those that hold it.
    found.pop()
}

/// Counts the links of an element that stand beside a date in a short block.
fn count_dated_links(
    document: &Document,
    hidden: &Hidden,
    weights: &Weights,
    root: NodeId,
) -> usize {
    document
        .descendants(root)
        .filter(|&id| {
            let weight = weights.get(id);
            matches!(document.name(id), "li" | "tr" | "dd" | "p" | "div")
                && !hidden.is_hidden(id)
                && weight.link_count > 0
                && (8..=480).contains(&weight.len)
        })
        .filter(|&id| {
            let text = one_line(&document.text_of(id));
            text.chars().count() <= 160
                && !is_sentence_end(&text)
                && date::find(&text, DayOrder::DayFirst).is_some()
        })
        .count()
}

/// The lines that are shown above the article, in order, those nearest to it last.
pub(super) fn text_before(
    document: &Document,
    hidden: &Hidden,
    roots: &[NodeId],
) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut pending = vec![ROOT];
    while let Some(id) = pending.pop() {
        if roots.contains(&id) {
            break;
        }
        if hidden.is_hidden(id) {
            continue;
        }
        if let Some(text) = document.text(id) {
            line.push_str(text);
        } else if document.is_block(id) || document.name(id) == "br" {
            lines.push(std::mem::take(&mut line));
        }
        pending.extend(document.children(id).iter().rev());
    }
    lines.push(line);
    lines.retain(|line| !line.trim().is_empty());
    lines.drain(..lines.len().saturating_sub(24));
    lines
}
