//! Hostile texts in every place of an archive, cleaned and not: nothing of them runs, nothing
//! is asked for, and they are shown as text.

use std::{collections::BTreeSet, fs, path::Path, process::Command};

use serde_json::{Value, json};
use vitrine_tests::{figure, is_whole};

use crate::archive::{Copy, command};
use crate::browser::Browser;
use crate::embedding::in_both_browsers;
use crate::forged::{self, PLACES};
use crate::page::Page;
use crate::reader::root;
use crate::server::{Hosting, Server};
use crate::session::Session;
use crate::stage::{Mode, Stage};
use crate::trap::{TELL, Trap};
use crate::vectors::{Vector, vectors};

in_both_browsers! {
    the_collection_runs_where_it_is_markup
    a_forged_archive_is_text
    forged_texts_turn_nothing_beside_them
    a_packed_archive_is_text
    plain_pages_are_text
    hostile_addresses_lead_nowhere
}

/// The ways in which an archive is opened: both when everything is tried, else one in each
/// browser.
fn modes(browser: Browser, usual_in_chromium: Mode) -> Vec<Mode> {
    let other = if usual_in_chromium == Mode::File { Mode::Http } else { Mode::File };
    match browser {
        _ if is_whole() => vec![Mode::File, Mode::Http],
        Browser::Chromium => vec![usual_in_chromium],
        Browser::Firefox => vec![other],
    }
}

/// Gives the page what it is looked through with: `audit` returns what should not be there,
/// `visit` opens articles one after the other.
const TOOLS: &str = r"(() => {
    const TAGS = new Set(`a article aside b bdi blockquote br button caption cite code dd details dialog
        div dl dt em fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr i img input
        kbd label legend li main mark nav ol option output p pre q search section select small
        span strong sub summary sup table tbody td textarea th thead time tr ul`.split(/\s+/));
    const ATTRIBUTES = /^(accept|alt|aria-.+|autocomplete|autocapitalize|autofocus|checked|class|cols|colspan|data-.+|datetime|decoding|dir|disabled|download|enterkeyhint|for|height|hidden|href|id|inert|inputmode|lang|list|loading|max|maxlength|min|name|open|part|placeholder|rel|role|rows|scope|selected|size|spellcheck|src|start|step|style|tabindex|target|title|type|value|width|popover|popovertarget)$/;
    const PAGE = new Set(`html head meta title link script body vitrine-archive div p noscript
        a span`.split(/\s+/));
    const root = document.querySelector('vitrine-archive').shadowRoot;
    const folder = new URL('.', location.href).href;
    const wrongLink = link => {
        const { protocol, href } = new URL(link.getAttribute('href'), document.baseURI);
        if (href.startsWith(folder)) return '';
        if (!/^(https?|mailto):$/.test(protocol)) return 'leads to a place that it may not';
        const isApart = link.rel === 'noopener noreferrer' && link.target === '_blank';
        return isApart ? '' : 'is not apart from where it leads';
    };
    const wrong = element => {
        const { localName, attributes } = element;
        if (element.namespaceURI !== 'http://www.w3.org/1999/xhtml') return 'is no HTML';
        if (!TAGS.has(localName)) return 'is no element of a reader';
        for (const { name, value } of attributes) {
            if (!ATTRIBUTES.test(name)) return `has the attribute ${name}`;
            if (/^(id|name|for|class|part)$/.test(name) && !/^[\w -]*$/.test(value))
                return `has the ${name} ${value}`;
            if (name === 'style' && !/^(block-size|--[a-z-]+): [\d.]+[a-z%]*;$/.test(value))
                return `has the style ${value}`;
        }
        if (localName === 'a' && element.hasAttribute('href')) return wrongLink(element);
        if (element.src && !/^(blob:|data:image)/.test(element.src) && !element.src.startsWith(folder))
            return 'is from elsewhere';
        return '';
    };
    window.audit = () => {
        const found = [];
        for (const element of root.querySelectorAll('*')) {
            const what = wrong(element);
            if (what) found.push(`${element.outerHTML.slice(0, 200)} ${what}`);
        }
        for (const { localName } of document.querySelectorAll('*'))
            if (!PAGE.has(localName)) found.push(`<${localName}> is in the page`);
        if (Object.keys(Object.prototype).length || ({}).polluted) found.push('polluted');
        return found;
    };
    const until = async is => {
        const end = performance.now() + 20000;
        while (!is()) {
            if (performance.now() > end) return false;
            await new Promise(done => setTimeout(done, 2));
        }
        return true;
    };
    window.visit = async cases => {
        const found = [];
        for (const { id, texts, panels } of cases) {
            location.hash = `/article/${encodeURIComponent(id)}`;
            const article = () => root.querySelector('[part~=article]')?.textContent ?? '';
            const heading = () => root.querySelector('[part~=article] h1')?.textContent;
            const missing = () => texts.find(text => !article().includes(text));
            if (!await until(() => heading() === texts[0] && missing() === undefined))
                found.push(`${id} is not shown with ${missing() ?? texts[0]}: ${article().slice(0, 300)}`);
            if (panels) {
                for (const button of root.querySelectorAll('[part~=article] [data-panel]')) {
                    if (button.dataset.panel === 'aloud') continue;
                    button.click();
                    const dialog = () => root.querySelector('dialog[open]');
                    if (!await until(() => dialog()?.querySelector('.panel-body, h2')))
                        found.push(`${id} opens no ${button.dataset.panel}`);
                    found.push(...audit());
                    dialog()?.close();
                }
            }
            found.push(...audit());
        }
        return found;
    };
    return true;
})()";

