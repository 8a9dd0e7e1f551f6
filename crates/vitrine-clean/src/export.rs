//! The records that `vitrine clean` prints: one for an article, one for an input.

use std::borrow::Cow;

use serde::Serialize;
use vitrine_article::{
    Alternate, Article, Asset, Block, BlockLanguage, Metadata, PartialDate, Provenance,
    Relation, Removal,
};
use vitrine_spool::SpoolError;

use crate::{Cleaned, Outcome, OutcomeKind};

/// An article as one JSON object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ArticleRecord {
    /// Identifier in the archive.
    pub id: String,
    /// Title.
    pub title: String,
    /// Date of publication, ISO 8601, as precise as the page says.
    pub date: Option<PartialDate>,
    /// Authors, one name each.
    pub authors: Vec<String>,
    /// Publication in which the article appeared first.
    pub source: Option<String>,
    /// Section of the site.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// What kind of text it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#type: Option<String>,
    /// What it says in short.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#abstract: Option<String>,
    /// Language, BCP 47.
    pub lang: String,
    /// Address of the original page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The running text: a paragraph, heading, list item or table row each. Captions of
    /// figures are in `blocks` only.
    pub paragraphs: Vec<String>,
    /// The body as blocks.
    pub blocks: Vec<Block>,
    /// The blocks that are in another language than the article.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<BlockLanguage>,
    /// Where the article came from.
    pub provenance: Provenance,
    /// What was left out, and why.
    pub removed: Vec<Removal>,
    /// Other inputs with the same article.
    pub duplicates: Vec<Alternate>,
    /// Other articles that belong with this one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub relations: Vec<Relation>,
    /// Files that it links to.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub assets: Vec<Asset>,
}

/// An input as one JSON object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileRecord {
    /// Path of the input.
    pub path: String,
    /// Whether it holds an article, a duplicate included.
    pub article: bool,
    /// Why it is no article of its own.
    pub reason: Option<String>,
    /// Id of the article that stands for all inputs with the same text.
    pub cluster: Option<String>,
    /// SHA-256 of the raw bytes.
    pub sha256: String,
    /// Partial trouble.
    pub warnings: Vec<String>,
    /// The fields of the article, of a duplicate as this copy has them.
    #[serde(flatten)]
    pub fields: Option<ArticleRecord>,
}

impl From<Article> for ArticleRecord {
    fn from(article: Article) -> Self {
        let Metadata {
            title,
            date,
            authors,
            source,
            section,
            r#type,
            r#abstract,
            lang,
            url,
        } = article.metadata;
        Self {
            id: article.id,
            title,
            date,
            authors,
            source,
            section,
            r#type,
            r#abstract,
            lang,
            url,
            paragraphs: {
                let paragraphs = paragraphs(&article.blocks).into_iter();
                paragraphs.map(Cow::into_owned).collect()
            },
            blocks: article.blocks,
            languages: article.languages,
            provenance: article.provenance,
            removed: article.removed,
            duplicates: article.duplicates,
            relations: article.relations,
            assets: article.assets,
        }
    }
}

impl Cleaned {
    /// Gives one record for each article, in the order of their numbers.
    pub fn article_records(
        self,
    ) -> impl Iterator<Item = Result<ArticleRecord, SpoolError>> {
        let is_article =
            |outcome: &Outcome| matches!(outcome.kind, OutcomeKind::Article { .. });
        self.into_parts().filter_map(move |(outcome, article)| {
            let article = article.transpose().filter(|_| is_article(&outcome))?;
            Some(article.map(ArticleRecord::from))
        })
    }

    /// Gives one record for each input, in the order of [`Cleaned::outcomes`].
    pub fn file_records(self) -> impl Iterator<Item = Result<FileRecord, SpoolError>> {
        self.into_parts().map(|(outcome, article)| {
            let Outcome { path, sha256, kind, warnings } = outcome;
            let reason = match &kind {
                OutcomeKind::Article { .. } => None,
                OutcomeKind::DuplicateOf { id } => Some(format!("duplicate of {id}")),
                other => Some(other.reason()),
            };
            let cluster = match kind {
                OutcomeKind::Article { id } | OutcomeKind::DuplicateOf { id } => Some(id),
                _ => None,
            };
            let fields = article?.map(ArticleRecord::from);
            Ok(FileRecord {
                path,
                article: fields.is_some(),
                reason,
                cluster,
                sha256,
                warnings: warnings.iter().map(ToString::to_string).collect(),
                fields,
            })
        })
    }
}

/// Returns the running text in small units: a paragraph, heading, list item, table row or
/// piece of code each. A figure is no part of it.
pub fn paragraphs(blocks: &[Block]) -> Vec<Cow<'_, str>> {
    let mut out = Vec::new();
    for block in leaves(blocks) {
        match block {
            Block::Figure { .. } => {}
            Block::Table { .. } => {
                let text = block.plain_text();
                out.extend(text.lines().map(|line| line.to_owned().into()));
            }
            _ => out.push(block.as_plain_text()),
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
