//! What can go wrong.

use std::io;

/// A value that can't be put aside or read again.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SpoolError {
    /// The storage does not take it.
    #[error(
        "what does not fit in memory can't be put aside; make room on the disk that has the \
         temporary file"
    )]
    Write(#[source] io::Error),
    /// The storage does not give it back.
    #[error("what was put aside can't be read again; is the temporary file still there?")]
    Read(#[source] io::Error),
    /// It is too long, or what was read is no such value.
    #[error("a value can't be put aside or read again: it is damaged or too long")]
    Value(#[source] serde_json::Error),
}
