//! Puts values aside and reads them again, so that a corpus need not fit in memory.
//!
//! A [`Spool`] is append-only: each value that is put aside has a [`Place`], by which it is
//! read as often as needed. Where the bytes go is the caller's choice: into memory, or into
//! a file that the caller opened and removes. Values that are [`Kept`] stay in memory as they
//! are while there is room for them.

mod error;
mod kept;
mod place;
mod spool;

pub use error::SpoolError;
pub use kept::Kept;
pub use place::Place;
pub use spool::{Spool, Storage};
