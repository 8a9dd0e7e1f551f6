//! What cleaning gives: outcomes, and articles that are read one by one.

use vitrine_article::{Alternate, Article, Articles, Heading, PartialDate, Relation};
use vitrine_spool::{Kept, Spool, SpoolError};

use crate::{
    Carried, Outcome, OutcomeKind, Warning, assets::attach_files, clean::natural_key,
};

/// A cleaned corpus.
#[derive(Debug, Default)]
pub struct Cleaned {
    spool: Spool,
    outcomes: Vec<Outcome>,
    /// What is known of the article of each outcome; a copy of another has one, too.
    contents: Vec<Option<Content>>,
    /// Positions of the outcomes that are articles of their own.
    articles: Vec<usize>,
    /// The files that travel with the articles, once they have been looked for.
    carried: Option<Carried>,
}

/// What is known of an article beside its text.
#[derive(Debug)]
pub(crate) struct Content {
    /// The article without the following.
    pub(crate) article: Kept<Article>,
    pub(crate) id: String,
    pub(crate) lang: String,
    pub(crate) date: Option<PartialDate>,
    pub(crate) duplicates: Vec<Alternate>,
    pub(crate) relations: Vec<Relation>,
    /// Whether it was exported from an archive, and has its files already.
    pub(crate) is_exported: bool,
}

impl Content {
    /// Gives the article the files that were found for it.
    fn attach(is_exported: bool, article: &mut Article, carried: &Carried) {
        if !(is_exported && carried.keeps_exported) {
            attach_files(article, carried);
        }
    }
}

impl Cleaned {
    pub(crate) fn new(spool: Spool) -> Self {
        Self { spool, ..Self::default() }
    }

    /// Adds the next outcome, with what is known of its article if it has one.
    pub(crate) fn push(&mut self, outcome: Outcome, content: Option<Content>) {
        if matches!(outcome.kind, OutcomeKind::Article { .. }) {
            self.articles.push(self.outcomes.len());
        }
        self.outcomes.push(outcome);
        self.contents.push(content);
    }

    /// Takes what came of looking for the files of the articles, which then have them; a
    /// file that travels is an input, too.
    pub fn carry(&mut self, carried: Carried) {
        for outcome in &mut self.outcomes {
            if matches!(outcome.kind, OutcomeKind::Article { .. }) {
                outcome.warnings.extend(refused_parts(&outcome.path, &carried));
            }
            let is_page = matches!(
                outcome.kind,
                OutcomeKind::Article { .. } | OutcomeKind::DuplicateOf { .. }
            );
            if is_page {
                continue;
            }
            if let Some(file) = carried.files.get(&outcome.path) {
                outcome.kind = OutcomeKind::Asset { file: file.path() };
            } else if let Some(reason) = carried.refused.get(&outcome.path) {
                outcome.kind = OutcomeKind::Skipped { reason: reason.clone() };
            }
        }
        let outcomes = std::mem::take(&mut self.outcomes);
        let contents = std::mem::take(&mut self.contents);
        let mut all: Vec<(Outcome, Option<Content>)> =
            outcomes.into_iter().zip(contents).collect();
        for path in &carried.beside {
            if let Some(file) = carried.files.get(path) {
                let outcome = Outcome {
                    path: path.clone(),
                    sha256: String::new(),
                    kind: OutcomeKind::Asset { file: file.path() },
                    warnings: Vec::new(),
                };
                all.push((outcome, None));
            }
        }
        // Stable: records of the same path keep their order.
        all.sort_by(|(a, _), (b, _)| natural_key(&a.path).cmp(&natural_key(&b.path)));
        self.articles.clear();
        for (outcome, content) in all {
            self.push(outcome, content);
        }
        self.carried = Some(carried);
    }

    /// What became of each input, sorted by path; exactly one each.
    pub fn outcomes(&self) -> &[Outcome] {
        &self.outcomes
    }

