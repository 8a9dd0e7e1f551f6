//! The plain pages, which need no script, in real browsers.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::json;

use crate::accessibility::assert_accessible;
use crate::archive::command;
use crate::browser::{Browser, Preferences, Scheme};
use crate::embedding::in_both_browsers;
use crate::server::{Hosting, Server};
use crate::session::{Session, file_url};

in_both_browsers! {
    plain_pages_lead_from_list_to_article_to_viewer
    plain_pages_suit_phones_the_dark_and_arabic
}

/// Packs an input with plain pages into `folder`.
fn packed(input: &Path, folder: &Path) -> PathBuf {
    let archive = folder.join("plain pages");
    let output = Command::new(command())
        .arg("pack")
        .arg(input)
        .arg("--out")
        .arg(&archive)
        .args(["--title", "Sample", "--static-pages", "--url", "https://example.org/a/"])
        .output()
        .expect("the command runs");
    assert!(matches!(output.status.code(), Some(0 | 1)), "{output:?}");
    archive
}

const ARABIC: &str = "---\nlang: ar\ndate: 2021-03-04\nauthor: ليلى حسن\n---\n\
    # موانئ البحر الأحمر\n\nتتغير الموانئ مع كل موسم من مواسم الرياح، ويحفظ البحارة أسماءها.[^1]\n\n\
    > قال البحار: البحر لا ينسى.\n\n| الميناء | السنة |\n| --- | --- |\n| Port Sudan | 1909 |\n\n\
    [^1]: انظر السجل البحري.\n";

fn plain_pages_suit_phones_the_dark_and_arabic(browser: Browser) {
    let folder =
        tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder can be made");
    let input = folder.path().join("in");
    fs::create_dir(&input).expect("a folder can be made");
    fs::write(input.join("ports.md"), ARABIC).expect("it can be written");
    let archive = packed(&input, folder.path());
    let dark = Preferences { scheme: Scheme::Dark, ..Preferences::default() };
    let session = Session::start_with(browser, dark);
    let page = session.tab();
    page.resize(390, 844);
    page.open(&file_url(&archive.join("pages/index.html")));
    for state in ["the first plain page in the dark", "an Arabic article in the dark"] {
        assert_accessible(&page, state);
        let found = page.evaluate(
            "(() => {
                const root = document.documentElement;
                const [red] = getComputedStyle(root).backgroundColor.match(/\\d+/g);
                return [root.scrollWidth <= innerWidth, Number(red) < 64];
            })()",
        );
        assert_eq!(found, json!([true, true]), "{state}: nothing is cut off; it is dark");
        if page.evaluate("!document.querySelector('article')") == true {
            page.click("document.querySelector('.articles a')");
            page.wait_until(
                "an article is there",
                "!!document.querySelector('article h1')",
            );
        }
    }
    let turned = page.evaluate(
        "(() => {
            const of = name => getComputedStyle(document.querySelector(name));
            const bar = of('blockquote');
            return [of('article').direction, of('header nav').direction,
                parseFloat(bar.borderRightWidth) > parseFloat(bar.borderLeftWidth)];
        })()",
    );
    assert_eq!(turned, json!(["rtl", "rtl", true]), "the bar of a quote is on the right");
    let traffic = session.traffic();
    assert!(traffic.errors.is_empty(), "errors: {:#?}", traffic.errors);
}

fn plain_pages_lead_from_list_to_article_to_viewer(browser: Browser) {
    let folder =
        tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder can be made");
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data/sample");
    let archive = packed(&sample, folder.path());
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
