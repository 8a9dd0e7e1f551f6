//! Document numbers by article id.

use crate::{Cursor, CursorError};

/// Looks `id` up in a chunk of the section of ids: a count, then ids in ascending order
/// of their bytes, each followed by its document number.
pub(crate) fn find(bytes: &[u8], id: &str) -> Result<Option<u32>, CursorError> {
    let cursor = &mut Cursor::new(bytes);
    for _ in 0..cursor.count()? {
        let (candidate, doc) = (cursor.str()?, cursor.varint_u32()?);
        if candidate == id {
            return Ok(Some(doc));
        }
    }
    Ok(None)
}

/// The ids of documents, in the order of their numbers, in one text: a large archive has
/// millions of them.
#[cfg(feature = "write")]
#[derive(Debug, Default)]
pub(crate) struct Ids {
    text: String,
    /// Where each ends.
    ends: Vec<usize>,
}

#[cfg(feature = "write")]
impl Ids {
    /// Adds the id of the next document.
    pub(crate) fn push(&mut self, id: &str) {
        self.text.push_str(id);
        self.ends.push(self.text.len());
    }

    /// Returns the number of documents.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Returns the id of a document.
    pub(crate) fn of(&self, doc: u32) -> &str {
        let doc = doc as usize;
        let start = doc.checked_sub(1).and_then(|before| self.ends.get(before));
        let end = self.ends.get(doc).copied().unwrap_or_default();
        self.text.get(start.copied().unwrap_or_default()..end).unwrap_or_default()
    }

    /// Returns the documents in the order of their ids.
    pub(crate) fn order(&self) -> Vec<u32> {
        let mut order: Vec<u32> = (0..self.len() as u32).collect();
        order.sort_unstable_by_key(|&doc| self.of(doc));
        order
    }

    /// Writes what [`find`] reads: the ids of `docs`, which are in their order.
    pub(crate) fn encode(&self, docs: &[u32]) -> Vec<u8> {
        let mut out = Vec::new();
        crate::write_varint(&mut out, docs.len() as u64);
        for &doc in docs {
            crate::write_str(&mut out, self.of(doc));
            crate::write_varint(&mut out, u64::from(doc));
        }
        out
    }
}
