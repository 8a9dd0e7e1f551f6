//! Writes the postings section.

use vitrine_bundle::{BundleWriter, Section, is_boundary, write_bytes, write_varint};

use super::{Posting, chunk_key, level_code::LevelEncoder, list::encode_list};
use crate::IndexError;

/// Least of the bytes that a chunk of common terms is to have.
const LEAST_COMMON_BYTES: usize = 7 << 9;
/// Bytes of a chunk of rare terms, about.
const RARE_BYTES: usize = 17 << 10;

/// Longest part of a list, in postings: about the bytes of a chunk.
const PART_POSTINGS: usize = 12 << 10;

/// Takes the terms' lists one by one and cuts them into chunks.
#[derive(Debug)]
pub(crate) struct PostingsWriter {
    bound: u32,
    /// Bytes of a chunk of common terms, about.
    common_bytes: usize,
    /// Number of common terms, which come first.
    common_count: u32,
    next_term: u32,
    first_term: u32,
    lists: Vec<Vec<Posting>>,
    len_bytes: usize,
}

impl PostingsWriter {
    /// Returns a writer of lists of `doc_count` documents, of which the first
    /// `common_count` are those of common terms.
    pub(crate) fn new(doc_count: u32, common_count: u32) -> Self {
        // Rounded, so that an article more does not change the code of every list.
        let step = 1_u32 << doc_count.checked_ilog2().unwrap_or(0).saturating_sub(4);
        let bound = doc_count.checked_next_multiple_of(step).unwrap_or(doc_count);
        Self {
            bound,
            common_bytes: common_bytes(doc_count),
            common_count,
            next_term: 0,
            first_term: 0,
            lists: Vec::new(),
            len_bytes: 0,
        }
    }

    /// Adds the list of the next term; `postings` ascend by document.
    ///
    /// # Errors
    ///
    /// Fails when the bundle refuses a chunk, or when the list has too many parts.
    pub(crate) fn add(
        &mut self,
        postings: Vec<Posting>,
        bundle: &mut BundleWriter,
    ) -> Result<(), IndexError> {
        let term = self.next_term;
        if postings.len() > PART_POSTINGS {
            self.flush(bundle)?;
            let total = postings.len();
            let parts = total.div_ceil(PART_POSTINGS);
            for (part, postings) in postings.chunks(PART_POSTINGS).enumerate() {
                let part = u16::try_from(part).map_err(|_range| {
                    IndexError::TooManyDocuments { doc_count: total }
                })?;
                self.lists.push(postings.to_vec());
                self.write(parts, chunk_key(term, part), bundle)?;
            }
            self.first_term = term + 1;
            self.next_term = term + 1;
            return Ok(());
        }
        let list_bytes = self.estimate(&postings);
        self.len_bytes += list_bytes;
        let key = key(&postings);
        self.lists.push(postings);
        self.next_term = term + 1;
        let target_bytes =
            if term < self.common_count { self.common_bytes } else { RARE_BYTES };
        let is_last_common = self.next_term == self.common_count;
        if is_last_common || is_boundary(&key, list_bytes, self.len_bytes, target_bytes) {
            self.flush(bundle)?;
        }
        Ok(())
    }

    /// Returns about how many bytes a list takes: for each document the logarithm of the
    /// mean gap and some bits for its level.
    fn estimate(&self, postings: &[Posting]) -> usize {
        let gap = self.bound as usize / postings.len().max(1);
        2 + postings.len() * (gap.max(1).ilog2() as usize + 4) / 8
    }

    /// Writes what is left and returns the number of terms.
    ///
    /// # Errors
    ///
    /// Fails when the bundle refuses a chunk.
    pub(crate) fn finish(mut self, bundle: &mut BundleWriter) -> Result<u32, IndexError> {
        self.flush(bundle)?;
        Ok(self.next_term)
    }

    fn flush(&mut self, bundle: &mut BundleWriter) -> Result<(), IndexError> {
        if !self.lists.is_empty() {
            self.write(1, chunk_key(self.first_term, 0), bundle)?;
        }
        self.first_term = self.next_term;
        Ok(())
    }

    /// Writes a chunk: how many parts its (only) list has, the bound of documents, the code
    /// of levels, the number of lists, their numbers of postings, their lengths, the lists.
    fn write(
        &mut self,
        parts: usize,
        key: [u8; 6],
        bundle: &mut BundleWriter,
    ) -> Result<(), IndexError> {
        let levels =
            self.lists.iter().flatten().map(|posting| usize::from(posting.impact));
        let mut frequencies = vec![0; levels.clone().max().map_or(0, |most| most + 1)];
        for level in levels {
            if let Some(frequency) = frequencies.get_mut(level) {
                *frequency += 1;
            }
        }
        let encoder = LevelEncoder::new(frequencies);
        let (mut bits, mut lengths) = (Vec::new(), Vec::new());
        for list in &self.lists {
            let start = bits.len();
            encode_list(list, self.bound, &encoder, &mut bits);
            lengths.push(bits.len() - start);
        }
        let mut raw = Vec::new();
        write_varint(&mut raw, parts as u64);
        write_varint(&mut raw, u64::from(self.bound));
        write_bytes(&mut raw, &encoder.lengths);
        write_varint(&mut raw, self.lists.len() as u64);
        for number in self.lists.iter().map(Vec::len).chain(lengths) {
            write_varint(&mut raw, number as u64);
        }
        raw.append(&mut bits);
        self.lists.clear();
        self.len_bytes = 0;
        bundle.add_chunk(Section::Postings, &key, &raw)?;
        Ok(())
    }
}

/// Returns the bytes of a chunk of common terms, about, of so many documents.
///
/// A search loads one for each word, so they should be small; the fewer documents there are,
/// the more of an archive's files they would be.
fn common_bytes(doc_count: u32) -> usize {
    // Rounded, so that an article more does not move all chunks.
    let root = doc_count.clamp(1, 1 << 20).next_power_of_two().isqrt() as usize;
    LEAST_COMMON_BYTES.max((69_usize << 6).saturating_sub(8 * root))
}

/// What identifies a list, whatever number its term has and its first document.
fn key(postings: &[Posting]) -> Vec<u8> {
    let gaps = postings.windows(2).take(4).map(|pair| pair[1].doc - pair[0].doc);
    let levels = postings.iter().take(4).map(|posting| posting.impact);
    gaps.flat_map(u32::to_le_bytes).chain(levels).collect()
}

#[cfg(test)]
mod tests {
    use super::{LEAST_COMMON_BYTES, common_bytes};

    #[test]
    fn chunks_of_common_terms_stay_small_however_many_documents_there_are() {
        for exponent in 0..32 {
            let bytes = common_bytes(1 << exponent);
            assert!(
                (LEAST_COMMON_BYTES..=5_000).contains(&bytes),
                "{bytes} of 2^{exponent}"
            );
        }
        assert_eq!(common_bytes(u32::MAX), LEAST_COMMON_BYTES);
    }
}
