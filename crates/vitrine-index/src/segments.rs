//! Segments: what does not fit in memory of an inverted index is put aside and merged.
//!
//! As documents are added, a full segment is put aside as it is. At the end, when the
//! numbers of terms are known, each segment is sorted by term, and the lists of a term
//! follow from one pass over all of them, because segments ascend by document.

use vitrine_spool::{Place, Spool, SpoolError};

use crate::{
    IndexError,
    inverted::{Frequencies, Inverter, Occurrence, TermPosting},
    postings::Posting,
};

/// Occurrences of a segment, of 12 bytes each: the list of them, which doubles as it grows,
/// has room for a quarter more.
const SEGMENT_LEN: usize = 3 << 19;

/// Of a segment as many are read at once.
const BLOCK_LEN: usize = 16 << 10;

/// Occurrences in the order of documents.
#[derive(Debug)]
pub(crate) struct Segments {
    spool: Spool,
    segment_len: usize,
    /// The segment that is being filled.
    last: Vec<Occurrence>,
    /// The blocks of each full one.
    full: Vec<Vec<Place>>,
    /// Number of documents of each term.
    doc_freqs: Vec<u32>,
    /// What could not be put aside; told at the end.
    failure: Option<SpoolError>,
}

impl Default for Segments {
    fn default() -> Self {
        Self::new(Spool::default(), SEGMENT_LEN)
    }
}

impl Segments {
    /// Returns no occurrence; `segment_len` are held in memory, more in `spool`.
    pub(crate) fn new(spool: Spool, segment_len: usize) -> Self {
        Self {
            spool,
            segment_len,
            last: Vec::new(),
            full: Vec::new(),
            doc_freqs: Vec::new(),
            failure: None,
        }
    }

    /// Returns no occurrence, with segments of the usual length.
    pub(crate) fn in_spool(spool: Spool) -> Self {
        Self::new(spool, SEGMENT_LEN)
    }

    /// Adds the terms of the next document, each once.
    pub(crate) fn add(&mut self, terms: impl Iterator<Item = Occurrence>) {
        for occurrence in terms {
            let term = occurrence.term as usize;
            if self.doc_freqs.len() <= term {
                self.doc_freqs.resize(term + 1, 0);
            }
            if let Some(doc_freq) = self.doc_freqs.get_mut(term) {
                *doc_freq += 1;
            }
            self.last.push(occurrence);
        }
        if self.last.len() >= self.segment_len {
            match put_blocks(&mut self.spool, &self.last) {
                Ok(blocks) => self.full.push(blocks),
                Err(error) => self.failure = Some(error),
            }
            self.last.clear();
        }
    }

    /// Gives the number of documents of each term, by the number of its appearance, once all
    /// documents are added.
    pub(crate) fn take_doc_freqs(&mut self) -> Vec<u32> {
        std::mem::take(&mut self.doc_freqs)
    }

    /// Returns the postings lists.
    ///
    /// # Errors
    ///
    /// Fails when a segment could not be put aside or read again.
    pub(crate) fn invert(self, inverter: &Inverter) -> Result<Lists, IndexError> {
        let Self { mut spool, last, full, failure, .. } = self;
        if let Some(error) = failure {
            return Err(error.into());
        }
        let mut runs = Vec::with_capacity(full.len() + 1);
        for segment in full {
            let mut occurrences: Vec<Occurrence> = Vec::new();
            for block in segment {
                read_block(&spool, block, &mut occurrences)?;
            }
            let postings = inverter.postings(occurrences);
            let mut blocks = put_blocks(&mut spool, &postings)?;
            blocks.reverse();
            runs.push(Run { blocks, ..Run::default() });
        }
        let mut postings = inverter.postings(last);
        postings.reverse();
        runs.push(Run { blocks: Vec::new(), postings });
        Ok(Lists { spool, runs, next_term: 0 })
    }
}

/// The postings lists of all terms, in their order.
#[derive(Debug)]
pub(crate) struct Lists {
    spool: Spool,
    /// In the order of documents.
    runs: Vec<Run>,
    next_term: u32,
}

/// A segment by terms.
#[derive(Debug, Default)]
struct Run {
    /// What is still to be read, the next last.
    blocks: Vec<Place>,
    /// What was read, the next last.
    postings: Vec<TermPosting>,
}

