//! The code of impact levels: canonical Huffman, one table a chunk.
//!
//! Most levels of a chunk are few, those of words in titles are rare; a fixed width would
//! pay for all of them in every posting.

use super::bits::BitReader;
#[cfg(feature = "write")]
use super::bits::BitWriter;

/// Longest code, in bits.
const MAX_BITS: usize = 15;

/// Reads levels.
pub(super) struct LevelCode {
    /// Number of codes of each length.
    counts: [u16; MAX_BITS + 1],
    /// The levels in the order of their codes.
    levels: Vec<u8>,
}

impl LevelCode {
    /// Returns the code whose lengths in bits are `lengths`, by level; 0 is for a level
    /// that does not occur. `None` when a length is not allowed.
    pub(super) fn new(lengths: &[u8]) -> Option<Self> {
        let mut counts = [0; MAX_BITS + 1];
        let mut levels = Vec::new();
        for length in 1..=MAX_BITS {
            for (level, _) in of_length(lengths, length) {
                levels.push(level);
                *counts.get_mut(length)? += 1;
            }
        }
        let is_allowed = |&length: &u8| usize::from(length) <= MAX_BITS;
        lengths.iter().all(is_allowed).then_some(Self { counts, levels })
    }

    /// Reads a level.
    pub(super) fn read(&self, bits: &mut BitReader<'_>) -> Option<u8> {
        let (mut code, mut first, mut index) = (0_u32, 0_u32, 0_u32);
        for &count in self.counts.iter().skip(1) {
            let count = u32::from(count);
            code |= bits.bits(1)?;
            if let Some(offset) = code.checked_sub(first).filter(|&offset| offset < count)
            {
                return self.levels.get((index + offset) as usize).copied();
            }
            index += count;
            first = (first + count) << 1;
            code <<= 1;
        }
        None
    }
}

/// Returns the levels whose codes have this length, with their positions.
fn of_length(lengths: &[u8], length: usize) -> impl Iterator<Item = (u8, usize)> {
    let is_so = move |(_, found): &(usize, &u8)| usize::from(**found) == length;
    lengths.iter().enumerate().filter(is_so).map(|(level, _)| (level as u8, level))
}

/// Writes levels.
#[cfg(feature = "write")]
pub(super) struct LevelEncoder {
    /// Length in bits of each level's code.
    pub(super) lengths: Vec<u8>,
    codes: Vec<u32>,
}

#[cfg(feature = "write")]
impl LevelEncoder {
    /// Returns a code for levels that occur so often, by level.
    pub(super) fn new(mut frequencies: Vec<u32>) -> Self {
        let lengths = loop {
            let lengths = code_lengths(&frequencies);
            if lengths.iter().all(|&length| usize::from(length) <= MAX_BITS) {
                break lengths;
            }
            // Flatter frequencies give shorter codes.
            for frequency in &mut frequencies {
                *frequency = frequency.div_ceil(2);
            }
        };
        let mut codes = vec![0; lengths.len()];
        let mut next = 0_u32;
        for length in 1..=MAX_BITS {
            next <<= 1;
            for (_, level) in of_length(&lengths, length) {
                if let Some(code) = codes.get_mut(level) {
                    *code = next;
                    next += 1;
                }
            }
        }
        Self { lengths, codes }
    }

    /// Writes a level, the highest bit of its code first.
    pub(super) fn write(&self, level: u8, bits: &mut BitWriter<'_>) {
        let level = usize::from(level);
        let length = self.lengths.get(level).copied().unwrap_or(0);
        let code = self.codes.get(level).copied().unwrap_or(0);
        for bit in (0..length).rev() {
            bits.bits(code >> bit & 1, 1);
        }
    }
}

/// Returns the lengths of Huffman codes; a level that never occurs has none, a single one
/// has a bit.
#[cfg(feature = "write")]
fn code_lengths(frequencies: &[u32]) -> Vec<u8> {
    let mut lengths = vec![0_u8; frequencies.len()];
    let occurring =
        frequencies.iter().enumerate().filter(|(_, frequency)| **frequency > 0);
    let mut trees: Vec<(u64, Vec<usize>)> = occurring
        .map(|(level, &frequency)| (u64::from(frequency), vec![level]))
        .collect();
    if let [(_, only)] = trees.as_slice()
        && let Some(length) = only.first().and_then(|&level| lengths.get_mut(level))
    {
        *length = 1;
    }
    while trees.len() > 1 {
        // The rarest last; of equals the one of the lowest level.
        trees.sort_by(|a, b| (b.0, &b.1).cmp(&(a.0, &a.1)));
        let (Some(one), Some(other)) = (trees.pop(), trees.pop()) else { break };
        let mut levels = one.1;
        levels.extend(other.1);
        for &level in &levels {
            if let Some(length) = lengths.get_mut(level) {
                *length += 1;
            }
        }
        trees.push((one.0 + other.0, levels));
    }
    lengths
}

#[cfg(all(test, feature = "write"))]
mod tests {
    use super::{LevelCode, LevelEncoder};
    use crate::postings::bits::{BitReader, BitWriter};

    fn check(frequencies: &[u32]) {
        let encoder = LevelEncoder::new(frequencies.to_vec());
        let occurs = |level: &usize| frequencies[*level] > 0;
        let levels: Vec<u8> =
            (0..frequencies.len()).filter(occurs).map(|level| level as u8).collect();
        let mut bytes = Vec::new();
        let mut bits = BitWriter::new(&mut bytes);
        for &level in &levels {
            encoder.write(level, &mut bits);
        }
        bits.finish();
        let mut bits = BitReader::new(&bytes);
        let read = LevelCode::new(&encoder.lengths)
            .and_then(|code| levels.iter().map(|_| code.read(&mut bits)).collect());
        assert_eq!(read, Some(levels));
    }

    #[test]
    fn levels_round_trip() {
        check(&[7]);
        check(&[0, 0, 3, 0, 1]);
        check(&[5; 64]);
        // Fibonacci's numbers make codes as long as they can get.
        let mut frequencies = vec![1, 1];
        while frequencies.len() < 40 {
            frequencies.push(
                frequencies[frequencies.len() - 1] + frequencies[frequencies.len() - 2],
            );
        }
        check(&frequencies);
    }

    #[test]
    fn impossible_lengths_are_refused_or_read_nothing() {
        assert!(LevelCode::new(&[16]).is_none());
        let code = LevelCode::new(&[0, 0]).unwrap();
        assert_eq!(code.read(&mut BitReader::new(&[0xff; 8])), None);
        let crowded = LevelCode::new(&[1; 200]).unwrap();
        assert!(crowded.read(&mut BitReader::new(&[0xff; 8])).is_some());
    }
}