/// A stage whose pages tell when something ran.
fn stage(browser: Browser, mode: Mode, archive: Copy) -> Stage {
    let stage = Stage::of(browser, mode, archive);
    stage.preload(TELL);
    stage
}

fn ready<'s>(stage: &'s Stage, place: &str) -> Page<'s> {
    let page = stage.open(place);
    page.wait_ready();
    page.evaluate(TOOLS);
    page
}

/// Fails when anything ran, was refused, left the folder or came to the trap.
fn assert_nothing_happened(stage: &Stage, trap: &Trap) {
    let errors = stage.errors();
    let is_other = |error: &&String| {
        // Pictures that a forged archive only promises, and a signature that it has not got.
        let is_lacking = error.contains("/assets/") && error.contains("404")
            || error.contains("ERR_FILE_NOT_FOUND")
            || error.contains("vitrine-signature.js");
        // Firefox says so where a page is left while something is on its way.
        let is_left = error.contains("A ServiceWorker intercepted the request");
        !is_lacking && !is_left
    };
    let errors: Vec<_> = errors.iter().filter(is_other).collect();
    assert!(errors.is_empty(), "errors: {errors:#?}");
    stage.assert_nothing_left();
    assert_eq!(trap.visits(), [""; 0], "somebody came");
}

fn assert_nothing_found(found: &Value) {
    assert_eq!(found, &json!([]), "{found:#}");
}

/// Looks through the lists and what opens beside them.
fn look_around(stage: &Stage, queries: &[&str]) {
    let places = ["", "#/?sort=title", "#/?q=hit", "#/?sort=newest", "#/?q=example"];
    for place in &places[..if is_whole() { 5 } else { 3 }] {
        let page = ready(stage, place);
        page.wait_until(
            "articles are listed",
            &format!("Boolean({}.querySelector('a[data-id]'))", root()),
        );
        let filters = format!("{}.querySelector('[data-go=filters]')", root());
        if page.evaluate(&format!("Boolean({filters}?.click() ?? {filters})")) == true {
            page.wait_until(
                "filters are shown",
                &format!("{}.querySelectorAll('#filters *').length > 3", root()),
            );
        }
        assert_nothing_found(&page.evaluate("audit()"));
        page.close();
    }
    let page = ready(stage, "");
    for query in queries {
        page.click(&crate::reader::search_box());
        page.type_text(query);
        page.evaluate("new Promise(done => setTimeout(done, 100))");
        assert_nothing_found(&page.evaluate("audit()"));
        page.evaluate(&format!("{}.value = ''", crate::reader::search_box()));
    }
    page.close();
}

