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
    /// It can't be written as bytes.
    #[error("a value can't be put aside: it nests too deep")]
    Encode(#[source] rmp_serde::encode::Error),
    /// What was read is no such value.
    #[error("a value can't be read again: it is damaged")]
    Decode(#[source] rmp_serde::decode::Error),
}
