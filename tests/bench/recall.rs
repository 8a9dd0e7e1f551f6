//! Whether searches find all that they should, whatever was searched before.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use pollster::block_on;
use serde_json::{Value, json};
use vitrine_reader::{Archive, SearchRequest, SearchResults};

use crate::{folder::CountingFolder, reading::open};

/// Letters of a prefix, and most prefixes that are asked.
const PREFIX_LETTERS: usize = 3;
const MAX_PREFIXES: usize = 30;

/// Prints the part of the articles with a word of some beginning that a prefix finds, and the
/// number of queries that answer otherwise after others.
pub(crate) fn run(archive: &Path, queries: &[String]) -> Value {
    let folder = CountingFolder::new(archive);
    let visit = open(&folder);
    let prefixes: BTreeSet<String> =
        queries.iter().flat_map(|query| words(query)).filter_map(prefix_of).collect();
    // Spread over the alphabet.
    let step = prefixes.len().div_ceil(MAX_PREFIXES).max(1);
    let prefixes: Vec<String> = prefixes.into_iter().step_by(step).collect();
    let expected = articles_with(&visit, &prefixes);
    let mut recalls = Vec::new();
    for (prefix, expected) in &expected {
        let found = ids(&search(&visit, &format!("{prefix}*"), u32::MAX));
        let recall = expected.intersection(&found).count() as f64 / expected.len() as f64;
        println!("{recall:>8.4}  {prefix}* of {}", expected.len());
        recalls.push(recall);
    }
    let recall = recalls.iter().sum::<f64>() / recalls.len().max(1) as f64;
    println!("recall of {} prefixes: {recall:.4}", recalls.len());

    let answers = |archive: &Archive<&CountingFolder>, query: &str| {
        let found = search(archive, query, 10);
        let scores: Vec<_> = found.hits.iter().map(|hit| hit.score.to_bits()).collect();
        (found.total, format!("{:?}", found.hits), scores)
    };
    let asked =
        || queries.iter().cloned().chain(expected.keys().map(|p| format!("{p}*")));
    let differ = asked().filter(|query| {
        let folder = CountingFolder::new(archive);
        answers(&open(&folder), query) != answers(&visit, query)
    });
    let (differ, all) = (differ.count(), asked().count());
    println!("queries whose results depend on what was asked before: {differ} of {all}");
    json!({
        "prefixes": recalls.len(),
        "prefix_recall": recall,
        "queries": all,
        "session_dependent": differ,
    })
}

fn search(archive: &Archive<&CountingFolder>, query: &str, limit: u32) -> SearchResults {
    let request = SearchRequest { limit, ..SearchRequest::new(query) };
    block_on(archive.search(&request)).expect("the archive can be searched")
}

fn ids(results: &SearchResults) -> BTreeSet<String> {
    results.hits.iter().map(|hit| hit.id.clone()).collect()
}

/// The words of a text that have no letters but those of English, in lower case.
fn words(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    let is_plain = |word: &&str| word.bytes().all(|byte| byte.is_ascii_alphabetic());
    words.filter(is_plain).map(str::to_ascii_lowercase)
}

fn prefix_of(word: String) -> Option<String> {
    let prefix = word.get(..PREFIX_LETTERS)?;
    (word.len() > PREFIX_LETTERS).then(|| prefix.to_owned())
}

/// Returns for each prefix the articles that have a word that begins with it, by reading them
/// all.
fn articles_with(
    archive: &Archive<&CountingFolder>,
    prefixes: &[String],
) -> BTreeMap<String, BTreeSet<String>> {
    let mut found = BTreeMap::<String, BTreeSet<String>>::new();
    for doc in 0..archive.info().article_count {
        let article = block_on(archive.article_at(doc)).expect("the article can be read");
        let Some(article) = article else { continue };
        let metadata = &article.metadata;
        let text = article.plain_text();
        let texts = metadata.authors.iter().chain(&metadata.source);
        let texts = texts.chain([&metadata.title, &text]).map(String::as_str);
        let beginnings: BTreeSet<String> = texts
            .flat_map(words)
            .filter_map(|word| word.get(..PREFIX_LETTERS).map(str::to_owned))
            .collect();
        for prefix in prefixes.iter().filter(|prefix| beginnings.contains(*prefix)) {
            found.entry(prefix.clone()).or_default().insert(article.id.clone());
        }
    }
    found
}
