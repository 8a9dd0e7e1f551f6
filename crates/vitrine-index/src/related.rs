//! Related documents: those that share the rarest words, found when an archive is packed.
//!
//! Similarity is the cosine of the documents' tf-idf vectors (Salton and `McGill`, 1983),
//! with the impact of a term as its frequency and a document's heaviest terms alone. Terms
//! of many documents are left out, so that the time grows with the archive, not with its
//! square.

use crate::{
    columns::DocValues,
    postings::Posting,
    score::{idf, impact_value},
};

/// Most related documents of one document.
const MAX_RELATED: usize = 5;

/// Terms of a document that are compared, the heaviest: at most and at least.
const MOST_TERMS: usize = 128;
const LEAST_TERMS: usize = 6;

/// Terms of all documents together that are held, of 16 bytes each: where there are more
/// documents, fewer terms of each are compared.
const HELD_TERMS: usize = 12 << 20;

/// Most documents of a term that is compared.
const MAX_DOC_FREQ: usize = 256;

/// Least similarity, of 1.
const MIN_SIMILARITY: f64 = 0.1;

/// A term of a document, or a document of a term, and how much it weighs there.
#[derive(Debug, Clone, Copy, Default)]
struct Weighed {
    number: u32,
    weight: u32,
}

/// Collects what documents have in common.
#[derive(Debug)]
pub(crate) struct RelatedFinder {
    doc_count: u32,
    /// Most documents of a term that is compared.
    max_doc_freq: usize,
    /// Most terms of a document that are held.
    max_terms: usize,
    /// Number of terms that were compared.
    term_count: u32,
    /// The heaviest terms of each document, heaviest first, of equal ones the first; room for
    /// `max_terms` each.
    vectors: Vec<Weighed>,
    /// How many each has.
    lengths: Vec<u8>,
    /// The squares of the vectors' lengths, all terms included.
    squares: Vec<f64>,
}

impl RelatedFinder {
    pub(crate) fn new(doc_count: u32) -> Self {
        let count = doc_count as usize;
        // Rounded, so that an article more does not change what is compared.
        let room = HELD_TERMS / count.next_power_of_two();
        let max_terms = room.clamp(LEAST_TERMS, MOST_TERMS);
        Self {
            doc_count,
            // A term of half the documents tells none of them apart.
            max_doc_freq: MAX_DOC_FREQ.min(count.div_ceil(2).max(2)),
            max_terms,
            term_count: 0,
            vectors: vec![Weighed::default(); count * max_terms],
            lengths: vec![0; count],
            squares: vec![0.0; count],
        }
    }

    /// Adds the list of the next term.
    pub(crate) fn add(&mut self, list: &[Posting]) {
        if !(2..=self.max_doc_freq).contains(&list.len()) {
            return;
        }
        let term_weight = idf(self.doc_count, list.len() as u32);
        let number = self.term_count;
        self.term_count += 1;
        for posting in list {
            let doc = posting.doc as usize;
            let weight = term_weight * impact_value(posting.impact);
            if let Some(square) = self.squares.get_mut(doc) {
                *square += f64::from(weight).powi(2);
            }
            let start = doc * self.max_terms;
            let room = self.vectors.get_mut(start..start + self.max_terms);
            if let (Some(room), Some(length)) = (room, self.lengths.get_mut(doc)) {
                insert(room, length, Weighed { number, weight });
            }
        }
    }

    /// Returns for each document the numbers of those related to it, the most similar
    /// first.
    pub(crate) fn finish(self) -> DocValues {
        let lists = Lists::new(&self);
        let mut sums = vec![0_u64; self.lengths.len()];
        let mut touched: Vec<u32> = Vec::new();
        let mut found = DocValues::default();
        for (doc, norm) in (0_u32..).zip(&self.squares).map(|(doc, s)| (doc, s.sqrt())) {
            for term in self.vector(doc) {
                for other in lists.of(term.number) {
                    let Some(sum) = sums.get_mut(other.number as usize) else { continue };
                    if *sum == 0 && other.number != doc {
                        touched.push(other.number);
                    }
                    *sum += u64::from(term.weight) * u64::from(other.weight);
                }
            }
            let similarity = |other: u32| {
                let square = self.squares.get(other as usize).copied().unwrap_or(0.0);
                let sum = sums.get(other as usize).copied().unwrap_or(0);
                sum as f64 / (norm * square.sqrt()).max(1.0)
            };
            let mut similar: Vec<(f64, u32)> = touched
                .iter()
                .map(|&other| (similarity(other), other))
                .filter(|(similarity, _)| *similarity >= MIN_SIMILARITY)
                .collect();
            similar.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            found.push(similar.into_iter().take(MAX_RELATED).map(|(_, other)| other));
            touched.push(doc);
            for other in touched.drain(..) {
                if let Some(sum) = sums.get_mut(other as usize) {
                    *sum = 0;
                }
            }
        }
        found
    }

    /// The heaviest terms of a document.
    fn vector(&self, doc: u32) -> &[Weighed] {
        let doc = doc as usize;
        let start = doc * self.max_terms;
        let length = self.lengths.get(doc).copied().unwrap_or(0);
        self.vectors.get(start..start + usize::from(length)).unwrap_or_default()
    }
}

/// Puts a term in its place among the heaviest; the lightest leaves where there is no room.
/// Terms come in the order of their numbers.
fn insert(room: &mut [Weighed], length: &mut u8, term: Weighed) {
    let held = room.get(..usize::from(*length)).unwrap_or_default();
    let place = held.partition_point(|other| other.weight >= term.weight);
    if held.len() < room.len() {
        *length += 1;
    }
    let behind = room.get_mut(place..usize::from(*length)).unwrap_or_default();
    if let [.., last] = behind {
        *last = term;
        behind.rotate_right(1);
    }
}

/// The documents of each term: those among whose heaviest terms it is.
struct Lists {
    /// Where the list of a term begins; one more than there are terms.
    starts: Vec<u32>,
    postings: Vec<Weighed>,
}

impl Lists {
    fn new(finder: &RelatedFinder) -> Self {
        let docs = || 0..finder.lengths.len() as u32;
        // Two places further on, so that filling the lists moves each start to its place.
        let mut starts = vec![0_u32; finder.term_count as usize + 2];
        for term in docs().flat_map(|doc| finder.vector(doc)) {
            if let Some(count) = starts.get_mut(term.number as usize + 2) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut postings = vec![Weighed::default(); sum as usize];
        for doc in docs() {
            for term in finder.vector(doc) {
                let Some(next) = starts.get_mut(term.number as usize + 1) else {
                    continue;
                };
                if let Some(place) = postings.get_mut(*next as usize) {
                    *place = Weighed { number: doc, weight: term.weight };
                }
                *next += 1;
            }
        }
        Self { starts, postings }
    }

    fn of(&self, term: u32) -> &[Weighed] {
        let at = |index: usize| self.starts.get(index).map_or(0, |&start| start as usize);
        let term = term as usize;
        self.postings.get(at(term)..at(term + 1)).unwrap_or_default()
    }
}
