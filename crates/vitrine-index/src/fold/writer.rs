//! Writes the part of the folding map that an archive needs.

use std::collections::BTreeSet;

use vitrine_bundle::{BundleWriter, Section};

use super::{FIRST_IDEOGRAPHIC, FoldTable};
use crate::IndexError;

/// The characters that an archive's texts consist of, as they stand there.
#[derive(Debug)]
pub(crate) struct Observed {
    /// By code point.
    occurs: Vec<bool>,
}

impl Default for Observed {
    fn default() -> Self {
        Self { occurs: vec![false; u32::from(char::MAX) as usize + 1] }
    }
}

impl Observed {
    /// Notes the characters of `text`.
    pub(crate) fn add(&mut self, text: &str) {
        for c in text.chars() {
            if let Some(occurs) = self.occurs.get_mut(u32::from(c) as usize) {
                *occurs = true;
            }
        }
    }

    fn contains(&self, c: char) -> bool {
        self.occurs.get(u32::from(c) as usize).is_some_and(|&occurs| occurs)
    }

    fn iter(&self) -> impl Iterator<Item = char> {
        ('\0'..=char::MAX).filter(|&c| self.contains(c))
    }
}

/// Most mappings of ideographs that occur among the statistics, which every reader loads.
const MAX_IDEOGRAPHS: usize = 128;

/// Writes the folding section and returns the map that marking needs, and whether that is
/// all of it: the characters below [`FIRST_IDEOGRAPHIC`], and others with alphabetic
/// results, that occur; all others that occur, when they are few.
///
/// Of `table`, a mapping is written when its result consists of characters that occur in
/// the folded texts: any other could not help a query to match.
///
/// # Errors
///
/// Fails when the bundle refuses a chunk.
pub(crate) fn write_folding(
    table: &FoldTable,
    observed: &Observed,
    bundle: &mut BundleWriter,
) -> Result<(FoldTable, bool), IndexError> {
    let mut folded = BTreeSet::new();
    for source in observed.iter() {
        match table.get(source) {
            Some(target) => folded.extend(target.chars()),
            None => _ = folded.insert(source),
        }
    }
    let occurs = |c: char| c.is_ascii() || !c.is_alphanumeric() || folded.contains(&c);
    let needed = table.filtered(|_, target| target.chars().all(occurs));
    let parts: [(char, FoldTable); 2] = [
        ('\u{80}', needed.filtered(|source, _| source < FIRST_IDEOGRAPHIC)),
        (FIRST_IDEOGRAPHIC, needed.filtered(|source, _| source >= FIRST_IDEOGRAPHIC)),
    ];
    for (first, part) in parts {
        if part.is_empty() {
            continue;
        }
        let mut raw = Vec::new();
        part.encode(&mut raw);
        bundle.add_chunk(Section::Folding, &u32::from(first).to_be_bytes(), &raw)?;
    }
    let all = table.filtered(|source, _| observed.contains(source));
    let alphabets = all.filtered(|source, target| {
        source < FIRST_IDEOGRAPHIC || target.chars().all(|c| c < FIRST_IDEOGRAPHIC)
    });
    let is_all = all.len() - alphabets.len() <= MAX_IDEOGRAPHS;
    Ok(if is_all { (all, true) } else { (alphabets, false) })
}
