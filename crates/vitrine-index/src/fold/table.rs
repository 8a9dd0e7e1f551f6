//! A folding map as sorted columns, and its bytes.

use vitrine_bundle::{Cursor, CursorError};
#[cfg(feature = "write")]
use vitrine_bundle::{write_str, write_varint};

/// A map from characters to what they fold to.
///
/// Invariant: `sources` ascends strictly; `ends[i]` is where the text of `sources[i]` ends
/// in `targets`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct FoldTable {
    sources: Vec<char>,
    ends: Vec<usize>,
    targets: String,
}

impl FoldTable {
    /// Returns what `c` folds to, or `None` when it is not in the map.
    pub(crate) fn get(&self, c: char) -> Option<&str> {
        self.sources.binary_search(&c).ok().and_then(|index| self.target(index))
    }

    fn target(&self, index: usize) -> Option<&str> {
        let start =
            index.checked_sub(1).map_or(Some(0), |i| self.ends.get(i).copied())?;
        self.targets.get(start..*self.ends.get(index)?)
    }

    /// Appends a mapping; `source` is above all sources so far.
    fn push(&mut self, source: char, target: &str) {
        self.sources.push(source);
        self.targets.push_str(target);
        self.ends.push(self.targets.len());
    }

    /// Returns the number of mappings.
    #[cfg(feature = "write")]
    pub(crate) fn len(&self) -> usize {
        self.sources.len()
    }

    /// Reads a map that [`FoldTable::encode`] wrote.
    ///
    /// # Errors
    ///
    /// Fails when the bytes are no such map.
    pub(crate) fn decode(cursor: &mut Cursor<'_>) -> Result<Self, CursorError> {
        let count = cursor.count()?;
        let mut table = Self::default();
        let mut least = 0_u32;
        for _ in 0..count {
            let source = least.checked_add(cursor.varint_u32()?).and_then(char::from_u32);
            let source = source.ok_or_else(|| cursor.invalid("a folded character"))?;
            table.sources.push(source);
            least = u32::from(source) + 1;
        }
        let mut end = 0_usize;
        for _ in 0..count {
            end += usize::from(cursor.u8()?);
            table.ends.push(end);
        }
        cursor.str()?.clone_into(&mut table.targets);
        if table.ends.iter().all(|&end| table.targets.is_char_boundary(end)) {
            Ok(table)
        } else {
            Err(cursor.invalid("a boundary between folded texts"))
        }
    }
}

#[cfg(feature = "write")]
impl FoldTable {
    /// Returns the mappings in the order of their sources.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (char, &str)> {
        self.sources
            .iter()
            .enumerate()
            .map(|(index, &source)| (source, self.target(index).unwrap_or_default()))
    }

    /// Returns the map without the mappings that `keep` refuses.
    pub(crate) fn filtered(&self, keep: impl Fn(char, &str) -> bool) -> Self {
        self.iter().filter(|&(source, target)| keep(source, target)).collect()
    }

    /// Returns whether the map is empty.
    pub(crate) fn is_empty(&self) -> bool {
        self.sources.is_empty()
    }

    /// Appends the bytes of the map: the number of mappings, the gaps between sources, the
    /// lengths of their texts, the texts.
    pub(crate) fn encode(&self, out: &mut Vec<u8>) {
        write_varint(out, self.sources.len() as u64);
        let mut above = 0;
        for &source in &self.sources {
            write_varint(out, u64::from(u32::from(source) - above));
            above = u32::from(source) + 1;
        }
        for (_, target) in self.iter() {
            out.push(target.len() as u8);
        }
        write_str(out, &self.targets);
    }
}

impl<T: AsRef<str>> FromIterator<(char, T)> for FoldTable {
    /// Collects mappings whose sources ascend; texts are at most 255 bytes long.
    fn from_iter<I: IntoIterator<Item = (char, T)>>(mappings: I) -> Self {
        let mut table = Self::default();
        for (source, target) in mappings {
            table.push(source, target.as_ref());
        }
        table
    }
}
