//! The report of a cleaning: totals, and a row for every input.

use std::collections::BTreeMap;

use serde::Serialize;
use vitrine_article::Removal;

use crate::{Cleaned, OutcomeKind};

/// What became of every input; the sums of [`Totals`] agree with the rows.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// Numbers of inputs by outcome.
    pub totals: Totals,
    /// Numbers of articles by language.
    pub languages: BTreeMap<String, usize>,
    /// Number of articles that have a date.
    pub dated: usize,
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
    /// `article`, `duplicate`, `non_article` or `unreadable`.
    pub outcome: &'static str,
    /// Id of the article that it became or is a copy of.
    pub id: Option<String>,
    /// Why it is no article.
    pub reason: Option<String>,
    /// Partial trouble.
    pub warnings: Vec<String>,
    /// What was left out of the article, and why.
    pub removed: Vec<Removal>,
}

impl Cleaned {
    /// Returns the report of this cleaning.
    pub fn report(&self) -> Report {
        let mut totals = Totals { inputs: self.outcomes.len(), ..Totals::default() };
        let mut files = Vec::with_capacity(self.outcomes.len());
        for outcome in &self.outcomes {
            let (name, count, id, reason, removed) = match &outcome.kind {
                OutcomeKind::Article { id } => {
                    let removed = self.article(id).map(|article| article.removed.clone());
                    ("article", &mut totals.articles, Some(id.clone()), None, removed)
                }
                OutcomeKind::DuplicateOf { id, copy } => {
                    let removed = Some(copy.removed.clone());
                    ("duplicate", &mut totals.duplicates, Some(id.clone()), None, removed)
                }
                OutcomeKind::NotAnArticle { reason } => {
                    let reason = Some(reason.to_string());
                    ("non_article", &mut totals.non_articles, None, reason, None)
                }
                OutcomeKind::Unreadable { reason } => (
                    "unreadable",
                    &mut totals.unreadable,
                    None,
                    Some(reason.clone()),
                    None,
                ),
            };
            *count += 1;
            files.push(ReportRow {
                path: outcome.path.clone(),
                sha256: outcome.sha256.clone(),
                outcome: name,
                id,
                reason,
                warnings: outcome.warnings.iter().map(ToString::to_string).collect(),
                removed: removed.unwrap_or_default(),
            });
        }
        let mut languages = BTreeMap::new();
        for article in &self.articles {
            *languages.entry(article.metadata.lang.clone()).or_default() += 1;
        }
        let dated = self.articles.iter().filter(|a| a.metadata.date.is_some()).count();
        Report { totals, languages, dated, files }
    }
}
