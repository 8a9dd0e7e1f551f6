//! The whole in Chromium: what crosses the wire, and how long a warm search takes.

use std::{path::Path, thread, time::Duration};

use serde_json::{Value, json};

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

/// Makes the page note when the search asks for a turn, which it does between its steps: the
/// loader looks at the clock then.
const WATCH: &str = "(() => {
    const clock = performance.now.bind(performance);
    window.clock = clock;
    window.steps = [];
    performance.now = () => {
        const now = clock();
        window.steps.push(now);
        return now;
    };
    // Before the reader hears of it.
    window.addEventListener('hashchange', () => { window.steps = [clock()] }, true);
    return true;
})()";

/// Asks, and resolves to the milliseconds until the answer is in the page, and to those from the
/// change of the address to the last step of the search.
const ASK: &str = "(async query => {
    const root = document.querySelector('vitrine-archive').shadowRoot;
    const clock = window.clock ?? performance.now.bind(performance);
    const start = clock();
    const address = '#/?q=' + encodeURIComponent(query);
    if (location.hash === address) return [0, 0];
    const seen = new Promise(resolve => {
        const observer = new MutationObserver(() => {
            if (!root.querySelector('[data-busy]')) {
                observer.disconnect();
                const steps = window.steps ?? [];
                const searched = steps.length ? steps.at(-1) - steps[0] : 0;
                resolve([clock() - start, searched]);
            }
        });
        observer.observe(root, { subtree: true, attributes: true });
    });
    location.hash = address;
    return await seen;
})";

/// Prints the bytes until the archive is ready, until a first search in a fresh page is
/// answered, and those of each further search.
pub(crate) fn bytes(archive: &Path, queries: &[String]) -> Value {
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
    let ready = figures::print("until ready, code included", "KB", &ready);
    let first = figures::print("first search, all included", "KB", &first);

    let page = stage.open();
    let mut before = kilobytes(&page);
    let mut further = Vec::new();
    for query in queries {
        ask(&page, query);
        let now = kilobytes(&page);
        further.push(now - before);
        before = now;
    }
    let further = figures::print("each search of one visit", "KB", &further);
    page.close();
    json!({ "ready": ready, "first_search": first, "further_search": further })
}

/// Resolves to the median milliseconds of a search, asked as a script of a page asks: nothing is
/// shown, so that it is the processor's time of the search with its ten results. Everything that
/// it needs is there.
const TIME: &str = "(async query => {
    window.archive ??= await Vitrine.open('.');
    const times = [];
    for (let round = 0; round < 12; round++) {
        const start = performance.now();
        await window.archive.search(query, { limit: 10 });
        if (round) times.push(performance.now() - start);
    }
    return times.sort((a, b) => a - b)[times.length >> 1];
})";

/// Words that most articles have, which are the most work.
const BROAD: [&str; 5] = ["the", "a", "the of and to in is", "的", "的 是 在"];

/// Prints how long searches take whose files are there already: the search itself, and until
/// its results are in the page.
pub(crate) fn times(archive: &Path, queries: &[String]) -> Value {
    let stage = Stage::new(archive);
    let page = stage.open();
    page.evaluate(WATCH);
    let mut figures = serde_json::Map::new();
    let broad = BROAD.map(str::to_owned);
    for (name, queries) in [("queries", queries), ("broad", broad.as_slice())] {
        for query in queries {
            unhurried(&page, query);
        }
        let (mut shown, mut searched) = (Vec::new(), Vec::new());
        for query in queries {
            let times: Vec<(f64, f64)> = (0..5)
                .map(|_| {
                    unhurried(&page, "");
                    unhurried(&page, query)
                })
                .collect();
            let median = |of: fn(&(f64, f64)) -> f64| {
                let mut times: Vec<f64> = times.iter().map(of).collect();
                times.sort_by(f64::total_cmp);
                times.get(times.len() / 2).copied().unwrap_or_default()
            };
            let (of_page, of_search) = (median(|times| times.0), median(|times| times.1));
            println!("{of_search:>8.1} {of_page:>8.1} ms  {query}");
            shown.push(of_page);
            searched.push(of_search);
        }
        let label = |what: &str| format!("{name}, warm, {what}");
        let searched = figures::print(&label("the search itself"), "ms", &searched);
        let shown = figures::print(&label("until shown"), "ms", &shown);
        figures.insert(name.to_owned(), json!({ "search": searched, "shown": shown }));
    }
    page.close();
    let page = stage.open();
    for (name, queries) in [("queries", queries), ("broad", broad.as_slice())] {
        let time = |query: &String| {
            let query = Value::from(query.as_str());
            let time = page.evaluate(&format!("{TIME}({query})"));
            time.as_f64().unwrap_or_default()
        };
        let times: Vec<f64> = queries.iter().map(time).collect();
        let processor = figures::print(&format!("{name}, warm, processor"), "ms", &times);
        if let Some(Value::Object(of_name)) = figures.get_mut(name) {
            of_name.insert("processor".to_owned(), processor);
        }
    }
    page.close();
    Value::Object(figures)
}

/// Asks, and waits a little: Chromium refuses more than 200 changes of a page's address in ten
/// seconds.
fn unhurried(page: &Page<'_>, query: &str) -> (f64, f64) {
    let times = ask(page, query);
    thread::sleep(Duration::from_millis(100));
    times
}

fn ask(page: &Page<'_>, query: &str) -> (f64, f64) {
    let query = Value::from(query);
    let times = page.evaluate(&format!("{ASK}({query})"));
    let at = |index: usize| times.get(index).and_then(Value::as_f64).unwrap_or_default();
    (at(0), at(1))
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