fn a_forged_archive_is_text(browser: Browser) {
    for mode in modes(browser, Mode::File) {
        a_forged_archive_is_text_in(browser, mode);
    }
}

fn a_forged_archive_is_text_in(browser: Browser, mode: Mode) {
    let trap = Trap::set();
    let all = vectors(&trap.host());
    // Every text stands somewhere; in the whole, every text stands in every place.
    let (count, stride, step) = if is_whole() {
        (all.len(), 1, all.len() / PLACES)
    } else {
        (all.len().div_ceil(PLACES), PLACES, 1)
    };
    let text = |at: usize| all.iter().cycle().nth(at).map(|vector| vector.text.clone());
    let text = |at: usize| text(at % all.len()).unwrap_or_default();
    let article =
        |number: usize| forged::article(|place| text(number * stride + place * step));
    let (articles, seen): (Vec<_>, Vec<_>) = (0..count).map(article).unzip();
    let cases: Vec<_> = articles
        .iter()
        .zip(&seen)
        .enumerate()
        .map(|(number, (article, seen))| {
            json!({ "id": article.id, "texts": seen, "panels": number % 8 == 0 })
        })
        .collect();
    let archive = forged::forge(articles, |place| text(place * 131 + 7));
    let stage = stage(browser, mode, archive);
    look_around(&stage, &["<img src=x", "javascript:", "__proto__"]);
    let page = ready(&stage, "");
    for some in cases.chunks(20) {
        assert_nothing_found(&page.evaluate(&format!("visit({})", json!(some))));
    }
    assert_nothing_happened(&stage, &trap);
    let what = format!("hostile texts shown in a forged archive, {browser:?}, {mode:?}");
    figure(&what, count * PLACES);
}

/// Gives a page `turned`, which returns what is not where it stands in the document: elements that
/// do not begin after the one before them in their line; and `beside`, of how many that was asked.
const TURNED: &str = r"(() => {
    const root = document.querySelector('vitrine-archive').shadowRoot;
    window.turned = selector => {
        window.beside = 0;
        const found = [];
        for (const { children } of root.querySelectorAll(selector)) {
            for (let at = 1; at < children.length; at++) {
                const pair = [children[at - 1], children[at]];
                const [before, after] = pair.map(element => element.getBoundingClientRect());
                const isOneLine = pair.every(({ offsetHeight }) => offsetHeight < 50)
                    && before.width && after.top < before.bottom - 3 && before.top < after.bottom - 3;
                if (!isOneLine) continue;
                beside++;
                if (after.left < before.right - 3) found.push(pair.map(element => element.textContent));
            }
        }
        return found;
    };
    return true;
})()";

