//! Related documents: those that share the rarest words, found when an archive is packed.
//!
//! Similarity is the cosine of the documents' tf-idf vectors (Salton and `McGill`, 1983),
//! with the impact of a term as its frequency and a document's heaviest terms alone. Terms
//! of many documents are left out, so that the time grows with the archive, not with its
//! square.

use std::cmp::Reverse;

use crate::{
    postings::Posting,
    score::{idf, impact_value},
};

/// Most related documents of one document.
const MAX_RELATED: usize = 5;

/// Terms of a document that are compared: the heaviest.
const MAX_TERMS: usize = 24;

/// Most documents of a term that is compared.
const MAX_DOC_FREQ: usize = 256;

/// Least similarity, of 1.
const MIN_SIMILARITY: f64 = 0.1;

/// Returns for each document the numbers of those related to it, the most similar first.
pub(crate) fn related<'a>(
    lists: impl Iterator<Item = &'a [(u32, Posting)]>,
    doc_count: u32,
) -> Vec<Vec<u32>> {
    let count = doc_count as usize;
    let mut terms: Vec<Vec<(u32, u64)>> = Vec::new();
    let mut vectors: Vec<Vec<(u64, usize)>> = vec![Vec::new(); count];
    // A term of half the documents tells none of them apart.
    let most = MAX_DOC_FREQ.min(count.div_ceil(2).max(2));
    for list in lists.filter(|list| (2..=most).contains(&list.len())) {
        let weight = idf(doc_count, list.len() as u32);
        let weighted = |(_, posting): &(u32, Posting)| {
            (posting.doc, u64::from(weight) * u64::from(impact_value(posting.impact)))
        };
        let list: Vec<(u32, u64)> = list.iter().map(weighted).collect();
        for &(doc, weight) in &list {
            if let Some(vector) = vectors.get_mut(doc as usize) {
                vector.push((weight, terms.len()));
            }
        }
        terms.push(list);
    }
    let norms: Vec<f64> = vectors
        .iter()
        .map(|vector| vector.iter().map(|&(w, _)| (w as f64).powi(2)).sum::<f64>().sqrt())
        .collect();
    let mut sums = vec![0_u64; count];
    let mut touched: Vec<u32> = Vec::new();
    let mut found = Vec::with_capacity(count);
    for (doc, (mut vector, norm)) in vectors.into_iter().zip(&norms).enumerate() {
        vector.sort_unstable_by_key(|&(weight, term)| (Reverse(weight), term));
        for (weight, term) in vector.into_iter().take(MAX_TERMS) {
            for &(other, other_weight) in terms.get(term).into_iter().flatten() {
                let Some(sum) = sums.get_mut(other as usize) else { continue };
                if *sum == 0 && other as usize != doc {
                    touched.push(other);
                }
                *sum += weight * other_weight;
            }
        }
        let similarity = |other: u32| {
            let (sum, other_norm) = (sums.get(other as usize), norms.get(other as usize));
            let product = norm * other_norm.copied().unwrap_or(0.0);
            sum.copied().unwrap_or(0) as f64 / product.max(1.0)
        };
        let mut similar: Vec<(f64, u32)> = touched
            .iter()
            .map(|&other| (similarity(other), other))
            .filter(|(similarity, _)| *similarity >= MIN_SIMILARITY)
            .collect();
        similar.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        found.push(
            similar.into_iter().take(MAX_RELATED).map(|(_, other)| other).collect(),
        );
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
