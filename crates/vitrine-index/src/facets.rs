//! Facets: how many of the documents found have which value of a field.

use std::cmp::Reverse;

use serde::Serialize;
use vitrine_bundle::{Bundle, ChunkSource, ReadError};

use crate::columns::{Column, value_name, visit, year_of};

/// Most values of a field that are counted out; the most frequent of them.
const MAX_VALUES: usize = 50;

/// A value of a field, and how many of the documents found have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FacetCount {
    /// The value, as a condition of a query takes it.
    pub value: String,
    /// Number of documents.
    pub count: u32,
}

/// The values of each field among the documents found, most frequent first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Facets {
    /// Years, all of them, latest first.
    pub years: Vec<FacetCount>,
    /// Language tags.
    pub langs: Vec<FacetCount>,
    /// Authors.
    pub authors: Vec<FacetCount>,
    /// Publications.
    pub sources: Vec<FacetCount>,
    /// Sections of the site.
    pub sections: Vec<FacetCount>,
    /// Types of text.
    pub types: Vec<FacetCount>,
}

/// Counts the values of `docs`, which ascend.
///
/// # Errors
///
/// Fails when a chunk of the columns does not load or is damaged.
pub(crate) async fn count<S: ChunkSource>(
    bundle: &Bundle<S>,
    docs: &[u32],
) -> Result<Facets, ReadError> {
    let years = counts(bundle, docs, Column::Date, year_of).await?;
    let years = years
        .into_iter()
        .rev()
        .map(|(year, count)| FacetCount { value: year.to_string(), count });
    Ok(Facets {
        years: years.collect(),
        langs: named(bundle, docs, Column::Lang).await?,
        authors: named(bundle, docs, Column::Author).await?,
        sources: named(bundle, docs, Column::Source).await?,
        sections: named(bundle, docs, Column::Section).await?,
        types: named(bundle, docs, Column::Type).await?,
    })
}

async fn named<S: ChunkSource>(
    bundle: &Bundle<S>,
    docs: &[u32],
    column: Column,
) -> Result<Vec<FacetCount>, ReadError> {
    let mut counts = counts(bundle, docs, column, |number| number).await?;
    counts.sort_unstable_by_key(|&(number, count)| (Reverse(count), number));
    counts.truncate(MAX_VALUES);
    let mut facets = Vec::new();
    for (number, count) in counts {
        if let Some(value) = value_name(bundle, column, number).await? {
            facets.push(FacetCount { value, count });
        }
    }
    Ok(facets)
}

/// Returns what `value_of` makes of the values of a column, ascending, each with the number of
/// documents that have it.
async fn counts<S: ChunkSource>(
    bundle: &Bundle<S>,
    docs: &[u32],
    column: Column,
    value_of: fn(u32) -> u32,
) -> Result<Vec<(u32, u32)>, ReadError> {
    bundle.pause().await;
    let mut all = Vec::new();
    visit(bundle, column, docs.iter().copied(), &mut |_, values| {
        all.extend(values.iter().map(|&value| value_of(value)));
    })
    .await?;
    all.sort_unstable();
    let runs = all.chunk_by(|one, other| one == other);
    Ok(runs.filter_map(|run| Some((*run.first()?, run.len() as u32))).collect())
}
