//! How long people wait in Chromium, with the archive opened from a folder.

use std::path::Path;
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use crate::{
    browser::Browser,
    figures,
    page::Page,
    session::{Session, file_url},
};

/// Titles of the home page whose beginnings are typed.
const TITLES: usize = 10;

/// Most characters that are typed of each.
const MAX_TYPED: usize = 14;

/// How often each is typed; files have come before the last time.
const ROUNDS: usize = 2;

/// Pause between two keys: Chromium ignores changes of the address after 200 in ten seconds.
const BETWEEN_KEYS: Duration = Duration::from_millis(80);

/// How much slower the processor is made for the longest task.
const SLOWDOWN: u32 = 4;

/// How many of the longest frames are told.
const FRAMES: usize = 5;

/// Results that a list has before it is scrolled through.
const SCROLLED_RESULTS: usize = 150;

/// Scrolls through the page for some seconds, a piece a frame, and returns the time from each
/// frame to the next in milliseconds.
const SCROLL: &str = "new Promise(done => {
    const gaps = [];
    const begin = performance.now();
    let last, piece = 45;
    const step = now => {
        if (last !== undefined) gaps.push(now - last);
        last = now;
        const before = scrollY;
        scrollBy({ top: piece, behavior: 'instant' });
        if (scrollY === before) piece = -piece;
        if (now - begin < 6000) requestAnimationFrame(step); else done(gaps);
    };
    scrollTo(0, 0);
    requestAnimationFrame(step);
})";

/// Makes `window.painted`: a promise of the milliseconds from the next key or click to the frame
/// after the one in which the middle of the page has changed.
const WATCH: &str = "(() => {
    const root = document.querySelector('vitrine-archive').shadowRoot;
    const middle = root.querySelector('.middle');
    window.watch = () => {
        window.painted = new Promise(resolve => {
            let start = 0;
            const begin = event => { start ||= event.timeStamp };
            for (const name of ['keydown', 'click'])
                root.addEventListener(name, begin, { capture: true, once: true });
            const observer = new MutationObserver(() => {
                observer.disconnect();
                requestAnimationFrame(() => {
                    const { port1, port2 } = new MessageChannel();
                    port1.onmessage = () => resolve(performance.now() - start);
                    port2.postMessage(0);
                });
            });
            observer.observe(middle, { childList: true });
        });
        return true;
    };
    window.longest = 0;
    new PerformanceObserver(list => {
        for (const { duration } of list.getEntries())
            window.longest = Math.max(window.longest, duration);
    }).observe({ type: 'longtask', buffered: false });
    window.frames = [];
    new PerformanceObserver(list => {
        for (const frame of list.getEntries()) {
            const end = frame.startTime + frame.duration;
            const styled = frame.styleAndLayoutStart || end;
            const scripts = frame.scripts.map(s => `${s.invoker} ${Math.round(s.duration)}`);
            window.frames.push({
                all: frame.duration,
                text: `${Math.round(frame.duration)} ms, ${Math.round(end - styled)} of them `
                    + `style, layout and paint; ${scripts.join(', ')}`,
            });
        }
    }).observe({ type: 'long-animation-frame', buffered: false });
    return true;
})()";

const ROOT: &str = "document.querySelector('vitrine-archive').shadowRoot";

