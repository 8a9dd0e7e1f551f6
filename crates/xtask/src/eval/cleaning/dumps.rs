//! Measures of text dumps, whose gold has every paragraph.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::{
    run::Found,
    table::Measure,
    text::{common, counts, f1, is_cjk, key, mean, shingles, tokens, visible},
};

/// What is right for a dump.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Gold {
    path: String,
    /// `article`, `stub` (metadata without a text) or `non_article`.
    kind: String,
    title: Option<String>,
    date: Option<String>,
    authors: Option<Vec<String>>,
    source: Option<String>,
    lang: Option<String>,
    paragraphs: Option<Vec<String>>,
    /// Paragraphs that may be there or not.
    optional: Option<Vec<String>>,
    /// The same for all copies of one article.
    cluster: Option<String>,
}

/// Share of a paragraph's shingles that have to be there for it not to be lost.
const COVERED: f64 = 0.9;

/// Measures `found` against `gold`.
pub(super) fn measure(gold: &[Gold], found: &[Found]) -> Vec<Measure> {
    let found: BTreeMap<&str, &Found> =
        found.iter().map(|found| (found.path.as_str(), found)).collect();
    let nothing = Found::default();
    let pairs: Vec<(&Gold, &Found)> = gold
        .iter()
        .map(|gold| (gold, found.get(gold.path.as_str()).copied().unwrap_or(&nothing)))
        .collect();
    let over = |kinds: &[&str], judge: &dyn Fn(&Gold, &Found) -> f64| {
        let judged = pairs.iter().filter(|(gold, _)| kinds.contains(&gold.kind.as_str()));
        mean(&judged.map(|(gold, found)| judge(gold, found)).collect::<Vec<_>>())
    };
    let articles = ["article"];
    let described = ["article", "stub"];
    let body = |part: fn(&Body) -> f64| {
        over(&articles, &|gold, found| part(&Body::compare(gold, found)))
    };
    let body_f1 = body(|body| body.f1);
    let lost = body(|body| body.lost);
    let is = |right: bool| f64::from(u8::from(right));
    let same = |a: &Option<String>, b: &Option<String>| {
        is(key(a.as_deref().unwrap_or_default()) == key(b.as_deref().unwrap_or_default()))
    };
    let title = over(&described, &|gold, found| same(&gold.title, &found.title));
    let date = over(&described, &|gold, found| {
        let day = |date: &Option<String>| -> String {
            date.as_deref().unwrap_or_default().chars().take(10).collect()
        };
        is(day(&gold.date) == day(&found.date))
    });
    let authors = over(&described, &|gold, found| {
        let set = |names: &[String]| -> BTreeSet<String> {
            names.iter().map(|name| key(name)).filter(|name| !name.is_empty()).collect()
        };
        let (wanted, got) =
            (set(gold.authors.as_deref().unwrap_or_default()), set(&found.authors));
        f1(wanted.intersection(&got).count(), got.len(), wanted.len())
    });
    let lang = over(&articles, &|gold, found| is(gold.lang == found.lang));
    let duplicates = duplicates(&pairs);
    let (rejected, false_rejects) = rejects(&pairs);
    let clean = [body_f1, title, date, authors, lang, duplicates, rejected, 1.0 - lost];
    vec![
        ("files", gold.len() as f64),
        ("clean", mean(&clean)),
        ("body F1", body_f1),
        ("exact", body(|body| body.exact)),
        ("lost", lost),
        ("junk", body(|body| body.junk)),
        ("title", title),
        ("date", date),
        ("authors", authors),
        ("source", over(&described, &|gold, found| same(&gold.source, &found.source))),
        ("language", lang),
        ("duplicates F1", duplicates),
        ("rejects F1", rejected),
        ("false rejects", false_rejects),
    ]
}

/// A body against the right one.
struct Body {
    f1: f64,
    exact: f64,
    /// Share of the right paragraphs that are not covered.
    lost: f64,
    /// Share of the characters that cover nothing.
    junk: f64,
}

impl Body {
    fn compare(gold: &Gold, found: &Found) -> Self {
        let normal = |texts: &[String]| -> Vec<String> {
            texts.iter().map(|text| normalized(text)).collect()
        };
        let wanted = normal(gold.paragraphs.as_deref().unwrap_or_default());
        let optional: BTreeSet<String> =
            normal(gold.optional.as_deref().unwrap_or_default()).into_iter().collect();
        let mut got = normal(&found.paragraphs);
        got.retain(|text| !text.is_empty() && !optional.contains(text));
        let (wanted_counts, got_counts) = (counts(&wanted), counts(&got));
        let hits = common(&wanted_counts, &got_counts);
        let all = |texts: &[String]| -> BTreeSet<String> {
            words(&texts.join(" ")).into_iter().collect()
        };
        let (all_wanted, all_got) = (all(&wanted), all(&got));
        let is_covered = |text: &str, by: &BTreeSet<String>| {
            let shingles = words(text);
            let covered = shingles.iter().filter(|shingle| by.contains(*shingle)).count();
            (shingles.len(), covered as f64 >= COVERED * shingles.len() as f64)
        };
        let is_lost = |text: &&String| {
            let (len, is_covered) = is_covered(text, &all_got);
            len > 0 && !got_counts.contains_key(*text) && !is_covered
        };
        let lost = wanted.iter().filter(is_lost).count();
        let mut left = wanted_counts.clone();
        let mut junk = 0;
        for text in &got {
            if let Some(count) = left.get_mut(text).filter(|count| **count > 0) {
                *count -= 1;
                continue;
            }
            let (len, is_covered) = is_covered(text, &all_wanted);
            // A surplus copy is junk, too.
            if wanted_counts.contains_key(text) || len == 0 || !is_covered {
                junk += text.chars().count();
            }
        }
        let len: usize = got.iter().map(|text| text.chars().count()).sum();
        Self {
            f1: f1(hits, got.len(), wanted.len()),
            exact: f64::from(u8::from(wanted == got)),
            lost: lost as f64 / wanted.len().max(1) as f64,
            junk: junk as f64 / len.max(1) as f64,
        }
    }
}

