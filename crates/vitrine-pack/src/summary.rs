//! Facts about all articles that the root carries.

use std::collections::BTreeMap;

use vitrine_article::Articles;
use vitrine_bundle::{
    Extension, LANGUAGE_YEARS_TAG, LanguageCount, Root, YearCount, encode_language_years,
};

/// Puts the counts of `articles` into `root`.
pub(crate) fn summarize(articles: &impl Articles, root: &mut Root) {
    let mut languages = BTreeMap::<&str, u32>::new();
    let mut years = BTreeMap::<u16, u32>::new();
    for heading in articles.headings() {
        *languages.entry(heading.lang).or_default() += 1;
        if let Some(date) = heading.date {
            *years.entry(date.year()).or_default() += 1;
        }
    }
    let mut languages: Vec<_> = languages
        .into_iter()
        .map(|(lang, article_count)| LanguageCount {
            lang: lang.to_owned(),
            article_count,
        })
        .collect();
    languages.sort_by_key(|language| std::cmp::Reverse(language.article_count));
    let dates = || articles.headings().filter_map(|heading| heading.date);
    root.article_count = articles.count() as u32;
    root.languages = languages;
    root.years = years
        .into_iter()
        .map(|(year, article_count)| YearCount { year, article_count })
        .collect();
    root.first_date = dates().min();
    root.last_date = dates().max();
    let bytes = encode_language_years(&language_years(articles, root));
    root.extensions.push(Extension { tag: LANGUAGE_YEARS_TAG, bytes });
}

/// Returns the articles of each language of `root`, for each of its years.
fn language_years(articles: &impl Articles, root: &Root) -> Vec<Vec<u32>> {
    let rows: BTreeMap<&str, usize> =
        root.languages.iter().map(|language| language.lang.as_str()).zip(0..).collect();
    let mut counts = vec![vec![0; root.years.len()]; root.languages.len()];
    for heading in articles.headings() {
        let Some(date) = heading.date else { continue };
        let column = root.years.binary_search_by_key(&date.year(), |year| year.year);
        if let Some(&row) = rows.get(heading.lang)
            && let Ok(column) = column
        {
            counts[row][column] += 1;
        }
    }
    counts
}
