//! Scoring: BM25F, in whole numbers.
//!
//! How much a term says about a document (its *impact*: the saturated, length-normalized
//! term frequency over all fields) is computed when the archive is packed and quantized, so
//! that a reader needs no lengths of documents; its level also says whether the term is in
//! the title, and how long that is. Sums of whole
//! numbers do not depend on their order: the same query gives the same ranks everywhere.

/// Levels of terms that are not in the title, by impact.
const BODY_LEVELS: u8 = 16;

/// Levels of terms in a title of about one length, by impact.
const LEVELS_PER_LENGTH: u8 = 4;

/// The part that one term is of a title, in sixtieths, by the class of the title's length.
const TITLE_PARTS: [u8; 8] = [60, 30, 20, 15, 12, 9, 7, 5];

/// Value of the greatest impact, of which [`impact_value`] gives parts.
pub(crate) const IMPACT_ONE: u32 = 160;

/// Values of the impacts of a term in the title, which are above two fifths as a rule.
const TITLE_VALUES: [u32; LEVELS_PER_LENGTH as usize] = [76, 100, 124, 148];

/// Scale of [`idf`].
const IDF_ONE: f64 = 256.0;

/// Returns the weight of a word that `doc_freq` of `doc_count` documents contain: at
/// least 1, in units of 1/256 nat.
pub(crate) fn idf(doc_count: u32, doc_freq: u32) -> u32 {
    let doc_freq = f64::from(doc_freq.min(doc_count));
    let others = f64::from(doc_count) - doc_freq;
    ((1.0 + (others + 0.5) / (doc_freq + 0.5)).ln() * IDF_ONE).round().max(1.0) as u32
}

/// Returns the value of an impact level, the middle of its step, in 1/160.
pub(crate) fn impact_value(level: u8) -> u32 {
    let steps = usize::from(LEVELS_PER_LENGTH);
    match level.checked_sub(BODY_LEVELS) {
        Some(title) => TITLE_VALUES[usize::from(title) % steps],
        None => (2 * u32::from(level) + 1) * IMPACT_ONE / (2 * u32::from(BODY_LEVELS)),
    }
}

/// Returns the part that a term of this level is of the document's title, in sixtieths; 0
/// when it is not in the title.
pub(crate) fn title_part(level: u8) -> u32 {
    let class = level.checked_sub(BODY_LEVELS).map(|title| title / LEVELS_PER_LENGTH);
    let part = class.and_then(|class| TITLE_PARTS.get(usize::from(class)));
    part.copied().map_or(0, u32::from)
}

/// What a score of one whole idf at full impact amounts to.
pub(crate) const SCORE_ONE: f32 = IDF_ONE as f32 * IMPACT_ONE as f32;

#[cfg(feature = "write")]
pub(crate) mod bm25f {
    //! The write side: from frequencies to impacts.

    use super::{BODY_LEVELS, LEVELS_PER_LENGTH};

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
        FieldWeight { boost: 3.0, length_norm: 0.75 },
        FieldWeight { boost: 1.5, length_norm: 0.3 },
        FieldWeight { boost: 0.5, length_norm: 0.3 },
        FieldWeight { boost: 1.0, length_norm: 0.7 },
    ];

    /// Term frequency at which the impact is one half.
    const SATURATION: f64 = 1.6;

    /// Impacts at which the next level of a term in the title begins.
    const TITLE_STEPS: [f64; 3] = [0.55, 0.7, 0.85];

    /// Returns the level of a term with these frequencies in a document's fields;
    /// `relative_lengths` are the fields' lengths over the average, `title_len` is the
    /// number of tokens of the title.
    pub(crate) fn level(
        frequencies: [u32; FIELDS],
        relative_lengths: [f64; FIELDS],
        title_len: u32,
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
        if let Some(&in_title) = frequencies.first().filter(|&&in_title| in_title > 0) {
            let step = TITLE_STEPS.iter().filter(|&&least| impact >= least).count() as u8;
            // Of a title that repeats the term it is the greater part.
            let per_occurrence = title_len.div_ceil(in_title);
            return BODY_LEVELS + LEVELS_PER_LENGTH * length_class(per_occurrence) + step;
        }
        (impact * f64::from(BODY_LEVELS)).min(f64::from(BODY_LEVELS - 1)) as u8
    }

    /// Returns the class of a title's length, an index of the parts.
    fn length_class(title_len: u32) -> u8 {
        match title_len {
            0..=5 => title_len.saturating_sub(1) as u8,
            6..=7 => 5,
            8..=10 => 6,
            _ => 7,
        }
    }
}
