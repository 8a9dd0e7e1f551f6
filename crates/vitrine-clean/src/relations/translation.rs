//! Translations of one another, told by addresses that differ only in a language, or by
//! the numbers in two texts.

use std::collections::{BTreeMap, BTreeSet};

use vitrine_article::{PartialDate, RelationKind};

use super::{Link, Related};
use crate::fingerprint::hash;

/// Words of addresses that stand for a language.
const LANGUAGE_WORDS: [&str; 34] = [
    "en", "eng", "english", "zh", "cn", "chn", "chs", "cht", "chinese", "zhcn", "zhtw",
    "zhhk", "zhhans", "zhhant", "sc", "tc", "gb", "big5", "fr", "fra", "es", "spa", "ru",
    "rus", "ar", "ara", "de", "deu", "ja", "jp", "jpn", "ko", "kr", "pt",
];

/// Fewest numbers that two texts share, and the share of the fewer numbers, in percent.
const MIN_SHARED: usize = 6;
const MIN_SHARED_PERCENT: usize = 70;

/// A number that more texts than this have in common is no evidence.
const MAX_TEXTS: usize = 16;

/// Most months between the dates of translations of one another.
const MAX_MONTHS: i32 = 3;

/// Links translations in both directions.
pub(super) fn links(articles: &[Related<'_>]) -> Vec<Link> {
    let mut pairs = by_address(articles);
    let told: BTreeSet<usize> = pairs.iter().flat_map(|&(a, b)| [a, b]).collect();
    pairs.extend(by_numbers(articles, &told));
    pairs
        .into_iter()
        .flat_map(|(a, b)| [(a, b), (b, a)])
        .collect::<BTreeSet<_>>()
        .into_iter()
        .map(|(from, to)| Link { from, kind: RelationKind::Translation, to })
        .collect()
}

/// Pairs of articles in different languages whose addresses are the same without the
/// language.
fn by_address(articles: &[Related<'_>]) -> BTreeSet<(usize, usize)> {
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (position, article) in articles.iter().enumerate() {
        groups.entry(without_language(article.address)).or_default().push(position);
    }
    let mut pairs = BTreeSet::new();
    for members in groups.into_values() {
        let languages: BTreeSet<&str> = members
            .iter()
            .filter_map(|&member| Some(articles.get(member)?.lang))
            .collect();
        // Two pages in one language: the addresses are about something else.
        if languages.len() < members.len() {
            continue;
        }
        for (position, &a) in members.iter().enumerate() {
            pairs.extend(members.iter().skip(position + 1).map(|&b| (a, b)));
        }
    }
    pairs
}

/// Returns the address without the words that stand for a language.
fn without_language(address: &str) -> String {
    let address = address.split(['?', '#']).next().unwrap_or_default().to_lowercase();
    let address = address.split_once("://").map_or(address.as_str(), |(_, rest)| rest);
    let is_language = |word: &str| {
        let word = word.replace(['-', '_'], "");
        LANGUAGE_WORDS.contains(&word.as_str())
    };
    let mut parts = Vec::new();
    for part in address.split('/').filter(|part| !is_language(part)) {
        // `page.en.html`, `page_zh-cn.html`, `en.example.org`.
        let mut words: Vec<&str> = part.split('.').filter(|w| !is_language(w)).collect();
        for word in &mut words {
            for (at, _) in word.match_indices(['-', '_']) {
                let (stem, tail) = word.split_at(at);
                if !stem.is_empty() && is_language(tail) {
                    *word = stem;
                    break;
                }
            }
        }
        parts.push(words.join("."));
    }
    parts.join("/")
}

/// Pairs of articles in different languages that share most of their numbers, each being
/// the other's best; those in `told` have their translations already.
fn by_numbers(
    articles: &[Related<'_>],
    told: &BTreeSet<usize>,
) -> BTreeSet<(usize, usize)> {
    let mut texts: Vec<(u64, usize)> = Vec::new();
    for (position, article) in articles.iter().enumerate() {
        if !told.contains(&position) {
            texts.extend(article.numbers.iter().map(|&number| (number, position)));
        }
    }
    texts.sort_unstable();
    let mut shared: Vec<(usize, usize)> = Vec::new();
    for texts in texts.chunk_by(|a, b| a.0 == b.0) {
        if texts.len() > MAX_TEXTS {
            continue;
        }
        for (at, &(_, a)) in texts.iter().enumerate() {
            let others = texts.iter().skip(at + 1).map(|&(_, b)| (a, b));
            shared.extend(others.filter(|&(a, b)| may_be_translations(articles, a, b)));
        }
    }
    shared.sort_unstable();
    let mut best: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for pairs in shared.chunk_by(|a, b| a == b) {
        let (count, Some(&(a, b))) = (pairs.len(), pairs.first()) else { continue };
        let numbers =
            |position: usize| articles.get(position).map_or(0, |a| a.numbers.len());
        let needed = numbers(a).min(numbers(b)) * MIN_SHARED_PERCENT;
        if count < MIN_SHARED || count * 100 < needed {
            continue;
        }
        for (from, to) in [(a, b), (b, a)] {
            let entry = best.entry(from).or_insert((count, to));
            if count > entry.0 {
                *entry = (count, to);
            }
        }
    }
    best.iter()
        .filter(|&(&from, &(_, to))| {
            from < to && best.get(&to).is_some_and(|&(_, back)| back == from)
        })
        .map(|(&from, &(_, to))| (from, to))
        .collect()
}

/// Whether two articles have different languages and dates that are near.
fn may_be_translations(articles: &[Related<'_>], a: usize, b: usize) -> bool {
    match (articles.get(a), articles.get(b)) {
        (Some(a), Some(b)) => {
            a.primary_language() != b.primary_language() && is_near(a.date, b.date)
        }
        _ => false,
    }
}

/// Returns the hashes of the numbers of at least two digits in a text, without separators;
/// ascending, each once.
pub(crate) fn numbers(text: &str) -> Box<[u64]> {
    let mut found = Vec::new();
    let mut number = Vec::new();
    // All that counts is ASCII, and no byte of another character is.
    let mut rest = text.as_bytes();
    while let Some(start) = rest.iter().position(u8::is_ascii_digit) {
        rest = rest.get(start..).unwrap_or_default();
        number.clear();
        loop {
            rest = match rest {
                [digit @ b'0'..=b'9', after @ ..] => {
                    number.push(*digit);
                    after
                }
                [b',' | b'.', after @ ..]
                    if after.first().is_some_and(u8::is_ascii_digit) =>
                {
                    after
                }
                _ => break,
            };
        }
        if (2..=15).contains(&number.len()) {
            found.push(hash(&number));
        }
    }
    found.sort_unstable();
    found.dedup();
    found.into()
}

/// Whether two dates, where both are known, are near to one another.
fn is_near(a: Option<PartialDate>, b: Option<PartialDate>) -> bool {
    let months =
        |date: PartialDate| Some(i32::from(date.year()) * 12 + i32::from(date.month()?));
    match (a, b) {
        (Some(a), Some(b)) => match (months(a), months(b)) {
            (Some(a), Some(b)) => (a - b).abs() <= MAX_MONTHS,
            _ => a.year().abs_diff(b.year()) <= 1,
        },
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::{links, numbers, without_language};
    use crate::relations::Related;

    #[test]
    fn addresses_lose_their_language() {
        for (a, b) in [
            ("en/docs/a.html", "zh-cn/docs/a.html"),
            ("https://www.example.org/docs/a", "https://www.example.org/zh/docs/a"),
            ("notes/tides.en.html", "notes/tides.zh-hans.html"),
            ("notes/tides_en.html", "notes/tides_cn.html"),
            ("https://en.example.org/a", "https://zh.example.org/a"),
        ] {
            assert_eq!(without_language(a), without_language(b), "{a} {b}");
        }
        assert_ne!(without_language("a/women.html"), without_language("a/wom.html"));
    }

    #[test]
    fn texts_with_the_same_numbers_in_two_languages_are_translations() {
        let texts = [
            (
                "en",
                "In 1998 the port had 412 berths, 73 cranes and 2,450 men; in 2006 it had 198.",
            ),
            ("zh-Hans", "1998年港口有412个泊位、73台起重机和2450人；2006年有198个。"),
            ("zh-Hans", "1998年另有一事，涉及37人和21艘船，历时55天。"),
        ];
        let numbers = texts.map(|(_, text)| numbers(text));
        let articles: Vec<_> = texts
            .iter()
            .zip(&numbers)
            .zip(["1.txt", "2.txt", "3.txt"])
            .map(|((&(lang, _), numbers), address)| Related {
                lang,
                address,
                numbers,
                ..Related::default()
            })
            .collect();
        let found: Vec<_> =
            links(&articles).iter().map(|link| (link.from, link.to)).collect();
        assert_eq!(found, [(0, 1), (1, 0)]);
    }
}
