//! Which element holds the article.
//!
//! After Arc90's Readability: paragraphs give points to what contains them, names of
//! classes hint, and the share of link text counts against.

use vitrine_article::Removal;

use super::dom::{Document, NodeId, ROOT};
use crate::typography::{columns, one_line};

/// Elements that never hold a part of an article.
const FURNITURE: [&str; 16] = [
    "script", "style", "noscript", "template", "nav", "aside", "footer", "form",
    "iframe", "button", "select", "input", "textarea", "dialog", "svg", "object",
];

/// Words in classes and ids of what is not the article.
const UNLIKELY: [&str; 27] = [
    "comment",
    "share",
    "social",
    "sidebar",
    "related",
    "cookie",
    "banner",
    "menu",
    "breadcrumb",
    "newsletter",
    "promo",
    "footer",
    "navbar",
    "navigation",
    "pagination",
    "pager",
    "popup",
    "login",
    "subscribe",
    "advert",
    "sponsor",
    "disqus",
    "masthead",
    "skip",
    "toolbar",
    "recommend",
    "widget",
];

/// Words in classes and ids of what may be.
const LIKELY: [&str; 9] =
    ["article", "content", "body", "entry", "post", "text", "main", "story", "detail"];

/// Removes what is not shown or cannot be the article; returns the text that goes.
pub(super) fn remove_furniture(document: &mut Document) -> Vec<Removal> {
    let mut removed = Vec::new();
    let mut pending = vec![ROOT];
    while let Some(id) = pending.pop() {
        let Some(reason) = furniture(document, id) else {
            pending.extend(document.children(id).iter().rev());
            continue;
        };
        let is_code = matches!(document.name(id), "script" | "style" | "template");
        let text = if is_code { String::new() } else { one_line(&document.text_of(id)) };
        if !text.is_empty() {
            removed.push(Removal { text, reason: reason.to_owned() });
        }
        document.detach(id);
    }
    removed
}

fn furniture(document: &Document, id: NodeId) -> Option<&'static str> {
    let name = document.name(id);
    if name.is_empty() || matches!(name, "html" | "body" | "article" | "main" | "head") {
        return (name == "head").then_some("head of the page");
    }
    if FURNITURE.contains(&name) {
        return Some(if name == "nav" { "navigation" } else { "furniture of the page" });
    }
    let is_hidden = document.attribute(id, "hidden").is_some()
        || document.attribute(id, "aria-hidden") == Some("true")
        || document.attribute(id, "style").is_some_and(|style| {
            let style = style.replace(' ', "").to_ascii_lowercase();
            style.contains("display:none") || style.contains("visibility:hidden")
        });
    if is_hidden {
        return Some("hidden");
    }
    let hints = hints(document, id);
    let has = |words: &[&str]| words.iter().any(|word| hints.contains(word));
    // A container named `content-sidebar-layout` may hold everything.
    let is_whole = text_len(document, id) * 2 > text_len(document, ROOT);
    (has(&UNLIKELY) && !is_whole).then_some("furniture of the page")
}

fn hints(document: &Document, id: NodeId) -> String {
    let attribute = |name| document.attribute(id, name).unwrap_or_default();
    [attribute("class"), attribute("id"), attribute("role")]
        .join(" ")
        .to_ascii_lowercase()
}

