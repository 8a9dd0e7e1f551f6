//! Reading documents.

use vitrine_article::Article;

use crate::{
    Bundle, ChunkSource, Cursor, CursorError, ReadError, Section,
    docstore::{article as article_codec, ids, record::DocumentRecord},
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
    read(bundle, Section::Documents, doc, DocumentRecord::decode).await
}

/// Returns the article of the document `doc`, or `None` when there is none.
///
/// # Errors
///
/// [`ReadError`] when its chunk can't be loaded or is damaged.
pub async fn article<S: ChunkSource>(
    bundle: &Bundle<S>,
    doc: u32,
) -> Result<Option<Article>, ReadError> {
    read(bundle, Section::Texts, doc, article_codec::decode).await
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

/// Reads item `doc` of a section whose chunks are keyed by their first document (32 bits,
/// most significant byte first) and hold a count and that many items after their length.
async fn read<S: ChunkSource, T>(
    bundle: &Bundle<S>,
    section: Section,
    doc: u32,
    decode: impl Fn(&mut Cursor<'_>) -> Result<T, CursorError>,
) -> Result<Option<T>, ReadError> {
    let Some(chunk) = bundle.find(section, &doc.to_be_bytes()).await? else {
        return Ok(None);
    };
    let first_doc = <[u8; 4]>::try_from(chunk.first_key())
        .map(u32::from_be_bytes)
        .map_err(|_cause| chunk.damaged("its key is no document number"))?;
    let item = || -> Result<Option<T>, CursorError> {
        let cursor = &mut Cursor::new(chunk.bytes());
        let count = cursor.count()?;
        let position = (doc - first_doc) as usize;
        if position >= count {
            return Ok(None);
        }
        for _ in 0..position {
            cursor.len_bytes()?;
        }
        decode(&mut Cursor::new(cursor.len_bytes()?)).map(Some)
    };
    item().map_err(|cause| chunk.undecodable(cause))
}
