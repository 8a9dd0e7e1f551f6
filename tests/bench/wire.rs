//! The whole in Chromium: what crosses the wire, and how long a warm search takes.

use std::{path::Path, thread, time::Duration};

use serde_json::Value;

use crate::{
    browser::Browser,
    figures,
    page::Page,
    server::{Compressed, Hosting, Server},
    session::Session,
};

/// Sum of the bytes of all responses of the page as they came in, headers excluded.
const BYTES: &str = "performance.getEntriesByType('navigation')
    .concat(performance.getEntriesByType('resource'))
    .reduce((sum, entry) => sum + entry.encodedBodySize, 0)";

/// Asks, and resolves to the milliseconds until the answer is in the page.
const ASK: &str = "(async query => {
    const root = document.querySelector('vitrine-archive').shadowRoot;
    const start = performance.now();
    const address = '#/?q=' + encodeURIComponent(query);
    if (location.hash === address) return 0;
    const seen = new Promise(resolve => {
        const observer = new MutationObserver(() => {
            if (!root.querySelector('[data-busy]')) {
                observer.disconnect();
                resolve(performance.now() - start);
            }
        });
        observer.observe(root, { subtree: true, attributes: true });
    });
    location.hash = address;
    return await seen;
})";

/// Prints the bytes until the archive is ready, until a first search in a fresh page is
/// answered, and those of each further search.
pub(crate) fn bytes(archive: &Path, queries: &[String]) {
    let stage = Stage::new(archive);
    let kilobytes =
        |page: &Page<'_>| page.evaluate(BYTES).as_f64().unwrap_or_default() / 1000.0;
    let (mut ready, mut first) = (Vec::new(), Vec::new());
    for query in queries {
        let page = stage.open();
        ready.push(kilobytes(&page));
        ask(&page, query);
        first.push(kilobytes(&page));
        page.close();
    }
    figures::print("until ready, code included", "KB", &ready);
    figures::print("first search, all included", "KB", &first);

    let page = stage.open();
    let mut before = kilobytes(&page);
    let mut further = Vec::new();
    for query in queries {
        ask(&page, query);
        let now = kilobytes(&page);
        further.push(now - before);
        before = now;
    }
    figures::print("each search of one visit", "KB", &further);
    page.close();
}

/// Prints how long searches take whose files are there already, until they are shown.
pub(crate) fn times(archive: &Path, queries: &[String]) {
    let stage = Stage::new(archive);
    let page = stage.open();
    for query in queries {
        unhurried(&page, query);
    }
    let mut all = Vec::new();
    for query in queries {
        let mut times: Vec<f64> = (0..5)
            .map(|_| {
                unhurried(&page, "");
                unhurried(&page, query)
            })
            .collect();
        times.sort_by(f64::total_cmp);
        let median = times.get(times.len() / 2).copied().unwrap_or_default();
        all.push(median);
    }
    for (query, time) in queries.iter().zip(&all) {
        println!("{time:>8.1} ms  {query}");
    }
    figures::print("warm search until it is shown", "ms", &all);
    page.close();
}

/// Asks, and waits a little: Chromium refuses more than 200 changes of a page's address in ten
/// seconds.
fn unhurried(page: &Page<'_>, query: &str) -> f64 {
    let time = ask(page, query);
    thread::sleep(Duration::from_millis(200));
    time
}

fn ask(page: &Page<'_>, query: &str) -> f64 {
    let query = Value::from(query);
    page.evaluate(&format!("{ASK}({query})")).as_f64().unwrap_or_default()
}

/// A browser and a host that compresses.
struct Stage {
    session: Session,
    server: Server,
}

impl Stage {
    fn new(archive: &Path) -> Self {
        let hosting = Hosting { compression: Compressed::Gzip, ..Hosting::default() };
        let server = Server::start(archive, hosting);
        Self { session: Session::start(Browser::Chromium), server }
    }

    /// Opens the archive in a new tab and waits until it is ready.
    fn open(&self) -> Page<'_> {
        let page = self.session.tab();
        page.open(&self.server.url());
        page.evaluate("performance.setResourceTimingBufferSize(100000)");
        page.wait_until(
            "the archive is ready",
            "document.querySelector('vitrine-archive')?.dataset.state === 'ready'",
        );
        page
    }
}
