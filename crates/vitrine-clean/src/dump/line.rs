//! Lines of a dump.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::mend::{is_meant, mend};
use crate::{
    fingerprint::{hash, mixed},
    label::{self, Reading},
    typography::{
        has_byte, has_pair, is_han, is_invisible, is_one_line, len_and_columns, one_line,
        push_key,
    },
};

/// A line that is not blank.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    /// Its text on one line, without the marker.
    pub(super) text: &'a str,
    /// Letters and digits of the text: equal keys read the same.
    pub(super) key: &'a str,
    /// Length of the text, in characters.
    pub(super) len: usize,
    /// Width of the text, in columns.
    pub(super) columns: usize,
    /// Hash of the key with its digits unified, so that counters and years recur, too.
    pub(super) template: u64,
    /// The sign of a list item that it starts with.
    pub(super) marker: Option<char>,
    /// Whether a blank line stands before it.
    pub(super) follows_blank: bool,
    /// Whether it starts further right than the margin.
    pub(super) is_indented: bool,
    /// What is read on it without the site's help.
    pub(super) reading: Reading,
}

impl Line<'_> {
    /// Whether it is a date or a byline, by labels that are known without the site's help.
    pub(super) fn is_dated(&self) -> bool {
        self.reading == Reading::Dated
    }

    /// Whether the text is cut off: it ends with an ellipsis.
    pub(super) fn is_truncated(&self) -> bool {
        self.text.ends_with("...") || self.text.ends_with('…')
    }

    /// The line as the dump has it, near enough.
    pub(super) fn shown(&self) -> String {
        match self.marker {
            Some(marker) => format!("{marker} {}", self.text),
            None => self.text.to_owned(),
        }
    }
}

/// The lines of a dump that are not blank, in a form that is put aside and read again fast.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Lines {
    /// The texts of all lines, one after another.
    texts: String,
    /// Their keys.
    keys: String,
    rest: Vec<Stored>,
}

/// What is known of a line beside its text and its key.
#[derive(Debug, Serialize, Deserialize)]
struct Stored(
    /// Where its text ends, in bytes: no page is as long as numbers of this kind get.
    u32,
    /// Where its key ends, in bytes.
    u32,
    /// Its length and its width.
    u32,
    u32,
    /// Its template.
    u64,
    /// Its marker.
    Option<char>,
    /// Whether it follows a blank line, and whether it is indented.
    [bool; 2],
    Reading,
);

