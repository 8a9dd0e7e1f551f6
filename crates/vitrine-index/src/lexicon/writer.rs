//! Writes the lexicon section.

use vitrine_bundle::{BundleWriter, Section};

use super::{
    TermRef,
    chunk::{Form, FormsWriter},
};
use crate::IndexError;

/// A chunk is closed at the first chance after this many bytes, before compression.
const CHUNK_BYTES: usize = 8 << 10;

/// And at this many anyhow.
const MAX_CHUNK_BYTES: usize = 2 * CHUNK_BYTES;

/// A form with the terms that it stands for.
#[derive(Debug)]
pub(crate) struct LexiconEntry<'a> {
    /// The form.
    pub(crate) form: &'a str,
    /// Its terms, ascending by ordinal.
    pub(crate) terms: Vec<TermRef>,
    /// Whether it is a function word.
    pub(crate) is_function: bool,
}

/// Writes `entries`, which ascend by form; terms are numbered as they first occur.
///
/// A chunk ends where no term has forms on both sides, if there is such a place in reach:
/// then all forms of a term are found in the chunk of any of them.
///
/// # Errors
///
/// Fails when the bundle refuses a chunk.
pub(crate) fn write_lexicon(
    entries: &[LexiconEntry<'_>],
    bundle: &mut BundleWriter,
) -> Result<(), IndexError> {
    let ordinals = || entries.iter().flat_map(|entry| &entry.terms).map(|t| t.ordinal);
    let term_count = ordinals().max().map_or(0, |last| last as usize + 1);
    let mut forms_left = vec![0_u32; term_count];
    for ordinal in ordinals() {
        if let Some(left) = forms_left.get_mut(ordinal as usize) {
            *left += 1;
        }
    }
    let mut open_forms = 0_u64;
    let mut is_seen = vec![false; term_count];
    let mut forms = FormsWriter::new(0);
    let mut first = "";
    for entry in entries {
        let len = forms.len_bytes();
        let is_cut = len >= MAX_CHUNK_BYTES || (len >= CHUNK_BYTES && open_forms == 0);
        if is_cut && !forms.is_empty() {
            let next = FormsWriter::new(forms.next_term());
            let full = std::mem::replace(&mut forms, next);
            bundle.add_chunk(Section::Lexicon, first.as_bytes(), &full.finish())?;
        }
        if forms.is_empty() {
            first = entry.form;
        }
        let LexiconEntry { form: text, ref terms, is_function } = *entry;
        forms.push(Form { text, terms, is_function });
        for term in &entry.terms {
            let index = term.ordinal as usize;
            let (Some(seen), Some(left)) =
                (is_seen.get_mut(index), forms_left.get(index))
            else {
                continue;
            };
            // Its other forms are yet to come, or this is one of them.
            if *seen {
                open_forms -= 1;
            } else {
                *seen = true;
                open_forms += u64::from(*left) - 1;
            }
        }
    }
    if !forms.is_empty() {
        bundle.add_chunk(Section::Lexicon, first.as_bytes(), &forms.finish())?;
    }
    Ok(())
}
