//! Puts the best documents in a better order, by what their passages say.
//!
//! Postings know which words a document has, not where. The records of the first documents
//! are loaded anyway, for the list: words of the query that stand together in the title or
//! a passage, as they do in the query, count more.

use std::convert::Infallible;

use vitrine_bundle::{Bundle, ChunkSource, docstore, try_join_all};

use crate::{
    MarkedRecord, Matcher,
    columns::{self, Column},
    matcher::Mark,
    search::Candidate,
};

/// Number of documents whose order may change: those of the first page.
pub(crate) const WINDOW: usize = 10;

/// Words further apart than this, in words, are not near.
const MAX_DISTANCE: u32 = 8;

/// What two neighbors of the query add that are neighbors in the text too, in percent of
/// the weight of the lesser one. At distance *n* they add an *n*th of it.
const NEAR_PERCENT: u64 = 20;

/// What a word adds whose form in the title, or in a passage, is the one that was typed, in
/// percent of its weight: `managing` is closer to `managing` than to `management`.
const EXACT_TITLE_PERCENT: u64 = 10;
const EXACT_PERCENT: u64 = 5;

/// What is taken off a score when the text is in a language without spaces and the query
/// is not, in percent: of two translations, the one in the language of the query is meant.
const OTHER_SCRIPT_PERCENT: u64 = 20;

/// Most articles of an archive in which all that a query finds is judged by its language: four
/// chunks of a column.
const MAX_DEMOTED: u32 = 1 << 16;

/// Two words that follow each other in a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Neighbors {
    /// The number of the first word.
    pub(crate) first: usize,
    /// The number of the second word.
    pub(crate) second: usize,
    /// How much the lesser of them tells.
    pub(crate) weight: u32,
}

/// Returns the records of the documents `docs`, in their order; none where one can't be read.
pub(crate) async fn records<S: ChunkSource>(
    bundle: &Bundle<S>,
    docs: &[u32],
    matcher: &Matcher,
) -> Vec<Option<MarkedRecord>> {
    let read = docs.iter().map(async |&doc| {
        let record = docstore::document(bundle, doc).await.ok().flatten();
        bundle.pause().await;
        Ok::<_, Infallible>(record.map(|record| MarkedRecord::new(record, matcher)))
    });
    try_join_all(read).await.unwrap_or_default()
}

/// What a record says about its document: what to add to the score, in the unit of weights times
/// percent, and what to take off, in percent; nothing when its language counted already, or does
/// not count.
pub(crate) fn closeness(
    marked: &MarkedRecord,
    neighbors: &[Neighbors],
    is_demoted: bool,
) -> (u64, u64) {
    let MarkedRecord { record, title, passages, .. } = marked;
    let near = nearness(title, neighbors)
        + nearness(passages, neighbors)
        + exactness(title) * EXACT_TITLE_PERCENT
        + exactness(passages) * EXACT_PERCENT;
    let is_other = !is_demoted && is_without_spaces(&record.lang);
    (near, if is_other { OTHER_SCRIPT_PERCENT } else { 0 })
}

/// Returns whether a language, of this tag, is written without spaces.
fn is_without_spaces(tag: &str) -> bool {
    matches!(tag.split('-').next(), Some("zh" | "ja" | "ko"))
}

/// Takes something off the scores of documents in languages without spaces, for a query that is in
/// none, so that their translations do not fill its first page. The documents ascend.
///
/// Returns whether it was done. In archives of more than [`MAX_DEMOTED`] articles only the order
/// of the first page knows languages: their column would be too much to load.
pub(crate) async fn demote_other_scripts<S: ChunkSource>(
    bundle: &Bundle<S>,
    candidates: &mut [Candidate],
) -> bool {
    let root = bundle.root();
    // The most frequent language is number 0 in the column, too.
    let is_other: Vec<bool> =
        root.languages.iter().map(|count| is_without_spaces(&count.lang)).collect();
    if root.article_count > MAX_DEMOTED || !is_other.contains(&true) {
        return false;
    }
    let docs: Vec<u32> = candidates.iter().map(|candidate| candidate.doc).collect();
    let mut rest = candidates.iter_mut();
    let mut demote = |doc, lang: &[u32]| {
        let candidate = rest.find(|candidate| candidate.doc == doc);
        let is_other = lang.first().and_then(|&lang| is_other.get(lang as usize));
        if let Some(candidate) = candidate.filter(|_| is_other == Some(&true)) {
            candidate.score -= candidate.score * OTHER_SCRIPT_PERCENT / 100;
        }
    };
    columns::visit(bundle, Column::Lang, docs.into_iter(), &mut demote).await.is_ok()
}

/// Returns the weights of the words that stand in a text as they were typed.
fn exactness(marks: &[Mark]) -> u64 {
    let mut words: Vec<_> = marks.iter().map(|mark| mark.word).collect();
    words.retain(|word| word.is_exact);
    words.sort_unstable_by_key(|word| word.number);
    words.dedup_by_key(|word| word.number);
    words.iter().map(|word| u64::from(word.weight)).sum()
}

/// Returns what the closest places of each pair of neighbors add.
fn nearness(marks: &[Mark], neighbors: &[Neighbors]) -> u64 {
    let places = |word: usize| {
        marks
            .iter()
            .filter(move |mark| mark.word.number == word)
            .map(|mark| mark.position)
    };
    let of_pair = |pair: &Neighbors| {
        let mut closest = MAX_DISTANCE + 1;
        let mut seconds = places(pair.second).peekable();
        let mut before = None;
        for first in places(pair.first) {
            while let Some(second) = seconds.next_if(|&second| second <= first) {
                before = Some(second);
            }
            if let Some(second) = seconds.peek() {
                closest = closest.min(second - first);
            }
            // The wrong order is one step further.
            if let Some(second) = before {
                closest = closest.min(first - second + 1);
            }
        }
        if closest > MAX_DISTANCE {
            return 0;
        }
        u64::from(pair.weight) * NEAR_PERCENT / u64::from(closest.max(1))
    };
    neighbors.iter().map(of_pair).sum()
}

#[cfg(test)]
mod tests {
    use super::{Neighbors, nearness};
    use crate::matcher::{Mark, WantedWord};

    #[test]
    fn the_closest_place_counts_and_the_order_a_little() {
        let check = |places: &[(usize, u32)], expected| {
            let marks: Vec<Mark> = places
                .iter()
                .map(|&(number, position)| {
                    let word = WantedWord { number, weight: 1, is_exact: true };
                    Mark { range: 0..0, position, word }
                })
                .collect();
            let pair = Neighbors { first: 0, second: 1, weight: 100 };
            assert_eq!(nearness(&marks, &[pair]), expected, "{places:?}");
        };
        check(&[(0, 3), (1, 4)], 2000);
        check(&[(1, 3), (0, 4)], 1000);
        check(&[(1, 0), (0, 4), (0, 9), (1, 11), (1, 30)], 1000);
        check(&[(0, 1), (1, 40)], 0);
        check(&[(0, 1)], 0);
    }
}
