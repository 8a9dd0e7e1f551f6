//! What readers yield: a page as it was found, or why there is none.

/// One page or record as it was found; nothing in it is trusted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawPage {
    /// Path of the input with `/` as separator; a record of a container is `path#line`.
    pub path: String,
    /// SHA-256 of the raw bytes of the file (of the line, in JSON Lines), lower-case
    /// hexadecimal.
    pub sha256: String,
    /// Encoding that the bytes were decoded with, as the Encoding Standard names it.
    pub encoding: String,
    /// Number of byte sequences that are no text in that encoding and stand in the
    /// content as U+FFFD.
    pub replaced: usize,
    /// Where and when a crawl fetched it.
    pub capture: Capture,
    /// The content.
    pub content: RawContent,
}

/// Where and when a crawl fetched a page; nothing is known of pages from elsewhere.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Capture {
    /// Address that was asked for.
    pub url: Option<String>,
    /// Time of the fetch: RFC 3339 in UTC.
    pub captured: Option<String>,
}

/// The decoded content of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RawContent {
    /// The plain-text dump of a page.
    Text(String),
    /// The source of an HTML page.
    Html(String),
    /// A record of an export, whose fields are already apart.
    Record(Box<Record>),
}

/// A record of an export: fields as they were given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Record {
    /// Identifier in the export.
    pub id: Option<String>,
    /// Title.
    pub title: Option<String>,
    /// Date, in whatever form it was given.
    pub date: Option<String>,
    /// Authors, one entry for each that was given apart.
    pub authors: Vec<String>,
    /// Language tag.
    pub lang: Option<String>,
    /// Address of the original page.
    pub url: Option<String>,
    /// Publication in which the article appeared first.
    pub source: Option<String>,
    /// Body, paragraphs separated by blank lines.
    pub body: String,
    /// Fields that were given but could not be used.
    pub warnings: Vec<FieldWarning>,
}

/// A field of a record that was given but could not be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("field {field:?} is {got}, not {expected}; it was left out")]
pub struct FieldWarning {
    /// Name of the field.
    pub field: &'static str,
    /// What the field has to be.
    pub expected: &'static str,
    /// What it is instead.
    pub got: &'static str,
}

/// An input that yields no page.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{reason}: {path:?}")]
pub struct Unreadable {
    /// Path of the input, as in [`RawPage::path`].
    pub path: String,
    /// SHA-256 of its raw bytes, as in [`RawPage::sha256`].
    pub sha256: String,
    /// Why it yields no page.
    pub reason: UnreadableReason,
}

/// Why an input yields no page.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UnreadableReason {
    /// The file could not be read at all; only callers that touch files say this.
    #[error("{problem}")]
    Io {
        /// What the operating system says.
        problem: String,
    },
    /// There are no bytes, or nothing but white space.
    #[error("the input is empty")]
    Empty,
    /// The bytes are no text in any encoding.
    #[error("the input is {kind}, not text; save the page as text or HTML")]
    Binary {
        /// What the bytes look like.
        kind: &'static str,
    },
    /// A line of JSON Lines is no JSON.
    #[error(
        "invalid JSON at column {column}: {problem}; correct the line or export it again"
    )]
    InvalidJson {
        /// Column of the line, from 1, in bytes.
        column: usize,
        /// What the parser says.
        problem: String,
    },
    /// A line of JSON Lines is JSON but no object.
    #[error("the line is {got}, not an object with \"title\" or \"body\"")]
    NotAnObject {
        /// What the line is.
        got: &'static str,
    },
    /// A record has neither a title nor a body.
    #[error("the record has no \"title\" and no \"body\"; one of them is needed")]
    NoText,
}