/// Returns the elements that hold the article, in their order.
pub(super) fn find(document: &Document) -> Vec<NodeId> {
    let order = document.descendants(ROOT);
    let mut scores = vec![0.0_f64; document.len()];
    for &id in &order {
        if !matches!(
            document.name(id),
            "p" | "pre" | "td" | "div" | "section" | "blockquote" | "li" | "dd"
        ) {
            continue;
        }
        let width = columns(&one_line(&own_text(document, id)));
        if width < 25 {
            continue;
        }
        let points = 1.0 + (width as f64 / 100.0).min(4.0);
        let mut ancestor =
            if document.name(id) == "p" { document.parent(id) } else { Some(id) };
        for share in [1.0, 0.5, 0.25] {
            let Some(at) = ancestor else { break };
            if let Some(score) = scores.get_mut(at) {
                *score += points * share;
            }
            ancestor = document.parent(at);
        }
    }
    let score = |id: NodeId| {
        let hints = hints(document, id);
        let hint =
            if LIKELY.iter().any(|word| hints.contains(word)) { 1.25 } else { 1.0 };
        let tag = if matches!(document.name(id), "article" | "main") { 1.5 } else { 1.0 };
        scores.get(id).copied().unwrap_or(0.0)
            * hint
            * tag
            * (1.0 - link_share(document, id))
    };
    let best = order
        .iter()
        .copied()
        .filter(|&id| {
            !matches!(document.name(id), "" | "html" | "ul" | "ol" | "tr" | "tbody")
        })
        .map(|id| (id, score(id)))
        .filter(|&(_, score)| score > 0.0)
        .reduce(|best, other| if other.1 > best.1 { other } else { best });
    let Some((mut best, top)) = best else {
        return document.elements("body").take(1).collect();
    };
    // Parts that stand beside the best one belong to it when they score like text.
    while let Some(parent) = document.parent(best) {
        let only =
            document.children(parent).iter().filter(|&&c| text_len(document, c) > 0);
        if only.count() != 1 || document.name(parent) == "body" {
            break;
        }
        best = parent;
    }
    let siblings =
        document.parent(best).map_or(&[][..], |parent| document.children(parent));
    let roots: Vec<NodeId> = siblings
        .iter()
        .copied()
        .filter(|&id| {
            let is_text = document.name(id) == "p"
                && text_len(document, id) > 80
                && link_share(document, id) < 0.25;
            let is_heading = matches!(document.name(id), "h1" | "h2" | "header");
            id == best || score(id) > top * 0.25 || is_text || is_heading
        })
        .collect();
    if roots.is_empty() { vec![best] } else { roots }
}

/// Text of `id` that is not in a block of its own below.
fn own_text(document: &Document, id: NodeId) -> String {
    let mut out = String::new();
    let mut pending: Vec<NodeId> = document.children(id).iter().rev().copied().collect();
    while let Some(child) = pending.pop() {
        if let Some(text) = document.text(child) {
            out.push_str(text);
        } else if !super::blocks::is_block(document.name(child)) {
            pending.extend(document.children(child).iter().rev());
        }
    }
    out
}

fn text_len(document: &Document, id: NodeId) -> usize {
    let texts = document.descendants(id).into_iter().filter_map(|id| document.text(id));
    texts.map(|text| text.trim().len()).sum()
}

/// Share of the text below `id` that stands in links, 0 to 1.
fn link_share(document: &Document, id: NodeId) -> f64 {
    let all = text_len(document, id);
    if all == 0 {
        return 0.0;
    }
    let links: usize = document
        .descendants(id)
        .into_iter()
        .filter(|&id| document.name(id) == "a")
        .map(|id| text_len(document, id))
        .sum();
    (links as f64 / all as f64).min(1.0)
}

/// Returns the short lines of text outside `roots`: the title and the byline may be there.
pub(super) fn outside(document: &Document, roots: &[NodeId]) -> Vec<String> {
    let mut lines = Vec::new();
    let mut pending = vec![ROOT];
    while let Some(id) = pending.pop() {
        if roots.contains(&id) {
            continue;
        }
        let line = one_line(&own_text(document, id));
        let is_block = super::blocks::is_block(document.name(id));
        if is_block && !line.is_empty() && columns(&line) < 200 {
            lines.push(line);
        }
        pending.extend(document.children(id).iter().rev());
    }
    lines
}

/// Returns the number of links in `roots`.
pub(super) fn link_count(document: &Document, roots: &[NodeId]) -> usize {
    let inside = roots.iter().flat_map(|&root| document.descendants(root));
    inside.filter(|&id| document.name(id) == "a").count()
}
