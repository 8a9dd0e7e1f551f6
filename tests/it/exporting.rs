//! What goes into an archive comes out again.

use std::{
    collections::BTreeMap,
    fs,
    io::Read,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;
use tempfile::TempDir;
use vitrine_article::{Article, Block};
use vitrine_export::markdown;
use zip::ZipArchive;

use crate::{
    command::{lines, run, stderr, stdout, tree},
    support::articles,
};

/// The sample, packed with its original pages.
struct Sample {
    folder: TempDir,
    archive: PathBuf,
}

impl Sample {
    fn pack() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let archive = folder.path().join("archive");
        let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/../data/sample");
        let packed = pack(Path::new(sample), &archive);
        // One of the inputs is damaged on purpose.
        assert_eq!(packed, Some(1));
        Self { folder, archive }
    }

    fn export(&self, format: &str, name: &str) -> PathBuf {
        let out = self.folder.path().join(name);
        let arguments = ["export", self.archive.to_str().unwrap(), "--format", format];
        let exported = run(&[&arguments[..], &["--out", out.to_str().unwrap()]].concat());
        assert_eq!(exported.status.code(), Some(0), "{}", stderr(&exported));
        out
    }
}

fn pack(input: &Path, archive: &Path) -> Option<i32> {
    let packed = run(&[
        "pack",
        input.to_str().unwrap(),
        "--out",
        archive.to_str().unwrap(),
        "--title",
        "Sample",
        "--keep-originals",
    ]);
    packed.status.code()
}

#[test]
fn json_lines_pack_again_to_the_same_bytes() {
    let sample = Sample::pack();
    let export = sample.export("jsonl", "export/articles.jsonl");
    let expected = tree(&sample.archive);
    assert!(expected.keys().any(|path| path.starts_with("assets")));
    assert!(expected.keys().any(|path| path.starts_with("data/originals")));

    // By its file, by its folder, and in a ZIP file.
    let zip = sample.folder.path().join("export.zip");
    let mut writer = zip::ZipWriter::new(fs::File::create(&zip).unwrap());
    for (path, bytes) in tree(export.parent().unwrap()) {
        let options = zip::write::SimpleFileOptions::default();
        writer.start_file(path, options).unwrap();
        std::io::Write::write_all(&mut writer, &bytes).unwrap();
    }
    writer.finish().unwrap();
    for input in [export.as_path(), export.parent().unwrap(), &zip] {
        let again = sample.folder.path().join("again");
        assert_eq!(pack(input, &again), Some(0), "{}", input.display());
        let got = tree(&again);
        let names =
            |tree: &BTreeMap<String, Vec<u8>>| tree.keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&got), names(&expected), "{}", input.display());
        for (path, bytes) in &expected {
            assert!(got[path] == *bytes, "{}: {path}", input.display());
        }
    }
}

#[test]
fn exported_articles_without_their_files_are_refused_or_lose_them_on_request() {
    let sample = Sample::pack();
    let export = sample.export("jsonl", "export/articles.jsonl");
    fs::remove_dir_all(export.parent().unwrap().join("assets")).unwrap();
    let again = sample.folder.path().join("again");
    let arguments = ["pack", export.to_str().unwrap(), "--out", again.to_str().unwrap()];
    let packed = run(&arguments);
    assert_eq!(packed.status.code(), Some(2));
    assert!(stderr(&packed).contains("--no-assets"), "{}", stderr(&packed));
    let packed = run(&[&arguments[..], &["--no-assets"]].concat());
    assert_eq!(packed.status.code(), Some(0), "{}", stderr(&packed));
    let verified = run(&["verify", again.to_str().unwrap()]);
    assert_eq!(verified.status.code(), Some(0), "{}", stdout(&verified));
}

