//! Raw pages on their way from the inputs into the archive.

use std::{collections::BTreeMap, io};

use vitrine_article::Article;
use vitrine_ingest::{Page, PageSink, RawContent, Unreadable};
use vitrine_spool::{Place, Spool, SpoolError};

/// The raw pages of a corpus, put aside until their articles are packed.
#[derive(Debug)]
pub(crate) struct Originals {
    spool: Spool,
    /// Where the page of a path and a digest is.
    places: BTreeMap<(String, String), Place>,
    failure: Option<SpoolError>,
}

impl Originals {
    pub(crate) fn new(spool: Spool) -> Self {
        Self { spool, places: BTreeMap::new(), failure: None }
    }

    fn put(&mut self, path: &str, sha256: &str, raw: &[u8]) {
        match self.spool.put_bytes(raw) {
            Ok(place) => {
                self.places.insert((path.to_owned(), sha256.to_owned()), place);
            }
            Err(error) => drop(self.failure.get_or_insert(error)),
        }
    }

    /// Returns the bytes of the page that `article` was cleaned from.
    pub(crate) fn of(&mut self, article: &Article) -> io::Result<Option<Vec<u8>>> {
        if let Some(failure) = self.failure.take() {
            return Err(io::Error::other(failure));
        }
        let source = &article.provenance;
        let key = (source.path.clone(), source.sha256.clone());
        let place = self.places.get(&key);
        place
            .map(|&place| self.spool.get_bytes(place).map_err(io::Error::other))
            .transpose()
    }
}

/// Hands pages on and keeps the bytes of each, if they are wanted.
#[derive(Debug)]
pub(crate) struct Keeping<S> {
    pub(crate) pages: S,
    pub(crate) originals: Option<Originals>,
}

impl<S: PageSink> PageSink for Keeping<S> {
    fn take(&mut self, page: Page) {
        if let (Some(originals), Ok(page)) = (&mut self.originals, &page) {
            match &page.content {
                // It brings the page that it was cleaned from, if anything.
                RawContent::Exported(exported) => {
                    let source = &exported.article.provenance;
                    if let Some(original) = &exported.original {
                        originals.put(&source.path, &source.sha256, original);
                    }
                }
                _ => originals.put(&page.path, &page.sha256, &page.raw),
            }
        }
        self.pages.take(page);
    }

    fn replace(&mut self, number: usize, refusal: Unreadable) {
        self.pages.replace(number, refusal);
    }
}
