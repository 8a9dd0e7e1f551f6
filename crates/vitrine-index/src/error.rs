//! Why an index can't be built.

use vitrine_bundle::WriteError;

/// An index that can't be built.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IndexError {
    /// The bundle refused a chunk.
    #[error("a chunk of the index can't be written")]
    Write(#[from] WriteError),
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
