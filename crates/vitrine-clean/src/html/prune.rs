//! What is hidden, or says by its markup that it is no part of a text.

use vitrine_article::Removal;

use super::{
    blocks::is_block,
    dom::{Document, NodeId, ROOT},
    hint::by_hint,
};
use crate::{extracted::remove, typography::one_line};

/// For each node, why nothing below it counts; `Some("")` where there is no text at all.
#[derive(Debug)]
pub(super) struct Hidden(Vec<Option<&'static str>>);

impl Hidden {
    pub(super) fn is_hidden(&self, id: NodeId) -> bool {
        self.0.get(id).is_some_and(Option::is_some)
    }
}

/// How deep source may nest before further start tags are dropped: the parser looks
/// through its open elements at each tag, which takes for ever when there are very many.
const MAX_NESTING: usize = 512;

/// Drops start tags that would nest deeper than [`MAX_NESTING`].
///
/// Counts tags as they stand in the source, which is more than the parser will nest.
pub(super) fn limited_nesting(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut depth = 0_usize;
    let mut rest = source;
    while let Some(start) = rest.find('<') {
        let (before, tag) = rest.split_at(start);
        out.push_str(before);
        let is_start = tag.as_bytes().get(1).is_some_and(u8::is_ascii_alphabetic);
        let is_end = tag.as_bytes().get(1) == Some(&b'/');
        // A tag without an end is the last thing in the source.
        let end = tag.find('>').map_or(tag.len(), |end| end + 1);
        let (tag, after) = tag.split_at(if is_start || is_end { end } else { 1 });
        if is_start {
            let name_len =
                tag.bytes().skip(1).take_while(u8::is_ascii_alphanumeric).count();
            let name = tag.get(1..=name_len).unwrap_or_default().to_ascii_lowercase();
            let is_open =
                !is_void(&name) && !closes_itself(&name) && !tag.ends_with("/>");
            if is_open && depth >= MAX_NESTING {
                rest = after;
                continue;
            }
            depth += usize::from(is_open);
        } else if is_end {
            depth = depth.saturating_sub(1);
        }
        out.push_str(tag);
        rest = after;
    }
    out.push_str(rest);
    out
}

fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Elements that the next one of their kind ends, so that their end tag is often left out.
fn closes_itself(name: &str) -> bool {
    matches!(
        name,
        "p" | "li" | "dt" | "dd" | "tr" | "td" | "th" | "option" | "thead" | "tbody"
    )
}

/// Finds the nodes that are not part of a text.
pub(super) fn hidden(document: &Document) -> Hidden {
    let mut reasons: Vec<Option<&'static str>> = vec![None; document.len()];
    let total = text_len(document, ROOT);
    let mut pending = vec![ROOT];
    while let Some(id) = pending.pop() {
        let reason = reason(document, id, total);
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

fn reason(document: &Document, id: NodeId, total: usize) -> Option<&'static str> {
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
    if is_invisible(document, id) {
        return Some("not shown");
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
    found.filter(|_| text_len(document, id) * 5 < total * 2)
}

fn is_invisible(document: &Document, id: NodeId) -> bool {
    let style = document.attribute(id, "style").unwrap_or_default().to_ascii_lowercase();
    let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
    document.attribute(id, "hidden").is_some()
        || document.attribute(id, "aria-hidden") == Some("true")
        || style.contains("display:none")
        || style.contains("visibility:hidden")
}

/// Number of characters of text below `id` that are no white space, scripts left out.
fn text_len(document: &Document, id: NodeId) -> usize {
    let mut len = 0;
    let mut pending = vec![id];
    while let Some(id) = pending.pop() {
        if matches!(document.name(id), "script" | "style" | "head" | "noscript") {
            continue;
        }
        if let Some(text) = document.text(id) {
            len += text.chars().filter(|c| !c.is_whitespace()).count();
        }
        pending.extend(document.children(id));
    }
    len
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
                line.push_str(text);
            }
        } else if (is_block(document.name(id)) || document.name(id) == "br")
            && !line.trim().is_empty()
        {
            remove(removed, &one_line(&line), line_reason);
            line.clear();
        }
        pending.extend(document.children(id).iter().rev().map(|&child| (child, reason)));
    }
    remove(removed, &one_line(&line), line_reason);
}

#[cfg(test)]
mod tests {
    use super::limited_nesting;

    #[test]
    fn deep_nesting_is_cut_off() {
        let source =
            format!("{}text{}", "<div>".repeat(100_000), "</div>".repeat(100_000));
        let limited = limited_nesting(&source);
        assert_eq!(limited.matches("<div>").count(), 512);
        assert!(limited.contains("text"));
        assert_eq!(
            limited_nesting("<p>a < b<br><i x='1'>c</i>"),
            "<p>a < b<br><i x='1'>c</i>"
        );
    }
}
