//! Searching: which documents answer a query, best first.

use serde::Serialize;
use vitrine_bundle::{Bundle, ChunkSource, ReadError, docstore, try_join_all};

use crate::{
    Facets, IndexStats, MarkedRecord, Matcher, Typing,
    columns::{self, Column},
    constraint::{Constraint, forms},
    facets,
    lexicon::Match,
    postings::{Posting, load_postings},
    query::{self, ParsedQuery, QueryWord},
    rerank::{WINDOW, closeness, demote_other_scripts, records},
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
const COVERAGE_PERCENT: u64 = 50;

/// What a title adds to a score that has the whole query, in percent, and what it adds
/// beyond that when it has nothing else.
const TITLE_PERCENT: u64 = 50;
const WHOLE_TITLE_PERCENT: u64 = 100;

/// Function words count this share of their weight, in eighths: stop words hold questions
/// together; pairs of Chinese characters with a function character often say something.
const FUNCTION_WORD_EIGHTHS: u32 = 2;
const FUNCTION_GRAM_EIGHTHS: u32 = 4;

/// Most texts that are read to see whether a phrase occurs.
const MAX_VERIFIED: usize = 200;

/// Most documents that are listed without a word to search for.
const MAX_DOCS: u32 = 1 << 24;

/// The order of results.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    /// Most relevant first.
    #[default]
    Relevance,
    /// Newest first, undated last.
    Newest,
    /// Oldest first, undated last.
    Oldest,
    /// By title, untitled last.
    Title,
}

/// A search.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// What to search for, in normalization form C; empty for all documents.
    pub query: &'a str,
    /// Conditions in the language of queries, which filter and do not rank.
    pub filter: &'a str,
    /// Whether the last word may still grow.
    pub typing: Typing,
    /// The order of the documents.
    pub sort: Sort,
    /// Most documents to return, the first of them.
    pub limit: usize,
    /// Whether to count facets.
    pub wants_facets: bool,
}

/// A document that answers a query.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    /// The document's number.
    pub doc: u32,
    /// Relevance, comparable among the hits of one query.
    pub score: f32,
}

/// A word that never occurs, and the one that was searched instead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Correction {
    /// The word as it was typed, folded.
    pub from: String,
    /// The word that was searched. `+from` searches for the literal one.
    pub to: String,
}

/// The best documents of a query.
#[derive(Debug, Clone)]
pub struct TopDocs {
    /// Number of documents that answer it, of which `hits` are the first. With a phrase it
    /// may be too high: only the texts of the best 200 are read.
    pub total: u32,
    /// In the order that was asked for; of equal ones the newer first.
    pub hits: Vec<Hit>,
    /// Words that were taken for others.
    pub corrections: Vec<Correction>,
    /// Whether a phrase of the query occurs nowhere and was searched as words.
    pub is_relaxed: bool,
    /// The values among all that answer the query, if they were asked for.
    pub facets: Option<Facets>,
    /// Marks the words of the query in their texts.
    pub matcher: Matcher,
    /// Records that were read to find the order, by the numbers of their documents.
    pub records: Vec<(u32, MarkedRecord)>,
}

/// A document on its way through the words of a query.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Candidate {
    /// The document's number.
    pub(crate) doc: u32,
    /// Sum over the words it contains of idf times impact.
    pub(crate) score: u64,
    /// Sum of their idf.
    weight: u32,
    /// Sum of the idf of those in its title.
    title_weight: u32,
    /// The part that they are of the title, in sixtieths; more than all when words repeat.
    title_part: u32,
}

impl Candidate {
    fn new(doc: u32) -> Self {
        Self { doc, score: 0, weight: 0, title_weight: 0, title_part: 0 }
    }
}

/// A score in these units is one whole idf at full impact.
const SCORE_UNIT: u64 = 100 * 100;

