//! An article before ids are given and copies are told.

use vitrine_article::{Article, Metadata, PartialDate};
use vitrine_spool::{Place, Spool, SpoolError};

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
    /// Where the [`Article`] is put aside: without an id, and without what ties it to
    /// others.
    pub(crate) place: Place,
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
    numbers: Box<[u64]>,
    /// Of the text's key: of equal ones the articles say the same.
    pub(crate) text: Digest,
    pub(crate) fingerprint: Fingerprint,
}

impl Draft {
    /// Puts the article of an input aside and keeps what is needed of it.
    pub(crate) fn new(
        input: usize,
        extraction: &Extraction,
        spool: &mut Spool,
    ) -> Result<Self, SpoolError> {
        let Extraction { article, given_id, is_record, .. } = extraction;
        let Article { metadata, provenance, .. } = article;
        let Metadata { title, lang, date, url, .. } = metadata;
        let body = paragraphs(&article.blocks).join("\n");
        let body_key = key(&body);
        let captions = captions(&article.blocks).join("\n");
        let (numbers, text) = if captions.is_empty() {
            (numbers(&body), Digest::of(&body_key))
        } else {
            let text = format!("{body}\n{captions}");
            (numbers(&text), Digest::of(&key(&text)))
        };
        let path = &provenance.path;
        Ok(Self {
            input,
            place: spool.put(article)?,
            id: String::new(),
            given_id: given_id.clone(),
            is_record: *is_record,
            title: title.clone(),
            lang: lang.clone(),
            date: *date,
            address: url.as_ref().unwrap_or(&provenance.path).clone(),
            has_url: url.is_some(),
            numbers,
            text,
            fingerprint: Fingerprint::new(&body, &body_key, path, *is_record),
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
            numbers: &self.numbers,
        }
    }

    /// What stays known of it.
    pub(crate) fn content(&self) -> Content {
        Content {
            place: self.place,
            id: self.id.clone(),
            lang: self.lang.clone(),
            date: self.date,
            duplicates: Vec::new(),
            relations: Vec::new(),
        }
    }
}
