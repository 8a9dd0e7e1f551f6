//! Files that articles show or offer: which file of the inputs an address means.
//!
//! An address is only ever looked up among the names of the files that were given: it can
//! lead to no other place.

mod attach;
mod carried;
mod names;

pub(crate) use attach::attach_files;
pub use attach::wanted_files;
pub use carried::Carried;
pub use names::FileNames;