/// Searches for the documents that answer `request`.
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
    request: &Request<'_>,
) -> Result<TopDocs, ReadError> {
    let parsed = query::parse(bundle, stats, request).await?;
    let words = &parsed.words;
    let postings = words.iter().map(|word| word_postings(bundle, &word.found));
    let postings = try_join_all(postings).await?;
    let weights: Vec<u32> = words
        .iter()
        .zip(&postings)
        .map(|(word, postings)| match word.count {
            0 => 0,
            _ => word_weight(word, stats.doc_count, postings.len() as u32),
        })
        .collect();
    let mut constraint =
        Constraint::load(bundle, &parsed.folding, &parsed.clause, &postings).await?;
    bundle.pause().await;
    let matcher = parsed.matcher(&weights);
    bundle.pause().await;
    let mut records = Vec::new();
    let ranked = loop {
        let mut candidates = if parsed.is_everything() {
            (0..stats.doc_count.min(MAX_DOCS)).map(Candidate::new).collect()
        } else {
            scored(words, &postings, &weights)
        };
        bundle.pause().await;
        if !constraint.is_soft() {
            candidates.retain(|c| constraint.holds(c.doc, None) != Some(false));
        }
        drop_least(&mut candidates);
        bundle.pause().await;
        let is_ranked = request.sort == Sort::Relevance
            && request.limit > 0
            && !parsed.is_everything();
        let has_grams = words.iter().any(|word| word.kind == TokenKind::Gram);
        let is_demoted = is_ranked
            && (has_grams || demote_other_scripts(bundle, &mut candidates).await);
        order(bundle, request, &mut candidates).await?;
        if is_ranked {
            let end = candidates.len().min(WINDOW);
            let (first_page, _) = candidates.split_at_mut(end);
            let ranking = (&parsed, weights.as_slice(), &matcher);
            records = reorder(bundle, ranking, is_demoted, first_page).await;
        }
        bundle.pause().await;
        let total = candidates.len();
        let verified = verify(bundle, request, &constraint, &parsed, candidates).await;
        if verified.0.is_empty() && constraint.wants_phrase() && !constraint.is_relaxed {
            constraint.is_relaxed = true;
            continue;
        }
        break (verified.0, total - verified.1);
    };
    let (candidates, total) = ranked;
    let facets = if request.wants_facets {
        let mut docs: Vec<u32> =
            candidates.iter().map(|candidate| candidate.doc).collect();
        docs.sort_unstable();
        Some(facets::count(bundle, &docs).await?)
    } else {
        None
    };
    let hits =
        candidates.iter().take(request.limit).map(|&Candidate { doc, score, .. }| Hit {
            doc,
            score: score as f32 / (SCORE_UNIT as f32 * SCORE_ONE),
        });
    let corrections = words.iter().filter(|word| word.is_wanted).filter_map(|word| {
        let to = word.correction.clone()?;
        Some(Correction { from: word.form.clone(), to })
    });
    Ok(TopDocs {
        total: total as u32,
        hits: hits.collect(),
        corrections: corrections.collect(),
        is_relaxed: constraint.is_relaxed && total > 0,
        facets,
        matcher,
        records,
    })
}

/// Returns the documents that have words of the query, with their scores.
fn scored(
    words: &[QueryWord],
    postings: &[Vec<WordPosting>],
    weights: &[u32],
) -> Vec<Candidate> {
    let mut candidates = Vec::new();
    let mut all = 0_u64;
    for ((word, postings), &weight) in words.iter().zip(postings).zip(weights) {
        if word.is_wanted && word.count > 0 {
            candidates = add_word(&candidates, postings, weight, word.count);
            all += u64::from(weight);
        }
    }
    let all = all.max(1);
    for candidate in &mut candidates {
        let share = u64::from(candidate.weight) * COVERAGE_PERCENT / all;
        let whole = WHOLE_TITLE_PERCENT * u64::from(candidate.title_part.min(60)) / 60;
        let title_share =
            u64::from(candidate.title_weight) * (TITLE_PERCENT + whole) / all;
        candidate.score *= (100 - COVERAGE_PERCENT + share) * (100 + title_share);
    }
    candidates
}

/// Drops documents that have too little of the query.
fn drop_least(candidates: &mut Vec<Candidate>) {
    let best = candidates.iter().map(|candidate| candidate.weight).max().unwrap_or(0);
    candidates.retain(|candidate| {
        u64::from(candidate.weight) * 100 >= u64::from(best) * LEAST_WEIGHT_PERCENT
    });
}

/// Puts documents into the order that was asked for.
async fn order<S: ChunkSource>(
    bundle: &Bundle<S>,
    request: &Request<'_>,
    candidates: &mut [Candidate],
) -> Result<(), ReadError> {
    match request.sort {
        Sort::Newest => sort(candidates, &|c| (0, c.doc)),
        Sort::Oldest => {
            // Dated documents come first, newest first.
            let years = &bundle.root().years;
            let dated: u32 = years.iter().map(|year| year.article_count).sum();
            let place =
                |doc: u32| dated.checked_sub(doc.saturating_add(1)).unwrap_or(doc);
            sort(candidates, &|c| (u64::from(c.doc >= dated), place(c.doc)));
        }
        Sort::Title => {
            sort(candidates, &|c| (0, c.doc));
            let docs: Vec<u32> = candidates.iter().map(|c| c.doc).collect();
            let mut places: Vec<(u32, u32)> = Vec::new();
            columns::visit(
                bundle,
                Column::TitleOrder,
                docs.into_iter(),
                &mut |doc, place| {
                    places.extend(place.first().map(|&place| (doc, place)));
                },
            )
            .await?;
            // They ascend by document.
            sort(candidates, &|c| {
                let found = places.binary_search_by_key(&c.doc, |(doc, _)| *doc).ok();
                let place = found.and_then(|found| places.get(found));
                (place.map_or(0, |(_, place)| u64::from(*place) + 1), c.doc)
            });
        }
        Sort::Relevance => sort(candidates, &best_first),
    }
    Ok(())
}

