//! Reads the part of the folding map that a query needs.

use vitrine_bundle::{Bundle, ChunkSource, Cursor, ReadError, Section};

use super::{FIRST_IDEOGRAPHIC, FoldTable, Folding};
use crate::IndexStats;

/// Returns a folding for `query` and for marking its words in texts.
///
/// An ASCII query needs no chunk, and no query more than two.
///
/// # Errors
///
/// Fails when a chunk does not load or is damaged.
pub(crate) async fn load_folding<S: ChunkSource>(
    bundle: &Bundle<S>,
    stats: &IndexStats,
    query: &str,
) -> Result<Folding, ReadError> {
    let parts = [('\u{80}', FIRST_IDEOGRAPHIC), (FIRST_IDEOGRAPHIC, char::MAX)];
    let mut tables = vec![stats.folding.clone()];
    for (first, limit) in parts {
        if !query.chars().any(|c| c >= first && (c < limit || limit == char::MAX)) {
            continue;
        }
        let key = u32::from(first).to_be_bytes();
        let Some(chunk) = bundle.find(Section::Folding, &key).await? else { continue };
        if chunk.first_key() == key {
            let table = FoldTable::decode(&mut Cursor::new(chunk.bytes()))
                .map_err(|error| chunk.undecodable(error))?;
            tables.push(table);
        }
    }
    Ok(Folding::new(tables))
}
