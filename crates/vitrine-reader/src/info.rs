//! What an archive is, before anything is searched.

use serde::Serialize;
use vitrine_article::PartialDate;
use vitrine_bundle::{Root, Section};

/// Facts about an archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ArchiveInfo {
    /// Title.
    pub title: String,
    /// Number of articles.
    pub article_count: u32,
    /// Articles by language, most frequent first.
    pub languages: Vec<LanguageInfo>,
    /// Articles by year, ascending; undated articles are in none.
    pub years: Vec<YearInfo>,
    /// The earliest date of an article.
    pub first_date: Option<PartialDate>,
    /// The latest date of an article.
    pub last_date: Option<PartialDate>,
    /// Name and version of the program that packed it.
    pub generator: String,
    /// Whether it has the pages that its articles were cleaned from.
    pub has_originals: bool,
}

/// Number of articles in a language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LanguageInfo {
    /// BCP 47 tag.
    pub lang: String,
    /// Number of articles.
    pub article_count: u32,
}

/// Number of articles of a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct YearInfo {
    /// The year.
    pub year: u16,
    /// Number of articles.
    pub article_count: u32,
}

impl ArchiveInfo {
    pub(crate) fn new(root: &Root) -> Self {
        Self {
            title: root.title.clone(),
            article_count: root.article_count,
            languages: root
                .languages
                .iter()
                .map(|language| LanguageInfo {
                    lang: language.lang.clone(),
                    article_count: language.article_count,
                })
                .collect(),
            years: root
                .years
                .iter()
                .map(|year| YearInfo {
                    year: year.year,
                    article_count: year.article_count,
                })
                .collect(),
            first_date: root.first_date,
            last_date: root.last_date,
            generator: root.generator.clone(),
            has_originals: root.has(Section::Originals),
        }
    }
}