#[test]
fn hostile_exports_are_refused_line_by_line() {
    let sample = Sample::pack();
    let export = sample.export("jsonl", "export/articles.jsonl");
    let good: Value =
        serde_json::from_str(fs::read_to_string(export).unwrap().lines().next().unwrap())
            .unwrap();
    let changed = |change: &dyn Fn(&mut Value)| {
        let mut article = good.clone();
        change(&mut article);
        article.to_string()
    };
    let deep = (0..40).fold(
        serde_json::json!([]),
        |inner, _| serde_json::json!([{ "kind": "quote", "blocks": inner }]),
    );
    let file = serde_json::json!({
        "digest": "../../../../../../../out/stolen1", "type": "png", "len_bytes": 1
    });
    let bad = [
        changed(&|article| article["blocks"] = deep.clone()),
        changed(&|article| {
            article["assets"] = serde_json::json!([{ "address": "x", "file": file }]);
        }),
        changed(&|article| article["url"] = "javascript:alert(1)".into()),
        changed(&|article| article["original"] = "bm90IGl0".into()),
        changed(&|article| {
            article["languages"] = serde_json::json!([{"block": 99999, "lang": "fr"}]);
        }),
        changed(&|article| article["blocks"] = serde_json::json!([{ "kind": "script" }])),
        changed(&|article| article["id"] = " ".into()),
    ];
    let input = sample.folder.path().join("hostile.jsonl");
    fs::write(&input, format!("{}\n{good}\n", bad.join("\n"))).unwrap();
    let out = sample.folder.path().join("out");
    let packed = run(&[
        "pack",
        input.to_str().unwrap(),
        "--out",
        out.to_str().unwrap(),
        "--no-assets",
        "--json",
    ]);
    assert_eq!(packed.status.code(), Some(1), "{}", stderr(&packed));
    let totals = &lines(&packed)[0]["totals"];
    assert_eq!((&totals["articles"], &totals["unreadable"]), (&1.into(), &7.into()));
    assert!(stderr(&packed).contains("hostile.jsonl#1: the exported article is damaged"));
}

#[test]
fn markdown_packs_again_to_the_same_articles() {
    let sample = Sample::pack();
    let folder = sample.export("markdown", "markdown");
    let again = sample.folder.path().join("again");
    assert_eq!(pack(&folder, &again), Some(0));
    let articles = |archive: &Path| -> BTreeMap<String, Value> {
        lines(&run(&["export", archive.to_str().unwrap(), "--format", "jsonl"]))
            .into_iter()
            .map(|article| (article["id"].as_str().unwrap().to_owned(), article))
            .collect()
    };
    let (before, after) = (articles(&sample.archive), articles(&again));
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    for (id, article) in &before {
        for field in
            ["title", "date", "authors", "source", "section", "type", "url", "lang"]
        {
            assert_eq!(article[field], after[id][field], "{field} of {id}");
        }
        let text = |article: &Value| {
            let article: Article = serde_json::from_value(article.clone()).unwrap();
            let mut text = article.plain_text();
            // A list that numbers notes has no marks; Markdown gives them some.
            for number in 1..20 {
                text = text.replace(&format!("[{number}]"), "");
            }
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        assert_eq!(text(article), text(&after[id]), "{id}");
    }
}

#[test]
fn every_kind_of_block_comes_back_from_markdown() {
    let rich = articles().remove(0);
    let text = markdown(&rich);
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("rich.md"), &text).unwrap();
    let cleaned = lines(&run(&["clean", folder.path().to_str().unwrap()]));
    let back: Article = serde_json::from_value(cleaned[0].clone()).unwrap();
    assert_eq!(back.id, rich.id);
    assert_eq!(back.metadata, rich.metadata);
    let kinds = |article: &Article| {
        let name = |block: &Block| {
            serde_json::to_value(block).unwrap()["kind"].as_str().unwrap().to_owned()
        };
        // Notes stand behind the text in Markdown.
        let mut kinds: Vec<String> = article.blocks.iter().map(name).collect();
        kinds.sort();
        kinds
    };
    // The caption of a table is a paragraph before it in Markdown.
    let mut expected = kinds(&rich);
    expected.push("paragraph".to_owned());
    expected.sort();
    assert_eq!(kinds(&back), expected, "{text}");
    let json = serde_json::to_string(&back.blocks).unwrap();
    for part in
        ["emphasis", "strong", "note_reference", "note_mark", "line_break", "\"code\""]
    {
        assert!(json.contains(part), "{part} in {text}");
    }
}

#[test]
fn a_book_has_a_chapter_for_each_article_and_its_pictures() {
    let sample = Sample::pack();
    let book = sample.export("epub", "sample.epub");
    let bytes = fs::read(&book).unwrap();
    assert!(
        bytes[30..].starts_with(b"mimetypeapplication/epub+zip"),
        "{:?}",
        &bytes[..64]
    );
    let mut members = ZipArchive::new(fs::File::open(&book).unwrap()).unwrap();
    let names: Vec<String> =
        members.file_names().map(|name| name.unwrap().into_owned()).collect();
    let count = lines(&run(&["inspect", sample.archive.to_str().unwrap(), "--json"]))[0]
        ["article_count"]
        .as_u64()
        .unwrap();
    let chapters = names
        .iter()
        .filter(|name| Path::new(name).extension().is_some_and(|it| it == "xhtml"))
        .count() as u64;
    assert_eq!(chapters, count + 1, "the chapters and the contents");
    let mut text = |name: &str| {
        let mut text = String::new();
        members.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    let package = text("EPUB/content.opf");
    for name in &names {
        if let Some(name) =
            name.strip_prefix("EPUB/").filter(|name| *name != "content.opf")
        {
            assert!(package.contains(&format!("href=\"{name}\"")), "{name}");
        }
    }
    // Chapters are XML.
    for number in 1..=count {
        let chapter = text(&format!("EPUB/{number}.xhtml"));
        roxmltree::Document::parse_with_options(
            &chapter,
            roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() },
        )
        .unwrap_or_else(|error| panic!("{error}: {chapter}"));
    }
    // Where the checker of the format is there, it has nothing to say.
    let jar = Path::new("/usr/share/java/epubcheck.jar");
    let mut checker = Command::new("epubcheck");
    if jar.is_file() {
        checker = Command::new("java");
        checker.arg("-jar").arg(jar);
    }
    if let Ok(checked) = checker.arg(&book).output() {
        assert!(checked.status.success(), "{}", stdout(&checked));
    }
}

