//! Cleaning, pinned on pages: every folder of `pages/` is a small corpus with what becomes
//! of it. `UPDATE_EXPECT=1` writes what is found as what is expected.

use std::{fmt::Write, fs, path::Path};

use serde_json::Value;
use vitrine_article::Block;
use vitrine_clean::{CleanOptions, Cleaned, FileRecord, clean};
use vitrine_ingest::{RawPage, Unreadable, read};

/// Reads every file of `folder` but the expectation, by name.
fn pages(folder: &Path) -> Vec<Result<RawPage, Unreadable>> {
    let mut paths: Vec<_> =
        fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    let mut pages = Vec::new();
    for path in paths {
        let name = path.file_name().unwrap().to_str().unwrap();
        if name != "expected.json" {
            pages.extend(read(name, &fs::read(&path).unwrap()));
        }
    }
    pages
}

fn file_records(cleaned: Cleaned) -> Vec<FileRecord> {
    cleaned.file_records().collect::<Result<_, _>>().unwrap()
}

/// What is found, as it is pinned: blocks only where they say more than paragraphs do.
fn pinned(cleaned: Cleaned) -> Value {
    let mut records = serde_json::to_value(file_records(cleaned)).unwrap();
    for record in records.as_array_mut().unwrap() {
        let record = record.as_object_mut().unwrap();
        if record.get("blocks").and_then(Value::as_array).is_some_and(|blocks| {
            let blocks: Vec<Block> =
                serde_json::from_value(Value::Array(blocks.clone())).unwrap();
            blocks.iter().all(|block| *block == Block::paragraph(block.plain_text()))
        }) {
            record.remove("blocks");
        }
    }
    records
}

/// The lines in which two texts differ.
fn diff(expected: &str, found: &str) -> String {
    let mut out = String::new();
    let mut lines = expected.lines();
    for line in found.lines() {
        match lines.next() {
            Some(known) if known == line => {}
            known => {
                writeln!(out, "  expected {}\n     found {line}", known.unwrap_or(""))
                    .unwrap();
            }
        }
    }
    out.lines().take(12).collect::<Vec<_>>().join("\n")
}

#[test]
fn every_page_becomes_what_is_expected() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("pages");
    let is_update = std::env::var_os("UPDATE_EXPECT").is_some();
    let mut folders: Vec<_> =
        fs::read_dir(&root).unwrap().map(|e| e.unwrap().path()).collect();
    folders.sort();
    assert!(folders.len() >= 14, "only {} golden pages", folders.len());
    let mut failures = String::new();
    for folder in folders {
        let cleaned = clean(pages(&folder), &CleanOptions::default()).unwrap();
        let found = format!("{:#}\n", pinned(cleaned));
        let file = folder.join("expected.json");
        if is_update {
            fs::write(&file, &found).unwrap();
        }
        let expected = fs::read_to_string(&file).unwrap_or_default();
        if expected != found {
            let name = folder.file_name().unwrap().to_string_lossy();
            writeln!(failures, "{name}:\n{}", diff(&expected, &found)).unwrap();
        }
    }
    assert!(
        failures.is_empty(),
        "run with UPDATE_EXPECT=1 and look at the diff\n{failures}"
    );
}

#[test]
fn order_of_the_pages_does_not_matter() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("pages");
    let mut all = Vec::new();
    for folder in fs::read_dir(root).unwrap() {
        let folder = folder.unwrap().path();
        let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
        for page in pages(&folder) {
            all.push(match page {
                Ok(page) => Ok(RawPage { path: format!("{name}/{}", page.path), ..page }),
                Err(bad) => {
                    Err(Unreadable { path: format!("{name}/{}", bad.path), ..bad })
                }
            });
        }
    }
    all.sort_by_key(|page| match page {
        Ok(page) => page.sha256.clone(),
        Err(bad) => bad.sha256.clone(),
    });
    let once = clean(all.clone(), &CleanOptions::default()).unwrap();
    all.reverse();
    let again = clean(all.clone(), &CleanOptions::default()).unwrap();
    assert_eq!(once.outcomes().len(), all.len());
    let totals = once.totals();
    assert_eq!(totals.inputs, all.len());
    assert_eq!(
        totals.inputs,
        totals.articles
            + totals.duplicates
            + totals.non_articles
            + totals.skipped
            + totals.unreadable
    );
    assert_eq!(totals.articles, once.article_count());
    assert_eq!(file_records(once), file_records(again));
}

