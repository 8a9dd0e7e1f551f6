//! Archives as they are handed over: as a ZIP file, as one page, as a bag, with a list of
//! their files.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::Read,
    path::{Path, PathBuf},
    process::Command,
};

use tempfile::TempDir;
use vitrine_tests::unzip_with_each;
use zip::{CompressionMethod, ZipArchive};

use crate::command::{lines, run, stderr, stdout, tree};

/// A folder with pages of which one shows a picture, and an archive of them.
struct Made {
    folder: TempDir,
    archive: PathBuf,
}

impl Made {
    fn make(extra: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let pages = folder.path().join("pages");
        fs::create_dir(&pages).unwrap();
        let body =
            "<p>The tide rises over the harbour wall every spring, as it always did.</p>"
                .repeat(4);
        for (name, title) in [("a.html", "Tides"), ("b.html", "潮汐与港口")] {
            let page = format!(
                "<html><head><title>{title}</title></head><body><article><h1>{title}</h1>\
                 {body}<figure><img src=\"quay.png\" alt=\"a quay\"></figure></article>\
                 </body></html>"
            );
            fs::write(pages.join(name), page).unwrap();
        }
        fs::write(pages.join("quay.png"), picture()).unwrap();
        let archive = folder.path().join("out");
        let mut arguments =
            vec!["pack", pages.to_str().unwrap(), "--title", "The Harbour Papers 港口"];
        arguments.extend(["--out", archive.to_str().unwrap()]);
        arguments.extend(extra);
        let packed = run(&arguments);
        assert_eq!(packed.status.code(), Some(0), "{}", stderr(&packed));
        Self { folder, archive }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn export(&self, format: &str, name: &str) -> PathBuf {
        let out = self.path(name);
        let archive = self.archive.to_str().unwrap();
        let done =
            run(&["export", archive, "--format", format, "--out", out.to_str().unwrap()]);
        assert_eq!(done.status.code(), Some(0), "{}", stderr(&done));
        out
    }

    /// The files of the archive by path.
    fn files(&self) -> BTreeMap<String, Vec<u8>> {
        tree(&self.archive)
    }
}

/// A grey picture of 64 × 48 pixels.
fn picture() -> Vec<u8> {
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut part = |name: &[u8; 4], data: &[u8]| {
        png.extend((data.len() as u32).to_be_bytes());
        let body = [name.as_slice(), data].concat();
        png.extend(&body);
        let mut crc = flate2::Crc::new();
        crc.update(&body);
        png.extend(crc.sum().to_be_bytes());
    };
    part(b"IHDR", &[0, 0, 0, 64, 0, 0, 0, 48, 8, 0, 0, 0, 0]);
    let mut pixels = flate2::read::ZlibEncoder::new(
        [0x80; 65 * 48].as_slice(),
        flate2::Compression::default(),
    );
    let mut data = Vec::new();
    pixels.read_to_end(&mut data).unwrap();
    part(b"IDAT", &data);
    part(b"IEND", b"");
    png
}

#[test]
fn a_zip_has_the_archive_in_one_folder_and_is_the_same_each_time() {
    let made = Made::make(&[]);
    let zip = made.export("zip", "港口 papers.zip");
    let mut states = vec![fs::read(&zip).unwrap()];
    // Times and rights of the files are not those of the archive.
    fs::write(made.archive.join("index.html"), &made.files()["index.html"]).unwrap();
    states.push(fs::read(made.export("zip", "港口 papers.zip")).unwrap());
    assert!(states[0] == states[1], "the bytes differ");

    let mut members = ZipArchive::new(File::open(&zip).unwrap()).unwrap();
    let mut found = BTreeMap::new();
    for number in 0..members.len() {
        let mut member = members.by_index(number).unwrap();
        let name = member.name().unwrap().into_owned();
        let path = name.strip_prefix("港口 papers/").unwrap().to_owned();
        let is_stored = member.compression() == CompressionMethod::Stored;
        assert_eq!(
            is_stored,
            Path::new(&path).extension().is_some_and(|it| it == "png"),
            "{path}"
        );
        assert!(member.is_file());
        let modified = member.last_modified().unwrap();
        assert_eq!((modified.year(), modified.month(), modified.day()), (1980, 1, 1));
        let mut bytes = Vec::new();
        member.read_to_end(&mut bytes).unwrap();
        found.insert(path, bytes);
    }
    assert!(found == made.files(), "the members are not the files of the archive");
    // No unzipper needs to know more than version 2.0 of the format, and names are UTF-8.
    assert!(states[0].starts_with(b"PK\x03\x04\x14\0\0\x08"), "{:?}", &states[0][..8]);
    assert!(!states[0].windows(4).any(|bytes| bytes == b"PK\x06\x06"), "Zip64");
}

#[test]
fn other_programs_unzip_it() {
    let made = Made::make(&[]);
    let zip = made.export("zip", "港口 papers.zip");
    let expected = made.files();
    for program in unzip_with_each(&zip, made.folder.path()) {
        let unzipped = made.path(program).join("港口 papers");
        assert!(tree(&unzipped) == expected, "{program}");
    }
}

#[test]
fn one_command_packs_and_hands_over_without_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("in.jsonl");
    fs::write(&input, r#"{"id":"a","title":"Tides","body":"The tide rises."}"#).unwrap();
    let results = folder.path().join("results");
    let [zip, page, bag] =
        ["a.zip", "a.html", "bag"].map(|name| results.join(name).display().to_string());
    let arguments =
        ["pack", input.to_str().unwrap(), "--zip", &zip, "--single-file", &page];
    let packed = run(&[arguments.as_slice(), &["--bagit", &bag, "--json"]].concat());
    assert_eq!(packed.status.code(), Some(0), "{}", stderr(&packed));
    let summary = &lines(&packed)[0];
    let written = summary["written"].as_array().unwrap();
    let formats: Vec<_> =
        written.iter().map(|one| one["format"].as_str().unwrap()).collect();
    assert_eq!(formats, ["zip", "single-file", "bagit"]);
    assert_eq!(written[0]["bytes"], fs::metadata(&zip).unwrap().len());
    let mut names: Vec<_> = fs::read_dir(&results)
        .unwrap()
        .flatten()
        .map(|entry| entry.file_name())
        .collect();
    names.sort();
    assert_eq!(names, ["a.html", "a.zip", "bag"], "nothing else is left");

    let nowhere = run(&["pack", input.to_str().unwrap()]);
    assert_eq!(nowhere.status.code(), Some(2));
    assert!(stderr(&nowhere).contains("--out"), "{}", stderr(&nowhere));
}

#[test]
fn one_page_has_every_file_and_a_policy_of_its_own() {
    let made = Made::make(&["--keep-originals"]);
    let page = fs::read_to_string(made.export("single-file", "papers.html")).unwrap();
    for (path, bytes) in made.files() {
        let text = String::from_utf8_lossy(&bytes);
        match path.as_str() {
            // One page needs no list of files and nothing to be installed.
            "index.html"
            | "README.txt"
            | "manifest-sha256.txt"
            | "manifest.webmanifest"
            | "sw.js"
            | "vitrine-offline.js"
            | "vitrine-files.json" => {}
            _ if path.starts_with("icon") => {}
            "vitrine.css" | "vitrine.js" => assert!(page.contains(&*text), "{path}"),
            _ if path.starts_with("data/") || path == "vitrine-signature.js" => {
                let content = text.split('"').nth(1).unwrap();
                let block =
                    format!("<script type=\"text/plain\" id=\"{path}\">{content}<");
                assert!(page.contains(&block), "{path}");
            }
            _ => assert!(page.contains(&format!(" id=\"{path}\">")), "{path}"),
        }
    }
    let policy = page.split("Content-Security-Policy\" content=\"").nth(1).unwrap();
    let policy = policy.split('"').next().unwrap();
    assert!(
        policy.starts_with("default-src 'none'; script-src 'wasm-unsafe-eval' 'sha256-")
    );
    assert!(!policy.contains("'self'") && !policy.contains("unsafe-inline"), "{policy}");
    assert!(!page.contains(" src=\"v") && !page.contains("<link rel=\"stylesheet\""));
}

#[test]
fn a_page_that_browsers_load_long_is_told() {
    let made = Made::make(&[]);
    let export = |name: &str| {
        let out = made.path(name);
        let archive = made.archive.to_str().unwrap();
        let out = out.to_str().unwrap();
        run(&["export", archive, "--format", "single-file", "--out", out])
    };
    let usual = export("usual.html");
    assert_eq!((usual.status.code(), &*stderr(&usual)), (Some(0), ""));
    // As base64 it has a third more.
    let film = File::create(made.archive.join("assets/film.mp4")).unwrap();
    film.set_len(38_000_000).unwrap();
    let long = export("long.html");
    assert_eq!(long.status.code(), Some(0));
    let told = stderr(&long);
    assert!(told.contains("the page has 5") && told.contains("--zip"), "{told}");
    assert!(fs::metadata(made.path("long.html")).unwrap().len() > 50_000_000);
}

#[test]
fn one_page_leads_to_no_plain_pages() {
    let made = Made::make(&["--static-pages"]);
    let start = "pages/index.html";
    let folder = String::from_utf8(made.files()["index.html"].clone()).unwrap();
    assert_eq!(folder.matches(start).count(), 2, "in the head, and without scripts");
    let page = fs::read_to_string(made.export("single-file", "papers.html")).unwrap();
    assert!(!page.contains(start));
    assert!(!page.contains("id=\"pages/"));
    assert!(page.contains("<noscript>") && page.contains("needs JavaScript"));
}

#[test]
fn a_bag_is_what_the_standard_asks_for() {
    let made = Made::make(&[]);
    let bag = made.export("bagit", "bag");
    let found = tree(&bag);
    let text = |name: &str| String::from_utf8(found[name].clone()).unwrap();
    assert_eq!(
        text("bagit.txt"),
        "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    );
    let payload: BTreeMap<_, _> = found
        .iter()
        .filter_map(|(path, bytes)| Some((path.strip_prefix("data/")?.to_owned(), bytes)))
        .collect();
    assert!(payload.iter().all(|(path, bytes)| made.files()[path] == **bytes));
    assert_eq!(payload.len(), made.files().len());
    let len: usize = payload.values().map(|bytes| bytes.len()).sum();
    let info = text("bag-info.txt");
    assert!(info.contains(&format!("Payload-Oxum: {len}.{}\n", payload.len())), "{info}");
    assert!(info.contains("External-Description: The Harbour Papers 港口\n"), "{info}");
    let is_dated = info.lines().any(|line| {
        line.strip_prefix("Bagging-Date: ").is_some_and(|date| date.len() == 10)
    });
    assert!(is_dated, "{info}");

    // The digests, counted by a program of its own where it is there.
    let listed = |name: &str| {
        let lines: Vec<String> = text(name)
            .lines()
            .map(|line| line.split_once("  ").unwrap().1.to_owned())
            .collect();
        lines
    };
    let data: Vec<String> = payload.keys().map(|path| format!("data/{path}")).collect();
    assert_eq!(listed("manifest-sha256.txt"), data);
    assert_eq!(
        listed("tagmanifest-sha256.txt"),
        ["bag-info.txt", "bagit.txt", "manifest-sha256.txt"]
    );
    for manifest in ["manifest-sha256.txt", "tagmanifest-sha256.txt"] {
        if let Ok(output) =
            Command::new("sha256sum").args(["-c", manifest]).current_dir(&bag).output()
        {
            assert!(output.status.success(), "{}", stdout(&output));
        }
    }

    // A bag may take the place of a bag, and of nothing else.
    made.export("bagit", "bag");
    let other = made.path("pages");
    let refused = run(&[
        "export",
        made.archive.to_str().unwrap(),
        "--format",
        "bagit",
        "--out",
        other.to_str().unwrap(),
    ]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(stderr(&refused).contains("with other things in it"), "{}", stderr(&refused));
    assert!(other.join("a.html").is_file());
}

#[test]
fn the_list_of_files_is_checked_with_and_without_the_command() {
    let made = Made::make(&[]);
    let archive = made.archive.to_str().unwrap();
    let listed = fs::read_to_string(made.archive.join("manifest-sha256.txt")).unwrap();
    let names: Vec<&str> =
        listed.lines().map(|line| line.split_once("  ").unwrap().1).collect();
    let files = made.files();
    let expected: Vec<&str> = files
        .keys()
        .map(String::as_str)
        .filter(|name| !["manifest-sha256.txt", "vitrine-signature.js"].contains(name))
        .collect();
    assert_eq!(names, expected);
    let sums = || {
        let mut command = Command::new("sha256sum");
        command.args(["-c", "manifest-sha256.txt"]).current_dir(archive).output().ok()
    };
    assert!(sums().is_none_or(|output| output.status.success()));
    assert_eq!(run(&["verify", archive]).status.code(), Some(0));

    // What no chunk vouches for: the viewer and the note.
    let mut style = files["vitrine.css"].clone();
    style.push(b' ');
    fs::write(made.archive.join("vitrine.css"), style).unwrap();
    fs::remove_file(made.archive.join("README.txt")).unwrap();
    let verified = run(&["verify", archive, "--json"]);
    assert_eq!(verified.status.code(), Some(1));
    let problems = lines(&verified)[0]["problems"].clone();
    let paths: Vec<_> =
        problems.as_array().unwrap().iter().map(|one| &one["path"]).collect();
    assert_eq!(paths, ["README.txt", "vitrine.css"]);
    assert!(sums().is_none_or(|output| !output.status.success()));

    fs::write(made.archive.join("manifest-sha256.txt"), "x  ../../etc/passwd\n").unwrap();
    let verified = run(&["verify", archive]);
    assert_eq!(verified.status.code(), Some(1));
    assert!(stdout(&verified).contains("line 1 is no digest"), "{}", stdout(&verified));
}

#[test]
fn a_zip_of_an_archive_checks_whole_after_its_way() {
    let made = Made::make(&["--keep-originals"]);
    let zip = made.export("zip", "papers.zip");
    let target = made.path("unpacked");
    ZipArchive::new(File::open(zip).unwrap()).unwrap().extract(&target).unwrap();
    let verified = run(&["verify", target.join("papers").to_str().unwrap()]);
    assert_eq!(verified.status.code(), Some(0), "{}", stdout(&verified));
}