/// Titles and names that turn around what follows them turn nothing but themselves.
fn forged_texts_turn_nothing_beside_them(browser: Browser) {
    const TURNING: &str = "Port \u{202e}thguorw";
    let article = |number: usize| {
        forged::article(|place| match place {
            0 => format!("number-{number}"),
            7 | 25 => "en".to_owned(),
            // Filters are offered where articles differ.
            2 => format!("{TURNING} {number}"),
            1..=6 | 10 | 15 | 31 => TURNING.to_owned(),
            // Those of a pair are related.
            _ => match number / 2 {
                0 => "Keepers of lanterns and lighthouses at the harbor",
                1 => "Cranes lift containers over the quay of the harbor",
                _ => "Divers weld pipelines below the ice of the harbor",
            }
            .to_owned(),
        })
        .0
    };
    let archive = forged::forge((0..6).map(article).collect(), |place| match place {
        0 => "Archive".to_owned(),
        4 => "en".to_owned(),
        _ => TURNING.to_owned(),
    });
    let stage = Stage::of(browser, Mode::File, archive);
    let look = |page: &Page<'_>, selectors: &[&str]| {
        page.evaluate(TURNED);
        for selector in selectors {
            page.wait_until(
                &format!("{selector} is there"),
                &format!("Boolean({}.querySelector('{selector}'))", root()),
            );
            assert_nothing_found(&page.evaluate(&format!("turned('{selector}')")));
            let count = page.evaluate("beside").as_u64().expect("a count");
            assert!(count > 0, "nothing stands beside anything in {selector}");
        }
    };
    let open = |place: &str| {
        let page = stage.open(place);
        page.resize(1280, 900);
        page.wait_ready();
        page
    };
    let page = open("#/?q=harbor");
    look(&page, &[".result-facts", ".filter-group li a"]);
    page.click(&crate::reader::search_box());
    page.evaluate(&format!("{}.select()", crate::reader::search_box()));
    page.type_text("por");
    look(&page, &[".suggestions li"]);

    let page = open("#/article/number-1");
    look(&page, &[".byline", ".relations li", ".date-steps li", ".related li"]);
    let title = page.evaluate("document.title");
    assert_eq!(title, "Port thguorw — Archive", "the window says it without turning");
    // Without the attribute by which they stand apart, it would be seen.
    page.evaluate(&format!(
        "[...{}.querySelectorAll('.related li *')].forEach(element => {{
            element.removeAttribute('dir');
            element.style.display = 'inline';
            element.style.unicodeBidi = 'normal';
        }})",
        root()
    ));
    assert_ne!(page.evaluate("turned('.related li')"), json!([]));
}

/// Places of a page that hold a text.
const PAGE_PLACES: usize = 12;

/// The formats that hostile pages come in.
const FORMATS: [&str; 4] = ["html", "md", "jsonl", "warc"];

/// Writes pages with a text in each of their places, `count` in each format.
fn write_pages(folder: &Path, count: usize, text: impl Fn(usize, usize) -> String) {
    let mut lines = String::new();
    let mut crawl = Vec::new();
    for number in 0..count {
        let write = |extension: &str, page: &str| {
            let path = folder.join(format!("{number:04}.{extension}"));
            fs::write(path, page).expect("a page can be written");
        };
        let of = |format: usize| {
            let page = number * FORMATS.len() + format;
            let text = &text;
            (page, move |place: usize| text(page, place))
        };
        let (page, text) = of(0);
        write("html", &html(page, text));
        let (page, text) = of(1);
        write("md", &markdown(page, text));
        let (page, text) = of(2);
        lines.push_str(&record(page, text).to_string());
        lines.push('\n');
        let (page, text) = of(3);
        let address = format!("http://example.org/{page}/{}", escaped(&text(11)));
        let html = html(page, text);
        let response =
            format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{html}");
        let head = format!(
            "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {}\r\n\
             WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{page:012}>\r\n\
             WARC-Date: 2020-02-03T04:05:06Z\r\nContent-Type: application/http; msgtype=response\r\n\
             Content-Length: {}\r\n\r\n",
            address.replace(char::is_whitespace, "%20"),
            response.len()
        );
        crawl.extend([head.as_bytes(), response.as_bytes(), b"\r\n\r\n"].concat());
    }
    fs::write(folder.join("records.jsonl"), lines).expect("records can be written");
    fs::write(folder.join("crawl.warc"), crawl).expect("a crawl can be written");
}

