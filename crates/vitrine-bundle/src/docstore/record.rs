//! What a result list shows of a document without loading its text, and what an article
//! does not repeat.

use vitrine_article::PartialDate;

use crate::{Cursor, CursorError, root::decode_date};

/// A document as result lists show it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DocumentRecord {
    /// The article's id.
    pub id: String,
    /// Title, empty when it has none.
    pub title: String,
    /// Date of publication.
    pub date: Option<PartialDate>,
    /// Authors in the order of the byline.
    pub authors: Vec<String>,
    /// Publication in which it appeared first, empty when unknown.
    pub source: String,
    /// BCP 47 tag.
    pub lang: String,
    /// Passages of the text in their order, the first its beginning: what lists show, and
    /// what they quote, without loading the text.
    pub passages: Vec<String>,
}

impl DocumentRecord {
    /// Returns the passages as one text, with an ellipsis where some is left out.
    pub fn quotable(&self) -> String {
        self.passages.join(" … ")
    }

    pub(crate) fn decode(cursor: &mut Cursor<'_>) -> Result<Self, CursorError> {
        Ok(Self {
            id: cursor.string()?,
            title: cursor.string()?,
            date: decode_date(cursor)?,
            authors: cursor.list(Cursor::string)?,
            source: cursor.string()?,
            lang: cursor.string()?,
            passages: cursor.list(Cursor::string)?,
        })
    }

    #[cfg(feature = "write")]
    pub(crate) fn encode(&self, out: &mut Vec<u8>) {
        crate::write_str(out, &self.id);
        crate::write_str(out, &self.title);
        crate::root::encode_date(self.date, out);
        encode_strings(&self.authors, out);
        crate::write_str(out, &self.source);
        crate::write_str(out, &self.lang);
        encode_strings(&self.passages, out);
    }
}

/// Writes texts after their number.
#[cfg(feature = "write")]
pub(crate) fn encode_strings(strings: &[String], out: &mut Vec<u8>) {
    crate::write_varint(out, strings.len() as u64);
    for string in strings {
        crate::write_str(out, string);
    }
}
