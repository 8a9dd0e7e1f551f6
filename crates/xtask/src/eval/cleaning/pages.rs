//! Measures of single HTML pages.
//!
//! Precision and recall of bodies are those of the article extraction benchmark of
//! Scrapinghub: of four-word shingles, averaged over pages; F1 is the harmonic mean of the
//! averages. A Chinese character counts as a word.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::Value;

use super::{
    run::Found,
    table::Measure,
    text::{common, counts, f1, key, mean, shingles, tokens},
};

/// What people say is right for a page; what is absent was not judged.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Gold {
    id: String,
    text: Option<String>,
    title: Value,
    date: Value,
    authors: Value,
    /// Texts that the body has to have.
    with: Option<Vec<String>>,
    /// Texts that it must not have.
    without: Option<Vec<String>>,
}

/// Measures `found` against `gold`; `headline` says that the bodies of `gold` begin with
/// the title.
pub(super) fn measure(gold: &[Gold], found: &[Found], headline: bool) -> Vec<Measure> {
    let found: BTreeMap<&str, &Found> =
        found.iter().map(|found| (found.path.as_str(), found)).collect();
    let nothing = Found::default();
    let pairs: Vec<(&Gold, &Found)> = gold
        .iter()
        .map(|gold| (gold, found.get(gold.id.as_str()).copied().unwrap_or(&nothing)))
        .collect();
    let mut measures = vec![("pages", gold.len() as f64)];
    measures.extend(bodies(&pairs, headline));
    measures.extend(segments(&pairs));
    let accuracy = |name: &'static str, judge: &dyn Fn(&Gold, &Found) -> Option<f64>| {
        let judged: Vec<f64> =
            pairs.iter().filter_map(|(gold, found)| judge(gold, found)).collect();
        (!judged.is_empty()).then(|| (name, mean(&judged)))
    };
    measures.extend(accuracy("title", &|gold, found| {
        let title = texts(&gold.title).into_iter().next()?;
        Some(is(key(&title) == key(found.title.as_deref().unwrap_or_default())))
    }));
    measures.extend(accuracy("date", &|gold, found| {
        let date = texts(&gold.date).into_iter().next()?;
        let day = |date: &str| date.chars().take(10).collect::<String>();
        Some(is(day(&date) == day(found.date.as_deref().unwrap_or_default())))
    }));
    measures.extend(accuracy("authors", &|gold, found| {
        let names = texts(&gold.authors);
        (!names.is_empty()).then(|| authors(&names, &found.authors))
    }));
    measures
}

fn bodies(pairs: &[(&Gold, &Found)], headline: bool) -> Vec<Measure> {
    let (mut precision, mut recall) = (Vec::new(), Vec::new());
    let (mut exact, mut words) = (Vec::new(), Vec::new());
    for (gold, found) in pairs {
        let Some(text) = gold.text.as_deref().filter(|text| !text.is_empty()) else {
            continue;
        };
        let title = found.title.as_deref().filter(|_| headline).unwrap_or_default();
        let body = format!("{title}\n{}", found.paragraphs.join("\n"));
        let (wanted, got) = (tokens(text), tokens(&body));
        exact.push(is(wanted == got));
        let lower = |words: &[String]| counts(words.iter().map(|w| w.to_lowercase()));
        let hits = common(&lower(&wanted), &lower(&got));
        words.push(f1(hits, got.len(), wanted.len()));
        let (wanted, got) = (shingles(&wanted), shingles(&got));
        let hits = common(&counts(&wanted), &counts(&got)) as f64;
        if !got.is_empty() {
            precision.push(hits / got.len() as f64);
        }
        if !wanted.is_empty() {
            recall.push(hits / wanted.len() as f64);
        }
    }
    if exact.is_empty() {
        return Vec::new();
    }
    let (precision, recall) = (mean(&precision), mean(&recall));
    let both = precision + recall;
    let f1 = if both > 0.0 { 2.0 * precision * recall / both } else { 0.0 };
    vec![
        ("body F1", f1),
        ("precision", precision),
        ("recall", recall),
        ("exact", mean(&exact)),
        ("word F1", mean(&words)),
    ]
}

/// Texts that have to be there, and texts that must not.
fn segments(pairs: &[(&Gold, &Found)]) -> Vec<Measure> {
    let (mut hits, mut found_wrong, mut wanted) = (0, 0, 0);
    for (gold, found) in pairs {
        let body = found.paragraphs.join("\n");
        let count = |texts: &Option<Vec<String>>| {
            let texts = texts.iter().flatten();
            texts.filter(|text| body.contains(text.as_str())).count()
        };
        hits += count(&gold.with);
        found_wrong += count(&gold.without);
        wanted += gold.with.iter().flatten().count();
    }
    if wanted == 0 {
        return Vec::new();
    }
    let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
    vec![
        ("segment F1", f1(hits, hits + found_wrong, wanted)),
        ("segment P", share(hits, hits + found_wrong)),
        ("segment R", share(hits, wanted)),
    ]
}

fn is(right: bool) -> f64 {
    f64::from(u8::from(right))
}

/// F1 of two sets of names.
fn authors(wanted: &[String], found: &[String]) -> f64 {
    let set = |names: &[String]| -> BTreeSet<String> {
        let bare = |name: &String| {
            let lower = name.to_lowercase();
            key(lower.strip_prefix("by ").unwrap_or(&lower))
        };
        names.iter().map(bare).filter(|name| !name.is_empty()).collect()
    };
    let (wanted, found) = (set(wanted), set(found));
    if found.is_empty() {
        return 0.0;
    }
    f1(wanted.intersection(&found).count(), found.len(), wanted.len())
}

/// The texts of a value: itself, or those of a list.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) if !text.is_empty() => vec![text.clone()],
        Value::Array(values) => values.iter().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Found, Gold, measure};

    #[test]
    fn a_page_worked_out_by_hand() {
        let gold: Gold = serde_json::from_str(
            r#"{"id": "1", "text": "a b c d e", "title": "T", "authors": ["By Ana Ruiz", "Tom Lee"]}"#,
        )
        .unwrap();
        let found = Found {
            path: "1".to_owned(),
            title: Some("t!".to_owned()),
            authors: vec!["Ana Ruiz".to_owned()],
            paragraphs: vec!["a b c d".to_owned(), "x".to_owned()],
            ..Found::default()
        };
        let measures = measure(&[gold], &[found], false);
        let value =
            |name: &str| measures.iter().find(|(known, _)| *known == name).unwrap().1;
        // One of two shingles on either side.
        for name in ["body F1", "precision", "recall"] {
            assert!((value(name) - 0.5).abs() < 1e-12, "{measures:?}");
        }
        assert!((value("title") - 1.0).abs() < 1e-12);
        assert!((value("authors") - 2.0 / 3.0).abs() < 1e-12);
        assert!(measures.iter().all(|(name, _)| *name != "date"));
    }
}
