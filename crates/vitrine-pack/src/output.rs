//! Where the files of an archive go.

use vitrine_article::Article;
use vitrine_spool::Spool;

/// Takes the files of an archive, one after another, and gives the pages to be kept in it.
pub trait Output {
    /// Why a file can't be taken.
    type Error;

    /// Takes a file; `path` is relative to the archive folder, with `/` as separator.
    ///
    /// # Errors
    ///
    /// Whatever stands in the way; packing stops with it.
    fn write(&mut self, path: &str, bytes: &[u8]) -> Result<(), Self::Error>;

    /// Is asked for the bytes of the page that an article was cleaned from; `None` leaves
    /// them out of the archive.
    ///
    /// # Errors
    ///
    /// Whatever stands in the way; packing stops with it.
    fn original(&mut self, article: &Article) -> Result<Option<Vec<u8>>, Self::Error> {
        let _ = article;
        Ok(None)
    }

    /// Returns room for what would need much memory; memory itself, if nothing is said.
    fn spool(&mut self) -> Spool {
        Spool::default()
    }

    /// Hears that `done` of `total` articles have been added.
    fn progress(&mut self, done: usize, total: usize) {
        let _ = (done, total);
    }
}
