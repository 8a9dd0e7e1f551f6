//! What became of each input, with the reason.

use serde::{Deserialize, Serialize};

/// What became of one input page or record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Path of the input, as the reader gave it.
    pub path: String,
    /// SHA-256 of its raw bytes, lower-case hexadecimal.
    pub sha256: String,
    /// What it became.
    pub kind: OutcomeKind,
    /// Partial trouble that a person should look at.
    pub warnings: Vec<Warning>,
}

/// The six things that an input can become; it always becomes exactly one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OutcomeKind {
    /// An article of its own.
    Article {
        /// Its id.
        id: String,
    },
    /// Another copy of an article.
    DuplicateOf {
        /// Id of the article that is kept; this copy is not part of the archive.
        id: String,
    },
    /// A file that an article shows or offers.
    Asset {
        /// Its path in the archive.
        file: String,
    },
    /// A page without an article.
    NotAnArticle {
        /// What it is instead.
        reason: NonArticle,
        /// How its longest paragraph begins, up to 200 characters; empty when it has none.
        beginning: String,
    },
    /// A sound input that holds no page, or none that is wanted: a redirect, an older
    /// capture, a draft.
    Skipped {
        /// Why.
        reason: String,
    },
    /// Bytes that are no page.
    Unreadable {
        /// Why, with the remedy.
        reason: String,
    },
}

impl OutcomeKind {
    /// Returns why the input is no article; empty for an article and its copies.
    pub(crate) fn reason(&self) -> String {
        match self {
            Self::Article { .. } | Self::DuplicateOf { .. } => String::new(),
            Self::Asset { file } => format!("shown or offered by an article: {file}"),
            Self::NotAnArticle { reason, .. } => reason.to_string(),
            Self::Skipped { reason } | Self::Unreadable { reason } => reason.clone(),
        }
    }
}

/// What a page is that holds no article.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    thiserror::Error,
)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum NonArticle {
    /// The input is empty, or nothing is left once navigation and labels are gone.
    #[error("no text of its own")]
    Empty,
    /// A list of links to other pages.
    #[error("a list of other pages")]
    Index,
    /// A message of a server: not found, no access.
    #[error("an error page")]
    Error,
    /// A form to log in, search or write to the site.
    #[error("a form")]
    Form,
    /// Short lines without a sentence: a site map, contact data.
    #[error("no running text")]
    NoText,
}

/// Partial trouble with one page that still became something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[non_exhaustive]
pub enum Warning {
    /// Some bytes are no text in the page's encoding.
    #[error("{count} byte sequences are no {encoding} and stand as U+FFFD")]
    Damaged {
        /// How many.
        count: usize,
        /// The encoding.
        encoding: String,
    },
    /// A field of a record could not be used.
    #[error("{problem}")]
    Field {
        /// What is wrong with it.
        problem: String,
    },
    /// A date that was given is none.
    #[error("the date is not understood and was left out: {text:?}")]
    Date {
        /// What was given.
        text: String,
    },
    /// Day and month of a date may be swapped.
    #[error("day and month cannot be told apart; read day first: {text:?}")]
    AmbiguousDate {
        /// What was given.
        text: String,
    },
    /// The id that was given is taken.
    #[error("the id {given:?} is taken; this one became {id:?}")]
    Id {
        /// What was given.
        given: String,
        /// What it became.
        id: String,
    },
    /// A picture that stands in the page itself is not in the archive.
    #[error("a picture in the page was left out: {reason}")]
    Picture {
        /// Why.
        reason: String,
    },
    /// The page has no title.
    #[error("no title was found")]
    Untitled,
}
