//! An archive's own page without a connection, and with a newer version on its host.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::archive::{Copy, command, copy_folder, pack_into};
use crate::browser::Browser;
use crate::embedding::in_both_browsers;
use crate::page::Page;
use crate::reader::{part, root};
use crate::server::{Compressed, Hosting, Server};
use crate::session::Session;

in_both_browsers! {
    what_was_read_stays_when_the_server_has_stopped
    the_whole_archive_is_kept_for_those_who_ask
    a_newer_version_is_taken_whole
}

/// Waits until the worker is there and has what this page has read.
fn wait_installed(page: &Page<'_>) {
    page.wait_until(
        "the archive is ready for no connection",
        "document.documentElement.dataset.offline === 'ready' && !!navigator.serviceWorker.controller",
    );
}

fn what_was_read_stays_when_the_server_has_stopped(browser: Browser) {
    let copy = Copy::make();
    // Deep in a host that compresses.
    let site = folder();
    let deep = site.path().join("library/papers");
    copy_folder(&copy.path(), &deep);
    let hosting = Hosting { compression: Compressed::Gzip, ..Hosting::default() };
    let server = Server::start(site.path(), hosting);
    let address = format!("{}library/papers/index.html", server.url());
    let session = Session::start(browser);
    let page = session.tab();
    page.open(&address);
    page.wait_ready();
    page.search("ballast");
    let results = page.results();
    let registered = page.evaluate(
        "new Promise(done => requestIdleCallback(() => setTimeout(done, 200)))
            .then(() => navigator.serviceWorker.getRegistration())
            .then(registration => !!registration)",
    );
    assert_eq!(registered, false, "who only searches loads nothing more");
    page.open_result(&results.first().expect("there are results").id);
    wait_installed(&page);
    let read = page.evaluate(&format!("{}.textContent", part("article")));
    let traffic = session.traffic();
    assert!(traffic.errors.is_empty(), "errors: {:#?}", traffic.errors);
    page.wait_until(
        "what was read is kept",
        "caches.keys().then(async names => {
            const cache = await caches.open(names.find(name => name.endsWith(' files')));
            return (await cache.keys()).some(({ url }) => url.includes('/texts/'));
        })",
    );
    drop(server);
    page.reload();
    page.wait_ready();
    page.wait_until(
        "the article is there again",
        &format!("{}?.textContent === {read}", part("article")),
    );
}

fn the_whole_archive_is_kept_for_those_who_ask(browser: Browser) {
    let copy = Copy::make();
    let server = Server::start(&copy.path(), Hosting::default());
    let session = Session::start(browser);
    let page = session.tab();
    page.open(&server.url());
    page.wait_ready();
    page.click(&format!("{}.querySelector('[data-panel=settings]')", root()));
    let place = format!("{}.querySelector('.panel-offline')", root());
    page.wait_until("there is an offer", &format!("!!{place}?.querySelector('button')"));
    page.click(&format!("{place}.querySelector('button')"));
    page.wait_until(
        "all is kept",
        &format!("{place}.innerText.includes('is kept in this browser')"),
    );
    let missing = page.evaluate(
        "fetch('vitrine-files.json').then(answer => answer.json()).then(async files => {
            const names = await caches.keys();
            const cache = await caches.open(names.find(name => name.endsWith(' files')));
            const viewer = await caches.open(names.find(name => !name.endsWith(' files')));
            const kept = [...await cache.keys(), ...await viewer.keys()].map(({ url }) => url);
            return files.map(([path]) => new URL(path, location).href).filter(url => !kept.includes(url));
        })",
    );
    assert_eq!(missing, serde_json::json!([]), "all files are kept");
    drop(server);
    page.open(&format!(
        "{}#/?q=harbour",
        page.evaluate("location.href.split('#')[0]").as_str().expect("an address")
    ));
    page.reload();
    page.wait_ready();
    page.wait_for_results("harbour");
    let results = page.results();
    page.open_result(&results.last().expect("there are results").id);
}

fn a_newer_version_is_taken_whole(browser: Browser) {
    let copy = Copy::make();
    let newer = folder();
    let newer = newer.path().join("newer");
    let sample: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data/sample");
    pack_into(&command(), &sample, &newer, "Newer sample");
    let server = Server::start(&copy.path(), Hosting::default());
    let session = Session::start(browser);
    let page = session.tab();
    page.open(&server.url());
    page.wait_ready();
    page.search("ballast");
    let results = page.results();
    page.open_result(&results.first().expect("there are results").id);
    wait_installed(&page);
    page.open(&server.url());
    page.wait_ready();
    let version = "document.querySelector('meta[name=vitrine-version]').content";
    let old = page.evaluate(version);
    let title = page.evaluate("document.title");

    // A host in the middle of an upload: the new page and worker, without the data.
    for file in ["index.html", "sw.js", "vitrine-files.json"] {
        fs::copy(newer.join(file), copy.path().join(file)).expect("a file can be copied");
    }
    let update = "navigator.serviceWorker.ready
        .then(registration => registration.update()).then(() => true, () => false)";
    page.evaluate(update);
    page.reload();
    page.wait_ready();
    assert_eq!(page.evaluate(version), old, "half of a version is none");
    assert_eq!(page.evaluate("document.title"), title);

    // All of it has arrived, and a second tab is open.
    let other = session.tab();
    other.open(&server.url());
    other.wait_ready();
    copy_folder(&newer, &copy.path());
    page.evaluate(update);
    page.wait_until(
        "the newer version is noticed",
        "!!document.querySelector('.update button')",
    );
    assert_eq!(page.evaluate(version), old, "nobody was asked yet");
    page.click("document.querySelector('.update button')");
    for tab in [&page, &other] {
        tab.wait_until("the newer version is there", "document.title === 'Newer sample'");
        tab.wait_ready();
        assert_ne!(tab.evaluate(version), old);
    }
    page.search("ballast");
    assert!(!page.results().is_empty());
}

fn folder() -> TempDir {
    tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder can be made")
}
