//! Related documents: those that share the rarest words, found when an archive is packed.
//!
//! Similarity is the cosine of the documents' tf-idf vectors (Salton and `McGill`, 1983),
//! with the impact of a term as its frequency and a document's heaviest terms alone. Terms
//! of many documents are left out, so that the time grows with the archive, not with its
//! square.

use std::cmp::Reverse;

use vitrine_bundle::{Cursor, write_varint};

use crate::{
    columns::DocValues,
    postings::Posting,
    score::{idf, impact_value},
};

/// Most related documents of one document.
const MAX_RELATED: usize = 5;

/// Terms of a document that are compared: the heaviest.
const MAX_TERMS: usize = 24;

/// Terms beyond these that are held until the lightest are dropped.
const SPARE_TERMS: usize = 8;

/// Most documents of a term that is compared.
const MAX_DOC_FREQ: usize = 256;

/// Least similarity, of 1.
const MIN_SIMILARITY: f64 = 0.1;

/// Collects what documents have in common.
#[derive(Debug)]
pub(crate) struct RelatedFinder {
    doc_count: u32,
    /// Most documents of a term that is compared.
    most: usize,
    /// The lists of the terms that are compared: of each document the gap to the one before
    /// as a varint, then the impact. There are more of these than of anything else that
    /// packing holds.
    lists: Vec<u8>,
    /// Where the list of a term ends, and what the term weighs.
    terms: Vec<(usize, u32)>,
    /// The heaviest terms of each document: weight and number among `terms`.
    vectors: Vec<Vec<(u32, u32)>>,
    /// The squares of the vectors' lengths, all terms included.
    squares: Vec<f64>,
}

impl RelatedFinder {
    pub(crate) fn new(doc_count: u32) -> Self {
        let count = doc_count as usize;
        Self {
            doc_count,
            // A term of half the documents tells none of them apart.
            most: MAX_DOC_FREQ.min(count.div_ceil(2).max(2)),
            lists: Vec::new(),
            terms: Vec::new(),
            vectors: vec![Vec::new(); count],
            squares: vec![0.0; count],
        }
    }

    /// Adds the list of the next term.
    pub(crate) fn add(&mut self, list: &[Posting]) {
        if !(2..=self.most).contains(&list.len()) {
            return;
        }
        let term_weight = idf(self.doc_count, list.len() as u32);
        let term = self.terms.len() as u32;
        for posting in list {
            let doc = posting.doc as usize;
            let weight = term_weight * impact_value(posting.impact);
            if let Some(square) = self.squares.get_mut(doc) {
                *square += f64::from(weight).powi(2);
            }
            if let Some(vector) = self.vectors.get_mut(doc) {
                if vector.len() >= MAX_TERMS + SPARE_TERMS {
                    keep_heaviest(vector);
                }
                vector.push((weight, term));
            }
        }
        let mut before = 0;
        for posting in list {
            write_varint(&mut self.lists, u64::from(posting.doc - before));
            self.lists.push(posting.impact);
            before = posting.doc;
        }
        self.terms.push((self.lists.len(), term_weight));
    }

    /// The list of a term and what the term weighs.
    fn list(&self, term: u32) -> (impl Iterator<Item = Posting>, u32) {
        let term = term as usize;
        let start = term.checked_sub(1).and_then(|before| self.terms.get(before));
        let start = start.map_or(0, |&(end, _)| end);
        let (end, weight) = self.terms.get(term).copied().unwrap_or((start, 0));
        let mut cursor = Cursor::new(self.lists.get(start..end).unwrap_or_default());
        let mut doc = 0_u32;
        let postings = std::iter::from_fn(move || {
            doc += cursor.varint_u32().ok()?;
            Some(Posting { doc, impact: cursor.u8().ok()? })
        });
        (postings, weight)
    }

    /// Returns for each document the numbers of those related to it, the most similar
    /// first.
    pub(crate) fn finish(mut self) -> DocValues {
        let vectors = std::mem::take(&mut self.vectors);
        let norms: Vec<f64> = self.squares.iter().map(|square| square.sqrt()).collect();
        let mut sums = vec![0_u64; norms.len()];
        let mut touched: Vec<u32> = Vec::new();
        let mut found = DocValues::default();
        for (doc, (mut vector, norm)) in vectors.into_iter().zip(&norms).enumerate() {
            keep_heaviest(&mut vector);
            for (weight, term) in vector {
                let (list, term_weight) = self.list(term);
                for Posting { doc: other, impact } in list {
                    let Some(sum) = sums.get_mut(other as usize) else { continue };
                    if *sum == 0 && other as usize != doc {
                        touched.push(other);
                    }
                    let other_weight = term_weight * impact_value(impact);
                    *sum += u64::from(weight) * u64::from(other_weight);
                }
            }
            let similarity = |other: u32| {
                let (sum, other_norm) =
                    (sums.get(other as usize), norms.get(other as usize));
                let product = norm * other_norm.copied().unwrap_or(0.0);
                sum.copied().unwrap_or(0) as f64 / product.max(1.0)
            };
            let mut similar: Vec<(f64, u32)> = touched
                .iter()
                .map(|&other| (similarity(other), other))
                .filter(|(similarity, _)| *similarity >= MIN_SIMILARITY)
                .collect();
            similar.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            found.push(similar.into_iter().take(MAX_RELATED).map(|(_, other)| other));
            for other in touched.drain(..) {
                if let Some(sum) = sums.get_mut(other as usize) {
                    *sum = 0;
                }
            }
            if let Some(sum) = sums.get_mut(doc) {
                *sum = 0;
            }
        }
        found
    }
}

/// Keeps the heaviest terms of a document, of equal ones the first.
fn keep_heaviest(vector: &mut Vec<(u32, u32)>) {
    vector.sort_unstable_by_key(|&(weight, term)| (Reverse(weight), term));
    vector.truncate(MAX_TERMS);
}
