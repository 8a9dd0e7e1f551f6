//! Readers: the bytes of an input become raw pages, decoded but not yet understood.
//!
//! A [`Collection`] reads inputs one after another: text dumps, HTML pages, Markdown,
//! exports (JSON Lines, JSON, CSV), crawls (WARC, WACZ) and archives (ZIP, tar, gzip) of
//! these. It yields one [`Page`] for each page and each record, and drops nothing in
//! silence: whatever holds no page is yielded as [`Unreadable`], with the place and the
//! remedy. The [`limits`] say what a hostile input can cost.

mod budget;
mod collection;
mod container;
mod decode;
mod digest;
mod embedded;
mod export;
mod found;
pub mod limits;
mod markdown;
mod mhtml;
mod page;
mod pick;
mod reader;
mod sniff;
mod warc;
mod whole;

pub use collection::{Collection, read};
pub use decode::{Decoded, Hint, decode};
pub use embedded::{embedded_address, is_embedded, percent_decoded};
pub use export::exported::Exported;
pub use export::fields::{Field, FieldNames};
pub use found::PageSink;
pub use page::{
    BodyFormat, Capture, Page, RawContent, RawPage, Record, RecordWarning, Skip,
    Unreadable, UnreadableReason,
};
pub use pick::{FileSink, pick};
pub use sniff::EXTENSIONS;
