//! The report of a cleaning: totals, and a row for every input.

mod concern;

use std::collections::BTreeMap;

use serde::Serialize;
use vitrine_article::{Article, PartialDate, Removal};

use crate::{Cleaned, OutcomeKind, typography::one_line};
pub use concern::Concern;
use concern::Corpus;

/// Length of the excerpts of a body in the report, in characters.
const EXCERPT_LEN: usize = 160;

/// What became of every input; the sums of [`Totals`] agree with the rows.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// Numbers of inputs by outcome.
    pub totals: Totals,
    /// Numbers of articles by language.
    pub languages: BTreeMap<String, usize>,
    /// Number of articles that have a date.
    pub dated: usize,
    /// Numbers of articles by year of publication.
    pub years: BTreeMap<u16, usize>,
    /// A row for each input, sorted by path.
    pub files: Vec<ReportRow>,
}

/// Numbers of inputs by outcome.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// All inputs.
    pub inputs: usize,
    /// Those that became articles.
    pub articles: usize,
    /// Those that are copies of an article.
    pub duplicates: usize,
    /// Those without an article.
    pub non_articles: usize,
    /// Those that are sound but hold no page, or none that is wanted.
    pub skipped: usize,
    /// Those that could not be read.
    pub unreadable: usize,
}

/// What became of one input.
#[derive(Debug, Clone, Serialize)]
pub struct ReportRow {
    /// Path of the input.
    pub path: String,
    /// SHA-256 of its raw bytes.
    pub sha256: String,
    /// `article`, `duplicate`, `non_article`, `skipped` or `unreadable`.
    pub outcome: &'static str,
    /// Id of the article that it became or is a copy of.
    pub id: Option<String>,
    /// Why it is no article.
    pub reason: Option<String>,
    /// What was found, where it is an article or a copy of one.
    #[serde(flatten)]
    pub article: Option<ArticleSummary>,
    /// Reasons to look at it.
    pub concerns: Vec<Concern>,
    /// Partial trouble.
    pub warnings: Vec<String>,
    /// What was left out of the article, and why.
    pub removed: Vec<Removal>,
}

impl ReportRow {
    /// Returns how urgently a person should look at the input: 0 for not at all.
    pub fn urgency(&self) -> u32 {
        self.concerns.iter().map(Concern::weight).sum()
    }
}

/// What was found in an input, short enough to be checked at a glance.
#[derive(Debug, Clone, Serialize)]
pub struct ArticleSummary {
    /// Title.
    pub title: String,
    /// Date of publication.
    pub date: Option<PartialDate>,
    /// Authors, one name each.
    pub authors: Vec<String>,
    /// Publication in which it appeared first.
    pub source: Option<String>,
    /// Language, BCP 47.
    pub lang: String,
    /// Length of the body, in characters.
    pub characters: usize,
    /// How the body begins.
    pub beginning: String,
    /// How it ends; empty when the beginning is all of it.
    pub end: String,
}

impl From<&Article> for ArticleSummary {
    fn from(article: &Article) -> Self {
        let metadata = article.metadata.clone();
        let body = one_line(&article.plain_text());
        let characters = body.chars().count();
        let rest = characters.saturating_sub(EXCERPT_LEN);
        Self {
            title: metadata.title,
            date: metadata.date,
            authors: metadata.authors,
            source: metadata.source,
            lang: metadata.lang,
            characters,
            beginning: body.chars().take(EXCERPT_LEN).collect(),
            end: body.chars().skip(characters - rest.min(EXCERPT_LEN)).collect(),
        }
    }
}

impl Cleaned {
    /// Returns the report of this cleaning.
    pub fn report(&self) -> Report {
        let corpus = Corpus::observe(&self.articles);
        let mut totals = Totals { inputs: self.outcomes.len(), ..Totals::default() };
        let mut files = Vec::with_capacity(self.outcomes.len());
        for outcome in &self.outcomes {
            let (name, count, id, reason, article) = match &outcome.kind {
                OutcomeKind::Article { id } => {
                    let count = &mut totals.articles;
                    ("article", count, Some(id.clone()), None, self.article(id))
                }
                OutcomeKind::DuplicateOf { id, copy } => {
                    let count = &mut totals.duplicates;
                    ("duplicate", count, Some(id.clone()), None, Some(copy.as_ref()))
                }
                OutcomeKind::NotAnArticle { reason, .. } => {
                    let reason = Some(reason.to_string());
                    ("non_article", &mut totals.non_articles, None, reason, None)
                }
                OutcomeKind::Skipped { reason } => {
                    let reason = Some(reason.clone());
                    ("skipped", &mut totals.skipped, None, reason, None)
                }
                OutcomeKind::Unreadable { reason } => {
                    let reason = Some(reason.clone());
                    ("unreadable", &mut totals.unreadable, None, reason, None)
                }
            };
            *count += 1;
            files.push(ReportRow {
                path: outcome.path.clone(),
                sha256: outcome.sha256.clone(),
                outcome: name,
                id,
                reason,
                article: article.map(ArticleSummary::from),
                concerns: concern::concerns(outcome, article, &corpus),
                warnings: outcome.warnings.iter().map(ToString::to_string).collect(),
                removed: article
                    .map(|article| article.removed.clone())
                    .unwrap_or_default(),
            });
        }
        let mut languages = BTreeMap::new();
        for article in &self.articles {
            *languages.entry(article.metadata.lang.clone()).or_default() += 1;
        }
        let dated = self.articles.iter().filter(|a| a.metadata.date.is_some()).count();
        let mut years = BTreeMap::new();
        for date in self.articles.iter().filter_map(|article| article.metadata.date) {
            *years.entry(date.year()).or_default() += 1;
        }
        Report { totals, languages, dated, years, files }
    }
}