/// Puts the documents of the first page into a better order, by what their records say, and returns
/// these.
async fn reorder<S: ChunkSource>(
    bundle: &Bundle<S>,
    (parsed, weights, matcher): (&ParsedQuery, &[u32], &Matcher),
    is_demoted: bool,
    first_page: &mut [Candidate],
) -> Vec<(u32, MarkedRecord)> {
    let docs: Vec<u32> = first_page.iter().map(|c| c.doc).collect();
    let neighbors = parsed.neighbors(weights);
    let read = records(bundle, &docs, matcher).await;
    for (candidate, marked) in first_page.iter_mut().zip(&read) {
        let (near, malus) = marked
            .as_ref()
            .map_or((0, 0), |marked| closeness(marked, &neighbors, is_demoted));
        // `near` is in percent of a weight already.
        candidate.score += near * u64::from(IMPACT_ONE) * (SCORE_UNIT / 100);
        candidate.score -= candidate.score * malus / 100;
    }
    sort(first_page, &best_first);
    docs.into_iter().zip(read).filter_map(|(doc, marked)| Some((doc, marked?))).collect()
}

fn best_first(candidate: &Candidate) -> (u64, u32) {
    (u64::MAX - candidate.score, candidate.doc)
}

/// Sorts by a key, least first. All orders share the code of one sort.
fn sort(candidates: &mut [Candidate], key: &dyn Fn(&Candidate) -> (u64, u32)) {
    candidates.sort_unstable_by_key(key);
}

/// Reads the texts of the first documents where that decides, and returns the documents
/// that are left and how many have been dropped.
async fn verify<S: ChunkSource>(
    bundle: &Bundle<S>,
    request: &Request<'_>,
    constraint: &Constraint<'_>,
    parsed: &ParsedQuery,
    candidates: Vec<Candidate>,
) -> (Vec<Candidate>, usize) {
    if constraint.is_soft() {
        return (candidates, 0);
    }
    let mut kept = Vec::new();
    let mut dropped = 0;
    let mut read = 0;
    for candidate in candidates {
        let wants_more = request.wants_facets || kept.len() < request.limit;
        if constraint.holds(candidate.doc, None).is_none()
            && wants_more
            && read < MAX_VERIFIED
        {
            read += 1;
            bundle.pause().await;
            // A text that can't be read is no answer; whoever opens it is told why.
            let article = docstore::article(bundle, candidate.doc).await.ok().flatten();
            let holds = article.and_then(|article| {
                let body = article.whole_text();
                let metadata = &article.metadata;
                let authors = metadata.authors.iter().map(String::as_str);
                let parts = [metadata.title.as_str()].into_iter().chain(authors);
                let forms = forms(parts.chain([body.as_str()]), &parsed.folding);
                constraint.holds(candidate.doc, Some(&forms))
            });
            if holds != Some(true) {
                dropped += 1;
                continue;
            }
        }
        kept.push(candidate);
    }
    (kept, dropped)
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
pub(crate) struct WordPosting {
    /// The document.
    pub(crate) doc: u32,
    value: u32,
    /// The part that the word is of the title, in sixtieths.
    pub(crate) title_part: u32,
}

/// Returns the documents of all terms that a word stands for, each with its best impact.
async fn word_postings<S: ChunkSource>(
    bundle: &Bundle<S>,
    found: &Match,
) -> Result<Vec<WordPosting>, ReadError> {
    let terms = found.exact.iter().chain(&found.completions);
    let terms: Vec<u32> = terms.map(|term| term.ordinal).collect();
    let mut postings = Vec::new();
    for (at, list) in load_postings(bundle, &terms).await?.into_iter().enumerate() {
        let eighths = if at < found.exact.len() { 8 } else { COMPLETION_EIGHTHS };
        postings.extend(list.into_iter().map(|Posting { doc, impact }| {
            let value = impact_value(impact) * eighths / 8;
            WordPosting { doc, value, title_part: title_part(impact) }
        }));
    }
    bundle.pause().await;
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
        let so_far = same.copied().unwrap_or(Candidate::new(doc));
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
