//! Pictures, attachments and kept originals travel with the articles that need them.

use std::{
    fs,
    path::{Path, PathBuf},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::Value;

use crate::{
    command::{lines, run, stderr},
    containers::{record, response, zip},
};

const PDF: &[u8] = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n";

/// The start of a PNG picture: all that its size is read from.
fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    bytes.extend(width.to_be_bytes());
    bytes.extend(height.to_be_bytes());
    bytes.extend([8, 2, 0, 0, 0]);
    bytes
}

/// A page whose body holds `inner`.
fn page(inner: &str) -> String {
    let text = "<p>The eider nests on the outer skerries, where it lines its nest with down. \
        For two centuries this down was the only thing that the island sold abroad.</p>";
    format!(
        "<!doctype html><title>Eider</title><article><h1>Eider</h1>{text}{inner}{text}</article>"
    )
}

fn write(folder: &Path, files: &[(&str, &[u8])]) {
    for (name, bytes) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

/// Packs `input` and returns the archive, the summary and the only article.
fn packed(input: &Path, arguments: &[&str]) -> (PathBuf, Value, Value) {
    let out = input.parent().unwrap().join("out");
    let (input, archive) = (input.to_str().unwrap(), out.to_str().unwrap());
    let report = out.with_extension("json");
    let mut pack = vec!["pack", input, "--out", archive, "--json", "--report"];
    pack.push(report.to_str().unwrap());
    pack.extend(arguments);
    let done = run(&pack);
    assert!(matches!(done.status.code(), Some(0 | 1)), "{}", stderr(&done));
    let shown = run(&["show", archive, "eider", "--json"]);
    assert!(shown.status.success(), "{}", stderr(&shown));
    let verified = run(&["verify", archive]);
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stdout));
    (out.clone(), lines(&done).remove(0), lines(&shown).remove(0))
}

/// The addresses of the pictures that an article shows.
fn pictures(article: &Value) -> Vec<&str> {
    let blocks = article["blocks"].as_array().unwrap().iter();
    blocks.filter_map(|block| block["image"]["addresses"][0].as_str()).collect()
}

/// The files of an article: address, path in the archive, width.
fn carried(article: &Value) -> Vec<(&str, &str, u64)> {
    let assets = article["assets"].as_array().into_iter().flatten();
    assets
        .map(|asset| {
            let file = &asset["file"];
            let kind = file["type"].as_str().unwrap();
            (asset["address"].as_str().unwrap(), kind, file["width"].as_u64().unwrap())
        })
        .collect()
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.file_name().into_string().unwrap()).collect()
}

