//! Errors of opening, reading and writing.

use crate::{CursorError, FormatVersion, SourceError};

/// A chunk that can't be used.
///
/// What it says is behind a pointer: nearly every function of a reader may return it, and moves
/// as many bytes as it has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// It could not be loaded.
    #[error(
        "a part of the archive could not be loaded; copy or upload the whole folder again"
    )]
    Load(#[source] Box<SourceError>),
    /// Its bytes are not those that were packed.
    #[error(transparent)]
    Damaged(Box<Damage>),
}

/// A file whose bytes are not those that were packed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "a file of the archive is damaged ({what}); replace it from a good copy: {path:?}"
)]
pub struct Damage {
    /// Path below the archive folder.
    pub path: String,
    /// What is wrong with it.
    pub what: &'static str,
    /// The structure that could not be decoded, if it came so far.
    #[source]
    pub source: Option<CursorError>,
}

impl From<SourceError> for ReadError {
    fn from(error: SourceError) -> Self {
        Self::Load(Box::new(error))
    }
}

impl ReadError {
    /// Returns the error that the file at `path` is damaged.
    pub fn damaged(
        path: String,
        what: &'static str,
        source: Option<CursorError>,
    ) -> Self {
        Self::Damaged(Box::new(Damage { path, what, source }))
    }

    /// Returns the path, below the archive folder, of the file that is at fault.
    pub fn path(&self) -> &str {
        match self {
            Self::Load(error) => error.path(),
            Self::Damaged(damage) => &damage.path,
        }
    }
}

/// An archive that can't be opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// The root can't be read.
    #[error("the archive's root can't be read")]
    Root(#[from] ReadError),
    /// The archive was written in a format that this reader doesn't know.
    #[error(
        "the archive has format version {got}, this reader knows {expected}; open it with \
         the vitrine.js that was packed with it, or pack it again"
    )]
    Version {
        /// The version that this crate reads.
        expected: FormatVersion,
        /// The version of the archive.
        got: FormatVersion,
    },
    /// The text given as the root's digest is none.
    #[error("the root's digest must be 32 hexadecimal digits, as index.html has it")]
    RootDigest(#[from] crate::ParseDigestError),
}

/// Content that can't be written.
#[cfg(feature = "write")]
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// A chunk is larger than the format allows.
    #[error(
        "a chunk of the section {section} would have {got_bytes} bytes, the format allows \
         {max_bytes}; split the largest article"
    )]
    TooLarge {
        /// Name of the section.
        section: &'static str,
        /// Uncompressed size in bytes.
        got_bytes: usize,
        /// The most that is allowed.
        max_bytes: usize,
    },
    /// Chunks of a section came out of order.
    #[error("the chunks of the section {section} are not in the order of their keys")]
    OutOfOrder {
        /// Name of the section.
        section: &'static str,
    },
    /// The compressor refused.
    #[error("a chunk of the section {section} could not be compressed")]
    Compress {
        /// Name of the section.
        section: &'static str,
        /// What the compressor said.
        #[source]
        source: std::io::Error,
    },
}
