//! Where articles come from that are read one by one.

use std::convert::Infallible;

use crate::{Article, Heading};

/// Articles that are read one by one, so that they need not be in memory together.
pub trait Articles {
    /// Why an article can't be read.
    type Error;

    /// Returns the number of articles.
    fn count(&self) -> usize;

    /// Returns what is known of article number `number`, from 0; `None` beyond the last.
    fn heading(&self, number: usize) -> Option<Heading<'_>>;

    /// Returns what is known of all articles, by number.
    fn headings(&self) -> impl Iterator<Item = Heading<'_>> {
        (0..self.count()).filter_map(|number| self.heading(number))
    }

    /// Reads article number `number`; `None` beyond the last. Some are read twice.
    ///
    /// # Errors
    ///
    /// Whatever stands in the way; packing stops with it.
    fn read(&mut self, number: usize) -> Result<Option<Article>, Self::Error>;
}

impl Articles for Vec<Article> {
    type Error = Infallible;

    fn count(&self) -> usize {
        self.len()
    }

    fn heading(&self, number: usize) -> Option<Heading<'_>> {
        let Article { id, metadata, .. } = self.get(number)?;
        Some(Heading { id, lang: &metadata.lang, date: metadata.date })
    }

    fn read(&mut self, number: usize) -> Result<Option<Article>, Infallible> {
        Ok(self.get(number).cloned())
    }
}
