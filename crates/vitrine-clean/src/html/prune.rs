//! What is hidden, or says by its markup that it is no part of a text.

use std::ops::Range;

use vitrine_article::Removal;

use super::{
    dom::{Document, NodeId, ROOT},
    hint::{DOUBTFUL, by_hint},
    weight::{Weight, Weights},
};
use crate::{
    extracted::remove,
    typography::{is_han, one_line},
};

/// For each node, why nothing below it counts; `Some("")` where there is no text at all.
#[derive(Debug)]
pub(super) struct Hidden(Vec<Option<&'static str>>);

impl Hidden {
    pub(super) fn is_hidden(&self, id: NodeId) -> bool {
        self.0.get(id).is_some_and(Option::is_some)
    }

    /// Whether the node is hidden because it is about the site or other pages.
    pub(super) fn is_other_page(&self, id: NodeId) -> bool {
        let reason = self.0.get(id).copied().flatten();
        reason.is_some_and(|reason| reason != "aside" && reason != DOUBTFUL)
    }
}

/// Finds the nodes that are not part of a text.
pub(super) fn hidden(document: &Document) -> Hidden {
    let mut reasons: Vec<Option<&'static str>> = vec![None; document.len()];
    let weights = Weights::of(document, |_| false);
    let total = weights.get(ROOT);
    let mut pending = vec![ROOT];
    while let Some(id) = pending.pop() {
        let reason = reason(document, id, weights.get(id), total);
        if reason.is_some() {
            if let Some(slot) = reasons.get_mut(id) {
                *slot = reason;
            }
            continue;
        }
        pending.extend(document.children(id).iter().rev());
    }
    Hidden(reasons)
}

/// Takes the mark off an element whose running text is more than that of the body that was
/// found, below `root`: the rest of it is shown there once the scripts of the page have
/// run. Elsewhere on the page it has to be more than all that is shown.
///
/// Returns whether there is one.
pub(super) fn show_unseen_body(
    document: &Document,
    hidden: &mut Hidden,
    root: NodeId,
) -> bool {
    let weights = Weights::of(document, |_| false);
    let shown = Weights::of(document, |id| hidden.is_hidden(id));
    let running = |id: &NodeId| weights.get(*id).running;
    let heaviest = |ids: Range<NodeId>, least: f64| {
        let is_unseen = |id: &NodeId| hidden.0.get(*id) == Some(&Some(NOT_SHOWN));
        ids.filter(|id| is_unseen(id) && running(id) > least.max(MIN_BODY))
            .max_by(|a, b| running(a).total_cmp(&running(b)))
    };
    let body = heaviest(document.descendants(root), shown.get(root).running)
        .or_else(|| heaviest(document.descendants(ROOT), shown.get(ROOT).running));
    let Some(body) = body else { return false };
    for id in document.descendants(body) {
        let weight = weights.get(id);
        let own = if id == body {
            None
        } else {
            reason(document, id, weight, weights.get(body))
        };
        if let Some(slot) = hidden.0.get_mut(id) {
            *slot = own;
        }
    }
    true
}

/// Running text that no dialog or menu has, in characters.
const MIN_BODY: f64 = 600.0;

const NOT_SHOWN: &str = "not shown";

/// Whether a short paragraph names another page: `More: Title of the other page`.
fn is_pointer(document: &Document, id: NodeId, weight: Weight) -> bool {
    if document.name(id) != "p" || weight.link_len == 0 || weight.len > 240 {
        return false;
    }
    let text = document.text_of(id);
    let Some((lead, rest)) = text.split_once([':', '：']) else { return false };
    let rest: usize = rest
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| if is_han(c) { 3 } else { 1 })
        .sum();
    one_line(lead).chars().count() <= 24 && rest <= weight.link_len + 2
}