/// Sentences that no other page has.
fn sentences(page: usize) -> String {
    let word = |n: usize| format!("word{}", (n * 37 + page * 101) % 1009);
    let sentence = |n: usize| {
        let words: Vec<_> = (0..12).map(|m| word(n * 12 + m)).collect();
        format!("Report {page} says {}.", words.join(" "))
    };
    (0..8).map(sentence).collect::<Vec<_>>().join(" ")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

fn html(page: usize, text: impl Fn(usize) -> String) -> String {
    let attribute = |place| text(place).replace('&', "&amp;").replace('"', "&quot;");
    format!(
        "<!doctype html><html lang=en><head><meta charset=utf-8>\
         <title>Report {page} {}</title><meta name=author content=\"Ana {}\">\
         <meta property=og:site_name content=\"{}\">\
         <meta property=article:section content=\"{}\">\
         <link rel=canonical href=\"{}\"><meta name=date content=2014-05-06></head>\
         <body><article><h1>Report {page} {}</h1><p>{}</p><p>It is written: {}</p>\
         <p><a href=\"{}\">a way out</a></p>\
         <figure><img src=\"{}\" alt=\"{}\"><figcaption>Figure: {}</figcaption></figure>\
         <p>The end of the text is here: {}</p></article></body></html>",
        escaped(&text(0)),
        attribute(1),
        attribute(2),
        attribute(3),
        attribute(4),
        escaped(&text(0)),
        sentences(page),
        escaped(&text(5)),
        attribute(6),
        attribute(7),
        attribute(8),
        text(9),
        text(10),
    )
}

fn markdown(page: usize, text: impl Fn(usize) -> String) -> String {
    // A string of JSON is one of YAML.
    let front = |name: &str, value: String| format!("{name}: {}\n", Value::from(value));
    let front: String = [
        front("title", format!("Report {page} {}", text(0))),
        front("author", format!("Ana {}", text(1))),
        front("source", text(2)),
        front("section", text(3)),
        front("url", text(4)),
        front("date", "2014-05-06".to_owned()),
    ]
    .concat();
    format!(
        "---\n{front}---\n\n{}\n\nIt is written: {}\n\n[a way out]({})\n\n![{}]({})\n\n\
         `{}`\n\nThe end of the text is here: {}\n\n{}\n",
        sentences(page),
        text(5),
        text(6),
        text(8),
        text(7),
        text(11),
        text(9),
        text(10),
    )
}

fn record(page: usize, text: impl Fn(usize) -> String) -> Value {
    json!({
        "id": format!("{} {page}", text(11)),
        "title": format!("Report {page} {}", text(0)),
        "author": [format!("Ana {}", text(1))],
        "source": text(2),
        "section": text(3),
        "url": text(4),
        "type": text(8),
        "date": "2014-05-06",
        "body": format!(
            "<p>{}</p><p>It is written: {}</p><a href=\"{}\">a way out</a><img src=\"{}\">\
             <p>The end: {}</p><p>{}</p>",
            sentences(page),
            escaped(&text(5)),
            text(6),
            text(7),
            text(9),
            text(10),
        ),
    })
}

/// Packs hostile pages as the command does, and returns the archive with its articles.
fn packed(all: &[Vector]) -> (Copy, Vec<Value>) {
    let places = PAGE_PLACES * FORMATS.len();
    let (count, stride, step) = if is_whole() {
        (all.len(), 1, all.len() / places)
    } else {
        (all.len().div_ceil(places), PAGE_PLACES, 1)
    };
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    write_pages(folder.path(), count, |page, place| {
        all[(page * stride + place * step) % all.len()].text.clone()
    });
    let run = |verb: &mut Command| {
        let output = verb.output().expect("the command can be run");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(matches!(output.status.code(), Some(0 | 1)), "{said}");
        output.stdout
    };
    let archive = Copy::filled(|archive| {
        let mut pack = Command::new(command());
        pack.arg("pack").arg(folder.path()).arg("--out").arg(archive);
        pack.args(["--title", &all[3].text, "--static-pages", "--keep-originals"]);
        run(&mut pack);
    });
    let mut export = Command::new(command());
    export.arg("export").arg(archive.path()).args(["--format", "jsonl"]);
    let articles: Vec<Value> = String::from_utf8(run(&mut export))
        .expect("an export is UTF-8")
        .lines()
        .map(|line| serde_json::from_str(line).expect("a line is JSON"))
        .collect();
    // What is no article any more was torn apart by what stands in it.
    let inputs = count * FORMATS.len();
    assert!(articles.len() * 10 > inputs * 9, "{} articles of {inputs}", articles.len());
    (archive, articles)
}

fn a_packed_archive_is_text(browser: Browser) {
    for mode in modes(browser, Mode::Http) {
        a_packed_archive_is_text_in(browser, mode);
    }
}

fn a_packed_archive_is_text_in(browser: Browser, mode: Mode) {
    let trap = Trap::set();
    let all = vectors(&trap.host());
    let (archive, articles) = packed(&all);
    for article in &articles {
        let title = article["title"].as_str().unwrap_or_default();
        let turns =
            |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        assert!(!title.contains(turns), "{title:?} turns what is around it");
    }
    let cases: Vec<_> = articles
        .iter()
        .enumerate()
        .map(|(number, article)| {
            json!({ "id": article["id"], "texts": [article["title"]], "panels": number % 16 == 0 })
        })
        .collect();
    let stage = stage(browser, mode, archive);
    look_around(&stage, &["ana <img", "report {{"]);
    let page = ready(&stage, "");
    for some in cases.chunks(20) {
        assert_nothing_found(&page.evaluate(&format!("visit({})", json!(some))));
    }
    assert_nothing_happened(&stage, &trap);
    figure(
        &format!("hostile articles shown after cleaning, {browser:?}, {mode:?}"),
        cases.len(),
    );
}

fn plain_pages_are_text(browser: Browser) {
    let trap = Trap::set();
    let all = vectors(&trap.host());
    let (archive, _) = packed(&all);
    let mut pages = Vec::new();
    html_files(&archive.path(), &archive.path(), &mut pages);
    pages.retain(|page| page != "index.html");
    // Opening a page takes longer than opening an article.
    let every = if is_whole() { 10 } else { 12 };
    let stage = stage(browser, Mode::Http, archive);
    let opened: Vec<_> = pages.iter().step_by(every).collect();
    let page = ready(&stage, "");
    for path in &opened {
        page.open(&format!("{}{path}", stage.url()));
        let found = page.evaluate(
            r"[...document.querySelectorAll('*')].filter(({ localName, namespaceURI, attributes }) =>
                namespaceURI !== 'http://www.w3.org/1999/xhtml'
                || localName === 'script' && attributes.type?.value !== 'application/ld+json'
                || /^(iframe|frame|object|embed|form|base|svg|math|video|audio)$/.test(localName)
                || [...attributes].some(({ name, value }) => /^(on|style|srcdoc|ping)/.test(name)
                    || /^(href|src)$/.test(name) && /^\s*(?!https?:|mailto:)[a-z]+:/i.test(value)))
                .map(({ outerHTML }) => outerHTML.slice(0, 200))",
        );
        assert_nothing_found(&found);
    }
    assert_nothing_happened(&stage, &trap);
    figure(&format!("hostile plain pages opened, {browser:?}"), opened.len());
}