#[test]
fn what_lies_beside_a_page_and_is_in_its_body_travels() {
    let scratch = tempfile::tempdir().unwrap();
    let input = scratch.path().join("in");
    let body = page(
        "<figure><img src='x.gif' data-src='Eider_files/Nest%20one.PNG' alt='A nest'>\
         <figcaption>The nest.</figcaption></figure>\
         <p><img src='eider_files/copy.png'></p>\
         <figure><img src='lost.png'><figcaption>A lost picture.</figcaption></figure>\
         <img src='eider_files/pixel.png'><img src='page.png' alt='no picture'>\
         <img src='../secret.png'><img src='huge.png'>\
         <p>The <a href='eider_files/count.pdf#page=2'>count</a> of 2013, and \
         <a href='gone.pdf'>that of 2014</a>, and <a href='evil.html'>more</a>.</p>",
    );
    write(
        &input,
        &[
            ("eider.html", body.as_bytes()),
            ("eider_files/nest one.png", &png(640, 480)),
            ("eider_files/copy.png", &png(640, 480)),
            ("eider_files/pixel.png", &png(1, 1)),
            ("eider_files/unused.png", &png(99, 99)),
            ("eider_files/count.pdf", PDF),
            ("page.png", b"<html><script>alert(1)</script>"),
            ("../secret.png", &png(50, 50)),
            ("huge.png", &png(70, 70)),
        ],
    );
    let huge = fs::File::options().write(true).open(input.join("huge.png")).unwrap();
    huge.set_len((64 << 20) + 1).unwrap();

    let (archive, summary, article) = packed(&input, &[]);
    assert_eq!(
        pictures(&article),
        ["Eider_files/Nest%20one.PNG", "eider_files/copy.png"],
        "{article:#}"
    );
    assert_eq!(
        carried(&article),
        [
            ("Eider_files/Nest%20one.PNG", "png", 640),
            ("eider_files/copy.png", "png", 640),
            ("eider_files/count.pdf#page=2", "pdf", 0),
        ]
    );
    assert_eq!(names(&archive.join("assets")).len(), 2, "one picture, one document");
    let text = article["blocks"].to_string();
    assert!(text.contains("A lost picture.") && text.contains("that of 2014"), "{text}");
    assert!(!text.contains("gone.pdf") && !text.contains("no picture"), "{text}");

    assert_eq!(summary["totals"]["assets"], 3);
    assert_eq!(summary["totals"]["inputs"], 4);
    // x.gif is only the placeholder of a picture that is there.
    assert_eq!(summary["missing"], 6, "lost, pixel, page, secret, huge, gone");
    assert_eq!(summary["ignored"], 4, "pixel, unused, page, huge");
    let report = fs::read_to_string(archive.with_extension("json")).unwrap();
    let report: Value = serde_json::from_str(&report).unwrap();
    let rows = report["files"].as_array().unwrap();
    let assets = rows.iter().filter(|row| row["outcome"] == "asset");
    assert_eq!(assets.count(), 3);
    let shown =
        String::from_utf8(run(&["show", archive.to_str().unwrap(), "eider"]).stdout);
    assert!(shown.unwrap().contains("with eider_files/count.pdf#page=2 (assets/"));

    let (bare, summary, article) = packed(&input, &["--no-assets"]);
    assert!(!bare.join("assets").exists());
    assert!(pictures(&article).is_empty());
    assert_eq!(summary["totals"]["assets"], 0);
}

#[test]
fn an_archive_with_a_changed_file_is_damaged() {
    let scratch = tempfile::tempdir().unwrap();
    let input = scratch.path().join("in");
    let body = page("<figure><img src=a.png><figcaption>The nest.</figcaption></figure>");
    write(&input, &[("eider.html", body.as_bytes()), ("a.png", &png(640, 480))]);
    let (archive, ..) = packed(&input, &[]);
    let name = names(&archive.join("assets")).remove(0);
    let path = format!("assets/{name}");
    let verify = || {
        let verified = run(&["verify", archive.to_str().unwrap(), "--json"]);
        let problems = lines(&verified)[0]["problems"].take();
        let problems = problems.as_array().unwrap().iter();
        let paths = problems.map(|problem| problem["path"].as_str().unwrap().to_owned());
        (verified.status.code(), paths.collect::<Vec<_>>())
    };
    assert_eq!(verify(), (Some(0), Vec::new()));
    fs::write(archive.join(&path), png(640, 481)).unwrap();
    assert_eq!(verify(), (Some(1), vec![path.clone()]));
    fs::remove_file(archive.join(&path)).unwrap();
    assert_eq!(verify(), (Some(1), vec![path.clone()]));
    fs::write(archive.join(&path), png(640, 480)).unwrap();
    fs::write(archive.join("assets/other.png"), b"x").unwrap();
    assert_eq!(verify(), (Some(1), vec!["assets/other.png".to_owned()]));
}

