//! Dictionaries: what the articles of an archive have in common, so that small chunks
//! compress as well as large ones.

use vitrine_article::Article;

use crate::{BundleWriter, Section, boundary, error::WriteError};

/// Articles that are looked at, about.
const SAMPLES: usize = 1_500;
/// Most bytes of one of them that count.
const SAMPLE_BYTES: usize = 6 << 10;
/// Times the dictionary's size that the samples must have: below, it costs more than it
/// saves.
const LEAST_RATIO: usize = 16;

/// Returns the articles to learn from. The hash of its id decides about each: a change of
/// one of the others does not change the dictionary, and with it every chunk.
pub(super) fn sample(articles: &[Article]) -> impl Iterator<Item = &Article> {
    let step = (articles.len() / SAMPLES).max(1) as u64;
    articles
        .iter()
        .filter(move |article| boundary::hash(article.id.as_bytes()).is_multiple_of(step))
}

/// Gives `section` a dictionary of `size_bytes`, if the samples are enough for it.
///
/// # Errors
///
/// Fails when it can't be made or written.
pub(super) fn train(
    bundle: &mut BundleWriter,
    section: Section,
    samples: &[Vec<u8>],
    size_bytes: usize,
) -> Result<(), WriteError> {
    let samples: Vec<&[u8]> = samples
        .iter()
        .map(|sample| sample.get(..SAMPLE_BYTES).unwrap_or(sample))
        .collect();
    let len_bytes: usize = samples.iter().map(|sample| sample.len()).sum();
    if len_bytes < size_bytes * LEAST_RATIO {
        return Ok(());
    }
    let dictionary = zstd::dict::from_samples(&samples, size_bytes)
        .map_err(|source| WriteError::Compress { section: section.name(), source })?;
    bundle.add_dictionary(section, &dictionary)
}
