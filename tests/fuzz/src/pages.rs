//! What reads pages: every kind of input, then the cleaning of what was found.

use serde_json::json;
use vitrine_clean::{CleanOptions, FileRecord, clean};
use vitrine_ingest::{Page, read};

/// Reads an input under a name, cleans its pages and checks that each has one outcome and
/// that both give the same again.
fn outcomes(path: &str, data: &[u8]) {
    let pages: Vec<Page> = read(path, data).collect();
    assert!(!pages.is_empty(), "an input without an outcome");
    assert!(read(path, data).eq(pages.iter().cloned()), "read differently again");
    all_end(pages);
}

fn all_end(pages: Vec<Page>) {
    let count = pages.len();
    let backwards = pages.iter().rev().cloned().collect::<Vec<_>>();
    let forwards = records(pages);
    assert_eq!(forwards.len(), count, "not one outcome for each page");
    assert_eq!(records(backwards), forwards, "order matters");
}

fn records(pages: Vec<Page>) -> Vec<FileRecord> {
    let cleaned = clean(pages, &CleanOptions::default());
    let records = cleaned.and_then(|cleaned| cleaned.file_records().collect());
    records.unwrap_or_else(|error| panic!("memory gives back what it took: {error}"))
}

pub(crate) fn page(data: &[u8]) {
    outcomes("p", data);
}

pub(crate) fn markdown(data: &[u8]) {
    outcomes("p.md", data);
}

pub(crate) fn json(data: &[u8]) {
    outcomes("p.json", data);
}

pub(crate) fn lines(data: &[u8]) {
    outcomes("p.jsonl", data);
}

pub(crate) fn table(data: &[u8]) {
    outcomes("p.csv", data);
}

pub(crate) fn mhtml(data: &[u8]) {
    outcomes("p.mhtml", data);
}

pub(crate) fn warc(data: &[u8]) {
    outcomes("p.warc", data);
}

pub(crate) fn zip(data: &[u8]) {
    outcomes("p.zip", data);
}

pub(crate) fn tar(data: &[u8]) {
    outcomes("p.tar", data);
}

pub(crate) fn gzip(data: &[u8]) {
    outcomes("p.gz", data);
}

/// Up to eight pages of a site, each after a form feed: what one shows changes the others.
fn site(extension: &str, data: &[u8]) {
    let mut pages = Vec::new();
    for (number, bytes) in data.split(|&byte| byte == b'\x0c').take(8).enumerate() {
        pages.extend(read(&format!("site/{number}.{extension}"), bytes));
    }
    all_end(pages);
}

pub(crate) fn dump(data: &[u8]) {
    site("txt", data);
}

pub(crate) fn html(data: &[u8]) {
    site("html", data);
}

/// Lines: a date, authors, a title, a language, an address and a body.
pub(crate) fn metadata(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let mut lines = text.splitn(6, '\n');
    let mut line = || lines.next().unwrap_or_default();
    let record = json!({
        "date": line(), "authors": line(), "title": line(), "lang": line(),
        "url": line(), "body": line(),
    });
    outcomes("p.jsonl", record.to_string().as_bytes());
}
