//! Dictionaries: what the articles of an archive have in common, so that small chunks
//! compress as well as large ones.

use vitrine_article::Article;

use super::writer::encode;
use crate::{BundleWriter, Section, boundary, error::WriteError};

/// Size of the dictionary of records: it is loaded before the first list.
const DOCUMENTS_BYTES: usize = 6 << 10;
/// Size of the dictionary of texts: it is loaded before the first article.
const TEXTS_BYTES: usize = 32 << 10;
/// Articles that are looked at, about.
const SAMPLES: usize = 1_500;
/// Most bytes of one of them that count.
const SAMPLE_BYTES: usize = 6 << 10;
/// Times the dictionary's size that the samples must have: below, it costs more than it
/// saves.
const LEAST_RATIO: usize = 16;

/// Learns from some of the articles how to compress all; a small archive does without.
#[derive(Debug)]
pub struct DictionaryTrainer {
    /// One article of so many is looked at.
    step: u64,
    records: Vec<Vec<u8>>,
    texts: Vec<Vec<u8>>,
}

impl DictionaryTrainer {
    /// Returns a trainer for an archive of `article_count` articles.
    pub fn new(article_count: usize) -> Self {
        let step = (article_count / SAMPLES).max(1) as u64;
        Self { step, records: Vec::new(), texts: Vec::new() }
    }

    /// Returns whether the article with this id is to be looked at. The hash of its id
    /// decides: a change of one of the others does not change the dictionary, and with it
    /// every chunk.
    pub fn wants(&self, id: &str) -> bool {
        boundary::hash(id.as_bytes()).is_multiple_of(self.step)
    }

    /// Looks at an article that is wanted; call it in the order of documents.
    pub fn add(&mut self, article: &Article) {
        let [mut record, mut text] = encode(article);
        for sample in [&mut record, &mut text] {
            sample.truncate(SAMPLE_BYTES);
            sample.shrink_to_fit();
        }
        self.records.push(record);
        self.texts.push(text);
    }

    /// Writes the dictionaries; call it before any document is written.
    ///
    /// # Errors
    ///
    /// [`WriteError`] when they can't be written.
    pub fn finish(self, bundle: &mut BundleWriter) -> Result<(), WriteError> {
        train(bundle, Section::Documents, &self.records, DOCUMENTS_BYTES)?;
        train(bundle, Section::Texts, &self.texts, TEXTS_BYTES)
    }
}

/// Gives `section` a dictionary of `size_bytes`, if the samples are enough for it.
///
/// # Errors
///
/// Fails when it can't be made or written.
fn train(
    bundle: &mut BundleWriter,
    section: Section,
    samples: &[Vec<u8>],
    size_bytes: usize,
) -> Result<(), WriteError> {
    let len_bytes: usize = samples.iter().map(Vec::len).sum();
    if len_bytes < size_bytes * LEAST_RATIO {
        return Ok(());
    }
    let dictionary = zstd::dict::from_samples(samples, size_bytes)
        .map_err(|source| WriteError::Compress { section: section.name(), source })?;
    bundle.add_dictionary(section, &dictionary)
}
