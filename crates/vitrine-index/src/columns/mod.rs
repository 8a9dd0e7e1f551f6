//! Columns: facts about documents by which results are filtered, counted and sorted.
//!
//! They stand apart from the documents, a column a fact and 16,384 documents a chunk, and
//! are loaded only when a query asks for them.

mod reader;
#[cfg(feature = "write")]
mod writer;

pub(crate) use reader::{docs_where, value_name, visit, visit_names};
#[cfg(feature = "write")]
pub(crate) use writer::{ColumnsWriter, DocValues};

use vitrine_article::PartialDate;
use vitrine_bundle::{Bundle, ChunkSource, ReadError};

/// Returns the documents related to `doc`, the most similar first; at most five.
///
/// # Errors
///
/// [`ReadError`] when a chunk can't be loaded or is damaged.
pub async fn related<S: ChunkSource>(
    bundle: &Bundle<S>,
    doc: u32,
) -> Result<Vec<u32>, ReadError> {
    let mut related = Vec::new();
    visit(bundle, Column::Related, std::iter::once(doc), &mut |_, docs| {
        related.extend_from_slice(docs);
    })
    .await?;
    related.truncate(MAX_RELATED);
    Ok(related)
}

/// Most related documents that are shown.
const MAX_RELATED: usize = 5;

/// A fact about documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Column {
    /// The date as [`date_number`]; of undated documents none.
    Date,
    /// The language tag, as all that follow by its number among the values.
    Lang,
    /// The publication.
    Source,
    /// The section of the site.
    Section,
    /// The authors.
    Author,
    /// The place of the title among all titles in alphabetical order.
    TitleOrder,
    /// The related documents, the most similar first.
    Related,
    /// The types of their texts.
    Type,
}

impl Column {
    /// Returns the key of the chunk that begins with this document or value.
    fn key(self, number: u32) -> [u8; 5] {
        let mut key = [self as u8; 5];
        let (_, of_number) = key.split_at_mut(1);
        of_number.copy_from_slice(&number.to_be_bytes());
        key
    }
}

/// Returns the number that stands for a date in its column; numbers ascend like dates.
pub(crate) fn date_number(date: PartialDate) -> u32 {
    let part = |part: Option<u8>| u32::from(part.unwrap_or(0));
    u32::from(date.year()) * 512 + part(date.month()) * 32 + part(date.day())
}

/// Returns the year of a date's number.
pub(crate) fn year_of(number: u32) -> u32 {
    number / 512
}
