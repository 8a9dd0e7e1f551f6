//! Scoring: BM25F, in whole numbers.
//!
//! How much a term says about a document (its *impact*: the saturated, length-normalized
//! term frequency over all fields) is computed when the archive is packed and quantized, so
//! that a reader needs no lengths of documents; its level also says whether the term is in
//! the title. Sums of whole
//! numbers do not depend on their order: the same query gives the same ranks everywhere.

/// Impact levels of terms that are not in the title; those above are of terms that are.
const BODY_LEVELS: u8 = 20;

/// Impact levels of terms that are in the title.
const TITLE_LEVELS: u8 = 12;

/// Value of the greatest impact, of which [`impact_value`] gives parts.
const IMPACT_ONE: u32 = 120;

/// Scale of [`idf`].
const IDF_ONE: f64 = 256.0;

/// Returns the weight of a word that `doc_freq` of `doc_count` documents contain: at
/// least 1, in units of 1/256 nat.
pub(crate) fn idf(doc_count: u32, doc_freq: u32) -> u32 {
    let doc_freq = f64::from(doc_freq.min(doc_count));
    let others = f64::from(doc_count) - doc_freq;
    ((1.0 + (others + 0.5) / (doc_freq + 0.5)).ln() * IDF_ONE).round().max(1.0) as u32
}

/// Returns the value of an impact level, the middle of its step, in 1/120.
pub(crate) fn impact_value(level: u8) -> u32 {
    let (step, levels) = match level.checked_sub(BODY_LEVELS) {
        Some(step) => (step, TITLE_LEVELS),
        None => (level, BODY_LEVELS),
    };
    (2 * u32::from(step) + 1) * IMPACT_ONE / (2 * u32::from(levels))
}

/// Returns whether a term of this impact level is in the document's title.
pub(crate) fn is_in_title(level: u8) -> bool {
    level >= BODY_LEVELS
}

/// What a score of one whole idf at full impact amounts to.
pub(crate) const SCORE_ONE: f32 = IDF_ONE as f32 * IMPACT_ONE as f32;

#[cfg(feature = "write")]
pub(crate) mod bm25f {
    //! The write side: from frequencies to impacts.

    use super::{BODY_LEVELS, TITLE_LEVELS};

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
        FieldWeight { boost: 1.0, length_norm: 0.7 },
    ];

    /// Term frequency at which the impact is one half.
    const SATURATION: f64 = 1.6;

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
        let level = |levels: u8| (impact * f64::from(levels)).min(f64::from(levels - 1));
        match frequencies {
            [0, ..] => level(BODY_LEVELS) as u8,
            _ => BODY_LEVELS + level(TITLE_LEVELS) as u8,
        }
    }
}
