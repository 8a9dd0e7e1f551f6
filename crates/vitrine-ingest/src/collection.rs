//! The entry points: inputs become pages.

use std::io::{Cursor, Read, Seek};

use crate::{
    FieldNames, Page, Unreadable,
    found::{Captures, Found, PageSink},
    reader,
};

/// The pages of all inputs of a corpus, which go to `S` as they are found.
///
/// Inputs are read one after another. An input may be a page, an export, a crawl (WARC,
/// WACZ) or an archive (ZIP, tar, gzip) of these; no more of it is held in memory than its
/// longest page or record. Of several captures of an address the newest is kept, whatever
/// the input it is in.
#[derive(Debug, Default)]
pub struct Collection<S> {
    names: FieldNames,
    captures: Captures,
    sink: S,
}

impl<S: PageSink> Collection<S> {
    /// Returns a collection of no input yet, whose pages `sink` takes; `names` says what
    /// the fields of exports are called.
    pub fn new(names: FieldNames, sink: S) -> Self {
        Self { names, captures: Captures::default(), sink }
    }

    /// Reads an input from its start.
    ///
    /// `path` is what its pages will be known by; its extension tells the format unless
    /// the first bytes say that it is a container. What cannot be read becomes a page
    /// that says so.
    pub fn read(&mut self, path: &str, source: &mut (impl Read + Seek)) {
        let Self { names, captures, sink } = self;
        reader::read(path, source, names, Found { captures, sink }, None);
    }

    /// Takes an input that the caller could not read.
    pub fn refuse(&mut self, unreadable: Unreadable) {
        let Self { captures, sink, .. } = self;
        Found { captures, sink }.page(Err(unreadable));
    }

    /// Returns what took the pages, which has one item for each page or record.
    pub fn finish(mut self) -> S {
        let Self { captures, sink, .. } = &mut self;
        Found { captures, sink }.finish();
        self.sink
    }
}

/// Reads one input that is in memory, as [`Collection::read`] does.
pub fn read(path: &str, bytes: &[u8]) -> std::vec::IntoIter<Page> {
    let mut collection = Collection::new(FieldNames::default(), Vec::new());
    collection.read(path, &mut Cursor::new(bytes));
    collection.finish().into_iter()
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::{RawContent, UnreadableReason};

    fn one(path: &str, bytes: &[u8]) -> (String, RawContent) {
        let mut pages = read(path, bytes);
        let page = pages.next().unwrap().unwrap();
        assert!(pages.next().is_none());
        (page.encoding, page.content)
    }

    fn refusal(path: &str, bytes: &[u8]) -> UnreadableReason {
        read(path, bytes).next().unwrap().unwrap_err().reason
    }

    #[test]
    fn extension_and_content_tell_the_format() {
        let html = b"<!doctype html><p>x";
        assert!(matches!(one("a.htm", b"x").1, RawContent::Html(_)));
        assert!(matches!(one("a.txt", html).1, RawContent::Html(_)));
        assert!(matches!(one("page", html).1, RawContent::Html(_)));
        assert!(matches!(one("page", b"Plain words.").1, RawContent::Text(_)));
        let record = br#"{"title":"T"}"#;
        assert!(matches!(one("export.ndjson", record).1, RawContent::Record(_)));
        assert!(matches!(one("export", record).1, RawContent::Record(_)));
    }

    #[test]
    fn what_is_no_text_says_why() {
        assert_eq!(refusal("a.txt", b""), UnreadableReason::Empty);
        assert_eq!(refusal("a.txt", b" \r\n \0"), UnreadableReason::Empty);
        assert_eq!(
            refusal("a.txt", b"\x89PNG\r\n\x1a\n\0\0\0"),
            UnreadableReason::Binary { kind: "a PNG image" }
        );
        let noise: Vec<u8> =
            (0..4000_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert!(matches!(refusal("a.txt", &noise), UnreadableReason::Binary { .. }));
    }

    #[test]
    fn a_page_damaged_in_the_middle_is_still_read() {
        let mut bytes = "研究報告。".repeat(40).into_bytes();
        bytes.remove(31);
        bytes.insert(200, 0);
        let page = read("a.txt", &bytes).next().unwrap().unwrap();
        assert_eq!(page.encoding, "UTF-8");
        assert!(page.replaced >= 1);
        let RawContent::Text(text) = page.content else { panic!("not text") };
        assert!(text.contains('\u{fffd}') && !text.contains('\0'));
    }
}
