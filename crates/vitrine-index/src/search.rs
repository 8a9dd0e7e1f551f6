//! Searching: which documents answer a query, best first.

use vitrine_bundle::{Bundle, ChunkSource, ReadError, try_join_all};

use crate::{
    IndexStats, Matcher, Typing,
    lexicon::Match,
    postings::{Posting, load_postings},
    query::{self, ParsedQuery, QueryWord},
    rerank::{WINDOW, closeness},
    score::{IMPACT_ONE, SCORE_ONE, idf, impact_value, title_part},
    token::TokenKind,
};

/// Impacts of forms that merely begin with the word count this many eighths.
const COMPLETION_EIGHTHS: u32 = 6;

/// A document is an answer when the words that it contains weigh at least this share of
/// what the best document has of the query, in percent.
const LEAST_WEIGHT_PERCENT: u64 = 30;

/// The part of a score that depends on the share of the query that a document has, in
/// percent: having more of it counts beyond the sum of its words.
const COVERAGE_PERCENT: u64 = 30;

/// What a title adds to a score that has the whole query, in percent, and what it adds
/// beyond that when it has nothing else.
const TITLE_PERCENT: u64 = 50;
const WHOLE_TITLE_PERCENT: u64 = 100;

/// Function words count this share of their weight, in eighths: stop words hold questions
/// together; pairs of Chinese characters with a function character often say something.
const FUNCTION_WORD_EIGHTHS: u32 = 2;
const FUNCTION_GRAM_EIGHTHS: u32 = 4;

/// A document that answers a query.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    /// The document's number.
    pub doc: u32,
    /// Relevance, comparable among the hits of one query.
    pub score: f32,
}

/// The best documents of a query.
#[derive(Debug, Clone)]
pub struct TopDocs {
    /// Number of documents that answer it, of which `hits` are the first.
    pub total: u32,
    /// By descending score, then ascending number: newer documents first.
    pub hits: Vec<Hit>,
    /// Marks the words of the query in their texts.
    pub matcher: Matcher,
}

/// A document on its way through the words of a query.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    doc: u32,
    /// Sum over the words it contains of idf times impact.
    score: u64,
    /// Sum of their idf.
    weight: u32,
    /// Sum of the idf of those in its title.
    title_weight: u32,
    /// The part that they are of the title, in sixtieths; more than all when words repeat.
    title_part: u32,
}

/// A score in these units is one whole idf at full impact.
const SCORE_UNIT: u64 = 100 * 100;

/// Searches for `query`, in normalization form C, and returns the `limit` best documents.
///
/// Not every word has to occur: a document is an answer when the words that it contains
/// weigh enough beside what the best document has of the query, so that a word too many
/// never empties the list, and a common word alone brings nothing into it.
///
/// # Errors
///
/// [`ReadError`] when a chunk that the answer needs can't be loaded or is damaged.
pub async fn search<S: ChunkSource>(
    bundle: &Bundle<S>,
    stats: &IndexStats,
    query: &str,
    typing: Typing,
    limit: usize,
) -> Result<TopDocs, ReadError> {
    let parsed = query::parse(bundle, stats, query, typing).await?;
    let ParsedQuery { words, .. } = &parsed;
    let postings = words.iter().map(|word| word_postings(bundle, &word.found));
    let postings = try_join_all(postings).await?;
    let mut weights = Vec::with_capacity(postings.len());
    let mut candidates = Vec::new();
    for (word, postings) in words.iter().zip(&postings) {
        let weight = word_weight(word, stats.doc_count, postings.len() as u32);
        candidates = add_word(&candidates, postings, weight, word.count);
        weights.push(weight);
    }
    let best = candidates.iter().map(|candidate| candidate.weight).max().unwrap_or(0);
    candidates.retain(|candidate| {
        u64::from(candidate.weight) * 100 >= u64::from(best) * LEAST_WEIGHT_PERCENT
    });
    let all: u64 = weights.iter().map(|&weight| u64::from(weight)).sum::<u64>().max(1);
    for candidate in &mut candidates {
        let share = u64::from(candidate.weight) * COVERAGE_PERCENT / all;
        let whole = WHOLE_TITLE_PERCENT * u64::from(candidate.title_part.min(60)) / 60;
        let title_share =
            u64::from(candidate.title_weight) * (TITLE_PERCENT + whole) / all;
        candidate.score *= (100 - COVERAGE_PERCENT + share) * (100 + title_share);
    }
    let best_first = |c: &Candidate| (std::cmp::Reverse(c.score), c.doc);
    candidates.sort_unstable_by_key(best_first);
    let neighbors = parsed.neighbors(&weights);
    let has_grams = words.iter().any(|word| word.kind == TokenKind::Gram);
    let matcher = parsed.matcher(&weights);
    let end = candidates.len().min(WINDOW);
    let (first_page, _) = candidates.split_at_mut(end);
    if limit > 0 && first_page.len() > 1 {
        let docs: Vec<u32> = first_page.iter().map(|candidate| candidate.doc).collect();
        let judged = closeness(bundle, &docs, &neighbors, &matcher, has_grams).await;
        for (candidate, (near, malus)) in first_page.iter_mut().zip(judged) {
            // `near` is in percent of a weight already.
            candidate.score += near * u64::from(IMPACT_ONE) * (SCORE_UNIT / 100);
            candidate.score -= candidate.score * malus / 100;
        }
        first_page.sort_unstable_by_key(best_first);
    }
    let total = candidates.len() as u32;
    let hits = candidates
        .iter()
        .take(limit)
        .map(|&Candidate { doc, score, .. }| Hit {
            doc,
            score: score as f32 / (SCORE_UNIT as f32 * SCORE_ONE),
        })
        .collect();
    Ok(TopDocs { total, hits, matcher })
}

