//! The records that `vitrine clean` prints: one for an article, one for an input.

use serde::Serialize;
use vitrine_article::{
    Alternate, Article, Asset, Block, PartialDate, Provenance, Relation, Removal,
};

use crate::{Cleaned, OutcomeKind};

/// An article as one JSON object.
#[derive(Debug, Clone, Serialize)]
pub struct ArticleRecord<'a> {
    /// Identifier in the archive.
    pub id: &'a str,
    /// Title.
    pub title: &'a str,
    /// Date of publication, ISO 8601, as precise as the page says.
    pub date: Option<PartialDate>,
    /// Authors, one name each.
    pub authors: &'a [String],
    /// Publication in which the article appeared first.
    pub source: Option<&'a str>,
    /// Section of the site.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<&'a str>,
    /// Language, BCP 47.
    pub lang: &'a str,
    /// Address of the original page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<&'a str>,
    /// The running text: a paragraph, heading, list item or table row each. Captions of
    /// figures are in `blocks` only.
    pub paragraphs: Vec<String>,
    /// The body as blocks.
    pub blocks: &'a [Block],
    /// Where the article came from.
    pub provenance: &'a Provenance,
    /// What was left out, and why.
    pub removed: &'a [Removal],
    /// Other inputs with the same article.
    pub duplicates: &'a [Alternate],
    /// Other articles that belong with this one.
    #[serde(skip_serializing_if = "<[Relation]>::is_empty")]
    pub relations: &'a [Relation],
    /// Files that it links to.
    #[serde(skip_serializing_if = "<[Asset]>::is_empty")]
    pub assets: &'a [Asset],
}

/// An input as one JSON object.
#[derive(Debug, Clone, Serialize)]
pub struct FileRecord<'a> {
    /// Path of the input.
    pub path: &'a str,
    /// Whether it holds an article, a duplicate included.
    pub article: bool,
    /// Why it is no article of its own.
    pub reason: Option<String>,
    /// Id of the article that stands for all inputs with the same text.
    pub cluster: Option<&'a str>,
    /// SHA-256 of the raw bytes.
    pub sha256: &'a str,
    /// Partial trouble.
    pub warnings: Vec<String>,
    /// The fields of the article, of a duplicate as this copy has them.
    #[serde(flatten)]
    pub fields: Option<ArticleRecord<'a>>,
}

impl<'a> From<&'a Article> for ArticleRecord<'a> {
    fn from(article: &'a Article) -> Self {
        let Article {
            id,
            metadata,
            blocks,
            provenance,
            removed,
            duplicates,
            relations,
            assets,
        } = article;
        Self {
            id,
            title: &metadata.title,
            date: metadata.date,
            authors: &metadata.authors,
            source: metadata.source.as_deref(),
            section: metadata.section.as_deref(),
            lang: &metadata.lang,
            url: metadata.url.as_deref(),
            paragraphs: paragraphs(blocks),
            blocks,
            provenance,
            removed,
            duplicates,
            relations,
            assets,
        }
    }
}

impl Cleaned {
    /// Returns one record for each article, in the order of [`Cleaned::articles`].
    pub fn article_records(&self) -> impl Iterator<Item = ArticleRecord<'_>> {
        self.articles.iter().map(ArticleRecord::from)
    }

    /// Returns one record for each input, in the order of [`Cleaned::outcomes`].
    pub fn file_records(&self) -> impl Iterator<Item = FileRecord<'_>> {
        self.outcomes.iter().map(|outcome| {
            let (cluster, reason, article) = match &outcome.kind {
                OutcomeKind::Article { id } => (Some(id), None, self.article(id)),
                OutcomeKind::DuplicateOf { id, copy } => {
                    (Some(id), Some(format!("duplicate of {id}")), Some(copy.as_ref()))
                }
                OutcomeKind::NotAnArticle { reason, .. } => {
                    (None, Some(reason.to_string()), None)
                }
                OutcomeKind::Skipped { reason } | OutcomeKind::Unreadable { reason } => {
                    (None, Some(reason.clone()), None)
                }
            };
            FileRecord {
                path: &outcome.path,
                article: article.is_some(),
                reason,
                cluster: cluster.map(String::as_str),
                sha256: &outcome.sha256,
                warnings: outcome.warnings.iter().map(ToString::to_string).collect(),
                fields: article.map(ArticleRecord::from),
            }
        })
    }
}

/// Returns the running text in small units: a paragraph, heading, list item, table row or
/// piece of code each. A figure is no part of it.
pub fn paragraphs(blocks: &[Block]) -> Vec<String> {
    let mut out = Vec::new();
    for block in leaves(blocks) {
        match block {
            Block::Figure { .. } => {}
            Block::Table { .. } => {
                let text = block.plain_text();
                out.extend(text.lines().map(str::to_owned));
            }
            _ => out.push(block.plain_text()),
        }
    }
    out.retain(|text| !text.trim().is_empty());
    out
}

/// Returns the captions of figures, in order.
pub(crate) fn captions(blocks: &[Block]) -> Vec<String> {
    let is_figure = |block: &&Block| matches!(block, Block::Figure { .. });
    leaves(blocks).into_iter().filter(is_figure).map(Block::plain_text).collect()
}

/// The blocks that hold no others, in order.
fn leaves(blocks: &[Block]) -> Vec<&Block> {
    let mut out = Vec::new();
    // A stack instead of recursion: how deep blocks nest depends on the input.
    let mut pending: Vec<&Block> = blocks.iter().rev().collect();
    while let Some(block) = pending.pop() {
        match block {
            Block::List { items, .. } => pending.extend(items.iter().flatten().rev()),
            Block::Quote { blocks } => pending.extend(blocks.iter().rev()),
            _ => out.push(block),
        }
    }
    out
}
