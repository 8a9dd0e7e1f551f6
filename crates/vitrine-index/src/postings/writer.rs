//! Writes the postings section.

use vitrine_bundle::{BundleWriter, Section, write_varint};

use super::{Posting, chunk_key, list::encode_list};
use crate::IndexError;

/// A chunk is closed when its lists reach this many bytes.
const CHUNK_BYTES: usize = 12 << 10;

/// Longest part of a list, in postings: about the bytes of a chunk.
const PART_POSTINGS: usize = 12 << 10;

/// Takes the terms' lists one by one and cuts them into chunks.
#[derive(Debug, Default)]
pub(crate) struct PostingsWriter {
    next_term: u32,
    first_term: u32,
    counts: Vec<u64>,
    lengths: Vec<u64>,
    lists: Vec<u8>,
}

impl PostingsWriter {
    /// Adds the list of the next term; `postings` ascend by document.
    ///
    /// # Errors
    ///
    /// Fails when the bundle refuses a chunk, or when the list has too many parts.
    pub(crate) fn add(
        &mut self,
        postings: &[Posting],
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
                self.push(postings);
                self.write(parts, chunk_key(term, part), bundle)?;
            }
            self.first_term = term + 1;
        } else {
            self.push(postings);
            if self.lists.len() >= CHUNK_BYTES {
                self.next_term = term + 1;
                self.flush(bundle)?;
            }
        }
        self.next_term = term + 1;
        Ok(())
    }

    fn push(&mut self, postings: &[Posting]) {
        let start = self.lists.len();
        encode_list(postings, &mut self.lists);
        self.counts.push(postings.len() as u64);
        self.lengths.push((self.lists.len() - start) as u64);
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
        if !self.counts.is_empty() {
            self.write(1, chunk_key(self.first_term, 0), bundle)?;
        }
        self.first_term = self.next_term;
        Ok(())
    }

    /// Writes a chunk: how many parts its (only) list has, the number of lists, their
    /// numbers of postings, their lengths, the lists.
    fn write(
        &mut self,
        parts: usize,
        key: [u8; 6],
        bundle: &mut BundleWriter,
    ) -> Result<(), IndexError> {
        let mut raw = Vec::new();
        write_varint(&mut raw, parts as u64);
        write_varint(&mut raw, self.counts.len() as u64);
        for &number in self.counts.iter().chain(&self.lengths) {
            write_varint(&mut raw, number);
        }
        raw.append(&mut self.lists);
        self.counts.clear();
        self.lengths.clear();
        bundle.add_chunk(Section::Postings, &key, &raw)?;
        Ok(())
    }
}
