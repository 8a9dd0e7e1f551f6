//! Why an index can't be built.

use vitrine_bundle::WriteError;
use vitrine_spool::SpoolError;

/// An index that can't be built.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IndexError {
    /// The bundle refused a chunk.
    #[error("a chunk of the index can't be written")]
    Write(#[from] WriteError),
    /// A part of it can't be put aside or read again.
    #[error("a part of the index does not fit in memory and can't be put aside")]
    Spool(#[from] SpoolError),
    /// The tables that map traditional to simplified characters do not load.
    #[error("the OpenCC tables of this program do not load: {reason}")]
    OpenCc {
        /// What the library said.
        reason: String,
    },
    /// There are more documents than ids.
    #[error("{doc_count} documents are too many for one archive; pack several archives")]
    TooManyDocuments {
        /// Number of documents.
        doc_count: usize,
    },
}