#[test]
fn a_zim_file_is_what_its_format_asks_for() {
    let sample = Sample::pack();
    let zim = sample.export("zim", "sample.zim");
    let bytes = fs::read(&zim).unwrap();
    let u64_at = |at: usize| u64::from_le_bytes(bytes[at..at + 8].try_into().unwrap());
    let u32_at = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap());
    assert_eq!(u32_at(0), 72_173_914);
    // The checksum stands at the end, the other tables before it.
    let end = u64_at(72) as usize;
    assert_eq!(end + 16, bytes.len());
    let count = u32_at(24) as usize;
    let paths: Vec<Vec<u8>> = (0..count)
        .map(|number| {
            let at = u64_at(u64_at(32) as usize + 8 * number) as usize;
            let is_redirect = bytes[at..at + 2] == [0xff, 0xff];
            let path = &bytes[at + if is_redirect { 12 } else { 16 }..];
            let path = &path[..path.iter().position(|byte| *byte == 0).unwrap()];
            [&bytes[at + 3..at + 4], path].concat()
        })
        .collect();
    assert!(paths.is_sorted(), "entries are found by their path");
    for path in ["Cindex.html", "C1.html", "MTitle", "MLanguage", "WmainPage"] {
        assert!(paths.contains(&path.as_bytes().to_vec()), "{path}");
    }
    // Where the checker of the format is there, it has nothing to say.
    if let Ok(checked) = Command::new("zimcheck").arg(&zim).output() {
        assert!(checked.status.success(), "{}", stdout(&checked));
    }
}

#[test]
fn an_address_in_an_example_is_text() {
    let folder = tempfile::tempdir().unwrap();
    let page = "# Pictures\n\nHow a picture is shown in a page:\n\n```html\n\
                <img src='/pictures/none.png' title=\"x\">\n```\n\nThat is all of it.\n";
    fs::write(folder.path().join("pictures.md"), page).unwrap();
    let archive = folder.path().join("archive");
    assert_eq!(pack(&folder.path().join("pictures.md"), &archive), Some(0));
    let sample = Sample { folder, archive };
    let book = fs::File::open(sample.export("epub", "a.epub")).unwrap();
    let mut chapter = String::new();
    let mut members = ZipArchive::new(book).unwrap();
    members.by_name("EPUB/1.xhtml").unwrap().read_to_string(&mut chapter).unwrap();
    let expected = "&lt;img src=&#39;/pictures/none.png&#39; title=&quot;x&quot;&gt;";
    assert!(chapter.contains(expected), "{chapter}");
    // This checker reads what looks like an attribute wherever it stands.
    let zim = sample.export("zim", "a.zim");
    if let Ok(checked) = Command::new("zimcheck").arg(&zim).output() {
        assert!(checked.status.success(), "{}", stdout(&checked));
    }
}

#[test]
fn the_same_time_gives_the_same_book_and_the_same_zim_file() {
    let sample = Sample::pack();
    for format in ["epub", "zim"] {
        let made = |name: &str| {
            let out = sample.folder.path().join(name);
            let exported = crate::command::vitrine()
                .args(["export", sample.archive.to_str().unwrap(), "--format", format])
                .arg("--out")
                .arg(&out)
                .env("SOURCE_DATE_EPOCH", "1700000000")
                .output()
                .unwrap();
            assert_eq!(exported.status.code(), Some(0), "{}", stderr(&exported));
            fs::read(out).unwrap()
        };
        assert!(made("one") == made("two"), "{format}");
    }
}

#[test]
fn the_pages_of_a_crawl_are_listed_with_their_texts() {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("in.jsonl");
    let records = [
        r#"{"id":"a","title":"Tides","url":"https://example.org/a","body":"The tide rises."}"#,
        r#"{"id":"b","title":"No address","body":"The tide falls."}"#,
    ];
    fs::write(&input, records.join("\n")).unwrap();
    let archive = folder.path().join("out");
    let archive = archive.to_str().unwrap();
    assert!(run(&["pack", input.to_str().unwrap(), "--out", archive]).status.success());
    let pages = lines(&run(&["export", archive, "--format", "wacz-pages"]));
    assert_eq!(pages.len(), 2);
    assert_eq!(pages[0]["format"], "json-pages-1.0");
    assert_eq!(pages[1]["url"], "https://example.org/a");
    assert_eq!(pages[1]["text"], "The tide rises.");
}

