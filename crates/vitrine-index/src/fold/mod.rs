//! Folding: one form for characters that a reader takes for the same letter.
//!
//! Case, diacritics of Latin, Greek and Cyrillic, compatibility and width forms, and
//! traditional Chinese characters are folded. The rules come from Unicode and `OpenCC`
//! tables when an archive is packed; the archive carries the map, so that a reader needs
//! no tables of its own. ASCII, combining marks and invisible characters follow rules
//! that are part of the format and stand here.

mod reader;
mod table;
#[cfg(feature = "write")]
mod unicode;
#[cfg(feature = "write")]
mod writer;

pub(crate) use reader::load_folding;
pub(crate) use table::FoldTable;
#[cfg(feature = "write")]
pub(crate) use unicode::unicode_table;
#[cfg(feature = "write")]
pub(crate) use writer::{Observed, write_folding};

/// First code point of the chunk that holds the Chinese, Japanese and Korean part of the
/// map and everything above; the chunk before it holds the alphabets.
pub(crate) const FIRST_IDEOGRAPHIC: char = '\u{2E80}';

/// What one character folds to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Folded<'a> {
    /// One character, often itself.
    Char(char),
    /// Several characters, or none.
    Text(&'a str),
}

/// A folding map, as much of it as a task needs.
#[derive(Debug, Clone, Default)]
pub(crate) struct Folding {
    tables: Vec<FoldTable>,
}

impl Folding {
    /// Returns the folding that looks characters up in `tables`, first table first.
    pub(crate) fn new(tables: Vec<FoldTable>) -> Self {
        Self { tables }
    }

    /// Returns a text folded.
    #[cfg(feature = "write")]
    pub(crate) fn text(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        for c in text.chars() {
            match self.fold(c) {
                Folded::Char(c) => out.push(c),
                Folded::Text(text) => out.push_str(text),
            }
        }
        out
    }

    /// Returns what `c` folds to.
    pub(crate) fn fold(&self, c: char) -> Folded<'_> {
        if c.is_ascii() {
            return Folded::Char(c.to_ascii_lowercase());
        }
        if is_ignored(c) {
            return Folded::Text("");
        }
        match self.tables.iter().find_map(|table| table.get(c)) {
            Some(text) => Folded::Text(text),
            None => Folded::Char(c),
        }
    }
}

/// Returns whether `c` folds to nothing by rule: combining diacritical marks, the soft
/// hyphen, joiners and the byte order mark.
pub(crate) fn is_ignored(c: char) -> bool {
    matches!(
        c,
        '\u{300}'..='\u{36F}' | '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}'
    )
}
