//! Marks the words of a query in texts.

use std::ops::Range;

use serde::Serialize;

use crate::{
    fold::Folding,
    snippet,
    token::{RunEnd, Token, TokenKind, tokenize},
};

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Span {
    /// The piece.
    pub text: String,
    /// Whether it is a word of the query.
    pub is_match: bool,
}

/// What a form stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct WantedWord {
    /// The number of the word in the query.
    pub(crate) number: usize,
    /// How much it tells.
    pub(crate) weight: u32,
    /// Whether the form is the one that was typed, not another of the same stem or a longer one.
    pub(crate) is_exact: bool,
}

/// What is marked.
#[derive(Debug, Clone, Default)]
pub(crate) struct Wanted {
    /// Folded words and bigrams.
    pub(crate) forms: Forms,
    /// Single Chinese, Japanese or Korean characters.
    pub(crate) characters: Forms,
}

/// Forms and the words that they stand for, in the order of their bytes: a few dozen, for
/// which a tree would be more code than it is worth in a browser.
#[derive(Debug, Clone, Default)]
pub(crate) struct Forms {
    entries: Vec<(String, WantedWord)>,
    /// A bit for each first byte that a form has, by its lower six: most words of a text are
    /// refused by it.
    heads: u64,
}

impl Forms {
    /// Adds a form, unless it is there: the first word of a query has it.
    pub(crate) fn add(&mut self, form: &str, word: WantedWord) {
        if let Err(place) = self.place(form) {
            self.entries.insert(place, (form.to_owned(), word));
            self.heads |= head(form);
        }
    }

    fn get(&self, form: &str) -> Option<WantedWord> {
        if self.heads & head(form) == 0 {
            return None;
        }
        let place = self.place(form).ok()?;
        self.entries.get(place).map(|(_, word)| *word)
    }

    fn place(&self, form: &str) -> Result<usize, usize> {
        self.entries.binary_search_by(|(other, _)| other.as_str().cmp(form))
    }

    fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

fn head(form: &str) -> u64 {
    form.bytes().next().map_or(0, |byte| 1 << (byte & 63))
}

/// Knows which words of texts a query stands for, stems and folded forms included.
#[derive(Debug, Clone, Default)]
pub struct Matcher {
    folding: Folding,
    wanted: Wanted,
}

/// A place in a text where a word of the query stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mark {
    /// In bytes.
    pub(crate) range: Range<usize>,
    /// Its place among the words and characters of the text.
    pub(crate) position: u32,
    /// The word of the query.
    pub(crate) word: WantedWord,
}

impl Matcher {
    pub(crate) fn new(folding: Folding, wanted: Wanted) -> Self {
        Self { folding, wanted }
    }

    /// Returns `text` cut into spans; nothing when it is empty.
    pub fn mark(&self, text: &str) -> Vec<Span> {
        spans(text, &self.marks(text))
    }

    /// Returns the passage of `text` that says most about the query, at most `max_chars`
    /// characters long, of which a Chinese, Japanese or Korean one counts as two.
    ///
    /// White space is collapsed; an ellipsis stands where the text goes on. Without any
    /// word of the query it is the beginning.
    pub fn snippet(&self, text: &str, max_chars: usize) -> Vec<Span> {
        let text = snippet::collapse(text);
        cut(&text, &self.marks(&text), max_chars)
    }

    /// Returns where words of the query stand, ascending; they may overlap.
    pub(crate) fn marks(&self, text: &str) -> Vec<Mark> {
        let mut marks = Vec::new();
        let Wanted { forms, characters } = &self.wanted;
        if forms.is_empty() && characters.is_empty() {
            return marks;
        }
        tokenize(text, &self.folding, RunEnd::Alone, &mut |token| {
            let Token { form, range, position, kind } = token;
            if let Some(word) = forms.get(form) {
                marks.push(Mark { range: range.clone(), position, word });
            }
            if kind == TokenKind::Gram
                && let Some(first) = form.chars().next()
                && let Some(word) = characters.get(first.encode_utf8(&mut [0; 4]))
            {
                let source = text.get(range.clone()).and_then(|text| text.chars().next());
                let end = range.start + source.map_or(0, char::len_utf8);
                marks.push(Mark { range: range.start..end, position, word });
            }
        });
        marks
    }
}

/// Returns the best passage of `text`, whose words of the query are at `marks`.
pub(crate) fn cut(text: &str, marks: &[Mark], max_chars: usize) -> Vec<Span> {
    let range = snippet::best_range(text, marks, max_chars);
    let inside: Vec<Mark> = marks
        .iter()
        .filter(|mark| mark.range.start >= range.start && mark.range.end <= range.end)
        .map(|mark| Mark {
            range: mark.range.start - range.start..mark.range.end - range.start,
            ..*mark
        })
        .collect();
    let mut found = spans(text.get(range.clone()).unwrap_or_default(), &inside);
    let ellipsis = || Span { text: "…".to_owned(), is_match: false };
    if range.start > 0 {
        found.insert(0, ellipsis());
    }
    if range.end < text.len() {
        found.push(ellipsis());
    }
    found
}

/// Cuts `text` at the edges of `marks`; marks that touch or overlap become one span.
pub(crate) fn spans(text: &str, marks: &[Mark]) -> Vec<Span> {
    let mut merged: Vec<Range<usize>> = Vec::new();
    for mark in marks {
        match merged.last_mut() {
            Some(last) if mark.range.start <= last.end => {
                last.end = last.end.max(mark.range.end);
            }
            _ => merged.push(mark.range.clone()),
        }
    }
    let mut spans = Vec::with_capacity(merged.len() * 2 + 1);
    let mut push = |range: Range<usize>, is_match: bool| {
        if let Some(text) = text.get(range).filter(|text| !text.is_empty()) {
            spans.push(Span { text: text.to_owned(), is_match });
        }
    };
    let mut end = 0;
    for range in merged {
        push(end..range.start, false);
        end = range.end;
        push(range, true);
    }
    push(end..text.len(), false);
    spans
}
