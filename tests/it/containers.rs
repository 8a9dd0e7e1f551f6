//! Crawls and archives: every record of every container ends in one outcome.

use std::io::{Cursor, Write};

use flate2::{Compression, write::GzEncoder};
use vitrine_clean::{CleanOptions, Cleaner, clean};
use vitrine_ingest::{Collection, FieldNames, Page, RawContent, read};
use zip::{ZipWriter, write::SimpleFileOptions};

const PAGE: &[u8] =
    b"<!doctype html><title>Eider</title><p>The eider nests on the outer \
    skerries. It lines its nest with down, which was once the island's only export.</p>";

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub(crate) fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

pub(crate) fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, bytes) in members {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        // The crate refuses names that lead out; other programs write them.
        let field = &mut header.as_old_mut().name;
        field[..name.len()].copy_from_slice(name.as_bytes());
        header.set_cksum();
        builder.append(&header, *bytes).unwrap();
    }
    builder.into_inner().unwrap()
}

/// A record of a crawl; `fields` are whole lines.
pub(crate) fn record(kind: &str, fields: &[&str], block: &[u8]) -> Vec<u8> {
    let mut record = format!("WARC/1.1\r\nWARC-Type: {kind}\r\n");
    for field in fields {
        record.push_str(field);
        record.push_str("\r\n");
    }
    let mut record = record.into_bytes();
    record.extend(format!("Content-Length: {}\r\n\r\n", block.len()).into_bytes());
    record.extend_from_slice(block);
    record.extend_from_slice(b"\r\n\r\n");
    record
}

/// A capture of `url` in the given year.
pub(crate) fn response(url: &str, year: u16, header: &str, body: &[u8]) -> Vec<u8> {
    let uri = format!("WARC-Target-URI: {url}");
    let date = format!("WARC-Date: {year}-01-10T08:00:00Z");
    let mut block = format!("HTTP/1.1 {header}\r\n\r\n").into_bytes();
    block.extend_from_slice(body);
    record("response", &[&uri, &date], &block)
}

/// What became of each record: its path and its text, or the reason.
fn outcomes(pages: impl IntoIterator<Item = Page>) -> Vec<(String, String)> {
    pages
        .into_iter()
        .map(|page| match page {
            Ok(page) => {
                let text = match page.content {
                    RawContent::Html(text) | RawContent::Text(text) => text,
                    RawContent::Record(record) => record.body,
                    RawContent::Exported(exported) => exported.article.plain_text(),
                };
                (page.path, text)
            }
            Err(bad) => (bad.path, bad.reason.to_string()),
        })
        .collect()
}

fn found(path: &str, bytes: &[u8]) -> Vec<(String, String)> {
    outcomes(read(path, bytes))
}

const HTML: &str = "200 OK\r\nContent-Type: text/html";

#[test]
fn a_crawl_gives_its_pages_with_address_and_time() {
    let url = "https://orrinbay.example/eider";
    let encoded = |name: &str, body: Vec<u8>| {
        let header = format!("{HTML}\r\nContent-Encoding: {name}");
        response(url, 2023, &header, &body)
    };
    let mut deflate = flate2::write::DeflateEncoder::new(Vec::new(), Compression::fast());
    deflate.write_all(PAGE).unwrap();
    let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), Compression::fast());
    zlib.write_all(PAGE).unwrap();
    let mut chunked = Vec::new();
    for chunk in gzip(PAGE).chunks(40) {
        chunked.extend(format!("{:x}\r\n", chunk.len()).into_bytes());
        chunked.extend_from_slice(chunk);
        chunked.extend_from_slice(b"\r\n");
    }
    chunked.extend_from_slice(b"0\r\n\r\n");
    for record in [
        response(url, 2023, HTML, PAGE),
        encoded("gzip", gzip(PAGE)),
        encoded("gzip", PAGE.to_vec()),
        encoded("deflate", deflate.finish().unwrap()),
        encoded("deflate", zlib.finish().unwrap()),
        encoded("gzip\r\nTransfer-Encoding: chunked", chunked),
    ] {
        for (path, bytes) in [("c.warc", record.clone()), ("c.warc.gz", gzip(&record))] {
            let page = read(path, &bytes).next().unwrap().unwrap();
            assert_eq!(page.path, format!("{path}!{url}"));
            assert_eq!(page.capture.url.as_deref(), Some(url));
            assert_eq!(page.capture.captured.as_deref(), Some("2023-01-10T08:00:00Z"));
            assert_eq!(
                page.content,
                RawContent::Html(String::from_utf8(PAGE.to_vec()).unwrap())
            );
            assert_eq!(page.sha256, read("a.html", PAGE).next().unwrap().unwrap().sha256);
        }
    }
    let header = "200 OK\r\nContent-Type: text/html; charset=iso-8859-2";
    let record = response(url, 2023, header, b"<p>\xb1\xe6\xea");
    assert_eq!(found("c.warc", &record)[0].1, "<p>ąćę");

    let page = read("c.warc", &response(url, 2023, HTML, PAGE));
    let cleaned = clean(page, &CleanOptions::default()).unwrap();
    let article = cleaned.article(0).unwrap().unwrap();
    let provenance = &article.provenance;
    assert_eq!(provenance.url.as_deref(), Some(url));
    assert_eq!(provenance.captured.as_deref(), Some("2023-01-10T08:00:00Z"));
    assert_eq!(article.metadata.url.as_deref(), Some(url));
}