fn html_files(top: &Path, folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("a folder can be listed") {
        let path = entry.expect("an entry can be read").path();
        if path.is_dir() {
            html_files(top, &path, found);
        } else if path.extension().is_some_and(|extension| extension == "html") {
            let below = path.strip_prefix(top).expect("it is below");
            found.push(below.to_string_lossy().into_owned());
        }
    }
    found.sort();
}

fn hostile_addresses_lead_nowhere(browser: Browser) {
    for mode in modes(browser, Mode::File) {
        hostile_addresses_lead_nowhere_in(browser, mode);
    }
}

fn hostile_addresses_lead_nowhere_in(browser: Browser, mode: Mode) {
    let trap = Trap::set();
    let all = vectors(&trap.host());
    let stage = stage(browser, mode, Copy::make());
    let page = ready(&stage, "");
    let every = if is_whole() { 1 } else { 20 };
    let texts: Vec<_> = all.iter().step_by(every).map(|vector| &vector.text).collect();
    let escaped = |text: &str| {
        let bytes = text.bytes().map(|byte| format!("%{byte:02X}"));
        bytes.collect::<Vec<_>>().concat()
    };
    for some in texts.chunks(40) {
        let hashes: Vec<_> = some
            .iter()
            .enumerate()
            .flat_map(|(number, text)| {
                let code = escaped(text);
                let place = match number % 5 {
                    0 => format!("/article/{code}?q={code}"),
                    1 => {
                        format!("/?author={code}&year={code}&section={code}&lang={code}")
                    }
                    2 => format!("/?sort={code}&block={code}&{code}={code}"),
                    3 => (*text).clone(),
                    _ => format!("/{code}"),
                };
                [place, format!("/?q={code}")]
            })
            .collect();
        let found = page.evaluate(&format!(
            "(async hashes => {{
                const found = [];
                for (const hash of hashes) {{
                    location.hash = hash;
                    await new Promise(done => setTimeout(done, 15));
                    found.push(...audit());
                }}
                return found;
            }})({})",
            json!(hashes)
        ));
        assert_nothing_found(&found);
    }
    // What is asked for stands in the box as it is; white space at its ends counts for nothing.
    for text in ["<img src=x onerror=hit(1)>", "__proto__", "\"><script>hit(2)</script>"]
    {
        page.evaluate(&format!("location.hash = '/?q={}'", escaped(text)));
        let text = Value::from(text);
        page.wait_until(
            "the query stands in the box",
            &format!("{}.value === {text}", crate::reader::search_box()),
        );
    }
    let every = if is_whole() { 12 } else { 300 };
    let queries: Vec<_> = all.iter().step_by(every).map(|vector| &vector.text).collect();
    for text in &queries {
        let code = escaped(text);
        page.open(&format!("{}?q={code}&vitrine={code}&{code}#/?q={code}", stage.url()));
        page.wait_ready();
        page.evaluate(TOOLS);
        assert_nothing_found(&page.evaluate("audit()"));
    }
    assert_nothing_happened(&stage, &trap);
    let what = format!("hostile addresses opened, {browser:?}, {mode:?}");
    figure(&what, texts.len() * 2 + queries.len());
}

