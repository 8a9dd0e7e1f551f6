//! Short stand-ins for texts, so that many can be compared without being held.

use sha2::{Digest as _, Sha256};

/// Multiplies eight bytes at a time, as wyhash does: good enough for counting, the same on
/// every machine.
pub(crate) fn hash(bytes: &[u8]) -> u64 {
    let mut sum = 0xcbf2_9ce4_8422_2325 ^ bytes.len() as u64;
    let mut add = |word: [u8; 8]| {
        let product = u128::from(sum ^ u64::from_le_bytes(word))
            * u128::from(0x9e37_79b9_7f4a_7c15_u64);
        sum = product as u64 ^ (product >> 64) as u64;
    };
    let (words, rest) = bytes.as_chunks();
    for &word in words {
        add(word);
    }
    let mut last = [0; 8];
    last.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
    add(last);
    mixed(sum)
}

/// The finalizer of `SplitMix64`: every bit of the input changes half of the output.
pub(crate) fn mixed(value: u64) -> u64 {
    let value = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

/// The beginning of the SHA-256 of a text: equal digests are equal texts, even where
/// somebody would like it otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Digest([u8; 16]);

impl Digest {
    pub(crate) fn of(text: &str) -> Self {
        let mut digest = [0; 16];
        digest.iter_mut().zip(Sha256::digest(text)).for_each(|(to, from)| *to = from);
        Self(digest)
    }
}

/// How often each of many hashes occurs.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    /// Ascending.
    hashes: Vec<u64>,
    /// In the same order.
    counts: Vec<u32>,
}

impl Counts {
    /// How often `hash` occurs.
    pub(crate) fn get(&self, hash: u64) -> usize {
        let found = self.hashes.binary_search(&hash).ok();
        found.and_then(|at| self.counts.get(at)).map_or(0, |&count| count as usize)
    }
}

impl From<Vec<u64>> for Counts {
    fn from(mut hashes: Vec<u64>) -> Self {
        hashes.sort_unstable();
        let counts =
            hashes.chunk_by(|a, b| a == b).map(|same| same.len() as u32).collect();
        hashes.dedup();
        Self { hashes, counts }
    }
}

#[cfg(test)]
mod tests {
    use super::Counts;

    #[test]
    fn equal_hashes_are_counted() {
        let counts = Counts::from(vec![7, 3, 7, 9, 7, 3]);
        assert_eq!([3, 7, 9, 4].map(|hash| counts.get(hash)), [2, 3, 1, 0]);
    }
}
