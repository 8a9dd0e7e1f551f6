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
    /// The folding of characters that occur in the archive's texts: of all alphabetic ones,
    /// of ideographs where few fold.
    pub(crate) folding: FoldTable,
    /// Whether that is the folding of every character that occurs in them.
    pub(crate) folds_all_texts: bool,
}

impl IndexStats {
    /// Returns the bytes that [`IndexStats::decode`] reads.
    #[cfg(feature = "write")]
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::new();
        write_varint(&mut out, u64::from(self.doc_count));
        write_varint(&mut out, u64::from(self.term_count));
        write_varint(&mut out, u64::from(self.form_count));
        let mut folding = Vec::new();
        self.folding.encode(&mut folding);
        write_bytes(&mut out, &folding);
        out.push(u8::from(self.folds_all_texts));
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
            folding: FoldTable::decode(&mut Cursor::new(cursor.len_bytes()?))?,
            folds_all_texts: cursor.u8()? == 1,
        })
    }
}
