//! Known items: somebody remembers words of a title and wants that one article.
//!
//! Every query is asked as it stands, with one mistyped letter, as a question, and with a
//! word too many that is of another query.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use super::metrics::Metrics;
use super::run::{Packed, read_pairs};
use super::table::Row;

/// A way to ask, and what it makes of a query and of its neighbour in the file.
type Variant = (&'static str, fn(&str, &str) -> String);

const VARIANTS: [Variant; 4] = [
    ("", |query, _| query.to_owned()),
    ("typo", |query, _| mistyped(query)),
    ("question", |query, _| question(query)),
    ("extra word", with_word_of),
];

/// Packs a corpus and measures files of known items on it.
pub(super) fn measure(
    program: &Path,
    corpus: &Path,
    files: &[PathBuf],
    work: &Path,
) -> anyhow::Result<Vec<Row>> {
    let name = corpus.file_stem().context("a corpus is a file with a name")?;
    let packed = Packed::new(program, corpus, work, &name.to_string_lossy())?;
    let mut rows = Vec::new();
    for file in files {
        let items = read_pairs(file)?;
        let set = file.file_stem().unwrap_or_default().to_string_lossy();
        let judgements = items
            .iter()
            .enumerate()
            .map(|(number, (_, id))| (number.to_string(), [(id.clone(), 1.0)].into()))
            .collect::<BTreeMap<_, _>>();
        for (variant, ask) in VARIANTS {
            let queries: Vec<(String, String)> = items
                .iter()
                .zip(items.iter().cycle().skip(1))
                .enumerate()
                .map(|(number, (item, next))| (number.to_string(), ask(&item.0, &next.0)))
                .collect();
            let metrics = Metrics::new(&judgements, &packed.search(&queries)?);
            rows.push(Row { set: set.to_string(), variant, metrics });
        }
    }
    Ok(rows)
}

fn is_spaced(query: &str) -> bool {
    query.is_ascii()
}

/// Drops, doubles, replaces or swaps a letter inside the longest word; which of these, and
/// where, follows from the query alone.
fn mistyped(query: &str) -> String {
    let words: Vec<&str> = query.split(' ').collect();
    let longest = (0..words.len()).max_by_key(|&at| words[at].chars().count());
    let choice: usize = query.bytes().map(usize::from).sum();
    let mistype = |word: &str| -> String {
        let mut letters: Vec<char> = word.chars().collect();
        if letters.len() < 4 {
            return word.to_owned();
        }
        let at = 1 + choice % (letters.len() - 2);
        match choice % 4 {
            0 => _ = letters.remove(at),
            1 => letters.insert(at, letters[at]),
            2 => letters[at] = if letters[at] == 'e' { 'a' } else { 'e' },
            _ => letters.swap(at, at + 1),
        }
        letters.into_iter().collect()
    };
    let words = words.iter().enumerate().map(|(at, word)| {
        if Some(at) == longest { mistype(word) } else { (*word).to_owned() }
    });
    words.collect::<Vec<_>>().join(" ")
}

fn question(query: &str) -> String {
    match (is_spaced(query), query.len() % 2) {
        (true, 0) => format!("how do I use {query}?"),
        (true, _) => format!("what is {query}"),
        (false, 0) => format!("如何{query}？"),
        (false, _) => format!("什么是{query}"),
    }
}

/// Adds the first word, or the first two characters, of another query.
fn with_word_of(query: &str, other: &str) -> String {
    if is_spaced(query) {
        format!("{query} {}", other.split(' ').next().unwrap_or_default())
    } else {
        format!("{query} {}", other.chars().take(2).collect::<String>())
    }
}

#[cfg(test)]
mod tests {
    use super::{mistyped, question, with_word_of};

    #[test]
    fn variants_change_one_thing() {
        for query in ["garden tools", "harbour", "a longer query of words", "渔业规则"]
        {
            let typo = mistyped(query);
            assert_ne!(typo, query);
            assert_eq!(typo.split(' ').count(), query.split(' ').count());
            assert!(typo.chars().count().abs_diff(query.chars().count()) <= 1, "{typo}");
            assert!(question(query).contains(query));
        }
        assert_eq!(with_word_of("garden tools", "river fish"), "garden tools river");
        assert_eq!(with_word_of("渔业", "河流规则"), "渔业 河流");
    }
}