#[test]
fn each_record_of_a_crawl_has_one_outcome() {
    let url = "WARC-Target-URI: https://a.example/";
    let crawl = [
        record(
            "warcinfo",
            &["Content-Type: application/warc-fields"],
            b"software: x\r\n",
        ),
        record("request", &[url], b"GET / HTTP/1.1\r\n\r\n"),
        response("https://a.example/", 2023, HTML, PAGE),
        response("https://a.example/old", 2023, "301 Moved\r\nLocation: /", b""),
        response("https://a.example/gone", 2023, "404 Not Found", b"<p>no"),
        response(
            "https://a.example/x.css",
            2023,
            "200 OK\r\nContent-Type: text/css",
            b"p{}",
        ),
        record("response", &["WARC-Target-URI: dns:a.example"], b"1.2.3.4"),
        record("response", &[url, "WARC-Segment-Number: 1"], b"HTTP/1.1 200 OK\r\n\r\n"),
        response("https://a.example/broken", 2023, "yes", b""),
        response("https://a.example/empty", 2023, HTML, b""),
    ];
    let expected = [
        ("c.warc!#1", "a record that holds no page: warcinfo"),
        ("c.warc!https://a.example/", "a record that holds no page: request"),
        ("c.warc!https://a.example/", std::str::from_utf8(PAGE).unwrap()),
        ("c.warc!https://a.example/old", "a redirect (status 301) to /"),
        ("c.warc!https://a.example/gone", "an answer without a page (status 404)"),
        ("c.warc!https://a.example/x.css", "of no page format: text/css"),
        ("c.warc!dns:a.example", "not fetched over HTTP"),
        ("c.warc!https://a.example/", "a record that holds no page: segment"),
        (
            "c.warc!https://a.example/broken",
            "the record of the crawl is damaged: it does not begin with an HTTP status",
        ),
        ("c.warc!https://a.example/empty", "the input is empty"),
    ];
    let expected: Vec<_> =
        expected.map(|(path, text)| (path.to_owned(), text.to_owned())).into();
    assert_eq!(found("c.warc", &crawl.concat()), expected);
    let members: Vec<u8> = crawl.iter().flat_map(|record| gzip(record)).collect();
    let packed: Vec<_> = found("c.warc.gz", &members)
        .into_iter()
        .map(|(path, text)| (path.replace(".gz", ""), text))
        .collect();
    assert_eq!(packed, expected);
    let pages = read("c.warc", &crawl.concat());
    let totals = clean(pages, &CleanOptions::default()).unwrap().totals();
    assert_eq!((totals.inputs, totals.skipped), (10, 7));
    assert_eq!((totals.articles, totals.unreadable), (1, 1));
}

#[test]
fn the_newest_capture_is_kept_and_revisits_are_resolved() {
    let capture =
        |url: &str, year, text: &str| response(url, year, HTML, text.as_bytes());
    let revisit = |url: &str, original: &str| {
        let uri = format!("WARC-Target-URI: {url}");
        let original = format!("WARC-Refers-To-Target-URI: {original}");
        let date = "WARC-Refers-To-Date: 2021-01-10T08:00:00Z";
        record("revisit", &[&uri, &original, date], b"")
    };
    let first = [
        revisit("https://a.example/", "https://a.example/"),
        capture("https://a.example/", 2021, "<p>first"),
        capture("https://a.example/", 2023, "<p>third"),
        revisit("https://b.example/", "https://nowhere.example/"),
    ];
    let second = [capture("https://a.example/", 2022, "<p>second")];
    let mut collection = Collection::new(FieldNames::default(), Vec::new());
    collection.read("1.warc", &mut Cursor::new(first.concat()));
    collection.read("2.warc", &mut Cursor::new(second.concat()));
    let texts: Vec<_> =
        outcomes(collection.finish()).into_iter().map(|(_, text)| text).collect();
    assert_eq!(
        texts,
        [
            "unchanged since another capture that is there",
            "an older capture of the same address",
            "<p>third",
            "the page is recorded as unchanged since another crawl; pack that crawl, too",
            "an older capture of the same address",
        ]
    );
    // What is said later of a page holds for one that is being cleaned, too.
    let mut collection = Collection::new(FieldNames::default(), Cleaner::default());
    collection.read("1.warc", &mut Cursor::new(first.concat()));
    collection.read("2.warc", &mut Cursor::new(second.concat()));
    let totals = collection.finish().finish().unwrap().totals();
    assert_eq!((totals.inputs, totals.skipped, totals.unreadable), (5, 3, 1));
}