/// What the other tests rest upon: parsed as markup, the same texts run and ask for the trap.
fn the_collection_runs_where_it_is_markup(browser: Browser) {
    let trap = Trap::set();
    let all = vectors(&trap.host());
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    fs::write(folder.path().join("index.html"), "<!doctype html><title>Host</title>")
        .expect("a page can be written");
    let server = Server::start(folder.path(), Hosting::default());
    let session = Session::start(browser);
    session.preload(TELL);
    let page = session.tab();
    page.open(&server.url());
    let every = if is_whole() { 1 } else { 7 };
    let tried: Vec<_> = all.iter().enumerate().step_by(every).collect();
    for some in tried.chunks(50) {
        let texts: Vec<_> = some.iter().map(|(_, vector)| &vector.text).collect();
        page.evaluate(&format!(
            "(async texts => {{
                const frames = texts.map(text => {{
                    const frame = document.createElement('iframe');
                    frame.srcdoc = `<script>hit = parent.hit</script>` + text;
                    return frame;
                }});
                // Some never end to load.
                const loaded = frames.map(frame => new Promise(done => {{
                    frame.onload = done;
                    setTimeout(done, 3000);
                }}));
                document.body.append(...frames);
                await Promise.all(loaded);
                await new Promise(done => setTimeout(done, 500));
                for (const frame of frames) frame.remove();
            }})({})",
            json!(texts)
        ));
    }
    let errors = session.traffic().errors;
    let number = |error: &String| {
        error.strip_prefix("vector ")?.split(' ').next()?.parse::<usize>().ok()
    };
    let told: BTreeSet<_> = errors.iter().filter_map(number).collect();
    for class in ["handlers", "spellings", "addresses", "mutations", "ends"] {
        let ran = told.iter().filter_map(|&number| all.get(number));
        assert!(
            ran.into_iter().any(|vector| vector.class == class),
            "none of the {class} ran"
        );
    }
    let visits = trap.visits().len();
    assert!(told.len() * 20 > tried.len(), "only {} of {} ran", told.len(), tried.len());
    assert!(visits > 8, "the trap had {visits} visits");
    figure(&format!("hostile texts in the collection, {browser:?}"), all.len());
    figure(&format!("of {} that ran as markup, {browser:?}", tried.len()), told.len());
    figure(&format!("their visits to the trap as markup, {browser:?}"), visits);
}
