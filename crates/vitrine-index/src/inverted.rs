//! From the terms of each document to the documents of each term.

use crate::{
    lexicon::{LexiconEntry, Part, TermRef},
    postings::Posting,
    score::bm25f::{self, FIELDS},
};

/// What scoring needs of a document.
pub(crate) struct Document {
    /// Number of its language.
    pub(crate) language: u32,
    /// Tokens in each field.
    pub(crate) lengths: [u32; FIELDS],
}

/// A term in a document.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Occurrence {
    /// The term, numbered as it appeared.
    pub(crate) term: u32,
    /// The document.
    pub(crate) doc: u32,
    /// How often the term occurs in each field.
    pub(crate) frequencies: Frequencies,
}

/// Numbers of occurrences by field, capped: they saturate long before.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Frequencies(pub(crate) [u8; FIELDS]);

impl Frequencies {
    /// Counts an occurrence in a field.
    pub(crate) fn count(&mut self, field: usize) {
        if let Some(frequency) = self.0.get_mut(field) {
            *frequency = frequency.saturating_add(1);
        }
    }
}

/// A form with its terms, which are numbered as they appeared.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FormTerms<'a> {
    /// The form.
    pub(crate) form: &'a str,
    /// Its terms.
    pub(crate) terms: &'a [u32],
    /// Whether it is a function word in every language where it occurs.
    pub(crate) is_function: bool,
}

/// A term that so many documents contain may be common; where too many terms would be, it
/// takes the next of these numbers.
const LEAST_COMMON: [u32; 8] = [16, 24, 32, 48, 64, 96, 128, 192];

/// Common terms for each document that a common term has at least: chunks of these are small,
/// and more of them would be most of an archive's files.
const COMMON_PER_DOC: usize = 640;

/// Terms numbered as they first occur in the sorted lexicon, with their frequencies.
pub(crate) struct Numbering {
    /// The numbers, by the number of appearance; [`NO_ORDINAL`] where there is none.
    ordinals: Vec<u32>,
    /// In how many documents each term is, by the number of its appearance.
    doc_freqs: Vec<u32>,
    /// Number of terms in the part of common ones.
    common_count: u32,
}

/// Stands for no number.
const NO_ORDINAL: u32 = u32::MAX;

impl Numbering {
    /// Sorts `order`, the numbers of forms whose `form_of` ascend, by their part of the
    /// lexicon and numbers their terms; `doc_freqs` says in how many documents each term is,
    /// by the number of its appearance.
    pub(crate) fn new<'a>(
        order: &mut [u32],
        form_of: &impl Fn(u32) -> FormTerms<'a>,
        doc_freqs: Vec<u32>,
    ) -> Self {
        let is_common = common_terms(order, form_of, &doc_freqs);
        let is_rare = |term: &u32| is_common.get(*term as usize) != Some(&true);
        order.sort_by_key(|&number| form_of(number).terms.first().is_none_or(is_rare));
        let mut ordinals = vec![NO_ORDINAL; doc_freqs.len()];
        let mut next = 0;
        for term in order.iter().flat_map(|&number| form_of(number).terms) {
            if let Some(slot @ &mut NO_ORDINAL) = ordinals.get_mut(*term as usize) {
                *slot = next;
                next += 1;
            }
        }
        let common_count =
            is_common.iter().filter(|is_common| **is_common).count() as u32;
        Self { ordinals, doc_freqs, common_count }
    }

    fn ordinal(&self, term: u32) -> Option<u32> {
        let ordinal = self.ordinals.get(term as usize).copied();
        ordinal.filter(|&ordinal| ordinal != NO_ORDINAL)
    }

    fn term(&self, term: u32) -> Option<TermRef> {
        let doc_freq = self.doc_freqs.get(term as usize).copied()?;
        Some(TermRef { ordinal: self.ordinal(term)?, doc_freq })
    }

    /// Returns the number of terms in the part of common ones, which come first.
    pub(crate) fn common_count(&self) -> u32 {
        self.common_count
    }

    /// Returns the entry of the lexicon for a form.
    pub(crate) fn entry<'a>(&self, form: FormTerms<'a>) -> LexiconEntry<'a> {
        let FormTerms { form, terms, is_function } = form;
        let mut terms: Vec<_> =
            terms.iter().filter_map(|&term| self.term(term)).collect();
        terms.sort_unstable();
        let is_common = terms.iter().any(|term| term.ordinal < self.common_count);
        let part = if is_common { Part::Common } else { Part::Rare };
        LexiconEntry { part, form, terms, is_function }
    }
}

