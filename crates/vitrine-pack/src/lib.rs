//! Articles become an archive folder: documents, texts and index in a bundle, and beside
//! it the viewer's files, the page that opens it, and a note for the person who unzips it.
//!
//! [`pack`] is a pure function: it hands every file to an [`Output`] and knows nothing of
//! a file system. The same articles, in any order, give the same bytes.

mod order;
mod output;
mod pack;
mod page;
mod summary;

pub use output::Output;
pub use pack::{PackError, PackOptions, Packed, pack};
pub use page::ViewerAssets;
