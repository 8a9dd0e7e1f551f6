//! Postings: for each term the documents that contain it, with their impact.
//!
//! A list is a stream of bits: documents in binary interpolative code, which gains most where
//! neighbors share words, then the levels of their impacts in Huffman code. Lists stand in chunks in the order of their terms; a list that
//! is too long for one chunk continues in chunks of its own.

mod bits;
mod level_code;
mod list;
mod reader;
#[cfg(feature = "write")]
mod writer;

pub(crate) use list::Posting;
pub(crate) use reader::load_postings;
#[cfg(feature = "write")]
pub(crate) use writer::PostingsWriter;

/// Returns the key of a chunk: the ordinal of its first term and which part of that term's
/// list it begins with.
fn chunk_key(term: u32, part: u16) -> [u8; 6] {
    let mut key = [0; 6];
    let (of_term, of_part) = key.split_at_mut(4);
    of_term.copy_from_slice(&term.to_be_bytes());
    of_part.copy_from_slice(&part.to_be_bytes());
    key
}
