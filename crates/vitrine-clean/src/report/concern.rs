//! Reasons to look at an input: where a cleaning may have gone wrong.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use vitrine_article::Article;
use vitrine_spool::SpoolError;

use crate::{
    NonArticle, Outcome, OutcomeKind, Warning, export,
    fingerprint::{Counts, hash},
    typography::{columns, is_sentence_end, key},
};

/// Least width of a line that counts as running text, in columns.
const MIN_SENTENCE: usize = 80;

/// Bodies below this width are short, in columns.
const SHORT_BODY: usize = 240;

/// Share of a folder's articles that have a date where the others should have one too, in
/// percent.
const DATED_PERCENT: usize = 60;

/// Inputs that may leave out the same sentence before it counts as the site's own.
const MAX_SHARED: usize = 2;

/// A reason for a person to look at an input.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, thiserror::Error,
)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Concern {
    /// It could not be read.
    #[error("not read")]
    Unreadable,
    /// Running text is among what was removed.
    #[error("lines that read like running text were left out: {sentences}")]
    RemovedText {
        /// How many lines.
        sentences: usize,
    },
    /// It counts as no article, but has running text.
    #[error("no article, but it has running text")]
    RejectedText,
    /// No title was found.
    #[error("no title")]
    Untitled,
    /// It has no date, though most of its folder has.
    #[error("no date, unlike the rest of its folder")]
    Undated,
    /// The body is very short.
    #[error("a very short body")]
    Short,
    /// There were warnings.
    #[error("warnings: {count}")]
    Warnings {
        /// How many.
        count: usize,
    },
}

impl Concern {
    /// How much it weighs when inputs are put in the order in which to look at them.
    pub(super) fn weight(&self) -> u32 {
        match self {
            Self::Unreadable => 8,
            Self::RemovedText { .. } | Self::RejectedText => 5,
            Self::Untitled => 4,
            Self::Undated | Self::Short => 2,
            Self::Warnings { .. } => 1,
        }
    }
}

/// What the articles of a corpus have in common.
#[derive(Debug, Default)]
pub(super) struct Corpus {
    /// Numbers of articles and of those with a date, by folder.
    folders: BTreeMap<String, (usize, usize)>,
    /// Numbers of articles that left a sentence out, by the hash of its key.
    sentences: Counts,
}

impl Corpus {
    /// Reads the articles of the corpus.
    pub(super) fn observe(
        articles: impl Iterator<Item = Result<Article, SpoolError>>,
    ) -> Result<Self, SpoolError> {
        let mut folders: BTreeMap<String, (usize, usize)> = BTreeMap::new();
        let mut sentences = Vec::new();
        for article in articles {
            let article = article?;
            let folder = folder(&article.provenance.path).to_owned();
            let (all, dated) = folders.entry(folder).or_default();
            *all += 1;
            *dated += usize::from(article.metadata.date.is_some());
            let of_article: BTreeSet<u64> = removed_sentences(&article)
                .map(|sentence| hash(key(sentence).as_bytes()))
                .collect();
            sentences.extend(of_article);
        }
        Ok(Self { folders, sentences: sentences.into() })
    }

    /// Counts the sentences that this article alone leaves out and does not hold as well.
    fn lost_sentences(&self, article: &Article) -> usize {
        let mut body = None;
        removed_sentences(article)
            .map(key)
            .filter(|sentence| {
                let count = self.sentences.get(hash(sentence.as_bytes()));
                let texts = || {
                    let captions = export::captions(&article.blocks).concat();
                    key(&(export::paragraphs(&article.blocks).concat() + &captions))
                };
                count <= MAX_SHARED
                    && !body.get_or_insert_with(texts).contains(sentence.as_str())
            })
            .count()
    }

    fn is_mostly_dated(&self, path: &str) -> bool {
        let (all, dated) = self.folders.get(folder(path)).copied().unwrap_or_default();
        all >= 5 && dated * 100 >= all * DATED_PERCENT
    }
}

fn folder(path: &str) -> &str {
    path.rsplit_once(['/', '#']).map_or("", |(folder, _)| folder)
}

/// Returns why a person should look at `outcome`, in the order of [`Concern`].
pub(super) fn concerns(
    outcome: &Outcome,
    article: Option<&Article>,
    corpus: &Corpus,
) -> Vec<Concern> {
    let mut found = Vec::new();
    match &outcome.kind {
        OutcomeKind::Unreadable { .. } => found.push(Concern::Unreadable),
        OutcomeKind::NotAnArticle { reason, beginning } => {
            if *reason != NonArticle::Error && is_running_text(beginning) {
                found.push(Concern::RejectedText);
            }
        }
        OutcomeKind::Article { .. }
        | OutcomeKind::Asset { .. }
        | OutcomeKind::DuplicateOf { .. }
        | OutcomeKind::Skipped { .. } => {}
    }
    if let Some(article) = article {
        let sentences = corpus.lost_sentences(article);
        if sentences > 0 {
            found.push(Concern::RemovedText { sentences });
        }
        if article.metadata.date.is_none() && corpus.is_mostly_dated(&outcome.path) {
            found.push(Concern::Undated);
        }
        if columns(&article.plain_text()) < SHORT_BODY {
            found.push(Concern::Short);
        }
    }
    let is_untitled = outcome.warnings.contains(&Warning::Untitled);
    if is_untitled {
        found.push(Concern::Untitled);
    }
    let count = outcome.warnings.len() - usize::from(is_untitled);
    if count > 0 {
        found.push(Concern::Warnings { count });
    }
    found.sort();
    found
}

fn is_running_text(line: &str) -> bool {
    columns(line) >= MIN_SENTENCE && is_sentence_end(line)
}

/// The removed lines that read like running text; a legal notice always does.
fn removed_sentences(article: &Article) -> impl Iterator<Item = &str> {
    article
        .removed
        .iter()
        .filter(|removal| removal.reason != "legal notice")
        .flat_map(|removal| removal.text.lines())
        .filter(|line| is_running_text(line))
}