#[test]
fn a_damaged_record_does_not_stop_a_crawl() {
    let good =
        |name: &str| response(&format!("https://a.example/{name}"), 2023, HTML, PAGE);
    let length = |value: &str| {
        let record = String::from_utf8(good("bad")).unwrap();
        let start = record.find("Content-Length: ").unwrap() + 16;
        let end = start + record[start..].find('\r').unwrap();
        [&record[..start], value, &record[end..]].concat().into_bytes()
    };
    let endless = [b"WARC/1.1\r\n".to_vec(), b"X: y\r\n".repeat(20_000)].concat();
    let oddities = [
        length("-1"),
        length("12 apples"),
        length(""),
        length("99999999999999999999999999"),
        length("999999999999"),
        length("300"),
        length("1"),
        endless,
        b"garbage\r\n".repeat(5_000),
        b"x".repeat(200_000),
    ];
    for (number, odd) in oddities.iter().enumerate() {
        let mut plain = good("before");
        plain.extend_from_slice(odd);
        plain.extend(b"\r\n\r\n");
        plain.extend(good("after"));
        let packed = [gzip(&good("before")), gzip(odd), gzip(&good("after"))].concat();
        for (path, bytes) in [("c.warc", plain), ("c.warc.gz", packed)] {
            let found = found(path, &bytes);
            let paths: Vec<_> = found.iter().map(|(path, _)| path.as_str()).collect();
            let has = |name: &str| paths.iter().any(|path| path.ends_with(name));
            assert!(has("/before") && has("/after"), "{path} {number}: {paths:?}");
            assert!((3..=4).contains(&found.len()), "{path} {number}: {paths:?}");
        }
    }
    // A member that is damaged costs itself only.
    let mut damaged = gzip(&good("bad"));
    let middle = damaged.len() / 2;
    damaged[middle..middle + 8].fill(0xff);
    let bytes = [gzip(&good("before")), damaged, gzip(&good("after"))].concat();
    let all = found("c.warc.gz", &bytes);
    assert!(all.iter().any(|(path, _)| path.ends_with("/after")), "{all:?}");
    assert!(all.iter().any(|(_, text)| text.contains("damaged")), "{all:?}");
    // A crawl that is cut off keeps what is whole.
    for len in 0..bytes.len() {
        let found = found("c.warc.gz", &bytes[..len]);
        assert!(!found.is_empty(), "{len} bytes have no outcome");
    }
}

#[test]
fn archives_are_read_without_unpacking_and_names_are_labels() {
    let members: [(&str, &[u8]); 6] = [
        ("__MACOSX/a/._page.html", b"\0\x05\x16\x07\0"),
        ("a/page.html", PAGE),
        ("../../up.txt", b"A plain page of text."),
        ("/etc/x.jsonl", b"{\"title\":\"T\"}\n{\"title\":"),
        ("C:\\notes\\n.md", b"# Note\n\nText."),
        ("p.png", b"\x89PNG\r\n\x1a\n"),
    ];
    let expected = [
        "__MACOSX/a/._page.html",
        "a/page.html",
        "up.txt",
        "etc/x.jsonl#1",
        "etc/x.jsonl#2",
        "notes/n.md",
        "p.png",
    ];
    for (name, bytes) in [
        ("x.zip", zip(&members)),
        ("x.tar", tar(&members)),
        ("x.tar.gz", gzip(&tar(&members))),
        ("x.tgz", gzip(&tar(&members))),
    ] {
        let found = found(name, &bytes);
        let paths: Vec<_> = found.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(paths, expected.map(|path| format!("{name}!{path}")));
        assert_eq!(found[0].1, "a part of the package around the pages");
        assert_eq!(found[6].1, "of no page format: png");
    }
    let inner = zip(&[("in.tar.gz", &gzip(&tar(&[("page.html", PAGE)])))]);
    let found_inside = found("out.zip", &zip(&[("in.zip", &inner)]));
    assert_eq!(found_inside[0].0, "out.zip!in.zip!in.tar.gz!page.html");
    assert!(found_inside[0].1.contains("Eider"));
    assert_eq!(found("page.html.gz", &gzip(PAGE))[0].0, "page.html.gz");
    let document =
        zip(&[("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<x/>")]);
    assert!(found("a.zip", &document)[0].1.contains("office document"));
    assert_eq!(found("a.zip", &zip(&[]))[0].1, "the input is empty");
}

