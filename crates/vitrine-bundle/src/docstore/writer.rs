//! Writing documents.

use vitrine_article::Article;

use crate::{
    BundleWriter, Section,
    docstore::{article as article_codec, ids, record::DocumentRecord},
    error::WriteError,
    write_bytes, write_varint,
};

/// Uncompressed bytes at which a chunk of texts is closed.
const TEXTS_TARGET_BYTES: usize = 64 << 10;
/// Uncompressed bytes at which a chunk of records is closed.
const DOCUMENTS_TARGET_BYTES: usize = 12 << 10;
/// Uncompressed bytes at which a chunk of ids is closed.
const IDS_TARGET_BYTES: usize = 12 << 10;
/// Most bytes of an excerpt.
const EXCERPT_LEN_BYTES: usize = 200;

/// Writes articles in the order of their document numbers.
#[derive(Debug)]
pub struct DocStoreWriter {
    texts: Items,
    documents: Items,
    ids: Vec<(String, u32)>,
}

impl Default for DocStoreWriter {
    fn default() -> Self {
        Self::new()
    }
}

impl DocStoreWriter {
    /// Returns a writer whose first article is document 0.
    pub fn new() -> Self {
        Self {
            texts: Items::new(Section::Texts, TEXTS_TARGET_BYTES),
            documents: Items::new(Section::Documents, DOCUMENTS_TARGET_BYTES),
            ids: Vec::new(),
        }
    }

    /// Adds the next document.
    ///
    /// # Errors
    ///
    /// [`WriteError`] when its chunk can't be written.
    pub fn add(
        &mut self,
        bundle: &mut BundleWriter,
        article: &Article,
    ) -> Result<(), WriteError> {
        self.ids.push((article.id.clone(), self.ids.len() as u32));
        let mut bytes = Vec::new();
        article_codec::encode(article, &mut bytes);
        self.texts.push(bundle, &bytes)?;
        let metadata = &article.metadata;
        let record = DocumentRecord {
            id: article.id.clone(),
            title: metadata.title.clone(),
            date: metadata.date,
            authors: metadata.authors.clone(),
            source: metadata.source.clone().unwrap_or_default(),
            lang: metadata.lang.clone(),
            excerpt: excerpt(article),
        };
        bytes.clear();
        record.encode(&mut bytes);
        self.documents.push(bundle, &bytes)
    }

    /// Writes what is left, and the ids.
    ///
    /// # Errors
    ///
    /// [`WriteError`] when a chunk can't be written, or two articles have one id.
    pub fn finish(mut self, bundle: &mut BundleWriter) -> Result<(), WriteError> {
        self.texts.flush(bundle)?;
        self.documents.flush(bundle)?;
        self.ids.sort_unstable();
        if self.ids.windows(2).any(|pair| pair[0].0 == pair[1].0) {
            return Err(WriteError::OutOfOrder { section: Section::Ids.name() });
        }
        let mut rest = self.ids.as_slice();
        while let Some((first, _)) = rest.first() {
            let mut len_bytes = 0;
            let is_full = |(id, _): &(String, u32)| {
                len_bytes += id.len() + 4;
                len_bytes > IDS_TARGET_BYTES
            };
            let count = rest.iter().position(is_full).unwrap_or(rest.len()).max(1);
            let (chunk, others) = rest.split_at(count);
            bundle.add_chunk(Section::Ids, first.as_bytes(), &ids::encode(chunk))?;
            rest = others;
        }
        Ok(())
    }
}

/// The beginning of the text, cut after a word; of Chinese and the like, anywhere.
fn excerpt(article: &Article) -> String {
    let mut text = String::new();
    for block in &article.blocks {
        let words = block.plain_text();
        for word in words.split_whitespace() {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(word);
        }
        if text.len() > EXCERPT_LEN_BYTES {
            break;
        }
    }
    if text.len() > EXCERPT_LEN_BYTES {
        let end = text.floor_char_boundary(EXCERPT_LEN_BYTES);
        // A space further than a long word back means a script without spaces.
        let end = text[..end].rfind(' ').filter(|at| end - at < 30).unwrap_or(end);
        text.truncate(end);
        text.push('…');
    }
    text
}

/// Gathers items into chunks keyed by the number of their first one.
#[derive(Debug)]
struct Items {
    section: Section,
    target_bytes: usize,
    first: u32,
    count: u32,
    body: Vec<u8>,
}

impl Items {
    fn new(section: Section, target_bytes: usize) -> Self {
        Self { section, target_bytes, first: 0, count: 0, body: Vec::new() }
    }

    fn push(&mut self, bundle: &mut BundleWriter, item: &[u8]) -> Result<(), WriteError> {
        if self.count > 0 && self.body.len() + item.len() > self.target_bytes {
            self.flush(bundle)?;
        }
        write_bytes(&mut self.body, item);
        self.count += 1;
        Ok(())
    }

    fn flush(&mut self, bundle: &mut BundleWriter) -> Result<(), WriteError> {
        if self.count == 0 {
            return Ok(());
        }
        let mut raw = Vec::with_capacity(self.body.len() + 4);
        write_varint(&mut raw, u64::from(self.count));
        raw.append(&mut self.body);
        bundle.add_chunk(self.section, &self.first.to_be_bytes(), &raw)?;
        self.first += self.count;
        self.count = 0;
        Ok(())
    }
}
