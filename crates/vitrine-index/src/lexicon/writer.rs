//! Writes the lexicon section.

use vitrine_bundle::{BundleWriter, Section, is_boundary};

use super::{
    Part, TermRef,
    chunk::{Form, FormsWriter, chunk_key},
};
use crate::IndexError;

/// Bytes of a chunk of common forms, about, before compression.
const COMMON_BYTES: usize = 2 << 10;
/// Bytes of a chunk of rare forms, about, before compression.
const RARE_BYTES: usize = 18 << 10;

/// A form with the terms that it stands for.
#[derive(Debug)]
pub(crate) struct LexiconEntry<'a> {
    /// The part of the lexicon in which it stands.
    pub(crate) part: Part,
    /// The form.
    pub(crate) form: &'a str,
    /// Its terms, ascending by ordinal.
    pub(crate) terms: Vec<TermRef>,
    /// Whether it is a function word.
    pub(crate) is_function: bool,
}

/// Writes `entries`, which ascend by part and form; terms are numbered as they first occur.
///
/// A chunk ends where no term has forms on both sides, if there is such a place in reach:
/// then all forms of a term are found in the chunk of any of them. Of such places the form
/// itself decides, so that a form more moves only the ends around it.
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
    let (mut key, mut last_part) = (Vec::new(), Part::Common);
    for entry in entries {
        let LexiconEntry { part, form: text, ref terms, is_function } = entry;
        if part != last_part && !forms.is_empty() {
            let next = FormsWriter::new(forms.next_term());
            let full = std::mem::replace(&mut forms, next);
            bundle.add_chunk(Section::Lexicon, &key, &full.finish())?;
        }
        last_part = part;
        if forms.is_empty() {
            key = chunk_key(part, text, forms.next_term());
        }
        let before = forms.len_bytes();
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
        let len = forms.len_bytes();
        let target = match part {
            Part::Common => COMMON_BYTES,
            Part::Rare => RARE_BYTES,
        };
        let is_end = is_boundary(text.as_bytes(), len - before, len, target);
        if is_end && (open_forms == 0 || len >= 2 * target) {
            let next = FormsWriter::new(forms.next_term());
            let full = std::mem::replace(&mut forms, next);
            bundle.add_chunk(Section::Lexicon, &key, &full.finish())?;
        }
    }
    if !forms.is_empty() {
        bundle.add_chunk(Section::Lexicon, &key, &forms.finish())?;
    }
    Ok(())
}
