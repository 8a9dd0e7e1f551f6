//! Reads the postings of a term.

use vitrine_bundle::{
    Bundle, Chunk, ChunkSource, Cursor, CursorError, ReadError, Section, try_join_all,
};

use super::{Posting, chunk_key, level_code::LevelCode, list::decode_list};

/// Returns the postings of the term with this ordinal, ascending by document.
///
/// # Errors
///
/// Fails when a chunk does not load or is damaged.
pub(crate) async fn load_postings<S: ChunkSource>(
    bundle: &Bundle<S>,
    term: u32,
) -> Result<Vec<Posting>, ReadError> {
    let first = bundle.find(Section::Postings, &chunk_key(term, 0)).await?;
    let Some(first) = first else { return Ok(Vec::new()) };
    let mut postings = Vec::new();
    let parts = append(&first, term, 0, &mut postings)?;
    let others = (1..parts).map(|part| async move {
        let chunk = bundle.find(Section::Postings, &chunk_key(term, part)).await?;
        Ok::<_, ReadError>((part, chunk))
    });
    for (part, chunk) in try_join_all(others).await? {
        if let Some(chunk) = chunk {
            append(&chunk, term, part, &mut postings)?;
        }
    }
    if !postings.is_sorted_by(|a, b| a.doc < b.doc) {
        return Err(first.damaged("a postings list is out of order"));
    }
    Ok(postings)
}

/// Appends the postings that `chunk` holds of a part of a term's list, and returns how
/// many parts the list has.
fn append(
    chunk: &Chunk,
    term: u32,
    part: u16,
    out: &mut Vec<Posting>,
) -> Result<u16, ReadError> {
    let first_term = chunk.first_key().first_chunk().map(|key| u32::from_be_bytes(*key));
    let index = first_term.and_then(|first| term.checked_sub(first));
    let is_part = part == 0 || chunk.first_key() == chunk_key(term, part);
    let Some(index) = index.filter(|_| is_part) else {
        return Err(chunk.damaged("it lacks a part of a postings list"));
    };
    list_of(chunk.bytes(), index, out).map_err(|error| chunk.undecodable(error))
}

/// Appends the postings of list number `index` of a chunk, and returns how many parts the
/// list has.
fn list_of(bytes: &[u8], index: u32, out: &mut Vec<Posting>) -> Result<u16, CursorError> {
    let mut cursor = Cursor::new(bytes);
    let parts = cursor.varint_u32()?;
    let parts = u16::try_from(parts).map_err(|_range| cursor.invalid("a part count"))?;
    let bound = cursor.varint_u32()?;
    let code = LevelCode::new(cursor.len_bytes()?);
    let code = code.ok_or_else(|| cursor.invalid("the code of the impact levels"))?;
    let count = cursor.count()?;
    let index = index as usize;
    if index >= count {
        return Err(cursor.invalid("the number of postings lists"));
    }
    let mut posting_count = 0;
    for position in 0..count {
        let number = cursor.varint_u32()?;
        if position == index {
            posting_count = number;
        }
    }
    let mut start = 0_usize;
    let mut len = 0;
    for position in 0..count {
        let number = cursor.varint_u32()? as usize;
        if position < index {
            start = start.saturating_add(number);
        } else if position == index {
            len = number;
        }
    }
    cursor.bytes(start)?;
    decode_list(cursor.bytes(len)?, posting_count, bound, &code, out)?;
    Ok(parts)
}
