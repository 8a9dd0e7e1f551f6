//! For how long an embedded archive holds up the page around it.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::{
    browser::Browser,
    page::Page,
    server::{Hosting, Server},
    session::Session,
};

/// How often it is embedded, each time by a browser that has seen nothing of it.
const ROUNDS: usize = 5;

/// Titles of the home page whose beginnings are typed.
const TITLES: usize = 4;

/// Most characters that are typed of each.
const MAX_TYPED: usize = 14;

/// Keeps the longest time that the page's own timer had to wait, which any browser can tell and
/// which has the work of the browser and of other programs in it, and the tasks that Chromium
/// calls long: those above 50 ms.
const WATCH: &str = "(() => {
    window.held = 0;
    window.tasks = [];
    let before = performance.now();
    const tick = () => {
        const now = performance.now();
        window.held = Math.max(window.held, now - before);
        before = now;
        setTimeout(tick);
    };
    setTimeout(tick);
    if (PerformanceObserver.supportedEntryTypes.includes('longtask')) {
        new PerformanceObserver(list => {
            for (const { duration } of list.getEntries()) window.tasks.push(duration);
        }).observe({ type: 'longtask' });
    }
    return true;
})()";

const ROOT: &str = "document.querySelector('vitrine-archive').shadowRoot";

/// What a reader does, as the figures name it.
const STEPS: [&str; 4] = ["start", "typing", "article", "back to the results"];

/// Prints how long the page of somebody else waits while an archive from another origin starts
/// in it, is searched and read.
pub(crate) fn run(archive: &Path) -> Value {
    let server = Server::start(archive, Hosting::default());
    let host = tempfile::tempdir().expect("a folder can be made");
    let page = "<!doctype html><html lang=en><meta charset=utf-8><title>Host</title>\
                <link rel=icon href=data:,><body><p>A page of somebody else.";
    fs::write(host.path().join("index.html"), page).expect("a page can be written");
    let host = Server::start(host.path(), Hosting::default());
    let mut figures = serde_json::Map::new();
    for (name, browser) in
        [("chromium", Browser::Chromium), ("firefox", Browser::Firefox)]
    {
        let rounds: Vec<_> =
            (0..ROUNDS).map(|_| round(browser, &host.url(), &server.url())).collect();
        let steps = STEPS.iter().enumerate().map(|(step, what)| {
            let of_step = || rounds.iter().map(|round: &[Waited; 4]| &round[step]);
            let mut held: Vec<f64> = of_step().map(|waited| waited.held).collect();
            held.sort_by(f64::total_cmp);
            let median = held[held.len() / 2];
            let longest = held.last().copied().unwrap_or_default();
            let tasks: Vec<f64> =
                of_step().flat_map(|waited| waited.tasks.clone()).collect();
            println!(
                "{name:<9} {what:<20} longest wait: median {median:>5.0} ms, of all \
                 {longest:>5.0} ms; long tasks: {tasks:.0?}"
            );
            let figures = json!({ "median_ms": median, "longest_ms": longest, "long_tasks_ms": tasks });
            ((*what).to_owned(), figures)
        });
        figures.insert(name.to_owned(), steps.collect());
    }
    figures.into()
}

/// What the page waited for during a step.
struct Waited {
    held: f64,
    tasks: Vec<f64>,
}

/// Embeds it, types, opens an article, and goes back to the results.
fn round(browser: Browser, host: &str, archive: &str) -> [Waited; 4] {
    let session = Session::start(browser);
    let page = session.tab();
    page.open(host);
    page.evaluate(WATCH);
    page.evaluate("new Promise(resolve => setTimeout(resolve, 500))");
    waited(&page);
    page.evaluate(&format!(
        "(() => {{
            const script = document.createElement('script');
            script.src = '{archive}vitrine.js';
            document.body.append(script, document.createElement('vitrine-archive'));
            return true;
        }})()"
    ));
    page.wait_until(
        "the archive is ready",
        "document.querySelector('vitrine-archive').dataset.state === 'ready'",
    );
    let start = waited(&page);

    let titles = page.evaluate(&format!(
        "[...{ROOT}.querySelectorAll('.result-title a')].map(a => a.textContent.trim())"
    ));
    let titles = titles.as_array().cloned().unwrap_or_default();
    assert!(!titles.is_empty(), "the home page lists articles");
    for title in titles.iter().filter_map(Value::as_str).take(TITLES) {
        page.evaluate(&format!(
            "(box => {{ box.focus(); box.select(); return true; }})({ROOT}.querySelector('[part~=search]'))"
        ));
        page.type_text(&title.chars().take(MAX_TYPED).collect::<String>());
        page.wait_until(
            "the results are there",
            &format!(
                "!{ROOT}.querySelector('[data-busy]')
                    && Boolean({ROOT}.querySelector('[part~=results] a'))"
            ),
        );
    }
    let typing = waited(&page);

    page.evaluate(&format!("{ROOT}.querySelector('[part~=search]').blur()"));
    page.evaluate(&format!("{ROOT}.querySelector('[part~=results] a').click()"));
    let article = format!("{ROOT}.querySelector('article .body')");
    page.wait_until("the article is shown", &format!("Boolean({article})"));
    let reading = waited(&page);

    page.evaluate(&format!("{ROOT}.querySelector('a[data-go=list]').click()"));
    let back = waited(&page);
    page.close();
    [start, typing, reading, back]
}

/// Returns what the page waited for since it was asked last, a while after the step is done.
fn waited(page: &Page<'_>) -> Waited {
    page.evaluate("new Promise(resolve => setTimeout(resolve, 1500))");
    let found = page.evaluate(
        "(() => {
            const found = [held, tasks];
            held = 0;
            tasks = [];
            return found;
        })()",
    );
    let tasks = found[1].as_array().map(Vec::as_slice).unwrap_or_default();
    Waited {
        held: found[0].as_f64().unwrap_or_default(),
        tasks: tasks.iter().filter_map(Value::as_f64).collect(),
    }
}
