//! Translations of one another, told by addresses that differ only in a language, or by
//! the numbers in two texts.

use std::collections::{BTreeMap, BTreeSet};

use vitrine_article::{Article, PartialDate, RelationKind};

use super::Link;

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
pub(super) fn links(articles: &[Article], is_record: &[bool]) -> Vec<Link> {
    let mut pairs = by_address(articles, is_record);
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
fn by_address(articles: &[Article], is_record: &[bool]) -> BTreeSet<(usize, usize)> {
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (position, article) in articles.iter().enumerate() {
        let is_record = is_record.get(position).copied().unwrap_or_default();
        let address = match &article.metadata.url {
            Some(url) => url,
            None if is_record => &article.id,
            None => &article.provenance.path,
        };
        groups.entry(without_language(address)).or_default().push(position);
    }
    let mut pairs = BTreeSet::new();
    for members in groups.into_values() {
        let languages: BTreeSet<&str> = members
            .iter()
            .filter_map(|&member| Some(articles.get(member)?.metadata.lang.as_str()))
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
fn by_numbers(articles: &[Article], told: &BTreeSet<usize>) -> BTreeSet<(usize, usize)> {
    let text = |(position, article): (usize, &Article)| {
        if told.contains(&position) { String::new() } else { article.plain_text() }
    };
    let numbers: Vec<BTreeSet<String>> =
        articles.iter().enumerate().map(text).map(|text| numbers(&text)).collect();
    let mut texts: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (position, numbers) in numbers.iter().enumerate() {
        for number in numbers {
            texts.entry(number).or_default().push(position);
        }
    }
    let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for texts in texts.into_values().filter(|texts| texts.len() <= MAX_TEXTS) {
        for (position, &a) in texts.iter().enumerate() {
            for &b in texts.iter().skip(position + 1) {
                *shared.entry((a, b)).or_default() += 1;
            }
        }
    }
    let mut best: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for (&(a, b), &count) in &shared {
        let (Some(first), Some(second)) = (articles.get(a), articles.get(b)) else {
            continue;
        };
        let fewer = |position: usize| numbers.get(position).map_or(0, BTreeSet::len);
        let needed = fewer(a).min(fewer(b)) * MIN_SHARED_PERCENT;
        if first.metadata.primary_language() == second.metadata.primary_language()
            || count < MIN_SHARED
            || count * 100 < needed
            || !is_near(first.metadata.date, second.metadata.date)
        {
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

/// The numbers of at least two digits in a text, without separators.
fn numbers(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut number = String::new();
    let mut chars = text.chars().chain([' ']).peekable();
    while let Some(c) = chars.next() {
        let is_inside = matches!(c, ',' | '.')
            && !number.is_empty()
            && chars.peek().is_some_and(char::is_ascii_digit);
        if c.is_ascii_digit() {
            number.push(c);
        } else if !is_inside {
            if (2..=15).contains(&number.len()) {
                found.insert(std::mem::take(&mut number));
            }
            number.clear();
        }
    }
    found
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
    use vitrine_article::{Article, Block};

    use super::{links, without_language};

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

    fn article(path: &str, lang: &str, body: &str) -> Article {
        let mut article = Article::default();
        article.provenance.path = path.into();
        article.metadata.lang = lang.into();
        article.blocks = vec![Block::paragraph(body)];
        article
    }

    #[test]
    fn texts_with_the_same_numbers_in_two_languages_are_translations() {
        let articles = [
            article(
                "1.txt",
                "en",
                "In 1998 the port had 412 berths, 73 cranes and 2,450 men; in 2006 it had 198.",
            ),
            article(
                "2.txt",
                "zh-Hans",
                "1998年港口有412个泊位、73台起重机和2450人；2006年有198个。",
            ),
            article("3.txt", "zh-Hans", "1998年另有一事，涉及37人和21艘船，历时55天。"),
        ];
        let found: Vec<_> = links(&articles, &[false; 3])
            .iter()
            .map(|link| (link.from, link.to))
            .collect();
        assert_eq!(found, [(0, 1), (1, 0)]);
    }
}