impl Lists {
    /// Returns the list of the next term, ascending by document; `None` after the last.
    ///
    /// # Errors
    ///
    /// Fails when a segment can't be read again.
    pub(crate) fn next(&mut self) -> Result<Option<Vec<Posting>>, IndexError> {
        let term = self.next_term;
        self.next_term += 1;
        let mut list = Vec::new();
        for run in &mut self.runs {
            run.take(term, &self.spool, &mut list)?;
        }
        Ok(Some(list).filter(|list| !list.is_empty()))
    }
}

impl Run {
    /// Moves the postings of `term` to the end of `list`.
    fn take(
        &mut self,
        term: u32,
        spool: &Spool,
        list: &mut Vec<Posting>,
    ) -> Result<(), SpoolError> {
        loop {
            if self.postings.is_empty()
                && let Some(block) = self.blocks.pop()
            {
                read_block(spool, block, &mut self.postings)?;
                self.postings.reverse();
            }
            let Some(next) = self.postings.pop_if(|next| next.term == term) else {
                return Ok(());
            };
            list.push(next.posting);
        }
    }
}

/// What a segment consists of, in twelve bytes.
trait Fixed: Copy {
    fn to_bytes(self) -> [[u8; 4]; 3];
    fn from_bytes(bytes: [[u8; 4]; 3]) -> Self;
}

impl Fixed for Occurrence {
    fn to_bytes(self) -> [[u8; 4]; 3] {
        let Self { term, doc, frequencies: Frequencies(frequencies) } = self;
        [term.to_le_bytes(), doc.to_le_bytes(), frequencies]
    }

    fn from_bytes([term, doc, frequencies]: [[u8; 4]; 3]) -> Self {
        let (term, doc) = (u32::from_le_bytes(term), u32::from_le_bytes(doc));
        Self { term, doc, frequencies: Frequencies(frequencies) }
    }
}

impl Fixed for TermPosting {
    fn to_bytes(self) -> [[u8; 4]; 3] {
        let Self { term, posting: Posting { doc, impact } } = self;
        [term.to_le_bytes(), doc.to_le_bytes(), [impact, 0, 0, 0]]
    }

    fn from_bytes([term, doc, [impact, ..]]: [[u8; 4]; 3]) -> Self {
        let (term, doc) = (u32::from_le_bytes(term), u32::from_le_bytes(doc));
        Self { term, posting: Posting { doc, impact } }
    }
}

/// Puts a segment aside in blocks and returns their places in order.
fn put_blocks<T: Fixed>(
    spool: &mut Spool,
    items: &[T],
) -> Result<Vec<Place>, SpoolError> {
    let mut blocks = Vec::with_capacity(items.len().div_ceil(BLOCK_LEN));
    for items in items.chunks(BLOCK_LEN) {
        let bytes: Vec<[[u8; 4]; 3]> = items.iter().map(|item| item.to_bytes()).collect();
        blocks.push(spool.put_bytes(bytes.as_flattened().as_flattened())?);
    }
    Ok(blocks)
}

/// Appends the items of a block to `out`.
fn read_block<T: Fixed>(
    spool: &Spool,
    block: Place,
    out: &mut Vec<T>,
) -> Result<(), SpoolError> {
    let bytes = spool.get_bytes(block)?;
    let (words, _) = bytes.as_chunks();
    let (items, _) = words.as_chunks();
    out.extend(items.iter().copied().map(T::from_bytes));
    Ok(())
}

#[cfg(test)]
mod tests {
    use vitrine_bundle::{BundleFile, BundleWriter};
    use vitrine_spool::Spool;

    use super::Segments;
    use crate::{IndexDocument, IndexWriter};

    /// The files of an index of 300 documents.
    fn files(segments: Segments) -> Vec<BundleFile> {
        let mut writer = IndexWriter::with_segments(segments);
        for number in 0..300_usize {
            let lang = if number % 3 == 0 { "zh-Hans" } else { "en" };
            let topic = number * number % 17;
            writer.add(&IndexDocument {
                lang,
                date: None,
                title: &format!("Tide gauge {topic}"),
                authors: &[format!("Author {}", number % 7)],
                source: "",
                section: "",
                r#type: "",
                body: &format!(
                    "gauge{topic} harbours harbour 潮位站{topic} word{number}"
                ),
            });
        }
        let mut bundle = BundleWriter::new();
        writer.finish(&mut bundle).unwrap();
        bundle.take_files()
    }

    #[test]
    fn an_index_is_the_same_whatever_the_length_of_its_segments() {
        let whole = files(Segments::default());
        for segment_len in [1, 100, 1000] {
            assert!(files(Segments::new(Spool::default(), segment_len)) == whole);
        }
    }
}
