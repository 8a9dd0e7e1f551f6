//! The order of documents in an archive.

use std::cmp::Ordering;

use vitrine_article::Article;

/// Sorts newest first, undated last, then by language and id.
///
/// The order is part of the format: ties in relevance go to the newer document, a range
/// of years is a range of documents, and neighbours share a language, which compresses.
pub(crate) fn sort(articles: &mut [Article]) {
    articles.sort_by(|a, b| {
        let (date_a, date_b) = (a.metadata.date, b.metadata.date);
        let newest_first = match (date_a, date_b) {
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            _ => date_b.cmp(&date_a),
        };
        newest_first
            .then_with(|| a.metadata.lang.cmp(&b.metadata.lang))
            .then_with(|| a.id.cmp(&b.id))
    });
}
