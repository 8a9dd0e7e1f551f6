//! What ties an article to the bytes it came from.

use serde::{Deserialize, Serialize};

/// The input that an article was cleaned from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provenance {
    /// Path of the input below the folder that was given, with `/` as separator; a member
    /// of a container is `path!member`, a record of an export `path#record`.
    pub path: String,
    /// SHA-256 of the raw bytes of that input (of the record, in a container), lower-case
    /// hexadecimal.
    pub sha256: String,
    /// Character encoding that the bytes were decoded with, as the Encoding Standard
    /// names it.
    pub encoding: String,
    /// Address that the bytes were fetched from, as the crawl recorded it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// When they were fetched: RFC 3339 in UTC, `2023-01-10T08:00:00Z`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub captured: Option<String>,
}

/// A part of a page that was left out of the article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removal {
    /// The text.
    pub text: String,
    /// Why it was left out, as a short phrase: `repeated body`, `navigation`.
    pub reason: String,
}

/// Another input that belongs to the same article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alternate {
    /// How it relates to the article.
    pub relation: AlternateKind,
    /// The other input.
    pub provenance: Provenance,
    /// Paragraphs of a version that the article does not have, in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub only_there: Vec<String>,
}

/// How another input relates to an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AlternateKind {
    /// The same text.
    Duplicate,
    /// An earlier or later state of the same text.
    Version,
}
