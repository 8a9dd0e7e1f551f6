//! Reads the postings of terms.

use vitrine_bundle::{
    Bundle, Chunk, ChunkSource, Cursor, CursorError, ReadError, Section, try_join_all,
};

use super::{Posting, chunk_key, level_code::LevelCode, list::decode_list};

/// Returns the postings of the terms with these ordinals, in their order; those of a term
/// ascend by document.
///
/// All chunks are loaded at once. Terms that follow each other mostly share one, whose
/// table of lists is then read once.
///
/// # Errors
///
/// Fails when a chunk does not load or is damaged.
pub(crate) async fn load_postings<S: ChunkSource>(
    bundle: &Bundle<S>,
    terms: &[u32],
) -> Result<Vec<Vec<Posting>>, ReadError> {
    let loads = terms.iter().map(|&term| chunks_of(bundle, term));
    let chunks = try_join_all(loads).await?;
    let mut all = Vec::with_capacity(terms.len());
    let mut lists: Option<Lists<'_>> = None;
    for (&term, chunks) in terms.iter().zip(&chunks) {
        bundle.pause().await;
        let mut postings = Vec::new();
        for (part, chunk) in (0..).zip(chunks) {
            let known = lists.take().filter(|lists| lists.is_of(chunk));
            let found = known.map_or_else(|| Lists::read(chunk), Ok)?;
            found.append(term, part, &mut postings)?;
            lists = Some(found);
        }
        if let Some(first) = chunks.first()
            && !postings.is_sorted_by(|a, b| a.doc < b.doc)
        {
            return Err(first.damaged("a postings list is out of order"));
        }
        all.push(postings);
    }
    Ok(all)
}

/// Returns the chunks of a term's list, in the order of its parts; none when there is no
/// such term.
async fn chunks_of<S: ChunkSource>(
    bundle: &Bundle<S>,
    term: u32,
) -> Result<Vec<Chunk>, ReadError> {
    let first = bundle.find(Section::Postings, &chunk_key(term, 0)).await?;
    let Some(first) = first else { return Ok(Vec::new()) };
    let parts = part_count(&mut Cursor::new(first.bytes()));
    let parts = parts.map_err(|error| first.undecodable(error))?;
    let others = (1..parts)
        .map(async |part| bundle.find(Section::Postings, &chunk_key(term, part)).await);
    let others = try_join_all(others).await?;
    Ok([first].into_iter().chain(others.into_iter().flatten()).collect())
}

/// Reads how many parts the first list of a chunk has.
fn part_count(cursor: &mut Cursor<'_>) -> Result<u16, CursorError> {
    let parts = cursor.varint_u32()?;
    u16::try_from(parts).map_err(|_range| cursor.invalid("a part count"))
}

/// The lists of a chunk.
struct Lists<'a> {
    chunk: &'a Chunk,
    bound: u32,
    code: LevelCode,
    /// Number of postings of each list.
    counts: Vec<u32>,
    /// Where each list ends.
    ends: Vec<usize>,
    /// The bits of all lists.
    bits: &'a [u8],
}

impl<'a> Lists<'a> {
    fn read(chunk: &'a Chunk) -> Result<Self, ReadError> {
        Self::decode(chunk).map_err(|error| chunk.undecodable(error))
    }

    fn decode(chunk: &'a Chunk) -> Result<Self, CursorError> {
        let bytes = chunk.bytes();
        let mut cursor = Cursor::new(bytes);
        part_count(&mut cursor)?;
        let bound = cursor.varint_u32()?;
        let code = LevelCode::new(cursor.len_bytes()?);
        let code = code.ok_or_else(|| cursor.invalid("the code of the impact levels"))?;
        let count = cursor.count()?;
        let mut counts = Vec::with_capacity(count);
        for _ in 0..count {
            counts.push(cursor.varint_u32()?);
        }
        let mut end = 0_usize;
        let mut ends = Vec::with_capacity(count);
        for _ in 0..count {
            end = end.saturating_add(cursor.varint_u32()? as usize);
            ends.push(end);
        }
        let bits = bytes.get(cursor.offset()..).unwrap_or_default();
        Ok(Self { chunk, bound, code, counts, ends, bits })
    }

    /// Returns whether these are the lists of `chunk`.
    fn is_of(&self, chunk: &Chunk) -> bool {
        self.chunk.first_key() == chunk.first_key()
    }

    /// Appends the postings of a part of a term's list.
    fn append(
        &self,
        term: u32,
        part: u16,
        out: &mut Vec<Posting>,
    ) -> Result<(), ReadError> {
        let key = self.chunk.first_key();
        let first_term = key.first_chunk().map(|key| u32::from_be_bytes(*key));
        let index = first_term.and_then(|first| term.checked_sub(first));
        let is_part = part == 0 || key == chunk_key(term, part);
        let Some(index) = index.filter(|_| is_part) else {
            return Err(self.chunk.damaged("it lacks a part of a postings list"));
        };
        self.list(index as usize, out).map_err(|error| self.chunk.undecodable(error))
    }

    /// Appends the postings of a list.
    fn list(&self, index: usize, out: &mut Vec<Posting>) -> Result<(), CursorError> {
        let mut cursor = Cursor::new(self.bits);
        let (Some(&count), Some(&end)) = (self.counts.get(index), self.ends.get(index))
        else {
            return Err(cursor.invalid("the number of postings lists"));
        };
        let before = index.checked_sub(1).and_then(|before| self.ends.get(before));
        let start = before.copied().unwrap_or(0);
        cursor.bytes(start)?;
        decode_list(cursor.bytes(end - start)?, count, self.bound, &self.code, out)
    }
}
