//! What a search needs to know about the whole archive.

use vitrine_bundle::{Cursor, CursorError};
#[cfg(feature = "write")]
use vitrine_bundle::{write_bytes, write_varint};

use crate::fold::FoldTable;

/// Tag of the statistics among the extensions of the root.
pub const STATS_TAG: u8 = 1;

/// Statistics of an index; they stand in the root of the archive.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IndexStats {
    /// Number of documents.
    pub doc_count: u32,
    /// Number of terms.
    pub term_count: u32,
    /// Number of forms in the lexicon.
    pub form_count: u32,
    /// The folding of the alphabetic characters that occur in the archive's texts.
    pub(crate) alphabets: FoldTable,
}

impl IndexStats {
    /// Returns the bytes that [`IndexStats::decode`] reads.
    #[cfg(feature = "write")]
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::new();
        write_varint(&mut out, u64::from(self.doc_count));
        write_varint(&mut out, u64::from(self.term_count));
        write_varint(&mut out, u64::from(self.form_count));
        let mut alphabets = Vec::new();
        self.alphabets.encode(&mut alphabets);
        write_bytes(&mut out, &alphabets);
        out
    }

    /// Reads statistics; bytes that follow them are of later versions and skipped.
    ///
    /// # Errors
    ///
    /// Fails when the bytes are no statistics.
    pub fn decode(bytes: &[u8]) -> Result<Self, CursorError> {
        let mut cursor = Cursor::new(bytes);
        Ok(Self {
            doc_count: cursor.varint_u32()?,
            term_count: cursor.varint_u32()?,
            form_count: cursor.varint_u32()?,
            alphabets: FoldTable::decode(&mut Cursor::new(cursor.len_bytes()?))?,
        })
    }
}