impl Lines {
    /// Splits a dump.
    pub(crate) fn of(text: &str) -> Self {
        let room = || String::with_capacity(text.len());
        // Few dumps have shorter lines.
        let rest = Vec::with_capacity(text.len() / 40);
        let mut lines = Self { texts: room(), keys: room(), rest };
        let mut follows_blank = false;
        // Much text is as it was meant, and has line feeds only: that is told faster of all
        // of it than of each line.
        let is_meant = is_meant(text);
        let has_rare_ends = has_rare_end(text);
        let mut push = |raw: &str| {
            let line = if is_meant { raw.into() } else { mend(raw) };
            follows_blank = !lines.push(line, follows_blank);
        };
        // The end of a line as one system writes it is the ends of two on another.
        for line in text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line)) {
            if has_rare_ends && has_rare_end(line) {
                line.split(RARE_ENDS).for_each(&mut push);
            } else {
                push(line);
            }
        }
        lines.keys.shrink_to_fit();
        lines.rest.shrink_to_fit();
        lines
    }

    /// Takes a line, unless it is blank; says which.
    fn push(&mut self, mut visible: Cow<'_, str>, follows_blank: bool) -> bool {
        // Nearly all lines are, and a part of one is, too.
        let is_clean = is_one_line(&visible);
        if !is_clean && visible.contains(is_invisible) {
            visible.to_mut().retain(|c| !is_invisible(c));
        }
        let is_indented = visible.starts_with("  ")
            || visible.starts_with(['\u{3000}', '\t', '\u{a0}']);
        let (marker, rest) = split_marker(visible.trim());
        let text =
            if is_clean { Cow::Borrowed(rest) } else { Cow::Owned(one_line(rest)) };
        if text.is_empty() {
            return false;
        }
        let start = self.keys.len();
        push_key(&text, &mut self.keys);
        let key = self.keys.get(start..).unwrap_or_default();
        let template = template(key, marker.is_some(), &text);
        let reading = match label::reading(&text) {
            // An item of a list stands above no article.
            Reading::Dated if marker.is_some() => Reading::Open,
            reading => reading,
        };
        let (len, columns) = len_and_columns(&text);
        self.texts.push_str(&text);
        self.rest.push(Stored(
            self.texts.len() as u32,
            self.keys.len() as u32,
            len as u32,
            columns as u32,
            template,
            marker,
            [follows_blank, is_indented],
            reading,
        ));
        true
    }

    /// Returns the lines, from top to bottom.
    pub(super) fn to_vec(&self) -> Vec<Line<'_>> {
        let (mut text_start, mut key_start) = (0, 0);
        let mut lines = Vec::with_capacity(self.rest.len());
        for &Stored(text_end, key_end, len, columns, template, marker, flags, reading) in
            &self.rest
        {
            let [follows_blank, is_indented] = flags;
            let (text_end, key_end) = (text_end as usize, key_end as usize);
            lines.push(Line {
                text: self.texts.get(text_start..text_end).unwrap_or_default(),
                key: self.keys.get(key_start..key_end).unwrap_or_default(),
                len: len as usize,
                columns: columns as usize,
                template,
                marker,
                follows_blank,
                is_indented,
                reading,
            });
            (text_start, key_start) = (text_end, key_end);
        }
        lines
    }
}

/// What ends a line beside a line feed.
const RARE_ENDS: [char; 5] = ['\r', '\u{2028}', '\u{2029}', '\u{b}', '\u{c}'];

fn has_rare_end(text: &str) -> bool {
    // Bytes are looked at many at a time.
    has_byte(text, |b| matches!(b, 0xb..=0xd))
        || has_pair(text, |a, b| matches!((a, b), (0x80, 0xa8 | 0xa9)))
            && text.contains(RARE_ENDS)
}

/// Hash of the key of `text` with its digits unified. A list item and a heading with the
/// same words are different things.
pub(super) fn template(key: &str, is_item: bool, text: &str) -> u64 {
    let is_digit = |c: char| match c {
        ..='\u{7f}' => c.is_ascii_digit(),
        c => !is_han(c) && c.is_numeric(),
    };
    // Nearly all keys are letters of ASCII and ideographs, which takes less time to see.
    let may_be_digit = |b: u8| matches!(b, b'0'..=b'9' | 0xc2..=0xe3 | 0xea..);
    let has_digits = has_byte(key, may_be_digit) && key.contains(is_digit);
    if !key.is_empty() && !has_digits {
        return mixed(hash(key.as_bytes()) ^ u64::from(is_item));
    }
    let mut template = String::with_capacity(key.len() + 1);
    template.push(if is_item { '-' } else { ' ' });
    for c in key.chars() {
        let c = if is_digit(c) { '0' } else { c };
        if c != '0' || !template.ends_with('0') {
            template.push(c);
        }
    }
    if key.is_empty() {
        template.push_str(text);
    }
    hash(template.as_bytes())
}

fn split_marker(text: &str) -> (Option<char>, &str) {
    // A question mark stands where an encoding had no bullet.
    const MARKERS: [char; 18] = [
        '-', '*', '•', '●', '·', '▪', '◆', '»', '›', '>', '■', '□', '○', '◎', '–', '—',
        '?', '\u{fffd}',
    ];
    let mut chars = text.chars();
    let Some(first) = chars.next().filter(|c| MARKERS.contains(c)) else {
        return (None, text);
    };
    let rest = chars.as_str();
    match rest.trim_start() {
        "" => (None, ""),
        item if item.len() < rest.len() => (Some(first), item),
        _ => (None, text),
    }
}
