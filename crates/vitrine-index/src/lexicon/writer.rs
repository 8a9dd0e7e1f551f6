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
pub(crate) fn write_lexicon<'a>(
    entries: impl Iterator<Item = LexiconEntry<'a>> + Clone,
    bundle: &mut BundleWriter,
) -> Result<(), IndexError> {
    let mut forms_left: Vec<u32> = Vec::new();
    for term in entries.clone().flat_map(|entry| entry.terms) {
        let index = term.ordinal as usize;
        if forms_left.len() <= index {
            forms_left.resize(index + 1, 0);
        }
        if let Some(left) = forms_left.get_mut(index) {
            *left += 1;
        }
    }
    let mut open_forms = 0_u64;
    let mut is_seen = vec![false; forms_left.len()];
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
        let LexiconEntry { form: text, ref terms, is_function } = entry;
        forms.push(Form { text, terms, is_function });
        for term in terms {
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
