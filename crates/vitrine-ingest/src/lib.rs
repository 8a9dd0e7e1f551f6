//! Readers: the bytes of a file become raw pages, decoded but not yet understood.
//!
//! [`read`] takes a path (for its extension and for provenance) and the bytes, and yields
//! one [`RawPage`] for a text dump or an HTML page, one for each line of a JSON Lines
//! export. Nothing is dropped in silence: whatever cannot be read is yielded as
//! [`Unreadable`], with the place and the remedy.

mod decode;
mod digest;
mod jsonl;
mod page;
mod read;
mod sniff;

pub use decode::{Decoded, Hint, decode};
pub use page::{
    Capture, FieldWarning, RawContent, RawPage, Record, Unreadable, UnreadableReason,
};
pub use read::{Pages, read};
