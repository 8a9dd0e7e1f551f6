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

/// Writes what [`find`] reads.
#[cfg(feature = "write")]
pub(crate) fn encode(ids: &[(String, u32)]) -> Vec<u8> {
    let mut out = Vec::new();
    crate::write_varint(&mut out, ids.len() as u64);
    for (id, doc) in ids {
        crate::write_str(&mut out, id);
        crate::write_varint(&mut out, u64::from(*doc));
    }
    out
}
