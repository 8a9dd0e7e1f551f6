//! The article and its bibliographic metadata.

use serde::{Deserialize, Serialize};

use crate::{
    Alternate, Asset, AssetFile, Block, PartialDate, Provenance, Relation, Removal, block,
};

/// One cleaned article.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// Identifier, unique in an archive and stable over re-packs of the same input.
    ///
    /// It stands in links (`#/article/<id>`), so it is any non-empty string without
    /// control characters; readers percent-encode it where a URL needs that.
    pub id: String,
    /// Bibliographic data.
    #[serde(flatten)]
    pub metadata: Metadata,
    /// The body, in reading order.
    pub blocks: Vec<Block>,
    /// The blocks of the body that are in another language than the article, in reading
    /// order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<BlockLanguage>,
    /// Where the article came from.
    pub provenance: Provenance,
    /// Text of the page that is not part of the article, with the reason for each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub removed: Vec<Removal>,
    /// Other inputs that hold this same article.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub duplicates: Vec<Alternate>,
    /// Other articles of the archive that belong with this one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub relations: Vec<Relation>,
    /// Files that it shows or links to, in reading order: in an archive those that are in
    /// it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assets: Vec<Asset>,
}

/// The language of a block that is not in the article's.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockLanguage {
    /// Position of the block in [`Article::blocks`], from 0.
    pub block: u32,
    /// Its language as a BCP 47 tag.
    pub lang: String,
}

/// Bibliographic data of an article; names follow Dublin Core where it has one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Metadata {
    /// Title, one line, without markup; empty only when the page has none.
    pub title: String,
    /// Date of publication (`dcterms:issued`), as precise as the page says.
    pub date: Option<PartialDate>,
    /// Authors (`dc:creator`), one name each, in the order of the byline.
    #[serde(default)]
    pub authors: Vec<String>,
    /// Publication in which the article appeared first (`dc:source`).
    pub source: Option<String>,
    /// Section or category of the site.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// What kind of text it is (`dc:type`): `News`, `Interview`, or as its source calls it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub r#type: Option<String>,
    /// What it says in short, in the words of its publisher (`dcterms:abstract`), in one line;
    /// nothing that its text says as well.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub r#abstract: Option<String>,
    /// Language as a BCP 47 tag: `en`, `zh-Hans`, `zh-Hant`; `und` when unknown.
    pub lang: String,
    /// Address of the original page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

impl Article {
    /// Returns the body as plain text, blocks separated by a blank line.
    pub fn plain_text(&self) -> String {
        block::plain_text(&self.blocks)
    }

    /// Returns the abstract and the body as plain text, blocks separated by a blank line: what
    /// searches look through and quote.
    pub fn whole_text(&self) -> String {
        let body = self.plain_text();
        match &self.metadata.r#abstract {
            Some(summary) if body.is_empty() => summary.clone(),
            Some(summary) => [summary, "\n\n", &body].concat(),
            None => body,
        }
    }

    /// Returns the language of the block at `position` of the body, where it is not that of
    /// the article.
    pub fn language_of(&self, position: usize) -> Option<&str> {
        let found = self.languages.iter().find(|of| of.block as usize == position)?;
        Some(&found.lang)
    }

    /// Changes the blocks of the body, and removes those for which `keep` returns `false`.
    pub fn retain_blocks(&mut self, mut keep: impl FnMut(&mut Block) -> bool) {
        let mut languages = std::mem::take(&mut self.languages).into_iter().peekable();
        let (mut position, mut kept) = (0, 0);
        self.blocks.retain_mut(|block| {
            let language = languages.next_if(|of| of.block == position);
            position += 1;
            let is_kept = keep(block);
            if is_kept {
                let moved = language.map(|of| BlockLanguage { block: kept, ..of });
                self.languages.extend(moved);
                kept += 1;
            }
            is_kept
        });
    }

    /// Returns the file of the archive that stands for `address`, if there is one.
    pub fn file_of(&self, address: &str) -> Option<&AssetFile> {
        self.assets.iter().find(|asset| asset.address == address)?.file.as_ref()
    }
}

impl Metadata {
    /// Returns the primary language subtag, lower case: `zh` of `zh-Hant`.
    pub fn primary_language(&self) -> &str {
        self.lang.split('-').next().unwrap_or("und")
    }
}

#[cfg(test)]
mod tests {
    use super::{Article, BlockLanguage};
    use crate::Block;

    #[test]
    fn a_block_keeps_its_language_when_another_is_removed() {
        let language = |block, lang: &str| BlockLanguage { block, lang: lang.to_owned() };
        let mut article = Article {
            blocks: ["a", "b", "c", "d"].map(Block::paragraph).into(),
            languages: vec![language(1, "fr"), language(2, "de"), language(3, "la")],
            ..Article::default()
        };
        article.retain_blocks(|block| !matches!(&*block.plain_text(), "a" | "c"));
        assert_eq!(article.blocks, ["b", "d"].map(Block::paragraph));
        assert_eq!(article.languages, [language(0, "fr"), language(1, "la")]);
        assert_eq!(article.language_of(1), Some("la"));
        assert_eq!(article.language_of(2), None);
    }
}
