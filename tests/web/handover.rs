//! The archive as it is handed over: one page, a ZIP file, and a folder on a medium that refuses
//! writing.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::json;
use vitrine_tests::unzip_with_each;

use crate::accessibility::assert_accessible;
use crate::archive::{self, Copy};
use crate::browser::Browser;
use crate::embedding::in_both_browsers;
use crate::page::Page;
use crate::panels::open_panel;
use crate::reader::{part, root};
use crate::session::{Session, file_url};
use crate::stage::{Mode, Stage};

in_both_browsers! {
    one_page_holds_the_whole_archive
    one_page_speaks_the_language_of_its_reader
    opens_as_programs_of_others_unzip_it
    opens_from_a_medium_that_refuses_writing
    says_who_signed
}

/// Writes the sample as one page, in a folder without anything else.
fn single_page(folder: &Path) -> PathBuf {
    export(folder, "single-file", "sample 文集.html")
}

/// Writes the sample in a format, under this name.
fn export(folder: &Path, format: &str, name: &str) -> PathBuf {
    let path = folder.join(name);
    let output = Command::new(archive::command())
        .arg("export")
        .arg(archive::packed())
        .args(["--format", format, "--out"])
        .arg(&path)
        .output()
        .expect("the command runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    path
}

fn one_page_holds_the_whole_archive(browser: Browser) {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    let url = file_url(&single_page(folder.path()));
    let session = Session::start(browser);
    let page = session.tab();
    page.open(&url);
    page.wait_ready();
    finds_and_reads(&page);

    let picture = format!("{}.querySelector('figure img')", part("article"));
    page.evaluate(&format!("{picture}.scrollIntoView()"));
    page.wait_until("the picture is there", &format!("{picture}.naturalWidth === 640"));
    let link = page.evaluate(&format!(
        "(link => [link.download, link.href.slice(0, 28)])({}.querySelector('a[download]'))",
        part("article")
    ));
    assert_eq!(link, json!(["accounts.pdf", "data:application/pdf;base64,"]));

    open_panel(&page, "provenance");
    let panel = format!("{}.querySelector('dialog')", root());
    page.click(&format!("{panel}.querySelectorAll('.panel-acts button')[1]"));
    page.wait_until(
        "the original page has the digest that was recorded",
        &format!("{panel}.innerText.includes('is the one that was recorded')"),
    );

    // A place in it has an address, which opens in a fresh tab.
    let place = session.tab();
    place.open(&format!("{url}#/?q=%E5%85%89%E7%BC%86"));
    place.wait_ready();
    place.wait_for_results("光缆");
    assert!(!place.results().is_empty());

    let traffic = session.traffic();
    assert!(traffic.errors.is_empty(), "errors: {:#?}", traffic.errors);
    let elsewhere: Vec<_> = traffic
        .requests
        .iter()
        .filter(|asked| !asked.starts_with(&url) && !asked.starts_with("data:"))
        .collect();
    assert!(elsewhere.iter().all(|asked| asked.starts_with("about:")), "{elsewhere:#?}");
}

fn one_page_speaks_the_language_of_its_reader(browser: Browser) {
    use crate::browser::Preferences;

    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    let url = file_url(&single_page(folder.path()));
    let chinese = Preferences { language: "zh-CN", ..Preferences::default() };
    let session = Session::start_with(browser, chinese);
    let page = session.tab();
    page.open(&url);
    page.wait_ready();
    page.assert_search_box_is_named("搜索");
    let traffic = session.traffic();
    assert!(traffic.errors.is_empty(), "errors: {:#?}", traffic.errors);
}

fn opens_as_programs_of_others_unzip_it(browser: Browser) {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    let zip = export(folder.path(), "zip", "sample 文集.zip");
    let unzipped = folder.path().join("from a mail ï 邮件");
    fs::create_dir(&unzipped).expect("a folder can be made");
    let programs = unzip_with_each(&zip, &unzipped);
    set_read_only(&unzipped, true);
    let session = Session::start(browser);
    for program in programs {
        let archive = unzipped.join(program).join("sample 文集");
        let page = session.tab();
        page.open(&file_url(&archive.join("index.html")));
        page.wait_ready();
        finds_and_reads(&page);
        let traffic = session.traffic();
        assert!(traffic.errors.is_empty(), "{program}: {:#?}", traffic.errors);
        page.close();
    }
    set_read_only(&unzipped, false);
}

fn opens_from_a_medium_that_refuses_writing(browser: Browser) {
    let copy = Copy::make();
    let path = copy.path();
    set_read_only(&path, true);
    let stage = Stage::of(browser, Mode::File, copy);
    let page = stage.open("");
    page.wait_ready();
    finds_and_reads(&page);
    stage.assert_clean();
    set_read_only(&path, false);
}

fn finds_and_reads(page: &Page<'_>) {
    page.search("ammonia");
    let results = page.results();
    let result = results.iter().find(|result| result.text.contains("Green Corridors"));
    page.open_result(&result.expect("the article is found").id);
}

fn says_who_signed(browser: Browser) {
    let copy = Copy::make();
    let keys = tempfile::tempdir().expect("a folder");
    let output = Command::new(archive::command())
        .arg("sign")
        .arg(copy.path())
        .args(["--no-password", "--name", "Lanmore 研究所", "--new-key"])
        .arg(keys.path().join("it.key"))
        .output()
        .expect("the command runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let pointer = copy.path().join("data/root.js");
    let stage = Stage::of(browser, Mode::File, copy);
    let page = stage.open("");
    page.wait_ready();
    finds_and_reads(&page);
    open_panel(&page, "provenance");
    let panel = format!("{}.querySelector('dialog')", root());
    page.wait_until(
        "it says who signed, and that the signature fits",
        &format!(
            "{panel}.innerText.includes('Lanmore 研究所')
                && {panel}.innerText.includes('The signature fits this archive')"
        ),
    );
    assert_accessible(&page, "the signature");
    stage.assert_clean();

    // The same words, another archive: not what was signed.
    let text = fs::read_to_string(&pointer).expect("the pointer can be read");
    let quoted = text.find('"').expect("it is a chunk file");
    let mut changed = text.clone();
    changed.replace_range(
        quoted + 12..quoted + 13,
        if text.as_bytes()[quoted + 12] == b'A' { "B" } else { "A" },
    );
    fs::write(&pointer, changed).expect("the pointer can be written");
    let page = stage.open("");
    page.wait_ready();
    finds_and_reads(&page);
    open_panel(&page, "provenance");
    page.wait_until(
        "it says that the signature does not fit",
        &format!("{panel}.innerText.includes('The signature does not fit')"),
    );
    let names = page.evaluate(&format!("{panel}.innerText.includes('Lanmore 研究所')"));
    assert_eq!(names, false, "a name that nobody signed for is not shown");
    assert_accessible(&page, "a signature that does not fit");
}

/// Takes from everybody the right to write into a folder, or gives it back.
fn set_read_only(folder: &Path, is_read_only: bool) {
    let mut places = vec![folder.to_owned()];
    while let Some(place) = places.pop() {
        let mut permissions =
            fs::metadata(&place).expect("it can be looked at").permissions();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = match (place.is_dir(), is_read_only) {
                (true, true) => 0o555,
                (true, false) => 0o755,
                (false, true) => 0o444,
                (false, false) => 0o644,
            };
            permissions.set_mode(mode);
        }
        #[cfg(not(unix))]
        permissions.set_readonly(is_read_only);
        fs::set_permissions(&place, permissions).expect("rights can be set");
        if place.is_dir() {
            let entries = fs::read_dir(&place).expect("a folder can be listed");
            places.extend(entries.map(|entry| entry.expect("an entry").path()));
        }
    }
}
