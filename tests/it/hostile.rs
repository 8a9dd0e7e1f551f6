//! A folder of five hundred hostile inputs: each is reported, none stops the run.

use std::{collections::BTreeSet, fs, io::Write, path::Path};

use flate2::{Compression, write::GzEncoder};
use serde_json::Value;

use crate::command::vitrine;

/// Inputs that the fuzz targets begin with, by the extension of the files that they stand for.
const SEEDS: [(&str, &str); 13] = [
    ("clean_dump", "txt"),
    ("clean_html", "html"),
    ("ingest_gzip", "gz"),
    ("ingest_json", "json"),
    ("ingest_lines", "jsonl"),
    ("ingest_markdown", "md"),
    ("ingest_mhtml", "mhtml"),
    ("ingest_page", "html"),
    ("ingest_table", "csv"),
    ("ingest_tar", "tar"),
    ("ingest_warc", "warc"),
    ("ingest_zip", "zip"),
    ("ingest_zip", "wacz"),
];

/// How many inputs there are.
const COUNT: usize = 500;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = GzEncoder::new(Vec::new(), Compression::fast());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

/// Inputs that are too deep, too long, too much, of another encoding or of none.
fn extremes() -> Vec<(&'static str, Vec<u8>)> {
    let deep = |open: &str, count: usize| open.repeat(count).into_bytes();
    let long = |piece: &str| piece.repeat((1 << 20) / piece.len()).into_bytes();
    let noise = |seed: u32| -> Vec<u8> {
        (0..20_000_u32)
            .map(|n| ((n ^ seed).wrapping_mul(2_654_435_761) >> 13) as u8)
            .collect()
    };
    let mut inputs = vec![
        ("html", deep("<div>", 100_000)),
        ("html", deep("<b><i>", 20_000)),
        ("html", deep("<table><tr><td>", 5_000)),
        ("html", deep("<svg><math>", 5_000)),
        ("html", deep("<ul><li>", 20_000)),
        ("md", deep("> ", 20_000)),
        ("md", deep("- ", 20_000)),
        ("md", deep("[", 50_000)),
        ("md", [b"---\n".to_vec(), deep("a: [", 20_000)].concat()),
        ("json", deep("[", 100_000)),
        ("json", deep("{\"a\":", 50_000)),
        ("jsonl", deep("[", 100_000)),
        ("html", long("a")),
        ("html", long("<")),
        ("html", long("&")),
        ("html", long("<a href=\"")),
        ("html", long("<!--")),
        ("txt", long("word ")),
        ("txt", long("海")),
        ("txt", long("作者：")),
        ("txt", long("2019-05-04 ")),
        ("md", long("*_")),
        ("md", long("`")),
        ("csv", long("\"")),
        ("csv", long(";")),
        ("json", long("\"a")),
        ("warc", [&b"WARC/1.1\r\n"[..], &long("X: y\r\n")].concat()),
        ("warc", [&b"WARC/1.1\r\nX: "[..], &long("y")].concat()),
        ("warc", b"WARC/1.1\r\nContent-Length: 18446744073709551615\r\n\r\n".to_vec()),
        ("mhtml", [&b"MIME-Version: 1.0\r\n"[..], &long("X: y\r\n")].concat()),
        ("gz", gzip(&vec![0; 80 << 20])),
        ("gz", gzip(&gzip(&gzip(&gzip(&gzip(&gzip(b"deep"))))))),
        ("tgz", gzip(&vec![0; 80 << 20])),
        ("txt", Vec::new()),
        ("html", vec![0; 4096]),
        ("zip", b"PK\x05\x06".to_vec()),
        ("zip", vec![0; 22]),
        (
            "html",
            "\u{feff}<meta charset=gbk><p>海港的燕鸥"
                .encode_utf16()
                .flat_map(u16::to_be_bytes)
                .collect(),
        ),
        (
            "html",
            b"<meta charset=utf-8><p>\xba\xa3\xb8\xdb\xb5\xc4\xd1\xe0\xc5\xb8".repeat(9),
        ),
        (
            "html",
            b"<meta charset=utf-7>+ADw-script+AD4-alert(1)+ADw-/script+AD4-".to_vec(),
        ),
        ("txt", b"\xff\xfe\x00\xd8\x00\xd8\x00\xdc".repeat(50)),
    ];
    for (name, magic) in [
        ("txt", &b"\x89PNG\r\n\x1a\n"[..]),
        ("html", b"%PDF-1.7\n"),
        ("md", b"\x7fELF\x02\x01\x01"),
        ("json", b"GIF89a"),
        ("csv", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("zip", b"PK\x03\x04"),
        ("gz", b"\x1f\x8b\x08\x00"),
        ("warc", b"WARC/"),
    ] {
        for seed in 0..4 {
            inputs.push((name, [magic, &noise(seed)].concat()));
        }
    }
    inputs
}

/// The seeds, cut off at several places and with bytes changed.
fn damaged(count: usize) -> Vec<(&'static str, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds");
    let mut seeds = Vec::new();
    for (target, extension) in SEEDS {
        let entries = fs::read_dir(folder.join(target)).unwrap();
        let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        seeds.extend(paths.iter().map(|path| (extension, fs::read(path).unwrap())));
    }
    let damage = |round: usize, bytes: &[u8]| {
        let mut bytes = bytes.to_vec();
        let at = (round * 7919 + bytes.len() / 3) % bytes.len().max(1);
        match round % 3 {
            0 => bytes.truncate(at),
            1 => bytes.extend_from_within(at..),
            _ => bytes.iter_mut().skip(at).step_by(97).for_each(|byte| *byte ^= 0xa5),
        }
        bytes
    };
    let rounds = (0..).flat_map(|round| {
        seeds.iter().map(move |(name, bytes)| (*name, damage(round, bytes)))
    });
    rounds.take(count).collect()
}

#[test]
fn five_hundred_hostile_inputs_are_each_reported() {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("in");
    fs::create_dir(&input).unwrap();
    let mut inputs = extremes();
    inputs.extend(damaged(COUNT - inputs.len()));
    let mut names = BTreeSet::new();
    for (number, (extension, bytes)) in inputs.into_iter().enumerate() {
        let name = format!("{number:03}.{extension}");
        fs::write(input.join(&name), bytes).unwrap();
        names.insert(name);
    }
    let cleaned = vitrine().args(["clean", "--per-file"]).arg(&input).output().unwrap();
    assert_eq!(cleaned.status.code(), Some(1), "some of it is unreadable");
    for line in String::from_utf8(cleaned.stdout).unwrap().lines() {
        let record: Value = serde_json::from_str(line).unwrap();
        let path = record["path"].as_str().unwrap();
        let name = path.split(['!', '#']).next().unwrap();
        names.remove(name.rsplit('/').next().unwrap());
    }
    assert!(names.is_empty(), "not reported: {names:?}");

    let archive = folder.path().join("out");
    let packed = vitrine().arg("pack").arg(&input).arg("--out").arg(&archive).output();
    assert_eq!(packed.unwrap().status.code(), Some(1));
    let verified = vitrine().arg("verify").arg(&archive).output().unwrap();
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stderr));
}

