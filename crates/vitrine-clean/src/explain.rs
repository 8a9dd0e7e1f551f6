//! One page line by line, with what became of each line.

use serde::Serialize;
use vitrine_article::{Article, Removal};
use vitrine_ingest::{RawContent, RawPage};
use vitrine_spool::SpoolError;

use crate::{
    Cleaned, authors,
    date::{self, DayOrder},
    dump, export, html,
    typography::key,
};

/// A line of a page and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExplainedLine {
    /// The line as a reader of the page sees it.
    pub text: String,
    /// What became of it.
    pub decision: Decision,
}

/// What became of a line of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Decision {
    /// It is, or is part of, a paragraph, heading, list item or row of the body.
    #[error("body {number}")]
    Body {
        /// Which one, from 1.
        number: usize,
    },
    /// It is the caption of a figure.
    #[error("caption")]
    Caption,
    /// It is the title.
    #[error("title")]
    Title,
    /// It says when the article was published.
    #[error("date")]
    Date,
    /// It names the authors.
    #[error("authors")]
    Authors,
    /// It names the publication in which the article appeared first.
    #[error("source")]
    Source,
    /// It was left out.
    #[error("left out: {reason}")]
    Removed {
        /// Why.
        reason: String,
    },
    /// Nothing tells what became of it.
    #[error("not accounted for")]
    Unknown,
}

impl Cleaned {
    /// Explains `page`, one of the pages that were cleaned; `None` when it holds no
    /// article or is none of them.
    ///
    /// The explanation compares what the page shows with what was kept and removed, so it
    /// also tells when a line went missing.
    ///
    /// # Errors
    ///
    /// [`SpoolError`] when the article can't be read again.
    pub fn explain(
        &self,
        page: &RawPage,
    ) -> Result<Option<Vec<ExplainedLine>>, SpoolError> {
        let position = self.outcomes().iter().position(|outcome| {
            outcome.path == page.path && outcome.sha256 == page.sha256
        });
        let article = position.map_or(Ok(None), |position| self.article_of(position))?;
        Ok(article.map(|article| {
            let explained = Explained::new(&article);
            shown_lines(&page.content)
                .into_iter()
                .map(|text| ExplainedLine { decision: explained.decide(&text), text })
                .collect()
        }))
    }
}

/// Returns the lines of a page as its readers see them.
pub(crate) fn shown_lines(content: &RawContent) -> Vec<String> {
    match content {
        RawContent::Text(text) => dump::shown_lines(text),
        RawContent::Html(source) => html::shown_lines(source),
        RawContent::Record(record) => {
            let lines = record.body.lines().filter(|line| !line.trim().is_empty());
            lines.map(str::to_owned).collect()
        }
        RawContent::Exported(exported) => {
            let text = exported.article.plain_text();
            let lines = text.lines().filter(|line| !line.trim().is_empty());
            lines.map(str::to_owned).collect()
        }
    }
}

/// What is known of an article, by the keys of its lines.
struct Explained<'a> {
    article: &'a Article,
    title: String,
    source: String,
    authors: Vec<String>,
    body: Vec<String>,
    captions: Vec<String>,
    /// Keys of what was removed, with the reason.
    removed: Vec<(String, &'a str)>,
}

impl<'a> Explained<'a> {
    fn new(article: &'a Article) -> Self {
        let body = export::paragraphs(&article.blocks);
        let removed = article.removed.iter().flat_map(|Removal { text, reason }| {
            text.lines().map(|line| (key(line), reason.as_str()))
        });
        Self {
            article,
            title: key(&article.metadata.title),
            source: key(article.metadata.source.as_deref().unwrap_or_default()),
            authors: article.metadata.authors.iter().map(|name| key(name)).collect(),
            body: body.iter().map(|text| key(text)).collect(),
            captions: export::captions(&article.blocks).iter().map(|c| key(c)).collect(),
            removed: removed.collect(),
        }
    }

    fn decide(&self, line: &str) -> Decision {
        let key = key(line);
        let removed = |is_it: &dyn Fn(&str) -> bool| {
            let (_, reason) = self.removed.iter().find(|(removed, _)| is_it(removed))?;
            Some(Decision::Removed { reason: (*reason).to_owned() })
        };
        let body = |is_it: &dyn Fn(&str) -> bool| {
            let position = self.body.iter().position(|paragraph| is_it(paragraph))?;
            Some(Decision::Body { number: position + 1 })
        };
        if key == self.title {
            return Decision::Title;
        }
        body(&|paragraph| paragraph == key)
            .or_else(|| removed(&|removed| removed == key))
            .or_else(|| self.metadata(line, &key))
            .or_else(|| {
                let is_caption = |caption: &String| caption.contains(&key);
                self.captions.iter().any(is_caption).then_some(Decision::Caption)
            })
            .or_else(|| body(&|paragraph| !key.is_empty() && paragraph.contains(&key)))
            .or_else(|| removed(&|removed| !key.is_empty() && removed.contains(&key)))
            .or_else(|| removed(&|removed| !removed.is_empty() && key.contains(removed)))
            .unwrap_or(Decision::Unknown)
    }

    /// Whether the line is short and holds a field of the metadata.
    fn metadata(&self, line: &str, key: &str) -> Option<Decision> {
        if line.chars().count() > 200 {
            return None;
        }
        let metadata = &self.article.metadata;
        let is_named = |name: &String| !name.is_empty() && key.contains(name.as_str());
        if self.authors.iter().any(is_named)
            || authors::split(line).iter().any(|name| metadata.authors.contains(name))
        {
            return Some(Decision::Authors);
        }
        if !self.source.is_empty() && key.contains(&self.source) {
            return Some(Decision::Source);
        }
        let has_date =
            [DayOrder::DayFirst, DayOrder::MonthFirst].into_iter().any(|order| {
                date::find(line, order)
                    .is_some_and(|found| Some(found.date) == metadata.date)
            });
        has_date.then_some(Decision::Date)
    }
}
