//! The report of a cleaning: totals, and a row for every input.

mod concern;

use std::collections::BTreeMap;

use serde::Serialize;
use vitrine_article::{Article, Articles, Asset, Heading, PartialDate, Removal};
use vitrine_spool::SpoolError;

use crate::{Cleaned, OutcomeKind, typography::one_line};
pub use concern::Concern;
use concern::Corpus;

/// Length of the excerpts of a body in the report, in characters.
const EXCERPT_LEN: usize = 160;

/// What became of every input; the sums of [`Totals`] agree with the rows.
#[derive(Debug)]
pub struct Report<'a> {
    cleaned: &'a Cleaned,
    corpus: Corpus,
    /// The numbers.
    pub summary: ReportSummary,
}

/// What became of all inputs, in numbers.
#[derive(Debug, Clone, Serialize)]
pub struct ReportSummary {
    /// Numbers of inputs by outcome.
    pub totals: Totals,
    /// Numbers of articles by language.
    pub languages: BTreeMap<String, usize>,
    /// Number of articles that have a date.
    pub dated: usize,
    /// Numbers of articles by year of publication.
    pub years: BTreeMap<u16, usize>,
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
    /// Those that are files which an article shows or offers.
    pub assets: usize,
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
    /// `article`, `duplicate`, `asset`, `non_article`, `skipped` or `unreadable`.
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
    /// The files that it shows or offers; one without a file was not among the inputs, or
    /// could not travel.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub assets: Vec<Asset>,
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
            assets: article.assets.clone(),
        }
    }
}

impl Cleaned {
    /// Returns the numbers of inputs by outcome.
    pub fn totals(&self) -> Totals {
        let mut totals = Totals { inputs: self.outcomes().len(), ..Totals::default() };
        for outcome in self.outcomes() {
            *match outcome.kind {
                OutcomeKind::Article { .. } => &mut totals.articles,
                OutcomeKind::DuplicateOf { .. } => &mut totals.duplicates,
                OutcomeKind::Asset { .. } => &mut totals.assets,
                OutcomeKind::NotAnArticle { .. } => &mut totals.non_articles,
                OutcomeKind::Skipped { .. } => &mut totals.skipped,
                OutcomeKind::Unreadable { .. } => &mut totals.unreadable,
            } += 1;
        }
        totals
    }

    /// Returns the report of this cleaning.
    ///
    /// # Errors
    ///
    /// [`SpoolError`] when an article can't be read again.
    pub fn report(&self) -> Result<Report<'_>, SpoolError> {
        let mut languages = BTreeMap::new();
        let mut years = BTreeMap::new();
        let mut dated = 0;
        for Heading { lang, date, .. } in self.headings() {
            *languages.entry(lang.to_owned()).or_default() += 1;
            if let Some(date) = date {
                dated += 1;
                *years.entry(date.year()).or_default() += 1;
            }
        }
        Ok(Report {
            cleaned: self,
            corpus: Corpus::observe(self.articles())?,
            summary: ReportSummary { totals: self.totals(), languages, dated, years },
        })
    }
}

impl Report<'_> {
    /// Reads a row for each input, sorted by path.
    pub fn rows(&self) -> impl Iterator<Item = Result<ReportRow, SpoolError>> {
        (0..self.cleaned.outcomes().len())
            .filter_map(|number| self.row(number).transpose())
    }

    /// Reads row number `number`; `None` beyond the last.
    ///
    /// # Errors
    ///
    /// [`SpoolError`] when the article can't be read again.
    pub fn row(&self, number: usize) -> Result<Option<ReportRow>, SpoolError> {
        let Some(outcome) = self.cleaned.outcomes().get(number) else { return Ok(None) };
        let (name, id, reason) = match &outcome.kind {
            OutcomeKind::Article { id } => ("article", Some(id.clone()), None),
            OutcomeKind::DuplicateOf { id } => ("duplicate", Some(id.clone()), None),
            OutcomeKind::Asset { .. } => ("asset", None, Some(outcome.kind.reason())),
            OutcomeKind::NotAnArticle { .. } => {
                ("non_article", None, Some(outcome.kind.reason()))
            }
            OutcomeKind::Skipped { .. } => ("skipped", None, Some(outcome.kind.reason())),
            OutcomeKind::Unreadable { .. } => {
                ("unreadable", None, Some(outcome.kind.reason()))
            }
        };
        let article = self.cleaned.article_of(number)?;
        Ok(Some(ReportRow {
            path: outcome.path.clone(),
            sha256: outcome.sha256.clone(),
            outcome: name,
            id,
            reason,
            concerns: concern::concerns(outcome, article.as_ref(), &self.corpus),
            warnings: outcome.warnings.iter().map(ToString::to_string).collect(),
            article: article.as_ref().map(ArticleSummary::from),
            removed: article.map(|article| article.removed).unwrap_or_default(),
        }))
    }
}
