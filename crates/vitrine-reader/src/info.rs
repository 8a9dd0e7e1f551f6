//! What an archive is, before anything is searched.

use serde::Serialize;
use vitrine_article::{About, PartialDate};
use vitrine_bundle::{
    ABOUT_TAG, CursorError, LANGUAGE_YEARS_TAG, Root, Section, decode_about,
    decode_language_years,
};
use vitrine_index::Facets;

/// Facts about an archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ArchiveInfo {
    /// Title.
    pub title: String,
    /// What its owner says about it.
    pub about: About,
    /// Number of articles.
    pub article_count: u32,
    /// Articles by language, most frequent first; none of a restricted archive.
    pub languages: Vec<LanguageInfo>,
    /// Articles by year, ascending; undated articles are in none. Those of a restricted archive
    /// may have none left.
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
    /// How many of them are in each of [`ArchiveInfo::languages`]; what is missing at the
    /// end is unknown.
    pub by_language: Vec<u32>,
}

impl ArchiveInfo {
    pub(crate) fn new(root: &Root) -> Result<Self, CursorError> {
        let about = root.extension(ABOUT_TAG).map(decode_about).transpose()?;
        let bytes = root.extension(LANGUAGE_YEARS_TAG).unwrap_or_default();
        let language_years = decode_language_years(bytes)?;
        Ok(Self {
            about: about.unwrap_or_default(),
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
                .enumerate()
                .map(|(at, year)| YearInfo {
                    year: year.year,
                    article_count: year.article_count,
                    by_language: language_years
                        .iter()
                        .skip(at)
                        .step_by(root.years.len())
                        .copied()
                        .collect(),
                })
                .collect(),
            first_date: root.first_date,
            last_date: root.last_date,
            generator: root.generator.clone(),
            has_originals: root.has(Section::Originals),
        })
    }

    /// Leaves only so many articles, of which the facets are known.
    pub(crate) fn restrict(&mut self, article_count: u32, facets: &Facets) {
        self.article_count = article_count;
        let (mut first, mut last) = (None, None);
        for year in &mut self.years {
            let value = year.year.to_string();
            let facet = facets.years.iter().find(|facet| facet.value == value);
            year.article_count = facet.map_or(0, |facet| facet.count);
            year.by_language.clear();
            if year.article_count > 0 {
                last = PartialDate::new(year.year, 0, 0);
                first = first.or(last);
            }
        }
        (self.first_date, self.last_date) = (first, last);
        let languages = facets.langs.iter().map(|facet| LanguageInfo {
            lang: facet.value.clone(),
            article_count: facet.count,
        });
        self.languages = languages.collect();
    }
}