/// Prints how long keys and clicks take until their effect is painted, and the longest task while
/// one types on a slower computer.
pub(crate) fn run(archive: &Path) -> Value {
    let archive = archive.canonicalize().expect("there is such a folder");
    let session = Session::start(Browser::Chromium);
    let page = session.tab();
    page.open(&file_url(&archive.join("index.html")));
    page.wait_until(
        "the archive is ready",
        "document.querySelector('vitrine-archive')?.dataset.state === 'ready'",
    );
    page.evaluate(WATCH);
    let titles = page.evaluate(&format!(
        "[...{ROOT}.querySelectorAll('.result-title a')].map(a => a.textContent.trim())"
    ));
    let titles = titles.as_array().cloned().unwrap_or_default();
    let words: Vec<String> = titles
        .iter()
        .filter_map(Value::as_str)
        .take(TITLES)
        .map(|title| title.chars().take(MAX_TYPED).collect())
        .collect();

    let mut keys = Vec::new();
    for _ in 0..ROUNDS {
        keys.clear();
        for text in &words {
            clear(&page);
            for key in text.chars() {
                keys.push(time_of_key(&page, key));
            }
        }
    }

    let mut clicks = Vec::new();
    for text in words.iter().take(TITLES / 2) {
        clear(&page);
        for key in text.chars() {
            time_of_key(&page, key);
        }
        // Suggestions lie over the results.
        page.evaluate(&format!("{ROOT}.querySelector('[part~=search]').blur()"));
        // The second time the files are there.
        time_of_click(&page);
        clicks.push(time_of_click(&page));
    }

    let gaps = gaps_of_scrolling(&page);

    page.devtools("Emulation.setCPUThrottlingRate", json!({ "rate": SLOWDOWN }));
    page.evaluate("window.frames.length = window.longest = 0");
    for text in &words {
        clear(&page);
        page.type_text(text);
        page.wait_until(
            "the results are there",
            &format!("!{ROOT}.querySelector('[data-busy]')"),
        );
    }
    page.evaluate("new Promise(resolve => setTimeout(resolve, 1500))");
    let longest = page.evaluate("window.longest").as_f64().unwrap_or_default();

    figures::print("key until results are painted", "ms", &keys);
    println!("{:<34} p95 {:>7.1} ms", "", percentile(&keys, 0.95));
    figures::print("click until the article is painted", "ms", &clicks);
    println!("{:<34} p95 {:>7.1} ms", "", percentile(&clicks, 0.95));
    figures::print("from frame to frame of scrolling", "ms", &gaps);
    let per_second = 1000.0 * gaps.len() as f64 / gaps.iter().sum::<f64>();
    println!("{:<34} {per_second:>11.1} frames a second", "");
    println!("{:<34} {longest:>11.0} ms", "longest task, processor at 1/4");
    for frame in longest_frames(&page) {
        println!("  {frame}");
    }
    page.close();
    json!({
        "key_ms": { "p50": percentile(&keys, 0.5), "p95": percentile(&keys, 0.95) },
        "click_ms": { "p50": percentile(&clicks, 0.5), "p95": percentile(&clicks, 0.95) },
        "scrolling_frames_per_second": per_second,
        "longest_task_ms": longest,
        "slowdown": SLOWDOWN,
    })
}

/// Scrolls through a long list of all articles, and returns the times between frames.
fn gaps_of_scrolling(page: &Page<'_>) -> Vec<f64> {
    clear(page);
    page.evaluate(&format!("{ROOT}.querySelector('.browse a').click()"));
    let count = format!("{ROOT}.querySelectorAll('li.result').length");
    page.wait_until(
        "all articles are listed",
        &format!("{ROOT}.querySelector('[data-view=results]') !== null && {count} > 0"),
    );
    loop {
        let shown = page.evaluate(&count).as_u64().unwrap_or_default();
        let more = format!("{ROOT}.querySelector('.more')");
        let is_more = page.evaluate(&format!("{more}?.checkVisibility() === true"));
        if shown as usize >= SCROLLED_RESULTS || is_more != Value::Bool(true) {
            break;
        }
        page.evaluate(&format!("{more}.click()"));
        page.wait_until("the list is longer", &format!("{count} > {shown}"));
    }
    let gaps = page.evaluate(SCROLL);
    gaps.as_array().into_iter().flatten().filter_map(Value::as_f64).collect()
}

/// Returns what the longest frames since the last reset consisted of.
fn longest_frames(page: &Page<'_>) -> Vec<String> {
    let frames = page.evaluate(&format!(
        "window.frames.sort((a, b) => b.all - a.all).slice(0, {FRAMES}).map(f => f.text)"
    ));
    let frames = frames.as_array().cloned().unwrap_or_default();
    frames.iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// Goes home with an empty search box that has the focus.
fn clear(page: &Page<'_>) {
    page.evaluate("location.hash = '#/'");
    let is_home = format!("{ROOT}.querySelector('[data-view=home]') !== null");
    page.wait_until("the home page is shown", &is_home);
    page.evaluate(&format!("{ROOT}.querySelector('[part~=search]').focus()"));
}

/// Presses a key and returns how long it takes until its results are painted.
fn time_of_key(page: &Page<'_>, key: char) -> f64 {
    thread::sleep(BETWEEN_KEYS);
    page.evaluate("window.watch()");
    page.type_text(&key.to_string());
    page.evaluate("window.painted").as_f64().unwrap_or_default()
}

/// Clicks on the first result, returns how long it takes until the article is painted, and goes
/// back to the list.
fn time_of_click(page: &Page<'_>) -> f64 {
    let link = format!("{ROOT}.querySelector('[part~=results] a')");
    page.wait_until("there are results", &format!("Boolean({link})"));
    let time = page.evaluate(&format!(
        "(async link => {{
            const list = location.hash;
            window.watch();
            link.click();
            const time = await window.painted;
            location.hash = list;
            return time;
        }})({link})"
    ));
    page.wait_until("the results are back", &format!("Boolean({link})"));
    time.as_f64().unwrap_or_default()
}

/// Returns the value below which this share of the values lies.
fn percentile(values: &[f64], share: f64) -> f64 {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    let index = (values.len() as f64 * share) as usize;
    values.get(index.min(values.len().saturating_sub(1))).copied().unwrap_or_default()
}
