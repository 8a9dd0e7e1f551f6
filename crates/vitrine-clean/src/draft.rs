//! An article before ids are given and copies are told.

use vitrine_article::{Alternate, Article, Metadata, PartialDate, Relation};
use vitrine_spool::{Kept, Spool, SpoolError};

use crate::{
    cleaned::Content,
    duplicates::Fingerprint,
    export::{captions, paragraphs},
    fingerprint::Digest,
    pending::Extraction,
    relations::{Related, numbers},
    typography::key,
};

/// What is held in memory of an article until the corpus is cleaned.
#[derive(Debug)]
pub(crate) struct Draft {
    /// Position of the input.
    pub(crate) input: usize,
    /// Without an id, and without what ties it to others.
    pub(crate) article: Kept<Article>,
    /// Empty until it is given.
    pub(crate) id: String,
    pub(crate) given_id: Option<String>,
    pub(crate) is_record: bool,
    pub(crate) title: String,
    lang: String,
    date: Option<PartialDate>,
    /// Its address, or else its path.
    address: String,
    has_url: bool,
    pub(crate) traits: Traits,
}

/// What tells a text from others, short enough to be held of each.
#[derive(Debug)]
pub(crate) struct Traits {
    /// Of the text's key: of equal ones the articles say the same.
    pub(crate) text: Digest,
    pub(crate) fingerprint: Fingerprint,
    numbers: Box<[u64]>,
    /// Length of the running text, in bytes.
    len_bytes: usize,
}

impl Traits {
    /// Looks at the text of an article.
    pub(crate) fn of(article: &Article, is_record: bool) -> Self {
        let body = paragraphs(&article.blocks).join("\n");
        let body_key = key(&body);
        let captions = captions(&article.blocks).join("\n");
        let (numbers, text) = if captions.is_empty() {
            (numbers(&body), Digest::of(&body_key))
        } else {
            let text = format!("{body}\n{captions}");
            (numbers(&text), Digest::of(&key(&text)))
        };
        let path = &article.provenance.path;
        let fingerprint = Fingerprint::new(&body, &body_key, path, is_record);
        Self { text, fingerprint, numbers, len_bytes: body.len() }
    }
}

impl Draft {
    /// Keeps the article of an input, and what is needed of it at once.
    pub(crate) fn new(
        input: usize,
        extraction: Extraction,
        traits: Traits,
        spool: &mut Spool,
    ) -> Result<Self, SpoolError> {
        let Extraction { article, given_id, is_record, .. } = extraction;
        let Article { metadata, provenance, .. } = &article;
        let Metadata { title, lang, date, url, .. } = metadata.clone();
        Ok(Self {
            input,
            id: String::new(),
            given_id,
            is_record,
            title,
            lang,
            date,
            has_url: url.is_some(),
            address: url.unwrap_or_else(|| provenance.path.clone()),
            // The text, and its parts with their places in memory.
            article: spool.keep(article, 2 * traits.len_bytes)?,
            traits,
        })
    }

    /// What tells whether it belongs with another article.
    pub(crate) fn related(&self) -> Related<'_> {
        // Of an export the id tells what the record is, not the path.
        let is_address = self.has_url || !self.is_record;
        Related {
            id: &self.id,
            title: &self.title,
            lang: &self.lang,
            date: self.date,
            address: if is_address { &self.address } else { &self.id },
            numbers: &self.traits.numbers,
        }
    }

    /// What stays known of it, with what ties it to others.
    pub(crate) fn into_content(
        self,
        duplicates: Vec<Alternate>,
        relations: Vec<Relation>,
    ) -> Content {
        let Self { article, id, lang, date, .. } = self;
        Content { article, id, lang, date, duplicates, relations, is_exported: false }
    }
}