/// Returns how much a word tells that `doc_freq` documents contain; at least 1.
fn word_weight(word: &QueryWord, doc_count: u32, doc_freq: u32) -> u32 {
    let eighths = match word.kind {
        _ if !word.found.is_function => 8,
        TokenKind::Word => FUNCTION_WORD_EIGHTHS,
        TokenKind::Gram => FUNCTION_GRAM_EIGHTHS,
    };
    (idf(doc_count, doc_freq) * eighths / 8).max(1)
}

/// A document and the value of the impact of a word in it.
#[derive(Debug, Clone, Copy)]
struct WordPosting {
    doc: u32,
    value: u32,
    /// The part that the word is of the title, in sixtieths.
    title_part: u32,
}

/// Returns the documents of all terms that a word stands for, each with its best impact.
async fn word_postings<S: ChunkSource>(
    bundle: &Bundle<S>,
    found: &Match,
) -> Result<Vec<WordPosting>, ReadError> {
    let exact = found.exact.iter().map(|term| (term.ordinal, 8));
    let longer = found.completions.iter().map(|term| (term.ordinal, COMPLETION_EIGHTHS));
    let lists = exact.chain(longer).map(async |(ordinal, eighths)| {
        let list = load_postings(bundle, ordinal).await?;
        Ok::<_, ReadError>(list.into_iter().map(move |Posting { doc, impact }| {
            let value = impact_value(impact) * eighths / 8;
            WordPosting { doc, value, title_part: title_part(impact) }
        }))
    });
    let mut postings: Vec<WordPosting> =
        try_join_all(lists).await?.into_iter().flatten().collect();
    postings
        .sort_unstable_by_key(|posting| (posting.doc, std::cmp::Reverse(posting.value)));
    postings.dedup_by_key(|posting| posting.doc);
    Ok(postings)
}

/// Merges the documents of one more word into the candidates; both ascend by document.
fn add_word(
    candidates: &[Candidate],
    postings: &[WordPosting],
    weight: u32,
    count: u32,
) -> Vec<Candidate> {
    let mut merged = Vec::with_capacity(candidates.len() + postings.len());
    let mut rest = candidates.iter().peekable();
    for &WordPosting { doc, value, title_part } in postings {
        while let Some(before) = rest.next_if(|candidate| candidate.doc < doc) {
            merged.push(*before);
        }
        let same = rest.next_if(|candidate| candidate.doc == doc);
        let new = Candidate { doc, score: 0, weight: 0, title_weight: 0, title_part: 0 };
        let so_far = same.copied().unwrap_or(new);
        merged.push(Candidate {
            doc,
            score: so_far.score + u64::from(weight) * u64::from(count) * u64::from(value),
            weight: so_far.weight + weight,
            title_weight: so_far.title_weight + if title_part > 0 { weight } else { 0 },
            title_part: so_far.title_part + title_part,
        });
    }
    merged.extend(rest);
    merged
}
