//! The documents of an archive: records for lists, whole articles, and lookup by id.
//!
//! Documents are numbered from 0 in the order in which they were written (`DocId`).

mod article;
mod block;
#[cfg(feature = "write")]
mod dictionary;
mod ids;
#[cfg(feature = "write")]
mod passages;
mod reader;
mod record;
#[cfg(feature = "write")]
mod writer;

#[cfg(feature = "write")]
pub use dictionary::DictionaryTrainer;
pub use reader::{article, doc_by_id, document, original};
pub use record::DocumentRecord;
#[cfg(feature = "write")]
pub use writer::DocStoreWriter;
