//! From the terms of each document to the documents of each term.

use crate::{
    lexicon::{LexiconEntry, TermRef},
    postings::Posting,
    score::bm25f::{self, FIELDS},
};

/// What scoring needs of a document.
pub(crate) struct Document {
    /// Number of its language.
    pub(crate) language: usize,
    /// Tokens in each field.
    pub(crate) lengths: [u32; FIELDS],
}

/// A term in a document.
#[derive(Clone, Copy)]
pub(crate) struct Occurrence {
    /// The term, numbered as it appeared.
    pub(crate) term: u32,
    /// The document.
    pub(crate) doc: u32,
    /// How often the term occurs in each field.
    pub(crate) frequencies: Frequencies,
}

/// Numbers of occurrences by field, capped: they saturate long before.
#[derive(Clone, Copy, Default)]
pub(crate) struct Frequencies([u8; FIELDS]);

impl Frequencies {
    /// Counts an occurrence in a field.
    pub(crate) fn count(&mut self, field: usize) {
        if let Some(frequency) = self.0.get_mut(field) {
            *frequency = frequency.saturating_add(1);
        }
    }
}

/// A form with its terms, which are numbered as they appeared.
pub(crate) struct FormTerms {
    /// The form.
    pub(crate) form: Box<str>,
    /// Its terms.
    pub(crate) terms: Vec<u32>,
    /// Whether it is a function word in every language where it occurs.
    pub(crate) is_function: bool,
}

/// Terms numbered as they first occur in the sorted lexicon, with their frequencies.
pub(crate) struct Numbering {
    /// By the number of appearance.
    terms: Vec<Option<TermRef>>,
}

impl Numbering {
    /// Numbers the terms of `entries`, which ascend by form.
    pub(crate) fn new(entries: &[FormTerms], occurrences: &[Occurrence]) -> Self {
        let count = occurrences.iter().map(|o| o.term as usize + 1).max().unwrap_or(0);
        let mut doc_freqs = vec![0_u32; count];
        for occurrence in occurrences {
            if let Some(doc_freq) = doc_freqs.get_mut(occurrence.term as usize) {
                *doc_freq += 1;
            }
        }
        let mut terms = vec![None; count];
        let mut next = 0;
        for term in entries.iter().flat_map(|entry| &entry.terms) {
            let index = *term as usize;
            if let (Some(slot @ None), Some(&doc_freq)) =
                (terms.get_mut(index), doc_freqs.get(index))
            {
                *slot = Some(TermRef { ordinal: next, doc_freq });
                next += 1;
            }
        }
        Self { terms }
    }

    fn term(&self, term: u32) -> Option<TermRef> {
        self.terms.get(term as usize).copied().flatten()
    }

    /// Returns the entries of the lexicon.
    pub(crate) fn lexicon<'a>(&self, entries: &'a [FormTerms]) -> Vec<LexiconEntry<'a>> {
        let entry = |entry: &'a FormTerms| {
            let FormTerms { form, terms, is_function } = entry;
            let mut terms: Vec<_> =
                terms.iter().filter_map(|&term| self.term(term)).collect();
            terms.sort_unstable();
            LexiconEntry { form, terms, is_function: *is_function }
        };
        entries.iter().map(entry).collect()
    }
}

/// The postings lists of all terms.
pub(crate) struct Lists {
    /// Sorted by term (the lexicon's number), then by document.
    postings: Vec<(u32, Posting)>,
}

impl Lists {
    /// Turns occurrences around.
    pub(crate) fn new(
        occurrences: Vec<Occurrence>,
        numbering: &Numbering,
        documents: &[Document],
    ) -> Self {
        let relative_lengths = relative_lengths(documents);
        let mut postings: Vec<(u32, Posting)> = occurrences
            .into_iter()
            .filter_map(|Occurrence { term, doc, frequencies }| {
                let lengths = relative_lengths.get(doc as usize)?;
                let [title_len, ..] = documents.get(doc as usize)?.lengths;
                let level =
                    bm25f::level(frequencies.0.map(u32::from), *lengths, title_len);
                Some((numbering.term(term)?.ordinal, Posting { doc, impact: level }))
            })
            .collect();
        postings.sort_unstable_by_key(|(term, posting)| (*term, posting.doc));
        Self { postings }
    }

    /// Returns the lists in the order of their terms, each posting with its term.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &[(u32, Posting)]> {
        self.postings.chunk_by(|(a, _), (b, _)| a == b)
    }
}

/// Returns for each document the lengths of its fields over the averages of its language:
/// a Chinese text has more tokens than an English one that says as much.
fn relative_lengths(documents: &[Document]) -> Vec<[f64; FIELDS]> {
    let languages = documents.iter().map(|d| d.language + 1).max().unwrap_or(0);
    let mut totals = vec![([0_u64; FIELDS], 0_u64); languages];
    for document in documents {
        if let Some((sums, count)) = totals.get_mut(document.language) {
            *count += 1;
            for (sum, length) in sums.iter_mut().zip(document.lengths) {
                *sum += u64::from(length);
            }
        }
    }
    let relative = |document: &Document| {
        let mut lengths = [1.0; FIELDS];
        let Some((sums, count)) = totals.get(document.language) else { return lengths };
        for ((relative, sum), length) in
            lengths.iter_mut().zip(sums).zip(document.lengths)
        {
            if *sum > 0 {
                *relative = f64::from(length) * *count as f64 / *sum as f64;
            }
        }
        lengths
    };
    documents.iter().map(relative).collect()
}