fn words(text: &str) -> Vec<String> {
    shingles(&tokens(&visible(text).to_lowercase()))
}

/// A paragraph without its bullet, with plain quotes; white space counts between words
/// only.
fn normalized(text: &str) -> String {
    let text = visible(text).trim().to_owned();
    let bare = if text.chars().count() > 2 { without_bullet(&text) } else { &text };
    let plain: String = bare
        .chars()
        .map(|c| match c {
            '’' | '‘' => '\'',
            '“' | '”' => '"',
            c => c,
        })
        .collect();
    let chinese = plain.chars().filter(|&c| is_cjk(c)).count();
    let separator = if chinese * 5 > plain.chars().count() { "" } else { " " };
    plain.split_whitespace().collect::<Vec<_>>().join(separator)
}

fn without_bullet(text: &str) -> &str {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let numbered = text.get(digits..).and_then(|rest| rest.strip_prefix(['.', ')']));
    let rest = text
        .strip_prefix(['-', '*', '•', '●', '·', '▪', '◆', '»', '›', '>', 'o'])
        .or_else(|| numbered.filter(|_| digits > 0));
    match rest {
        Some(rest) if rest.starts_with(char::is_whitespace) => rest.trim_start(),
        _ => text,
    }
}

/// F1 of the pairs of files that hold the same article.
fn duplicates(pairs: &[(&Gold, &Found)]) -> f64 {
    let articles = || pairs.iter().filter(|(gold, _)| gold.kind == "article");
    let wanted = paired(
        articles().filter_map(|(gold, _)| Some((gold.cluster.as_deref()?, &*gold.path))),
    );
    let got = paired(
        articles()
            .filter_map(|(gold, found)| Some((found.cluster.as_deref()?, &*gold.path))),
    );
    f1(wanted.intersection(&got).count(), got.len(), wanted.len())
}

/// The pairs of paths that are in one cluster.
fn paired<'a>(
    clusters: impl Iterator<Item = (&'a str, &'a str)>,
) -> BTreeSet<(&'a str, &'a str)> {
    let mut members: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (cluster, path) in clusters {
        members.entry(cluster).or_default().push(path);
    }
    let mut paired = BTreeSet::new();
    for mut paths in members.into_values() {
        paths.sort_unstable();
        for (at, &a) in paths.iter().enumerate() {
            paired.extend(paths.iter().skip(at + 1).map(|&b| (a, b)));
        }
    }
    paired
}

/// F1 of what is no article, and the share of articles that were thrown away.
fn rejects(pairs: &[(&Gold, &Found)]) -> (f64, f64) {
    let judged: Vec<(bool, bool)> = pairs
        .iter()
        .filter(|(gold, _)| gold.kind != "stub")
        .map(|(gold, found)| (gold.kind == "non_article", !found.article))
        .collect();
    let count = |is_it: fn(&(bool, bool)) -> bool| {
        judged.iter().filter(|judged| is_it(judged)).count()
    };
    let right = count(|&(wanted, got)| wanted && got);
    let rejected = f1(right, count(|&(_, got)| got), count(|&(wanted, _)| wanted));
    let articles = count(|&(wanted, _)| !wanted);
    let thrown = count(|&(wanted, got)| !wanted && got);
    (rejected, thrown as f64 / articles.max(1) as f64)
}

#[cfg(test)]
mod tests {
    use super::{Body, Found, Gold, normalized};

    #[test]
    fn paragraphs_are_compared_as_they_read() {
        assert_eq!(normalized("•  It’s  a “quay”"), "It's a \"quay\"");
        assert_eq!(normalized("12. 海 港"), "海港");
        assert_eq!(normalized("12.5 meters"), "12.5 meters");
    }

    #[test]
    fn a_body_worked_out_by_hand() {
        let gold = Gold {
            paragraphs: Some(vec!["a b c d e".to_owned(), "f g h i".to_owned()]),
            ..Gold::default()
        };
        let found = Found {
            paragraphs: vec!["a b c d e".to_owned(), "z z z z z".to_owned()],
            ..Found::default()
        };
        let body = Body::compare(&gold, &found);
        for share in [body.f1, body.lost, body.junk] {
            assert!((share - 0.5).abs() < 1e-12);
        }
        assert!(body.exact.abs() < 1e-12);
    }
}