#[test]
fn a_date_is_read_as_other_pages_of_its_host_write_theirs() {
    let page = |path: &str, host: &str, date: &str| {
        let text =
            "The ferry was late again, and nobody on the pier knew why. ".repeat(5);
        let html = format!(
            "<!doctype html><link rel=canonical href='https://{host}/{path}'>\
             <title>Ferry {path}</title><article><h1>Ferry {path}</h1>\
             <p class=date>Date: {date}</p><p>{path}: {text}</p></article>"
        );
        read(path, html.as_bytes())
    };
    let pages = [
        page("a/1.html", "www.a.example", "12/25/2019"),
        page("b/2.html", "a.example", "03/04/2020"),
        page("b/3.html", "b.example", "25/12/2019"),
        page("c/4.html", "b.example", "03/04/2020"),
    ];
    let cleaned = clean(pages.into_iter().flatten(), &CleanOptions::default()).unwrap();
    let dates: Vec<_> = file_records(cleaned)
        .into_iter()
        .map(|record| record.fields.unwrap().date.unwrap().to_string())
        .collect();
    assert_eq!(dates, ["2019-12-25", "2020-03-04", "2019-12-25", "2020-04-03"]);
}

/// Pages that are made to hurt: each ends in an outcome, soon.
#[test]
fn hostile_pages_end_in_an_outcome() {
    let deep = |open: &str, close: &str, count: usize| {
        format!("{}text{}", open.repeat(count), close.repeat(count))
    };
    let hostile: Vec<(&str, Vec<u8>)> = vec![
        ("line.txt", b"a ".repeat(200_000)),
        ("word.txt", b"a".repeat(1 << 19)),
        ("colons.txt", b"a:".repeat(100_000)),
        ("digits.txt", b"1-".repeat(100_000)),
        (
            "nul.txt",
            [b"Words and words. ".repeat(200), vec![0; 300], b" More.".to_vec()].concat(),
        ),
        ("same.txt", b"The same line again and again, without an end.\n".repeat(5_000)),
        ("short.txt", b"a\n".repeat(40_000)),
        ("bullets.txt", b"- a title that is cut o...\n".repeat(8_000)),
        ("entities.txt", b"&#1114112;&amp&&#x;&".repeat(50_000)),
        ("lone.txt", vec![0xff; 4000]),
        ("deep.html", deep("<div>", "</div>", 30_000).into_bytes()),
        ("deep-lists.html", deep("<ul><li>", "</li></ul>", 10_000).into_bytes()),
        ("deep-inline.html", deep("<b><i>", "</i></b>", 20_000).into_bytes()),
        (
            "deep-tables.html",
            deep("<table><tr><td>", "</td></tr></table>", 5_000).into_bytes(),
        ),
        ("formatting.html", b"<a><b><p>".repeat(20_000)),
        ("wide.html", b"<p>word".repeat(30_000)),
        ("links.html", b"<li><a href=x>word</a> 2013-06-25</li>".repeat(20_000)),
        ("foster.html", [b"<table>".to_vec(), b"x<b>y".repeat(20_000)].concat()),
        (
            "open.html",
            [b"<!doctype html><a href='".to_vec(), b"x".repeat(1 << 20)].concat(),
        ),
        (
            "json.jsonl",
            [b"[".repeat(100_000), b"\n{\"title\":\"t\"}\n".to_vec()].concat(),
        ),
        (
            "linked.html",
            [b"<script type=application/ld+json>".to_vec(), b"[".repeat(100_000)]
                .concat(),
        ),
        ("declared.html", {
            let body = format!("\"{}\"", "word and word. ".repeat(60_000));
            let linked = format!(
                "<script type=application/ld+json>{{\"@type\":\"Article\",\
                 \"articleBody\":{body}}}</script>"
            );
            (linked + &"<p>Another word, and another.".repeat(20_000)).into_bytes()
        }),
    ];
    let mut count = 0;
    let mut all = Vec::new();
    for (path, bytes) in &hostile {
        let pages: Vec<_> = read(path, bytes).collect();
        count += pages.len();
        all.extend(pages);
    }
    let cleaned = clean(all, &CleanOptions::default()).unwrap();
    assert_eq!(cleaned.outcomes().len(), count);
    assert_eq!(count, hostile.len() + 1, "one outcome each, and two lines of the export");
}
