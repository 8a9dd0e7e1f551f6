//! Directory pages: which chunk holds a key.

use std::rc::Rc;

use crate::{Cursor, CursorError, Digest};

/// A reference to a chunk or, above the lowest level, to a directory page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The first key of what it points to.
    pub(crate) first_key: Vec<u8>,
    pub(crate) digest: Digest,
    /// Length in bytes of the chunk, header included, envelope not.
    pub(crate) len_bytes: u32,
}

/// The entries of one page, ascending by key.
pub(crate) type Entries = Rc<Vec<Entry>>;

/// The directory of a section as the root holds it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Top {
    /// Levels of pages between these entries and the chunks.
    pub(crate) depth: u8,
    pub(crate) entries: Entries,
}

/// More levels than any archive needs; bounds what a forged one can make a reader follow.
pub(crate) const MAX_DEPTH: u8 = 8;

/// Returns the position of the last entry whose key is not after `key`.
pub(crate) fn position(entries: &[Entry], key: &[u8]) -> Option<usize> {
    entries.partition_point(|entry| entry.first_key.as_slice() <= key).checked_sub(1)
}

/// Reads entries: a count, then for each its key, digest and length.
pub(crate) fn decode(cursor: &mut Cursor<'_>) -> Result<Entries, CursorError> {
    let count = cursor.count()?;
    let mut entries: Vec<Entry> = Vec::with_capacity(count.min(1024));
    for _ in 0..count {
        let first_key = cursor.len_bytes()?.to_vec();
        if entries.last().is_some_and(|last| last.first_key >= first_key) {
            return Err(cursor.invalid("the order of keys"));
        }
        let mut digest = [0; Digest::LEN];
        digest.copy_from_slice(cursor.bytes(Digest::LEN)?);
        let digest = Digest::from_bytes(digest);
        entries.push(Entry { first_key, digest, len_bytes: cursor.varint_u32()? });
    }
    Ok(Rc::new(entries))
}

/// Writes what [`decode`] reads.
#[cfg(feature = "write")]
pub(crate) fn encode(entries: &[Entry], out: &mut Vec<u8>) {
    crate::write_varint(out, entries.len() as u64);
    for entry in entries {
        crate::write_bytes(out, &entry.first_key);
        out.extend_from_slice(entry.digest.as_bytes());
        crate::write_varint(out, u64::from(entry.len_bytes));
    }
}
