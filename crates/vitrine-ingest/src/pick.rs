//! Picking single files out of an input, by the paths under which pages refer to them.

use std::io::{self, Read, Seek};

use crate::{
    FieldNames, embedded,
    found::{Captures, Found},
    limits::MAX_PAGE_LEN,
    reader::{self, Place, bounded},
};

/// Takes the files that are picked.
pub trait FileSink {
    /// Returns whether the file at `path` is wanted: a file of a folder, or a member of a
    /// container as `path!member`. A member of a crawl is its address.
    fn wants(&self, path: &str) -> bool;

    /// Returns whether anything in the page at `path` is wanted: a picture that stands in
    /// it, as `path!` and the address that [`embedded_address`](crate::embedded_address)
    /// gives it.
    fn wants_from(&self, path: &str) -> bool;

    /// Takes a file that is wanted; `None` when it is longer than
    /// [`MAX_PAGE_LEN`] or can't be read to its end.
    fn take(&mut self, path: &str, bytes: Option<Vec<u8>>);
}

/// Reads an input again and hands over what `sink` wants of it.
///
/// `path` is what its pages were known by. No more of it is held in memory than the
/// longest file that is wanted; the limits are those of reading pages. What is damaged is
/// passed over: reading the pages has told of it.
pub fn pick(path: &str, source: &mut (impl Read + Seek), sink: &mut dyn FileSink) {
    if sink.wants(path) {
        let place = Place { path, name: path, depth: 0, limit: MAX_PAGE_LEN };
        offer(sink, place, source);
        if source.rewind().is_err() {
            return;
        }
    }
    let names = FieldNames::default();
    let (mut captures, mut pages) = (Captures::default(), Vec::new());
    let found = Found { captures: &mut captures, sink: &mut pages };
    reader::read(path, source, &names, found, Some(sink));
}

/// Hands a file over, if it is wanted, or else what is wanted of a page.
pub(crate) fn offer(sink: &mut dyn FileSink, place: Place<'_>, source: &mut dyn Read) {
    let mut read = || -> Option<Vec<u8>> {
        let bytes: io::Result<Option<Vec<u8>>> = bounded(source, place.limit);
        bytes.ok().flatten()
    };
    if sink.wants(place.path) {
        let bytes = read();
        sink.take(place.path, bytes);
    } else if sink.wants_from(place.path)
        && let Some(bytes) = read()
    {
        embedded::offer(place.path, &bytes, sink);
    }
}

#[cfg(test)]
mod tests {
    use std::{
        collections::BTreeMap,
        io::{Cursor, Write},
    };

    use super::{FileSink, pick};

    /// Wants every file whose path ends like this.
    struct Ending(&'static str, BTreeMap<String, Option<Vec<u8>>>);

    impl FileSink for Ending {
        fn wants(&self, path: &str) -> bool {
            path.ends_with(self.0)
        }

        fn wants_from(&self, _: &str) -> bool {
            true
        }

        fn take(&mut self, path: &str, bytes: Option<Vec<u8>>) {
            self.1.insert(path.to_owned(), bytes);
        }
    }

    fn picked(path: &str, bytes: &[u8], ending: &'static str) -> Vec<(String, Vec<u8>)> {
        let mut sink = Ending(ending, BTreeMap::new());
        pick(path, &mut Cursor::new(bytes), &mut sink);
        sink.1.into_iter().map(|(path, bytes)| (path, bytes.unwrap())).collect()
    }

    fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in members {
            archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            archive.write_all(bytes).unwrap();
        }
        archive.finish().unwrap().into_inner()
    }

    #[test]
    fn files_are_picked_out_of_what_is_around_them() {
        let inner = zip(&[("deep/a.png", b"inner picture")]);
        let outer = zip(&[
            ("page.html", b"<p>x"),
            ("../img/a.png", b"picture"),
            ("inner.zip", &inner),
        ]);
        assert_eq!(
            picked("old.zip", &outer, ".png"),
            [
                ("old.zip!img/a.png".to_owned(), b"picture".to_vec()),
                ("old.zip!inner.zip!deep/a.png".to_owned(), b"inner picture".to_vec()),
            ]
        );
        assert_eq!(picked("old.zip", &outer, "inner.zip").len(), 1);
        assert_eq!(picked("old.zip", &outer, "old.zip").len(), 1);
        assert_eq!(
            picked("a/b.png", b"x", ".png"),
            [("a/b.png".to_owned(), b"x".to_vec())]
        );
        assert!(picked("old.zip", &outer, ".gif").is_empty());
    }

    #[test]
    fn an_answer_of_a_crawl_is_picked_by_its_address() {
        let answer = |status, body: &str| {
            format!("HTTP/1.1 {status} X\r\nContent-Type: image/png\r\n\r\n{body}")
        };
        let mut crawl = Vec::new();
        for (url, answer) in [
            ("https://a.example/1.png", answer(200, "one")),
            ("https://a.example/2.png", answer(404, "no")),
        ] {
            let header = format!(
                "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\n\
                 Content-Length: {}\r\n\r\n{answer}\r\n\r\n",
                answer.len()
            );
            crawl.extend(header.into_bytes());
        }
        let found = picked("c.warc", &crawl, ".png");
        assert_eq!(
            found,
            [("c.warc!https://a.example/1.png".to_owned(), b"one".to_vec())]
        );
    }

    #[test]
    fn a_part_of_a_saved_page_is_picked_by_its_address() {
        let saved = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"b\"\r\n\r\n\
            --b\r\nContent-Type: text/html\r\n\r\n<p>x\r\n\
            --b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\
            Content-Location: https://a.example/1.png\r\n\r\nb25l\r\n--b--\r\n";
        let found = picked("p.mhtml", saved, ".png");
        assert_eq!(
            found,
            [("p.mhtml!https://a.example/1.png".to_owned(), b"one".to_vec())]
        );
    }

    /// Wants all pictures that stand in one page.
    struct All(Vec<Vec<u8>>);
    impl FileSink for All {
        fn wants(&self, path: &str) -> bool {
            path.starts_with("p.html!embedded:")
        }

        fn wants_from(&self, path: &str) -> bool {
            path == "p.html"
        }

        fn take(&mut self, _: &str, bytes: Option<Vec<u8>>) {
            self.0.extend(bytes);
        }
    }

    #[test]
    fn pictures_in_a_page_are_picked_by_what_they_are() {
        let svg = "<svg>&amp;".repeat(50);
        let svg = svg.as_str();
        let page = format!(
            "<p title='data:image'><img src=\"data:image/svg+xml,{svg}\">\
             <img src=data:image/png;base64,{}><img src='data:image/png;base64,AAAA'>",
            "AAAA".repeat(99)
        );
        let mut sink = All(Vec::new());
        pick("p.html", &mut Cursor::new(page), &mut sink);
        assert_eq!(sink.0, [svg.replace("&amp;", "&").into_bytes(), vec![0; 3 * 99]]);
    }
}