#[test]
fn a_wacz_is_a_crawl_in_a_package() {
    let crawl = gzip(&response("https://a.example/", 2023, HTML, PAGE));
    let package = zip(&[
        ("datapackage.json", b"{}"),
        ("archive/data.warc.gz", &crawl),
        ("pages/pages.jsonl", b"{\"url\":\"https://a.example/\",\"title\":\"T\"}"),
    ]);
    let found = found("c.wacz", &package);
    assert_eq!(found[1].0, "c.wacz!archive/data.warc.gz!https://a.example/");
    assert!(found[1].1.contains("Eider"));
    for other in [&found[0], &found[2]] {
        assert_eq!(other.1, "a part of the package around the pages");
    }
}

#[test]
fn bombs_are_refused_early() {
    let zeros = vec![b' '; 8 << 20];
    let bomb = found("b.zip", &zip(&[("a.txt", &zeros), ("b.html", PAGE)]));
    assert!(bomb[0].1.contains("200 times"), "{bomb:?}");
    assert!(bomb[1].1.contains("Eider"));
    // A bomb that is read record by record takes nothing from its neighbours.
    let lines = vec![b'\n'; 100 << 20];
    let bomb = found("b.zip", &zip(&[("a.jsonl", &lines), ("b.html", PAGE)]));
    assert!(bomb[0].1.contains("200 times"), "{bomb:?}");
    assert!(bomb[1].1.contains("Eider"));
    let header = format!("{HTML}\r\nContent-Encoding: gzip");
    let record = response("https://a.example/", 2023, &header, &gzip(&zeros));
    assert!(found("b.warc", &record)[0].1.contains("200 times"));
    // Many members that are each within bounds are too much together.
    let mut nested = gzip(&vec![b'\n'; 48 << 20]);
    nested = nested.repeat(4);
    let nested = found("b.jsonl.gz", &nested);
    assert!(nested[0].1.contains("200 times"), "{nested:?}");
    // Containers in containers end at a depth.
    let mut deep = PAGE.to_vec();
    for _ in 0..50 {
        deep = gzip(&deep);
    }
    assert!(found("d.gz", &deep)[0].1.contains("nested"));
    let mut deep = zip(&[("p.html", PAGE)]);
    for _ in 0..20 {
        deep = zip(&[("d.zip", &deep)]);
    }
    assert!(found("d.zip", &deep)[0].1.contains("nested"));
}

/// A page as a browser saves it.
const SAVED: &str = "From: <Saved by a browser>\r\n\
    Snapshot-Content-Location: https://orrinbay.example/terns\r\n\
    Subject: Terns\r\nDate: Tue, 10 Jan 2023 10:30:00 +0200\r\nMIME-Version: 1.0\r\n\
    Content-Type: multipart/related; type=\"text/html\"; boundary=\"--b1--\"\r\n\r\n\
    ----b1--\r\nContent-Type: text/html; charset=windows-1252\r\n\
    Content-Transfer-Encoding: quoted-printable\r\n\
    Content-Location: https://orrinbay.example/terns\r\n\r\n\
    <!doctype html><title>Terns</title><p>Terns nest near the caf=E9 on the qu=\r\n\
    ay; they are loud.</p>\r\n\
    ----b1--\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\
    Content-Location: https://orrinbay.example/tern.png\r\n\r\n\
    iVBORw0KGgo=\r\n------b1----\r\n";

#[test]
fn a_page_saved_by_a_browser_is_read() {
    let page = read("t.mhtml", SAVED.as_bytes()).next().unwrap().unwrap();
    let RawContent::Html(text) = page.content else { panic!("not HTML") };
    assert!(text.contains("near the café on the quay"), "{text}");
    assert_eq!(page.encoding, "windows-1252");
    assert_eq!(page.capture.url.as_deref(), Some("https://orrinbay.example/terns"));
    assert_eq!(page.capture.captured.as_deref(), Some("2023-01-10T08:30:00Z"));
    let plain = SAVED.replace("text/html;", "text/plain;");
    assert!(found("t.mht", plain.as_bytes())[0].1.contains("no part of it is HTML"));
    assert!(found("t.mht", b"\r\n")[0].1.contains("damaged"));
}

#[test]
fn an_encrypted_member_is_named() {
    let mut bytes = zip(&[("secret.html", PAGE), ("open.html", PAGE)]);
    // Bit 0 of the flags: in the local header and in the directory.
    bytes[6] |= 1;
    let directory = bytes.windows(4).position(|w| w == b"PK\x01\x02").unwrap();
    bytes[directory + 8] |= 1;
    let found = found("x.zip", &bytes);
    assert!(found[0].1.contains("encrypted"), "{found:?}");
    assert!(found[1].1.contains("Eider"));
}
