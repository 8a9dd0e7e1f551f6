//! The plain pages, which need no script, in real browsers.

use std::path::Path;
use std::process::Command;

use crate::accessibility::assert_accessible;
use crate::archive::command;
use crate::browser::Browser;
use crate::embedding::in_both_browsers;
use crate::server::{Hosting, Server};
use crate::session::{Session, file_url};

in_both_browsers! {
    plain_pages_lead_from_list_to_article_to_viewer
}

fn plain_pages_lead_from_list_to_article_to_viewer(browser: Browser) {
    let folder =
        tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder can be made");
    let archive = folder.path().join("plain pages");
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data/sample");
    let output = Command::new(command())
        .arg("pack")
        .arg(sample)
        .arg("--out")
        .arg(&archive)
        .args(["--title", "Sample", "--static-pages", "--url", "https://example.org/a/"])
        .output()
        .expect("the command runs");
    assert!(matches!(output.status.code(), Some(0 | 1)), "{output:?}");
    let server = Server::start(&archive, Hosting::default());
    let session = Session::start(browser);
    for start in [
        format!("{}pages/index.html", server.url()),
        file_url(&archive.join("pages/index.html")),
    ] {
        let page = session.tab();
        page.open(&start);
        assert_accessible(&page, "the first plain page");
        page.click("document.querySelector('a[href*=\"years/2013\"]')");
        page.wait_until("a year is listed", "location.href.endsWith('/years/2013.html')");
        assert_accessible(&page, "a plain list");
        page.click("document.querySelector('.articles a')");
        page.wait_until("an article is there", "!!document.querySelector('article h1')");
        assert_accessible(&page, "a plain article");
        let scripts = page.evaluate(
            "[...document.scripts].filter(({ type }) => type !== 'application/ld+json').length",
        );
        assert_eq!(scripts, 0, "a plain page has no script");
        let title = page.evaluate("document.querySelector('h1').textContent");
        page.click("document.querySelector('header nav a[href*=\"#/article/\"]')");
        page.wait_ready();
        page.wait_until(
            "the viewer shows the same article",
            &format!(
                "{}.querySelector('h1')?.textContent === {title}",
                crate::reader::root()
            ),
        );
        page.close();
    }
    let traffic = session.traffic();
    assert!(traffic.errors.is_empty(), "errors: {:#?}", traffic.errors);
}
