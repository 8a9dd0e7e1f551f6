//! Scoring: BM25F, in whole numbers.
//!
//! How much a term says about a document (its *impact*: the saturated, length-normalized
//! term frequency over all fields) is computed when the archive is packed and quantized to
//! [`IMPACT_LEVELS`] steps, so that a reader needs no lengths of documents. Sums of whole
//! numbers do not depend on their order: the same query gives the same ranks everywhere.

/// Number of impact levels.
const IMPACT_LEVELS: u32 = 32;

/// Scale of [`idf`].
const IDF_ONE: f64 = 256.0;

/// Returns the weight of a word that `doc_freq` of `doc_count` documents contain: at
/// least 1, in units of 1/256 nat.
pub(crate) fn idf(doc_count: u32, doc_freq: u32) -> u32 {
    let doc_freq = f64::from(doc_freq.min(doc_count));
    let others = f64::from(doc_count) - doc_freq;
    ((1.0 + (others + 0.5) / (doc_freq + 0.5)).ln() * IDF_ONE).round().max(1.0) as u32
}

/// Returns the value of an impact level: the middle of its step, so that 64 is one.
pub(crate) fn impact_value(level: u8) -> u32 {
    2 * u32::from(level) + 1
}

/// What a score of one whole idf at full impact amounts to.
pub(crate) const SCORE_ONE: f32 = IDF_ONE as f32 * 2.0 * IMPACT_LEVELS as f32;

#[cfg(feature = "write")]
pub(crate) mod bm25f {
    //! The write side: from frequencies to impacts.

    use super::IMPACT_LEVELS;

    /// Number of fields that are searched.
    pub(crate) const FIELDS: usize = 4;

    /// A field's part in the score.
    struct FieldWeight {
        /// How much an occurrence counts.
        boost: f64,
        /// How much the field's length matters, 0 to 1.
        length_norm: f64,
    }

    /// Title, authors, source, body.
    const FIELD_WEIGHTS: [FieldWeight; FIELDS] = [
        FieldWeight { boost: 4.0, length_norm: 0.75 },
        FieldWeight { boost: 1.5, length_norm: 0.3 },
        FieldWeight { boost: 0.5, length_norm: 0.3 },
        FieldWeight { boost: 1.0, length_norm: 0.75 },
    ];

    /// Term frequency at which the impact is one half.
    const SATURATION: f64 = 1.2;

    /// Returns the level of a term with these frequencies in a document's fields;
    /// `relative_lengths` are the fields' lengths over the average.
    pub(crate) fn impact(
        frequencies: [u32; FIELDS],
        relative_lengths: [f64; FIELDS],
    ) -> u8 {
        let weighted: f64 = FIELD_WEIGHTS
            .iter()
            .zip(frequencies)
            .zip(relative_lengths)
            .filter(|((_, frequency), _)| *frequency > 0)
            .map(|((field, frequency), length)| {
                let norm = 1.0 - field.length_norm + field.length_norm * length;
                field.boost * f64::from(frequency) / norm
            })
            .sum();
        let impact = weighted / (SATURATION + weighted);
        (impact * f64::from(IMPACT_LEVELS)).min(f64::from(IMPACT_LEVELS - 1)) as u8
    }
}
