//! A record with the words of a query in it.

use vitrine_bundle::docstore::DocumentRecord;

use crate::{
    Matcher, Span,
    matcher::{Mark, cut, spans},
    snippet::collapse,
};

/// What lists show of a document, and where the words of a query stand in it.
///
/// They decide which of the first documents comes first and then what is quoted of each.
#[derive(Debug, Clone)]
pub struct MarkedRecord {
    /// The document's record.
    pub record: DocumentRecord,
    /// Words in the title.
    pub(crate) title: Vec<Mark>,
    /// The passages as one text, and the words in it.
    text: String,
    pub(crate) passages: Vec<Mark>,
}

impl MarkedRecord {
    /// Looks for the words of a query in a record.
    pub fn new(record: DocumentRecord, matcher: &Matcher) -> Self {
        let text = collapse(&record.quotable());
        let title = matcher.marks(&record.title);
        let passages = matcher.marks(&text);
        Self { record, title, text, passages }
    }

    /// Returns the title, cut where words of the query begin and end; nothing when it is empty.
    pub fn title(&self) -> Vec<Span> {
        spans(&self.record.title, &self.title)
    }

    /// Returns what [`Matcher::snippet`] does, of the passages.
    pub fn snippet(&self, max_chars: usize) -> Vec<Span> {
        cut(&self.text, &self.passages, max_chars)
    }
}