    /// The inputs that could not be read: path and reason of each.
    pub fn unreadable(&self) -> impl Iterator<Item = (&str, &str)> {
        self.outcomes.iter().filter_map(|outcome| match &outcome.kind {
            OutcomeKind::Unreadable { reason } => {
                Some((outcome.path.as_str(), reason.as_str()))
            }
            _ => None,
        })
    }

    /// Returns the number of articles.
    pub fn article_count(&self) -> usize {
        self.articles.len()
    }

    /// Returns the path of the input that article number `number` was exported in; `None` of
    /// one that was cleaned here.
    pub fn exported_in(&self, number: usize) -> Option<&str> {
        let position = *self.articles.get(number)?;
        let content = self.contents.get(position)?.as_ref()?;
        let outcome = self.outcomes.get(position)?;
        content.is_exported.then_some(outcome.path.as_str())
    }

    /// Reads the articles in the order of their numbers.
    pub fn articles(&self) -> impl Iterator<Item = Result<Article, SpoolError>> {
        self.articles.iter().filter_map(|&position| self.article_of(position).transpose())
    }

    /// Reads article number `number`; `None` beyond the last.
    ///
    /// # Errors
    ///
    /// [`SpoolError`] when it can't be read again.
    pub fn article(&self, number: usize) -> Result<Option<Article>, SpoolError> {
        self.articles.get(number).map_or(Ok(None), |&position| self.article_of(position))
    }

    /// Reads the article that outcome number `position` is about: one of its own, or a
    /// copy as it was cleaned. `None` where there is none.
    ///
    /// # Errors
    ///
    /// [`SpoolError`] when it can't be read again.
    pub fn article_of(&self, position: usize) -> Result<Option<Article>, SpoolError> {
        let Some(content) = self.contents.get(position).and_then(Option::as_ref) else {
            return Ok(None);
        };
        let mut article = self.spool.look(&content.article)?.into_owned();
        article.id.clone_from(&content.id);
        article.duplicates.clone_from(&content.duplicates);
        article.relations.clone_from(&content.relations);
        if let Some(carried) = &self.carried {
            Content::attach(content.is_exported, &mut article, carried);
        }
        Ok(Some(article))
    }

    /// Gives each outcome with the article that it is about, as [`Cleaned::article_of`]
    /// does, in the order of [`Cleaned::outcomes`].
    pub(crate) fn into_parts(
        self,
    ) -> impl Iterator<Item = (Outcome, Result<Option<Article>, SpoolError>)> {
        let Self { mut spool, outcomes, contents, carried, .. } = self;
        outcomes.into_iter().zip(contents).map(move |(outcome, content)| {
            let article = content.map(|content| {
                let Content { article, id, duplicates, relations, is_exported, .. } =
                    content;
                let article = spool.take(article)?;
                let mut article = Article { id, duplicates, relations, ..article };
                if let Some(carried) = &carried {
                    Content::attach(is_exported, &mut article, carried);
                }
                Ok(article)
            });
            (outcome, article.transpose())
        })
    }
}

/// What is to be told of the pictures that stand in the page at `path`: they are no inputs of
/// their own.
fn refused_parts(path: &str, carried: &Carried) -> Vec<Warning> {
    let inside = format!("{path}!");
    let parts = carried.refused.range(inside.clone()..);
    parts
        .take_while(|(path, _)| path.starts_with(&inside))
        .map(|(_, reason)| Warning::Picture { reason: reason.clone() })
        .collect()
}

impl Articles for &Cleaned {
    type Error = SpoolError;

    fn count(&self) -> usize {
        self.article_count()
    }

    fn heading(&self, number: usize) -> Option<Heading<'_>> {
        let content = self.contents.get(*self.articles.get(number)?)?;
        let Content { id, lang, date, .. } = content.as_ref()?;
        Some(Heading { id, lang, date: *date })
    }

    fn read(&mut self, number: usize) -> Result<Option<Article>, SpoolError> {
        self.article(number)
    }
}
