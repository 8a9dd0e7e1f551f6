//! Lines of a dump.

use serde::{Deserialize, Serialize};

use super::mend::mend;
use crate::{
    fingerprint::hash,
    label,
    typography::{is_han, is_invisible, key, one_line},
};

/// A line that is not blank.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Line {
    /// Its text on one line, without the marker.
    pub(super) text: String,
    /// Letters and digits of the text: equal keys read the same.
    pub(super) key: String,
    /// Hash of the key with its digits unified, so that counters and years recur, too.
    pub(super) template: u64,
    /// The sign of a list item that it starts with.
    pub(super) marker: Option<char>,
    /// Whether a blank line stands before it.
    pub(super) follows_blank: bool,
    /// Whether it starts further right than the margin.
    pub(super) is_indented: bool,
    /// Whether it is a date or a byline, by labels that are known without the site's help.
    pub(super) is_dated: bool,
}

impl Line {
    /// Length of the text, in characters.
    pub(super) fn len(&self) -> usize {
        self.text.chars().count()
    }

    /// Whether the text is cut off: it ends with an ellipsis.
    pub(super) fn is_truncated(&self) -> bool {
        self.text.ends_with("...") || self.text.ends_with('…')
    }

    /// The line as the dump has it, near enough.
    pub(super) fn shown(&self) -> String {
        match self.marker {
            Some(marker) => format!("{marker} {}", self.text),
            None => self.text.clone(),
        }
    }
}

/// Splits a dump into the lines that are not blank.
pub(crate) fn lines(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut follows_blank = false;
    let unified = text.replace("\r\n", "\n");
    for raw in unified.split(['\n', '\r', '\u{2028}', '\u{2029}', '\u{b}', '\u{c}']) {
        let mut visible = mend(raw);
        if !visible.is_ascii() && visible.contains(is_invisible) {
            visible.to_mut().retain(|c| !is_invisible(c));
        }
        let is_indented = visible.starts_with("  ")
            || visible.starts_with(['\u{3000}', '\t', '\u{a0}']);
        let (marker, rest) = split_marker(visible.trim());
        let text = one_line(rest);
        if text.is_empty() {
            follows_blank = true;
            continue;
        }
        let key = key(&text);
        lines.push(Line {
            template: template(&key, marker.is_some(), &text),
            key,
            marker,
            follows_blank,
            is_indented,
            is_dated: marker.is_none() && is_dated(&text),
            text,
        });
        follows_blank = false;
    }
    lines
}

/// Hash of the key of `text` with its digits unified. A list item and a heading with the
/// same words are different things.
pub(super) fn template(key: &str, is_item: bool, text: &str) -> u64 {
    let mut template = String::with_capacity(key.len() + 1);
    template.push(if is_item { '-' } else { ' ' });
    for c in key.chars() {
        let c = if !is_han(c) && c.is_numeric() { '0' } else { c };
        if c != '0' || !template.ends_with('0') {
            template.push(c);
        }
    }
    if key.is_empty() {
        template.push_str(text);
    }
    hash(template.as_bytes())
}

fn is_dated(text: &str) -> bool {
    label::read(text, &label::Vocabulary::default()).is_some_and(|labels| {
        labels.iter().any(|labeled| labeled.field != label::Field::Other)
    })
}

fn split_marker(text: &str) -> (Option<char>, &str) {
    // A question mark stands where an encoding had no bullet.
    const MARKERS: &str = "-*•●·▪◆»›>■□○◎–—?\u{fffd}";
    let mut chars = text.chars();
    let Some(first) = chars.next().filter(|&c| MARKERS.contains(c)) else {
        return (None, text);
    };
    let rest = chars.as_str();
    match rest.trim_start() {
        "" => (None, ""),
        item if item.len() < rest.len() => (Some(first), item),
        _ => (None, text),
    }
}
