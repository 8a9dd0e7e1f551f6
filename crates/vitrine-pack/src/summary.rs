//! Facts about all articles that the root carries.

use std::collections::BTreeMap;

use vitrine_article::Articles;
use vitrine_bundle::{LanguageCount, Root, YearCount};

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
}
