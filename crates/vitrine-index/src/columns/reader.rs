//! Reads columns.

use std::ops::Range;

use vitrine_bundle::{
    Bundle, Chunk, ChunkSource, Cursor, CursorError, ReadError, Section,
};

use super::Column;

/// The values of the documents of one chunk.
struct Values {
    first_doc: u32,
    /// For each document where its values are.
    places: Vec<Range<usize>>,
    numbers: Vec<u32>,
}

impl Values {
    /// Reads a chunk; `None` when it is of another column.
    fn decode(chunk: &Chunk, column: Column) -> Result<Option<Self>, ReadError> {
        let Some(first_doc) = number_of(chunk, column) else { return Ok(None) };
        let read = || -> Result<Option<Self>, CursorError> {
            let mut cursor = Cursor::new(chunk.bytes());
            let mut total = 0;
            let mut places = Vec::new();
            for &count in cursor.len_bytes()? {
                places.push(total..total + usize::from(count));
                total += usize::from(count);
            }
            let mut numbers = Vec::new();
            for _ in 0..total {
                numbers.push(cursor.varint_u32()?);
            }
            Ok(Some(Self { first_doc, places, numbers }))
        };
        read().map_err(|error| chunk.undecodable(error))
    }

    fn of(&self, doc: u32) -> Option<&[u32]> {
        let index = doc.checked_sub(self.first_doc)? as usize;
        self.numbers.get(self.places.get(index)?.clone())
    }
}

/// Returns the document or value with which a chunk of `column` begins; `None` when it is
/// of another column.
fn number_of(chunk: &Chunk, column: Column) -> Option<u32> {
    match chunk.first_key() {
        [code, number @ ..] if *code == column as u8 => {
            number.try_into().ok().map(u32::from_be_bytes)
        }
        _ => None,
    }
}

/// Hands the values of `docs`, which ascend, to `take`; those without any are left out.
///
/// # Errors
///
/// Fails when a chunk does not load or is damaged.
pub(crate) async fn visit<S: ChunkSource>(
    bundle: &Bundle<S>,
    column: Column,
    docs: impl Iterator<Item = u32>,
    take: &mut dyn FnMut(u32, &[u32]),
) -> Result<(), ReadError> {
    let mut current: Option<Values> = None;
    for doc in docs {
        if current.as_ref().and_then(|values| values.of(doc)).is_none() {
            let chunk = bundle.find(Section::Columns, &column.key(doc)).await?;
            current = match chunk {
                Some(chunk) => Values::decode(&chunk, column)?,
                None => None,
            };
            // No document has a value in this column.
            if current.is_none() {
                break;
            }
        }
        if let Some(values) = current.as_ref().and_then(|values| values.of(doc)) {
            take(doc, values);
        }
    }
    Ok(())
}

/// Returns the documents, ascending, of which a value of `column` fulfils `is_wanted`.
///
/// # Errors
///
/// Fails when a chunk does not load or is damaged.
pub(crate) async fn docs_where<S: ChunkSource>(
    bundle: &Bundle<S>,
    column: Column,
    is_wanted: &dyn Fn(u32) -> bool,
) -> Result<Vec<u32>, ReadError> {
    let mut found = Vec::new();
    let mut chunk = bundle.find(Section::Columns, &column.key(0)).await?;
    while let Some(current) = chunk
        && let Some(values) = Values::decode(&current, column)?
    {
        for doc in (values.first_doc..=u32::MAX).take(values.places.len()) {
            if values.of(doc).is_some_and(|values| values.iter().any(|&v| is_wanted(v))) {
                found.push(doc);
            }
        }
        chunk = bundle.next(&current).await?;
    }
    Ok(found)
}

/// Hands every value of `column` to `take`, with its number.
///
/// # Errors
///
/// Fails when a chunk does not load or is damaged.
pub(crate) async fn visit_names<S: ChunkSource>(
    bundle: &Bundle<S>,
    column: Column,
    take: &mut dyn FnMut(u32, &str),
) -> Result<(), ReadError> {
    let mut number = 0;
    let mut chunk = bundle.find(Section::Values, &column.key(0)).await?;
    while let Some(current) = chunk
        && number_of(&current, column).is_some()
    {
        let mut read = || -> Result<(), CursorError> {
            let mut cursor = Cursor::new(current.bytes());
            for _ in 0..cursor.count()? {
                take(number, cursor.str()?);
                number += 1;
            }
            Ok(())
        };
        read().map_err(|error| current.undecodable(error))?;
        chunk = bundle.next(&current).await?;
    }
    Ok(())
}

/// Returns a value of `column` by its number; `None` when there is none.
///
/// # Errors
///
/// Fails when the chunk does not load or is damaged.
pub(crate) async fn value_name<S: ChunkSource>(
    bundle: &Bundle<S>,
    column: Column,
    number: u32,
) -> Result<Option<String>, ReadError> {
    let Some(chunk) = bundle.find(Section::Values, &column.key(number)).await? else {
        return Ok(None);
    };
    let first = number_of(&chunk, column);
    let Some(index) = first.and_then(|first| number.checked_sub(first)) else {
        return Ok(None);
    };
    let read = || -> Result<Option<String>, CursorError> {
        let mut cursor = Cursor::new(chunk.bytes());
        let count = cursor.count()?;
        for _ in 0..index.min(count as u32) {
            cursor.str()?;
        }
        if index as usize >= count {
            Ok(None)
        } else {
            cursor.str().map(|s| Some(s.to_owned()))
        }
    };
    read().map_err(|error| chunk.undecodable(error))
}
