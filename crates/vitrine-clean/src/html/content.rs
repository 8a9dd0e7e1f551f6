//! Where the running text of a page is.

use super::{
    blocks::is_block,
    dom::{Document, NodeId, ROOT},
    prune::Hidden,
};
use crate::{
    date::{self, DayOrder},
    typography::{is_han, is_sentence_end, one_line},
};

/// The part of a page that holds the article.
#[derive(Debug, Default)]
pub(super) struct Content {
    /// The elements that hold it, in document order.
    pub(super) roots: Vec<NodeId>,
    /// How many links inside it stand beside a date: a list of other pages.
    pub(super) date_count: usize,
}

/// What is known of a node and all below it.
#[derive(Debug, Clone, Copy, Default)]
struct Weight {
    /// Weight of the running text.
    text: f64,
    /// Characters of any text, and of text in links.
    len: usize,
    link_len: usize,
}

/// Share of an element's text that a child must hold to be taken in its place.
const MAIN_SHARE: f64 = 0.82;

/// Finds the element that holds the running text: from the body down, as long as one
/// child has nearly all of it.
pub(super) fn find(document: &Document, hidden: &Hidden) -> Content {
    let weights = weigh(document, hidden);
    let text = |id: NodeId| weights.get(id).map_or(0.0, |weight| weight.text);
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
            name if is_block(name) => MAIN_SHARE,
            _ => break,
        };
        if text(best) < text(root) * share || document.name(best) == "p" {
            break;
        }
        root = best;
    }
    let roots = vec![root];
    let date_count = count_dated_links(document, hidden, root);
    Content { roots, date_count }
}

/// The element that the page marks as the article's body, if it holds enough of the text.
fn marked(
    document: &Document,
    hidden: &Hidden,
    weights: &[Weight],
    total: f64,
) -> Option<NodeId> {
    let is_mark = |id: NodeId| {
        let item = document.attribute(id, "itemprop").unwrap_or_default();
        item.eq_ignore_ascii_case("articleBody") || document.name(id) == "article"
    };
    let share =
        |id: NodeId| weights.get(id).map_or(0.0, |weight| weight.text) / total.max(1.0);
    let mut found: Vec<NodeId> = document
        .descendants(ROOT)
        .into_iter()
        .filter(|&id| !hidden.is_hidden(id) && is_mark(id) && share(id) >= 0.4)
        .collect();
    // The innermost of those that hold it.
    found.pop()
}

/// Weighs every node, those below before those above.
fn weigh(document: &Document, hidden: &Hidden) -> Vec<Weight> {
    let mut weights = vec![Weight::default(); document.len()];
    let mut order = Vec::new();
    let mut pending = vec![(ROOT, false)];
    while let Some((id, in_link)) = pending.pop() {
        if hidden.is_hidden(id) {
            continue;
        }
        let in_link = in_link || document.name(id) == "a";
        order.push((id, in_link));
        pending.extend(document.children(id).iter().map(|&child| (child, in_link)));
    }
    for (id, in_link) in order.into_iter().rev() {
        let mut weight = Weight::default();
        if let Some(text) = document.text(id) {
            weight.len = text
                .chars()
                .filter(|c| !c.is_whitespace())
                .map(|c| if is_han(c) { 3 } else { 1 })
                .sum();
            weight.link_len = if in_link { weight.len } else { 0 };
        }
        let is_own_block = is_block(document.name(id));
        let (mut own, mut own_links) = (weight.len, weight.link_len);
        for &child in document.children(id) {
            let Some(&below) = weights.get(child) else { continue };
            weight.text += below.text;
            weight.len += below.len;
            weight.link_len += below.link_len;
            if !is_block(document.name(child)) && !has_blocks(&below) {
                own += below.len;
                own_links += below.link_len;
            }
        }
        if is_own_block {
            weight.text += running(own, own_links);
        }
        if let Some(slot) = weights.get_mut(id) {
            *slot = weight;
        }
    }
    weights
}

/// Whether something below is a block with a weight of its own.
fn has_blocks(weight: &Weight) -> bool {
    weight.text > 0.0
}

/// Weight of a block's own text: long text without links counts, short pieces do not.
fn running(len: usize, link_len: usize) -> f64 {
    if len < 40 || link_len * 2 > len {
        return 0.0;
    }
    let plain = (len - link_len) as f64;
    if len < 90 { plain * 0.4 } else { plain }
}

/// Counts the links of an element that stand beside a date in a short block.
fn count_dated_links(document: &Document, hidden: &Hidden, root: NodeId) -> usize {
    document
        .descendants(root)
        .into_iter()
        .filter(|&id| {
            matches!(document.name(id), "li" | "tr" | "dd" | "p" | "div")
                && !hidden.is_hidden(id)
        })
        .filter(|&id| {
            let has_link = |id: NodeId| {
                document
                    .descendants(id)
                    .into_iter()
                    .take(12)
                    .any(|inner| document.name(inner) == "a")
            };
            let text: String = document.text_of(id).chars().take(400).collect();
            let text = one_line(&text);
            text.chars().count() <= 160
                && !is_sentence_end(&text)
                && has_link(id)
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
        } else if is_block(document.name(id)) || document.name(id) == "br" {
            lines.push(std::mem::take(&mut line));
        }
        pending.extend(document.children(id).iter().rev());
    }
    lines.push(line);
    lines.retain(|line| !line.trim().is_empty());
    lines.drain(..lines.len().saturating_sub(24));
    lines
}
