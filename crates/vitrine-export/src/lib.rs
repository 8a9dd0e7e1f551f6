//! Articles in the formats of other programs.
//!
//! [`markdown`] writes an article as a file with front matter, [`Epub`] a book of all of
//! them, [`ZimWriter`] and [`ZimSite`] the file that Kiwix opens, [`crawl_page`] a line of
//! the list of pages that a web archive has. All of them write to what the caller gives; none
//! touches a file system or a clock.

mod epub;
mod markdown;
mod pages;
mod xhtml;
mod zim;

pub use epub::{Epub, EpubError};
pub use markdown::markdown;
pub use pages::{CrawlPage, PAGES_HEADER, crawl_page};
pub use zim::{ZimError, ZimSite, ZimWriter};

/// What a collection of articles says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Collection {
    /// Title.
    pub title: String,
    /// What it is, in a sentence; empty when nothing is said.
    pub description: String,
    /// Who is responsible for it; empty when unknown.
    pub institution: String,
    /// BCP 47 tags of its languages, the most frequent first.
    pub languages: Vec<String>,
    /// What tells it from all others: the digest of the archive's root, 32 hexadecimal digits.
    pub identifier: String,
    /// When it was made: RFC 3339 in UTC, `2023-01-10T08:00:00Z`.
    pub modified: String,
}