#[test]
fn plain_pages_stand_by_themselves() {
    let sample = Sample::pack();
    let folder = sample.export("static", "plain pages");
    let files = tree(&folder);
    let count = lines(&run(&["inspect", sample.archive.to_str().unwrap(), "--json"]))[0]
        ["article_count"]
        .as_u64()
        .unwrap();
    let articles = files.keys().filter(|path| path.starts_with("pages/articles/"));
    assert_eq!(articles.count() as u64, count);
    assert!(files.keys().any(|path| path.starts_with("assets/")));
    let (mut reached, mut pictures) = (vec!["index.html".to_owned()], 0);
    let mut next = 0;
    while let Some(path) = reached.get(next).cloned() {
        next += 1;
        if Path::new(&path).extension().is_none_or(|it| it != "html") {
            continue;
        }
        let page = String::from_utf8(files[&path].clone()).unwrap();
        assert!(
            !page.replace("<script type=\"application/ld+json\"", "").contains("<script")
        );
        for attribute in [" href=\"", " src=\""] {
            for rest in page.split(attribute).skip(1) {
                let address = rest.split(['"', '#']).next().unwrap();
                if address.is_empty() || address.contains(':') {
                    continue;
                }
                let target = path_from(&path, address);
                assert!(files.contains_key(&target), "{path} leads to {target}");
                pictures += usize::from(attribute == " src=\"");
                if !reached.contains(&target) {
                    reached.push(target);
                }
            }
        }
    }
    assert!(pictures > 0, "the sample has pictures");
    for path in files.keys().filter(|path| path.rsplit('.').next() == Some("html")) {
        assert!(reached.contains(path), "no way leads from the first page to {path}");
    }

    let again = run(&[
        "export",
        sample.archive.to_str().unwrap(),
        "--format",
        "static",
        "--out",
        sample.archive.to_str().unwrap(),
    ]);
    assert_eq!(again.status.code(), Some(2), "it never takes the place of an archive");
    assert!(sample.archive.join("data/root.js").is_file());
}

/// Returns where an address on the page at `path` leads.
fn path_from(path: &str, address: &str) -> String {
    let mut place: Vec<&str> = path.split('/').collect();
    place.pop();
    for part in address.split('/') {
        if part == ".." {
            assert!(place.pop().is_some(), "{path} leads out of the folder: {address}");
        } else {
            place.push(part);
        }
    }
    place.join("/")
}

#[test]
fn what_was_written_is_told_as_json() {
    let sample = Sample::pack();
    let archive = sample.archive.to_str().unwrap();
    for format in [
        "jsonl",
        "markdown",
        "csv",
        "bibtex",
        "ris",
        "csl-json",
        "elasticlunr",
        "epub",
        "zim",
        "wacz-pages",
        "static",
        "zip",
        "single-file",
        "bagit",
    ] {
        let out = sample.folder.path().join("told").join(format);
        let path = out.to_str().unwrap();
        let done = run(&["export", archive, "--format", format, "--out", path, "--json"]);
        assert_eq!(done.status.code(), Some(0), "{}", stderr(&done));
        let told = lines(&done);
        assert_eq!(told.len(), 1, "{format}");
        assert_eq!(told[0]["archive"], archive);
        let written = &told[0]["written"][0];
        assert_eq!(
            (&written["format"], &written["path"]),
            (&format.into(), &path.into())
        );
        let there: usize = if out.is_dir() {
            let files = tree(&out);
            // Of a bag the archive in it.
            let counts = |path: &str| format != "bagit" || path.starts_with("data/");
            files.iter().filter(|(path, _)| counts(path)).map(|(_, it)| it.len()).sum()
        } else {
            fs::read(&out).unwrap().len()
        };
        assert_eq!(written["bytes"], there, "{format}");
    }
    let refused = run(&["export", archive, "--format", "csv", "--json"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(stderr(&refused).contains("--out"), "{}", stderr(&refused));
}

#[test]
fn formats_that_are_no_text_need_a_place() {
    let sample = Sample::pack();
    for format in ["epub", "zim", "markdown", "static", "zip", "single-file", "bagit"] {
        let refused =
            run(&["export", sample.archive.to_str().unwrap(), "--format", format]);
        assert_eq!(refused.status.code(), Some(2), "{format}");
        assert!(stderr(&refused).contains("--out"), "{}", stderr(&refused));
    }
}