/// Hides the lists of links to other pages below `roots`.
pub(super) fn hide_link_sections(
    document: &Document,
    hidden: &mut Hidden,
    roots: &[NodeId],
) {
    let weights = Weights::of(document, |id| hidden.is_hidden(id));
    let mut pending: Vec<NodeId> = roots.to_vec();
    while let Some(id) = pending.pop() {
        if hidden.is_hidden(id) {
            continue;
        }
        let weight = weights.get(id);
        let is_section =
            matches!(document.name(id), "div" | "section" | "ul" | "ol" | "aside" | "dl")
                && !roots.contains(&id)
                && weight.running <= 0.0
                && weight.link_count >= 2
                && weight.link_len * 10 >= weight.len * 7;
        if is_section || is_pointer(document, id, weight) {
            if let Some(slot) = hidden.0.get_mut(id) {
                *slot = Some("links to other pages");
            }
            continue;
        }
        pending.extend(document.children(id));
    }
}

fn reason(
    document: &Document,
    id: NodeId,
    weight: Weight,
    total: Weight,
) -> Option<&'static str> {
    let name = document.name(id);
    if name.is_empty() {
        return None;
    }
    match name {
        "head" | "script" | "style" | "noscript" | "template" | "svg" | "math"
        | "iframe" | "frame" | "frameset" | "object" | "embed" | "canvas" | "audio"
        | "video" | "map" | "applet" => {
            return Some("");
        }
        "button" | "select" | "input" | "textarea" | "label" | "datalist" => {
            return Some("form");
        }
        "nav" | "menu" => return Some("navigation"),
        _ => {}
    }
    // What holds the running text is shown once the scripts of the page have run.
    if is_invisible(document, id) {
        return (weight.running < total.running * 0.4).then_some(NOT_SHOWN);
    }
    match document.attribute(id, "role") {
        Some("navigation" | "menu" | "menubar" | "tablist") => return Some("navigation"),
        Some(
            "banner" | "contentinfo" | "search" | "dialog" | "alertdialog"
            | "complementary",
        ) => {
            return Some("page furniture");
        }
        _ => {}
    }
    if matches!(
        name,
        "html"
            | "body"
            | "main"
            | "article"
            | "h1"
            | "p"
            | "font"
            | "b"
            | "strong"
            | "em"
            | "i"
    ) {
        return None;
    }
    let found = match name {
        "aside" => Some("aside"),
        "footer" => Some("page furniture"),
        "form" => Some("form"),
        _ => by_hint(document, id),
    };
    // A mark that covers most of the page's text marks the page, not a part of it.
    found
        .filter(|_| weight.len * 5 < total.len * 2)
        .filter(|&reason| reason != DOUBTFUL || weight.running < MIN_BODY)
}

fn is_invisible(document: &Document, id: NodeId) -> bool {
    let hides = |style: &str| {
        let style: String = style.split_whitespace().collect();
        let style = style.to_ascii_lowercase();
        style.contains("display:none") || style.contains("visibility:hidden")
    };
    document.attribute(id, "hidden").is_some()
        || document.attribute(id, "aria-hidden") == Some("true")
        || document.attribute(id, "style").is_some_and(hides)
}

/// Reports the text that is not below one of `roots`, with the reason for each part.
pub(super) fn report(
    document: &Document,
    hidden: &Hidden,
    roots: &[NodeId],
    removed: &mut Vec<Removal>,
) {
    let mut pending = vec![(ROOT, "outside the article")];
    let mut line = String::new();
    let mut line_reason = "";
    while let Some((id, reason)) = pending.pop() {
        let own = hidden.0.get(id).copied().flatten();
        if own == Some("")
            || roots.contains(&id) && own.is_none() && reason == "outside the article"
        {
            // Inside the article only what is hidden is reported.
            if own.is_none() {
                pending
                    .extend(document.children(id).iter().rev().map(|&child| (child, "")));
            }
            continue;
        }
        let reason = own.unwrap_or(reason);
        if let Some(text) = document.text(id) {
            if !reason.is_empty() {
                if reason != line_reason {
                    remove(removed, &one_line(&line), line_reason);
                    line.clear();
                    line_reason = reason;
                }
                // No line starts with white space.
                if !line.is_empty() || document.text_len(id) > 0 {
                    line.push_str(text);
                }
            }
        } else if (document.is_block(id) || document.name(id) == "br") && !line.is_empty()
        {
            remove(removed, &one_line(&line), line_reason);
            line.clear();
        }
        pending.extend(document.children(id).iter().rev().map(|&child| (child, reason)));
    }
    remove(removed, &one_line(&line), line_reason);
}