/// Returns which terms are common: those of many documents, and those that share a form
/// with one, so that all forms of a term stand in one part of the lexicon.
fn common_terms<'a>(
    order: &[u32],
    form_of: &impl Fn(u32) -> FormTerms<'a>,
    doc_freqs: &[u32],
) -> Vec<bool> {
    let least = least_common(doc_freqs);
    let mut is_common: Vec<bool> =
        doc_freqs.iter().map(|&doc_freq| doc_freq >= least).collect();
    loop {
        let mut has_changed = false;
        for FormTerms { terms, .. } in order.iter().map(|&number| form_of(number)) {
            let of_term = |term: &u32| is_common.get(*term as usize) == Some(&true);
            let count = terms.iter().copied().filter(of_term).count();
            if count > 0 && count < terms.len() {
                for &term in terms {
                    if let Some(is_common) = is_common.get_mut(term as usize) {
                        has_changed |= !*is_common;
                        *is_common = true;
                    }
                }
            }
        }
        if !has_changed {
            return is_common;
        }
    }
}

/// Returns in how many documents a common term is at least.
fn least_common(doc_freqs: &[u32]) -> u32 {
    let are_few = |least: &u32| {
        let count = doc_freqs.iter().filter(|doc_freq| *doc_freq >= least).count();
        count <= COMMON_PER_DOC * *least as usize
    };
    let [.., last] = LEAST_COMMON;
    LEAST_COMMON.into_iter().find(are_few).unwrap_or(last)
}

/// Turns occurrences of terms in documents into postings of terms.
pub(crate) struct Inverter {
    numbering: Numbering,
    documents: Vec<Document>,
    /// The mean lengths of the fields, by the number of the language.
    mean_lengths: Vec<[f64; FIELDS]>,
}

impl Inverter {
    pub(crate) fn new(numbering: Numbering, documents: Vec<Document>) -> Self {
        let mean_lengths = mean_lengths(&documents);
        Self { numbering, documents, mean_lengths }
    }

    /// Returns the postings, sorted by term (the lexicon's number), then by document.
    pub(crate) fn postings(&self, occurrences: Vec<Occurrence>) -> Vec<TermPosting> {
        let mut postings: Vec<TermPosting> =
            occurrences.into_iter().filter_map(|one| self.posting(one)).collect();
        postings.sort_unstable_by_key(|posting| (posting.term, posting.posting.doc));
        postings
    }

    fn posting(&self, occurrence: Occurrence) -> Option<TermPosting> {
        let Occurrence { term, doc, frequencies } = occurrence;
        let document = self.documents.get(doc as usize)?;
        let [title_len, ..] = document.lengths;
        let lengths = self.relative_lengths(document);
        let impact = bm25f::level(frequencies.0.map(u32::from), lengths, title_len);
        let term = self.numbering.ordinal(term)?;
        Some(TermPosting { term, posting: Posting { doc, impact } })
    }

    /// Returns the lengths of a document's fields over the means of its language: a Chinese
    /// text has more tokens than an English one that says as much.
    fn relative_lengths(&self, document: &Document) -> [f64; FIELDS] {
        let mut relative = [1.0; FIELDS];
        let Some(means) = self.mean_lengths.get(document.language as usize) else {
            return relative;
        };
        for ((relative, mean), length) in
            relative.iter_mut().zip(means).zip(document.lengths)
        {
            if *mean > 0.0 {
                *relative = f64::from(length) / mean;
            }
        }
        relative
    }
}

/// A posting and the term (the lexicon's number) that it belongs to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TermPosting {
    pub(crate) term: u32,
    pub(crate) posting: Posting,
}

/// Returns for each language the mean lengths of the fields of its documents.
fn mean_lengths(documents: &[Document]) -> Vec<[f64; FIELDS]> {
    let languages = documents.iter().map(|d| d.language + 1).max().unwrap_or(0);
    let mut totals = vec![([0_u64; FIELDS], 0_u64); languages as usize];
    for document in documents {
        if let Some((sums, count)) = totals.get_mut(document.language as usize) {
            *count += 1;
            for (sum, length) in sums.iter_mut().zip(document.lengths) {
                *sum += u64::from(length);
            }
        }
    }
    let mean = |(sums, count): ([u64; FIELDS], u64)| {
        sums.map(|sum| sum as f64 / count.max(1) as f64)
    };
    totals.into_iter().map(mean).collect()
}
