//! Writing documents.

use vitrine_article::Article;

use crate::{
    BundleWriter, Section,
    boundary::is_boundary,
    docstore::{article as article_codec, ids, passages, record::DocumentRecord},
    error::WriteError,
    write_bytes, write_varint,
};

/// Uncompressed bytes of a chunk of texts, about: one is loaded to read an article.
const TEXTS_TARGET_BYTES: usize = 128 << 10;
/// Uncompressed bytes of a chunk of records, about: a list loads several.
const DOCUMENTS_TARGET_BYTES: usize = 12 << 10;
/// Uncompressed bytes of a chunk of ids, about.
const IDS_TARGET_BYTES: usize = 32 << 10;

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
        let [record, text] = encode(article);
        self.documents.push(bundle, &article.id, &record)?;
        self.texts.push(bundle, &article.id, &text)
    }

    /// Adds the bytes of the page that the document added last was cleaned from.
    ///
    /// # Errors
    ///
    /// [`WriteError`] when they can't be written.
    pub fn add_original(
        &self,
        bundle: &mut BundleWriter,
        page: &[u8],
    ) -> Result<(), WriteError> {
        let doc = self.ids.len().saturating_sub(1) as u32;
        bundle.add_chunk(Section::Originals, &doc.to_be_bytes(), page)
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
            let is_last = |(id, _): &(String, u32)| {
                let item_bytes = id.len() + 4;
                len_bytes += item_bytes;
                is_boundary(id.as_bytes(), item_bytes, len_bytes, IDS_TARGET_BYTES)
            };
            let count = rest.iter().position(is_last).map_or(rest.len(), |at| at + 1);
            let (chunk, others) = rest.split_at(count);
            bundle.add_chunk(Section::Ids, first.as_bytes(), &ids::encode(chunk))?;
            rest = others;
        }
        Ok(())
    }
}

/// Returns the bytes of an article's record and of its text.
pub(super) fn encode(article: &Article) -> [Vec<u8>; 2] {
    let metadata = &article.metadata;
    let record = DocumentRecord {
        id: article.id.clone(),
        title: metadata.title.clone(),
        date: metadata.date,
        authors: metadata.authors.clone(),
        source: metadata.source.clone().unwrap_or_default(),
        lang: metadata.lang.clone(),
        passages: passages::choose(article),
    };
    let (mut record_bytes, mut text_bytes) = (Vec::new(), Vec::new());
    record.encode(&mut record_bytes);
    article_codec::encode(article, &record, &mut text_bytes);
    [record_bytes, text_bytes]
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

    /// Adds the item of the document with this id.
    fn push(
        &mut self,
        bundle: &mut BundleWriter,
        id: &str,
        item: &[u8],
    ) -> Result<(), WriteError> {
        write_bytes(&mut self.body, item);
        self.count += 1;
        let len_bytes = self.body.len();
        if is_boundary(id.as_bytes(), item.len(), len_bytes, self.target_bytes) {
            self.flush(bundle)?;
        }
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