#[test]
fn pictures_in_archives_and_crawls_travel() {
    let body = page(
        "<figure><img src='img/a.png'><figcaption>The nest.</figcaption></figure>\
         <p><a href='/files/count.pdf'>The count</a></p>",
    );
    let members: &[(&str, &[u8])] = &[
        ("site/eider.html", body.as_bytes()),
        ("site/img/a.png", &png(320, 200)),
        ("files/count.pdf", PDF),
    ];
    let html = "200 OK\r\nContent-Type: text/html";
    let image = "200 OK\r\nContent-Type: image/png";
    let answer = |url: &str, header: &str, body: &[u8]| response(url, 2023, header, body);
    let crawl = [
        record("warcinfo", &[], b"software: test"),
        answer("https://a.example/eider.html", html, body.as_bytes()),
        answer("https://a.example/img/a.png", "301 Moved", b""),
        answer("http://a.example/img/a.png", image, &png(320, 200)),
        answer("https://a.example/img/b.png", image, &png(9, 99)),
        answer(
            "https://a.example/files/count.pdf",
            "200 OK\r\nContent-Type: application/pdf",
            PDF,
        ),
    ]
    .concat();
    let zipped = zip(members);
    for (name, bytes, inputs) in [("old.zip", &zipped, 3), ("crawl.warc", &crawl, 6)] {
        let scratch = tempfile::tempdir().unwrap();
        let input = scratch.path().join(name);
        fs::write(&input, bytes).unwrap();
        let (_, summary, article) = packed(&input, &[]);
        let found = carried(&article);
        let kinds: Vec<_> =
            found.iter().map(|(_, kind, width)| (*kind, *width)).collect();
        assert_eq!(kinds, [("png", 320), ("pdf", 0)], "{name}: {article:#}");
        let totals = &summary["totals"];
        assert_eq!(totals["assets"], 2, "{name}: {summary}");
        assert_eq!(totals["inputs"], inputs, "{name}: {summary}");
        let sum: u64 =
            ["articles", "duplicates", "non_articles", "assets", "skipped", "unreadable"]
                .iter()
                .map(|key| totals[key].as_u64().unwrap())
                .sum();
        assert_eq!(sum, inputs, "{name}: {summary}");
    }
}

#[test]
fn pictures_of_a_crawl_are_found_where_its_answers_lead() {
    let body = page(
        "<figure><img src=/moved.png><figcaption>Moved.</figcaption></figure>\
         <figure><img src=/same.png><figcaption>Unchanged.</figcaption></figure>\
         <figure><img src=/circle.png><figcaption>Nowhere.</figcaption></figure>",
    );
    let image = "200 OK\r\nContent-Type: image/png";
    let redirect = |to: &str| format!("302 Found\r\nLocation: {to}");
    let answer = |path: &str, header: &str, body: &[u8]| {
        response(&format!("https://a.example{path}"), 2023, header, body)
    };
    let crawl = [
        answer("/eider.html", "200 OK\r\nContent-Type: text/html", body.as_bytes()),
        answer("/moved.png", &redirect("img/step.png"), b""),
        answer("/img/step.png", &redirect("//b.example/new.png"), b""),
        response("https://b.example/new.png", 2023, image, &png(320, 200)),
        record(
            "revisit",
            &[
                "WARC-Target-URI: https://a.example/same.png",
                "WARC-Refers-To-Target-URI: <https://a.example/first.png>",
            ],
            b"",
        ),
        answer("/first.png", image, &png(640, 480)),
        answer("/circle.png", &redirect("/circle.png"), b""),
    ];
    let scratch = tempfile::tempdir().unwrap();
    let input = scratch.path().join("crawl.warc");
    fs::write(&input, crawl.concat()).unwrap();
    let (.., article) = packed(&input, &[]);
    let widths: Vec<_> = carried(&article).iter().map(|(.., width)| *width).collect();
    assert_eq!(widths, [320, 640], "{article:#}");
}

#[test]
fn pictures_inside_a_saved_page_travel() {
    let body = page(
        "<figure><img src='cid:nest'><figcaption>The nest.</figcaption></figure>\
        <img src='https://a.example/img/b.png'>",
    );
    let saved = format!(
        "Snapshot-Content-Location: https://a.example/eider.html\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/related; boundary=\"b\"\r\n\r\n\
         --b\r\nContent-Type: text/html\r\n\r\n{body}\r\n\
         --b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\
         Content-ID: <nest>\r\n\r\n{}\r\n\
         --b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\
         Content-Location: https://a.example/img/b.png\r\n\r\n{}\r\n--b--\r\n",
        STANDARD.encode(png(320, 200)),
        STANDARD.encode(png(99, 98)),
    );
    let scratch = tempfile::tempdir().unwrap();
    let input = scratch.path().join("eider.mhtml");
    fs::write(&input, saved).unwrap();
    let (_, summary, article) = packed(&input, &[]);
    let widths: Vec<_> = carried(&article).iter().map(|(.., width)| *width).collect();
    assert_eq!(widths, [320, 99], "{article:#}");
    assert_eq!(summary["totals"]["inputs"], 1, "the parts of a page are no inputs");
}

