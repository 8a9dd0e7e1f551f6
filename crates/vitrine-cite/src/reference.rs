//! What is cited.

use vitrine_article::{Article, PartialDate};

use crate::Name;

/// What a citation of an article says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reference {
    /// Id of the article in its archive; the key of BibTeX is made of it.
    pub id: String,
    /// Title.
    pub title: String,
    /// Authors in the order of the article.
    pub authors: Vec<Name>,
    /// What the article was published in; the archive's title where that is not known.
    pub container: String,
    /// What kind of text it is, as the archive calls it; empty when unknown.
    pub r#type: String,
    /// What it says in short; empty where nobody said.
    pub r#abstract: String,
    /// Date of publication.
    pub date: Option<PartialDate>,
    /// Where the article is found.
    pub url: Option<String>,
    /// The day on which it was read there.
    pub accessed: Option<PartialDate>,
    /// BCP 47 tag of the article's language.
    pub lang: String,
}

impl Reference {
    /// Returns the reference of an article.
    ///
    /// `archive` is the title of its archive. `address` is where the reader has it, used
    /// where the article's own address is not known, and `accessed` the day.
    pub fn new(
        article: &Article,
        archive: &str,
        address: Option<&str>,
        accessed: Option<PartialDate>,
    ) -> Self {
        let metadata = &article.metadata;
        let container = metadata.source.as_deref().unwrap_or(archive);
        let url = metadata.url.as_deref().or(address);
        Self {
            id: article.id.clone(),
            title: metadata.title.clone(),
            authors: metadata.authors.iter().map(|name| Name::parse(name)).collect(),
            container: container.to_owned(),
            r#type: metadata.r#type.clone().unwrap_or_default(),
            r#abstract: metadata.r#abstract.clone().unwrap_or_default(),
            date: metadata.date,
            url: url.map(str::to_owned),
            accessed,
            lang: metadata.lang.clone(),
        }
    }

    /// Whether the article is in Chinese, which has its own words for "and others".
    pub(crate) fn is_chinese(&self) -> bool {
        self.lang == "zh" || self.lang.starts_with("zh-")
    }
}
