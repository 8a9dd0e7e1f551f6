//! What readers yield: a page as it was found, or why there is none.

use crate::{
    Exported,
    limits::{MAX_EXPANSION, MAX_NESTING},
};

/// One page or record as it was found; nothing in it is trusted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawPage {
    /// Path of the input with `/` as separator; a member of a container is
    /// `path!member`, a record of an export `path#line`.
    pub path: String,
    /// SHA-256 of the raw bytes of the page (of the record, in an export; of the decoded
    /// response, in a crawl), lower-case hexadecimal.
    pub sha256: String,
    /// Encoding that the bytes were decoded with, as the Encoding Standard names it.
    pub encoding: String,
    /// Number of byte sequences that are no text in that encoding and stand in the
    /// content as U+FFFD.
    pub replaced: usize,
    /// Where and when a crawl fetched it.
    pub capture: Capture,
    /// The raw bytes, of which `sha256` is the digest.
    pub raw: Vec<u8>,
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
    /// An article that was exported from an archive.
    Exported(Box<Exported>),
}

impl RawContent {
    /// Length of the text, of the body in a record, in bytes.
    pub fn len_bytes(&self) -> usize {
        match self {
            Self::Text(text) | Self::Html(text) => text.len(),
            Self::Record(record) => record.body.len(),
            Self::Exported(exported) => exported.article.plain_text().len(),
        }
    }
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
    /// Section or category.
    pub section: Option<String>,
    /// What kind of text it is.
    pub r#type: Option<String>,
    /// What it says in short: plain text or a fragment of HTML.
    pub r#abstract: Option<String>,
    /// Body.
    pub body: String,
    /// How the body is written.
    pub format: BodyFormat,
    /// What was given but could not be used.
    pub warnings: Vec<RecordWarning>,
}

/// How the body of a record is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum BodyFormat {
    /// Plain text, paragraphs separated by blank lines.
    #[default]
    Plain,
    /// `CommonMark`, with tables and footnotes.
    Markdown,
    /// A fragment of HTML.
    Html,
}

/// A part of a record that was given but could not be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RecordWarning {
    /// A field is of the wrong type.
    #[error("field {field:?} is {got}, not {expected}; it was left out")]
    Field {
        /// Name of the field in the record.
        field: String,
        /// What the field has to be.
        expected: &'static str,
        /// What it is instead.
        got: &'static str,
    },
    /// A row has more cells than the first row has names.
    #[error(
        "the row has {got} cells for {expected} columns; the last ones were left out"
    )]
    Columns {
        /// Number of columns.
        expected: usize,
        /// Number of cells.
        got: usize,
    },
    /// The front matter of a Markdown file is of no use.
    #[error("the front matter was left out: {problem}")]
    FrontMatter {
        /// What the parser says.
        problem: String,
    },
}

/// What a reader yields for one page or record.
pub type Page = Result<RawPage, Unreadable>;

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
    /// A record of an export is no JSON.
    #[error(
        "invalid JSON at column {column}: {problem}; correct the line or export it again"
    )]
    InvalidJson {
        /// Column of the line (of the record, in a JSON array), from 1, in bytes.
        column: usize,
        /// What the parser says.
        problem: String,
    },
    /// A record of an export is JSON but no object.
    #[error("the record is {got}, not an object with \"title\" or \"body\"")]
    NotAnObject {
        /// What the record is.
        got: &'static str,
    },
    /// A record has neither a title nor a body.
    #[error(
        "the record has no \"title\" and no \"body\"; one of them is needed, and \
         [input.fields] of vitrine.toml says which fields they are"
    )]
    NoText,
    /// An article of an export is none that an archive could hold.
    #[error("the exported article is damaged: {problem}; export it again")]
    InvalidArticle {
        /// What is wrong.
        problem: String,
    },
    /// A row of a table cannot be told apart from its neighbours.
    #[error("the table is damaged: {problem}; export it again")]
    InvalidTable {
        /// What the parser says.
        problem: String,
    },
    /// The page or member is longer than any page is.
    #[error("it is longer than {limit} bytes; no page is")]
    TooLong {
        /// The limit.
        limit: usize,
    },
    /// A container unpacks to far more than pages do.
    #[error("it unpacks to more than {MAX_EXPANSION} times its size, as no page does")]
    TooDense,
    /// Containers are nested too deep.
    #[error("containers are nested more than {MAX_NESTING} deep; unpack the outer ones")]
    TooDeep,
    /// A member of a container is encrypted.
    #[error("the member is encrypted; decrypt the archive first")]
    Encrypted,
    /// A container, or one member of it, is damaged.
    #[error("the container is damaged here: {problem}; get a fresh copy of it")]
    Damaged {
        /// What is wrong.
        problem: String,
    },
    /// A record of a crawl is not what its format asks for.
    #[error("the record of the crawl is damaged: {problem}")]
    InvalidRecord {
        /// What is wrong.
        problem: String,
    },
    /// A crawl says that a page is the same as one that is not there.
    #[error(
        "the page is recorded as unchanged since another crawl; pack that crawl, too"
    )]
    MissingOriginal {
        /// The address under which the other crawl has it.
        address: Option<String>,
    },
    /// The input is sound, but holds no page, or none that is wanted.
    #[error("{0}")]
    Skipped(#[from] Skip),
}

/// Why a sound input is passed over.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Skip {
    /// A server sent the crawler elsewhere.
    #[error(
        "a redirect (status {status}){}",
        location.as_ref().map_or_else(String::new, |location| format!(" to {location}"))
    )]
    Redirect {
        /// The status.
        status: u16,
        /// Where it led to, as the server wrote it.
        location: Option<String>,
    },
    /// A server refused the page, or had none.
    #[error("an answer without a page (status {status})")]
    Status {
        /// The status.
        status: u16,
    },
    /// The content is of a kind that holds no page.
    #[error("of no page format: {kind}")]
    NoPage {
        /// The media type or extension.
        kind: String,
    },
    /// A record that describes a crawl or another record.
    #[error("a record that holds no page: {kind}")]
    RecordType {
        /// The type of the record.
        kind: String,
    },
    /// The record was not fetched over HTTP.
    #[error("not fetched over HTTP")]
    NotHttp,
    /// A newer capture of the same address is there.
    #[error("an older capture of the same address")]
    OlderCapture,
    /// The crawl found the page unchanged, and the capture that holds it is there.
    #[error("unchanged since another capture that is there")]
    Unchanged,
    /// A file that describes the package that it is in.
    #[error("a part of the package around the pages")]
    PackagePart,
    /// A link, a device or another member that is no file.
    #[error("no file")]
    NotAFile,
    /// The page says that it is a draft.
    #[error("a draft")]
    Draft,
}
