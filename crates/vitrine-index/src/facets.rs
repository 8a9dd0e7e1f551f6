//! Facets: how many of the documents found have which value of a field.

use std::{cmp::Reverse, collections::BTreeMap};

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
    let mut years = BTreeMap::<u32, u32>::new();
    visit(bundle, Column::Date, docs.iter().copied(), &mut |_, values| {
        for &value in values {
            *years.entry(year_of(value)).or_default() += 1;
        }
    })
    .await?;
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
    })
}

async fn named<S: ChunkSource>(
    bundle: &Bundle<S>,
    docs: &[u32],
    column: Column,
) -> Result<Vec<FacetCount>, ReadError> {
    let mut counts = BTreeMap::<u32, u32>::new();
    visit(bundle, column, docs.iter().copied(), &mut |_, values| {
        for &value in values {
            *counts.entry(value).or_default() += 1;
        }
    })
    .await?;
    let mut counts: Vec<(u32, u32)> = counts.into_iter().collect();
    counts.sort_by_key(|&(number, count)| (Reverse(count), number));
    counts.truncate(MAX_VALUES);
    let mut facets = Vec::new();
    for (number, count) in counts {
        if let Some(value) = value_name(bundle, column, number).await? {
            facets.push(FacetCount { value, count });
        }
    }
    Ok(facets)
}
