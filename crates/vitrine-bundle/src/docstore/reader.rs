//! Reading documents.

use std::ops::Range;

use vitrine_article::Article;

use crate::{
    Bundle, Chunk, ChunkSource, Cursor, CursorError, ReadError, Section,
    docstore::{article as article_codec, ids, record::DocumentRecord},
    try_join_all,
};

/// Returns what lists show of the document `doc`, or `None` when there is none.
///
/// # Errors
///
/// [`ReadError`] when its chunk can't be loaded or is damaged.
pub async fn document<S: ChunkSource>(
    bundle: &Bundle<S>,
    doc: u32,
) -> Result<Option<DocumentRecord>, ReadError> {
    let item = item(bundle, Section::Documents, doc).await?;
    item.map(|item| item.decode(DocumentRecord::decode)).transpose()
}

/// Returns the article of the document `doc`, or `None` when there is none.
///
/// # Errors
///
/// [`ReadError`] when one of its chunks can't be loaded or is damaged.
pub async fn article<S: ChunkSource>(
    bundle: &Bundle<S>,
    doc: u32,
) -> Result<Option<Article>, ReadError> {
    let (records, texts) = (Section::Documents, Section::Texts);
    let items = [records, texts].map(|section| item(bundle, section, doc));
    let Ok([record, text]) = <[_; 2]>::try_from(try_join_all(items).await?) else {
        return Ok(None);
    };
    let (Some(record), Some(text)) = (record, text) else { return Ok(None) };
    let record = record.decode(DocumentRecord::decode)?;
    text.decode(|cursor| article_codec::decode(record, cursor)).map(Some)
}

/// Returns the document number of the article with this id, or `None` when there is none.
///
/// # Errors
///
/// [`ReadError`] when the chunk can't be loaded or is damaged.
pub async fn doc_by_id<S: ChunkSource>(
    bundle: &Bundle<S>,
    id: &str,
) -> Result<Option<u32>, ReadError> {
    let Some(chunk) = bundle.find(Section::Ids, id.as_bytes()).await? else {
        return Ok(None);
    };
    ids::find(chunk.bytes(), id).map_err(|cause| chunk.undecodable(cause))
}

/// Returns the bytes of the page that the document `doc` was cleaned from, or `None` when
/// the archive does not have them.
///
/// # Errors
///
/// [`ReadError`] when the chunk can't be loaded or is damaged.
pub async fn original<S: ChunkSource>(
    bundle: &Bundle<S>,
    doc: u32,
) -> Result<Option<Vec<u8>>, ReadError> {
    let key = doc.to_be_bytes();
    let chunk = bundle.find(Section::Originals, &key).await?;
    let chunk = chunk.filter(|chunk| chunk.first_key() == key);
    Ok(chunk.map(|chunk| chunk.bytes().to_vec()))
}

/// One item of a chunk that holds several.
struct Item {
    chunk: Chunk,
    range: Range<usize>,
}

impl Item {
    fn decode<T>(
        &self,
        decode: impl FnOnce(&mut Cursor<'_>) -> Result<T, CursorError>,
    ) -> Result<T, ReadError> {
        let bytes = self.chunk.bytes().get(self.range.clone()).unwrap_or_default();
        decode(&mut Cursor::new(bytes)).map_err(|cause| self.chunk.undecodable(cause))
    }
}

/// Finds item `doc` of a section whose chunks are keyed by their first document (32 bits,
/// most significant byte first) and hold a count and that many items after their length.
async fn item<S: ChunkSource>(
    bundle: &Bundle<S>,
    section: Section,
    doc: u32,
) -> Result<Option<Item>, ReadError> {
    let Some(chunk) = bundle.find(section, &doc.to_be_bytes()).await? else {
        return Ok(None);
    };
    let first_doc = <[u8; 4]>::try_from(chunk.first_key())
        .map(u32::from_be_bytes)
        .map_err(|_cause| chunk.damaged("its key is no document number"))?;
    let find = || -> Result<Option<Range<usize>>, CursorError> {
        let cursor = &mut Cursor::new(chunk.bytes());
        let count = cursor.count()?;
        let position = (doc - first_doc) as usize;
        if position >= count {
            return Ok(None);
        }
        for _ in 0..position {
            cursor.len_bytes()?;
        }
        let len = cursor.len_bytes()?.len();
        Ok(Some(cursor.offset() - len..cursor.offset()))
    };
    let range = find().map_err(|cause| chunk.undecodable(cause))?;
    Ok(range.map(|range| Item { chunk, range }))
}