#[test]
fn nothing_in_a_title_or_a_name_turns_or_hides_what_is_around_it() {
    let folder = tempfile::tempdir().unwrap();
    let controls: Vec<char> = ('\u{202a}'..='\u{202e}')
        .chain('\u{2066}'..='\u{2069}')
        .chain([
            '\u{200e}', '\u{200f}', '\u{61c}', '\u{200b}', '\u{2060}', '\u{feff}',
            '\u{ad}',
        ])
        .collect();
    let mut lines = String::new();
    for (number, c) in controls.iter().enumerate() {
        let body = format!("What stands in number {number} and nowhere else. ").repeat(9);
        let record = serde_json::json!({
            "id": format!("r{number}"), "title": format!("Piece {number} {c}fdp.exe"),
            "author": format!("Ana {c}anA"), "source": format!("The {c}Quay"), "body": body,
        });
        lines.push_str(&record.to_string());
        lines.push('\n');
        let page = format!(
            "<title>Page {number} {c}fdp.exe</title><meta name=author content='Ana {c}anA'>\
             <article><h1>Page {number} {c}fdp.exe</h1><p>It is a page. {body}</p></article>"
        );
        fs::write(folder.path().join(format!("{number}.html")), page).unwrap();
    }
    fs::write(folder.path().join("records.jsonl"), lines).unwrap();
    let cleaned = vitrine().arg("clean").arg(folder.path()).output().unwrap();
    let cleaned = String::from_utf8(cleaned.stdout).unwrap();
    assert_eq!(cleaned.lines().count(), 2 * controls.len());
    for line in cleaned.lines() {
        let article: Value = serde_json::from_str(line).unwrap();
        for name in ["title", "authors", "source"] {
            let text = article[name].to_string();
            let left = text.chars().find(|c| controls.contains(c));
            assert_eq!(left, None, "{name}: {}", text.escape_unicode());
        }
    }
}
