//! The bytes of a lexicon chunk, as columns.

use vitrine_bundle::{Cursor, CursorError};

/// A term that a form stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct TermRef {
    /// Its number among all terms.
    pub(crate) ordinal: u32,
    /// Number of documents that contain it.
    pub(crate) doc_freq: u32,
}

/// Added to the number of a form's terms when it is a function word.
const FUNCTION_BIT: u8 = 0x80;

/// A part of the lexicon, in which forms ascend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    /// Forms of terms that many documents contain, and of those that share a form with them.
    Common = 0,
    /// All others.
    Rare = 1,
}

impl Part {
    /// Both parts, in their order.
    pub(crate) const ALL: [Self; 2] = [Self::Common, Self::Rare];
}

/// Returns the key of the chunk of `part` that begins with `form`: the part, the form, a
/// zero byte, and the number of the first term that no chunk before has. So that number is
/// in the directory alone, and a term more leaves the chunks behind it as they are.
#[cfg(feature = "write")]
pub(super) fn chunk_key(part: Part, form: &str, next_term: u32) -> Vec<u8> {
    let mut key = vec![part as u8];
    key.extend_from_slice(form.as_bytes());
    key.push(0);
    vitrine_bundle::write_varint(&mut key, u64::from(next_term));
    key
}

/// Returns the number in a chunk's key.
pub(super) fn next_term(key: &[u8]) -> Result<u32, CursorError> {
    let mut parts = key.get(1..).unwrap_or_default().splitn(2, |&byte| byte == 0);
    Cursor::new(parts.nth(1).unwrap_or_default()).varint_u32()
}

/// Returns a key after that of the chunk of `part` that begins with `form`, and before
/// those of all greater forms.
pub(super) fn search_key(part: Part, form: &str) -> Vec<u8> {
    [&[part as u8], form.as_bytes(), &[1]].concat()
}

/// A form of the lexicon.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Form<'a> {
    /// The form.
    pub(crate) text: &'a str,
    /// Its terms, ascending.
    pub(crate) terms: &'a [TermRef],
    /// Whether it holds sentences together more than it says something.
    pub(crate) is_function: bool,
}

/// Walks over the forms of a chunk, in their order.
#[derive(Debug)]
pub(super) struct Forms<'a> {
    left: usize,
    next_term: u32,
    /// Number of bytes that a form shares with the one before.
    shared: Cursor<'a>,
    /// Number of bytes that follow them.
    suffix_lengths: Cursor<'a>,
    suffixes: Cursor<'a>,
    term_counts: Cursor<'a>,
    /// For each term how far it lies before the next new one; 0 is the next new one.
    distances: Cursor<'a>,
    doc_freqs: Cursor<'a>,
    /// The bytes of the form.
    pub(super) bytes: Vec<u8>,
    /// Its terms, ascending.
    pub(super) terms: Vec<TermRef>,
    /// Whether it is a function word.
    pub(super) is_function: bool,
}

impl<'a> Forms<'a> {
    /// Returns the forms of a chunk of which `next_term` is the first term that no chunk
    /// before has.
    pub(super) fn new(bytes: &'a [u8], next_term: u32) -> Result<Self, CursorError> {
        let mut cursor = Cursor::new(bytes);
        let left = cursor.count()?;
        let mut column = || cursor.len_bytes().map(Cursor::new);
        Ok(Self {
            left,
            next_term,
            shared: column()?,
            suffix_lengths: column()?,
            suffixes: column()?,
            term_counts: column()?,
            distances: column()?,
            doc_freqs: column()?,
            bytes: Vec::new(),
            terms: Vec::new(),
            is_function: false,
        })
    }

    /// Steps to the next form and returns it; `None` after the last.
    pub(super) fn next(&mut self) -> Result<Option<Form<'_>>, CursorError> {
        if !self.step()? {
            return Ok(None);
        }
        let text = self.text()?;
        Ok(Some(Form { text, terms: &self.terms, is_function: self.is_function }))
    }

    /// Steps to the next form, of which only the bytes are wanted first: most are none that is
    /// looked for. Returns whether there is one.
    pub(super) fn step(&mut self) -> Result<bool, CursorError> {
        let Some(left) = self.left.checked_sub(1) else { return Ok(false) };
        self.left = left;
        self.bytes.truncate(usize::from(self.shared.u8()?));
        let suffix_len = usize::from(self.suffix_lengths.u8()?);
        self.bytes.extend_from_slice(self.suffixes.bytes(suffix_len)?);
        self.terms.clear();
        let count = self.term_counts.u8()?;
        self.is_function = count & FUNCTION_BIT != 0;
        for _ in 0..count & !FUNCTION_BIT {
            let distance = self.distances.varint_u32()?;
            let ordinal = self.next_term.checked_sub(distance);
            let ordinal = ordinal.ok_or_else(|| self.distances.invalid("a term"))?;
            if distance == 0 {
                self.next_term = self.next_term.saturating_add(1);
            }
            let doc_freq = self.doc_freqs.varint_u32()?;
            self.terms.push(TermRef { ordinal, doc_freq });
        }
        Ok(true)
    }

    /// Returns the text of the form.
    pub(super) fn text(&self) -> Result<&str, CursorError> {
        str::from_utf8(&self.bytes)
            .map_err(|_cause| self.suffixes.invalid("a form that is not UTF-8"))
    }
}

/// Collects forms into the columns of a chunk.
#[cfg(feature = "write")]
#[derive(Debug, Default)]
pub(super) struct FormsWriter {
    count: u64,
    next_term: u32,
    columns: [Vec<u8>; 6],
    last: Vec<u8>,
}

#[cfg(feature = "write")]
impl FormsWriter {
    pub(super) fn new(next_term: u32) -> Self {
        Self { next_term, ..Self::default() }
    }

    /// Adds a form, which is after the last; at most 255 bytes and 127 terms, of which
    /// new ones come in their order.
    pub(super) fn push(&mut self, form: Form<'_>) {
        use vitrine_bundle::write_varint;

        let Form { text: form, terms, is_function } = form;
        let [shared, lengths, suffixes, counts, distances, doc_freqs] = &mut self.columns;
        let common = self.last.iter().zip(form.as_bytes()).take_while(|(a, b)| a == b);
        let common = common.count();
        shared.push(common as u8);
        lengths.push((form.len() - common) as u8);
        suffixes.extend_from_slice(form.as_bytes().get(common..).unwrap_or_default());
        counts.push(terms.len() as u8 | if is_function { FUNCTION_BIT } else { 0 });
        for term in terms {
            write_varint(distances, u64::from(self.next_term - term.ordinal));
            write_varint(doc_freqs, u64::from(term.doc_freq));
            if term.ordinal == self.next_term {
                self.next_term += 1;
            }
        }
        self.last.clear();
        self.last.extend_from_slice(form.as_bytes());
        self.count += 1;
    }

    pub(super) fn next_term(&self) -> u32 {
        self.next_term
    }

    pub(super) fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Returns the number of bytes so far.
    pub(super) fn len_bytes(&self) -> usize {
        self.columns.iter().map(Vec::len).sum()
    }

    /// Returns the chunk's bytes.
    pub(super) fn finish(self) -> Vec<u8> {
        use vitrine_bundle::{write_bytes, write_varint};

        let mut raw = Vec::new();
        write_varint(&mut raw, self.count);
        for column in &self.columns {
            write_bytes(&mut raw, column);
        }
        raw
    }
}
