//! The container of an archive: small files, each found by key and checked by digest.
//!
//! A bundle is a set of **sections** (postings, texts, …). A section is a sorted sequence
//! of **chunks**, each the unit of loading, compression and checking; chunks are found by
//! their first key through a tree of **directory pages** whose top stands in the **root**.
//! Every reference carries the digest of what it points to, so that the digest of the root
//! vouches for every byte of the archive. `SPEC.md` beside this crate is normative.
//!
//! The crate does no input or output: whoever opens a [`Bundle`] brings a [`ChunkSource`].

mod about;
#[cfg(feature = "write")]
mod boundary;
mod bundle;
mod cache;
mod chunk;
mod cursor;
mod digest;
mod directory;
pub mod docstore;
#[cfg(feature = "envelope")]
pub mod envelope;
mod error;
mod join;
mod lzma;
mod root;
mod section;
mod source;
#[cfg(feature = "write")]
mod writer;

pub use about::{ABOUT_TAG, LANGUAGE_YEARS_TAG, decode_about, decode_language_years};
#[cfg(feature = "write")]
pub use about::{encode_about, encode_language_years};
#[cfg(feature = "write")]
pub use boundary::is_boundary;
pub use bundle::{Bundle, Chunk, Listing};
pub use chunk::MAX_RAW_LEN;
pub use cursor::{
    Cursor, CursorError, CursorErrorKind, write_bytes, write_str, write_varint,
};
pub use digest::{Digest, ParseDigestError};
#[cfg(feature = "write")]
pub use error::WriteError;
pub use error::{Damage, OpenError, ReadError};
pub use join::try_join_all;
pub use root::{Extension, LanguageCount, Root, YearCount};
pub use section::Section;
pub use source::{ChunkFile, ChunkSource, SourceError};
#[cfg(feature = "write")]
pub use writer::{BundleFile, BundleWriter};

/// Version of the format that this crate writes; it reads every minor of this major.
pub const FORMAT_VERSION: FormatVersion = FormatVersion { major: 1, minor: 3 };

/// Version of the bundle format.
///
/// A reader refuses another major; a higher minor only adds what may be skipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct FormatVersion {
    /// Changes when older readers can't read what is written.
    pub major: u8,
    /// Changes when something is added that older readers skip.
    pub minor: u8,
}

impl std::fmt::Display for FormatVersion {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}
