//! Writing documents.

use vitrine_article::Article;

use crate::{
    BundleWriter, Section,
    boundary::is_boundary,
    docstore::{article as article_codec, ids::Ids, passages, record::DocumentRecord},
    error::WriteError,
    write_bytes, write_varint,
};

/// The newest articles are a chunk of records of their own: every visitor loads it, because
/// the first page lists so many.
const NEWEST: u32 = 10;
/// Articles from which on the ten results of a list hardly ever share a chunk of records.
const MANY_ARTICLES: usize = 1 << 14;
/// Uncompressed bytes of a chunk of ids, about.
const IDS_TARGET_BYTES: usize = 64 << 10;

/// Writes articles in the order of their document numbers.
#[derive(Debug)]
pub struct DocStoreWriter {
    texts: Items,
    documents: Items,
    ids: Ids,
}

impl DocStoreWriter {
    /// Returns a writer of about `article_count` articles, the first of which is document 0.
    pub fn new(article_count: usize) -> Self {
        Self {
            texts: Items::new(Section::Texts, texts_target_bytes(article_count), None),
            documents: Items::new(
                Section::Documents,
                documents_target_bytes(article_count),
                Some(NEWEST),
            ),
            ids: Ids::default(),
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
        self.ids.push(&article.id);
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
        let ids = self.ids;
        let order = ids.order();
        if order.windows(2).any(|pair| ids.of(pair[0]) == ids.of(pair[1])) {
            return Err(WriteError::OutOfOrder { section: Section::Ids.name() });
        }
        let mut rest = order.as_slice();
        while let Some(&first) = rest.first() {
            let mut len_bytes = 0;
            let is_last = |&doc: &u32| {
                let id = ids.of(doc);
                let item_bytes = id.len() + 4;
                len_bytes += item_bytes;
                is_boundary(id.as_bytes(), item_bytes, len_bytes, IDS_TARGET_BYTES)
            };
            let count = rest.iter().position(is_last).map_or(rest.len(), |at| at + 1);
            let (chunk, others) = rest.split_at(count);
            let key = ids.of(first).as_bytes();
            bundle.add_chunk(Section::Ids, key, &ids.encode(chunk))?;
            rest = others;
        }
        Ok(())
    }
}

/// Returns the uncompressed bytes of a chunk of records, about, of so many articles.
///
/// A list loads a chunk for nearly each result, so they should be small; and they are half
/// of the archive's files, so they should be few. The best size grows with the square root
/// of the number, until each result stands in a chunk of its own however large they are: of
/// more articles only the bytes of ten chunks count.
fn documents_target_bytes(article_count: usize) -> usize {
    if article_count > MANY_ARTICLES {
        return 11 << 10;
    }
    (4 << 10) + 68 * rounded_root(article_count)
}

/// Returns the uncompressed bytes of a chunk of texts, about, of so many articles: one is
/// loaded to read an article.
fn texts_target_bytes(article_count: usize) -> usize {
    ((48 << 10) + (14 << 8) * rounded_root(article_count)).min(288 << 10)
}

/// Returns the square root of a number of articles, which is rounded, so that an article
/// more does not move all chunks.
fn rounded_root(article_count: usize) -> usize {
    article_count.clamp(1, 1 << 20).next_power_of_two().isqrt()
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
    /// Items of the first chunk, if that is not for their bytes to say.
    first_count: Option<u32>,
    first: u32,
    count: u32,
    body: Vec<u8>,
}

impl Items {
    fn new(section: Section, target_bytes: usize, first_count: Option<u32>) -> Self {
        let (first, count, body) = Default::default();
        Self { section, target_bytes, first_count, first, count, body }
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
        let is_last = match self.first_count.filter(|_| self.first == 0) {
            Some(first_count) => self.count == first_count,
            None => is_boundary(id.as_bytes(), item.len(), len_bytes, self.target_bytes),
        };
        if is_last {
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