#[test]
fn pictures_that_stand_in_a_page_as_data_travel() {
    let data = |width, height, base64: bool| {
        let mut bytes = png(width, height);
        bytes.resize(300, 0);
        if base64 {
            return format!("data:image/png;base64,{}", STANDARD.encode(bytes));
        }
        let codes = bytes.iter().map(|byte| format!("%{byte:02X}"));
        codes.fold("data:image/png,".to_owned(), |data, code| data + &code)
    };
    let body = page(&format!(
        "<figure><img src=\"{}\"><figcaption>The nest.</figcaption></figure>\
         <p><img src='{}'></p><p><img alt=Placeholder src='data:image/gif;base64,R0lGOD'></p>\
         <figure><img src={}><figcaption>A sign.</figcaption></figure>",
        data(320, 200, true),
        data(640, 480, false),
        data(2, 2, true),
    ));
    let html = "200 OK\r\nContent-Type: text/html";
    let saved = format!(
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"b\"\r\n\r\n\
         --b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n\
         {}\r\n--b--\r\n",
        STANDARD.encode(&body)
    );
    let inputs = [
        ("eider.html", body.clone().into_bytes()),
        ("old.zip", zip(&[("site/eider.html", body.as_bytes())])),
        ("crawl.warc", response("https://a.example/", 2023, html, body.as_bytes())),
        ("eider.mhtml", saved.into_bytes()),
    ];
    for (name, bytes) in inputs {
        let scratch = tempfile::tempdir().unwrap();
        let input = scratch.path().join(name);
        fs::write(&input, bytes).unwrap();
        let (archive, summary, article) = packed(&input, &[]);
        let widths: Vec<_> = carried(&article).iter().map(|(.., width)| *width).collect();
        assert_eq!(widths, [320, 640], "{article:#}");
        assert_eq!(names(&archive.join("assets")).len(), 2);
        assert!(!article.to_string().contains("base64"), "{article:#}");
        assert_eq!(summary["totals"]["inputs"], 1, "the parts of a page are no inputs");
        let report = fs::read_to_string(archive.with_extension("json")).unwrap();
        let problem = "a picture in the page was left out: an article names it, but";
        assert_eq!(report.matches(problem).count(), 1, "{report}");
    }
}

#[test]
fn an_original_page_comes_back_byte_for_byte() {
    let scratch = tempfile::tempdir().unwrap();
    let input = scratch.path().join("in");
    let latin = b"<!doctype html><meta charset=windows-1252><title>Eider</title><h1>Eider</h1>\
        <p>The \x93eider\x94 nests on the outer skerries, where it lines its nest with down. \
        For two centuries this down was the only thing that the island sold abroad.";
    write(&input, &[("eider.html", latin)]);
    let (archive, ..) = packed(&input, &["--keep-originals"]);
    let shown = run(&["show", archive.to_str().unwrap(), "eider", "--original"]);
    assert_eq!(shown.stdout, latin);
    let first = fs::read(archive.join("data/root.js")).unwrap();
    let (archive, ..) = packed(&input, &["--keep-originals"]);
    assert_eq!(fs::read(archive.join("data/root.js")).unwrap(), first);

    let (archive, ..) = packed(&input, &[]);
    let shown = run(&["show", archive.to_str().unwrap(), "eider", "--original"]);
    assert_eq!(shown.status.code(), Some(2));
    assert!(stderr(&shown).contains("--keep-originals"), "{}", stderr(&shown));
}
