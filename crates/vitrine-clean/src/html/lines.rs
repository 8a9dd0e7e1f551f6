//! The lines that a page shows, as one reads them from top to bottom.

use super::dom::{Document, ROOT};
use crate::typography::one_line;

/// Returns the lines of all text that a browser shows.
pub(super) fn shown(document: &Document) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut pending = vec![(ROOT, false)];
    while let Some((id, is_end)) = pending.pop() {
        let name = document.name(id);
        let is_boundary = document.is_block(id) || name == "br";
        if is_boundary {
            lines.push(one_line(&std::mem::take(&mut line)));
        }
        if is_end || matches!(name, "script" | "style" | "head" | "template" | "noscript")
        {
            continue;
        }
        if let Some(text) = document.text(id) {
            line.push_str(text);
        }
        if is_boundary {
            pending.push((id, true));
        }
        pending.extend(document.children(id).iter().rev().map(|&child| (child, false)));
    }
    lines.push(one_line(&line));
    lines.retain(|line| !line.is_empty());
    lines
}
