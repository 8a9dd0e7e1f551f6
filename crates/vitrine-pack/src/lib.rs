//! Articles become an archive folder: documents, texts and index in a bundle, and beside
//! it the viewer's files, the page that opens it, and a note for the person who unzips it.
//!
//! [`pack`] is a pure function: it hands every file to an [`Output`] and knows nothing of
//! a file system. The same articles, in any order, give the same bytes. The pictures and
//! other files of articles are copied by the caller; [`inspect_asset`] says which may be.

mod asset;
mod offline;
mod order;
mod output;
mod pack;
mod page;
mod readme;
mod summary;

pub use asset::{AssetError, inspect_asset};
pub use output::Output;
pub use pack::{PackError, PackOptions, Packed, pack};
pub use page::ViewerAssets;
