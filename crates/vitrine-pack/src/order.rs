//! The order of documents in an archive.

use std::cmp::Ordering;

use vitrine_article::{Articles, Heading};

/// Returns the numbers of the articles newest first, undated last, then by language and id.
///
/// The order is part of the format: ties in relevance go to the newer document, a range
/// of years is a range of documents, and neighbours share a language, which compresses.
pub(crate) fn order(articles: &impl Articles) -> Vec<usize> {
    let mut order: Vec<usize> = (0..articles.count()).collect();
    order.sort_by(|&a, &b| match (articles.heading(a), articles.heading(b)) {
        (Some(a), Some(b)) => compare(a, b),
        _ => Ordering::Equal,
    });
    order
}

fn compare(a: Heading<'_>, b: Heading<'_>) -> Ordering {
    let newest_first = match (a.date, b.date) {
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        _ => b.date.cmp(&a.date),
    };
    newest_first.then_with(|| a.lang.cmp(b.lang)).then_with(|| a.id.cmp(b.id))
}
