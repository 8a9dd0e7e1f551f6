//! CSL-JSON: the items that citation processors take.
//!
//! <https://github.com/citation-style-language/schema>

use serde::Serialize;
use vitrine_article::PartialDate;

use crate::{
    Name, Reference,
    kind::{KINDS, Kind},
};

/// An item; as JSON it is one object of a CSL-JSON array.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct CslItem {
    /// Id of the article in its archive.
    pub id: String,
    /// What the type of the article is in CSL; of others `webpage`, or `article` where it has
    /// no address.
    pub r#type: &'static str,
    /// What kind of text it is, where the type does not say it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub genre: String,
    /// Title.
    pub title: String,
    /// Authors.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub author: Vec<CslName>,
    /// What the article was published in.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub container_title: String,
    /// What it says in short.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub r#abstract: String,
    /// Date of publication.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issued: Option<CslDate>,
    /// The day on which it was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accessed: Option<CslDate>,
    /// Where it is found.
    #[serde(rename = "URL", skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// BCP 47 tag.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub language: String,
}

/// A name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum CslName {
    /// A name in parts.
    Person {
        /// Family name with its particles.
        family: String,
        /// Given names.
        given: String,
        /// `Jr.`, `III`.
        #[serde(skip_serializing_if = "String::is_empty")]
        suffix: String,
    },
    /// A name that is one piece.
    Literal {
        /// The name.
        literal: String,
    },
}

/// A date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct CslDate {
    /// One date: year, month and day, as many as are known.
    pub date_parts: [Vec<u16>; 1],
}

impl From<&Reference> for CslItem {
    fn from(reference: &Reference) -> Self {
        let is_known = |kind: &&Kind| kind.name == reference.r#type;
        let (r#type, genre) = match KINDS.iter().find(is_known) {
            Some(kind) => (kind.csl, String::new()),
            None if reference.url.is_some() => ("webpage", reference.r#type.clone()),
            None => ("article", reference.r#type.clone()),
        };
        Self {
            id: reference.id.clone(),
            r#type,
            genre,
            title: reference.title.clone(),
            author: reference.authors.iter().map(CslName::from).collect(),
            container_title: reference.container.clone(),
            r#abstract: reference.r#abstract.clone(),
            issued: reference.date.map(CslDate::from),
            accessed: reference.accessed.map(CslDate::from),
            url: reference.url.clone(),
            language: reference.lang.clone(),
        }
    }
}

impl From<&Name> for CslName {
    fn from(name: &Name) -> Self {
        match name.clone() {
            Name::Person { family, given, suffix } => {
                Self::Person { family, given, suffix }
            }
            Name::Literal { name } => Self::Literal { literal: name },
        }
    }
}

impl From<PartialDate> for CslDate {
    fn from(date: PartialDate) -> Self {
        let parts =
            [Some(date.year()), date.month().map(u16::from), date.day().map(u16::from)];
        Self { date_parts: [parts.into_iter().map_while(|part| part).collect()] }
    }
}
