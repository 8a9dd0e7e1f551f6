//! Searching and reading, from a folder, from a server, and in somebody else's page.

use serde_json::json;

use crate::accessibility::assert_accessible;
use crate::browser::Browser;
use crate::page::Key;
use crate::panels::open_panel;
use crate::reader::{SeenResult, part, root, search_box};
use crate::server::{Compressed, Hosting};
use crate::stage::{Mode, Stage};

/// Stands in English articles of the sample, and in few.
const ENGLISH: &str = "ballast";

/// Stands in Chinese articles of the sample, and in few: undersea cables.
const CHINESE: &str = "光缆";

scenarios! {
    opens: File Http Embedded;
    finds_english: File Http Embedded;
    finds_chinese: File Http Embedded;
    reads_in_the_language_of_the_article: File Http Embedded;
    keeps_the_state_in_the_history: File Http;
    opens_links_in_a_fresh_tab: File Http;
    needs_no_mouse: File;
    begins_with_the_abstract: File Http Embedded;
    shows_what_travels_with_an_article: File Http Embedded;
    leads_to_notes_and_back: File Http;
}

fn opens(browser: Browser, mode: Mode) {
    let stage = Stage::new(browser, mode);
    let page = stage.open("");
    page.wait_ready();
    assert!(page.has_fired("vitrine-ready"));
    assert!(!page.has_fired("vitrine-error"));
    page.assert_search_box_is_named("Search");
    // In its own page one may type at once; the page of somebody else keeps the focus.
    let is_in_box =
        page.evaluate(&format!("{}.activeElement === {}", root(), search_box()));
    assert_eq!(is_in_box, json!(mode != Mode::Embedded));
    stage.assert_clean();
}

fn finds_english(browser: Browser, mode: Mode) {
    finds(ENGLISH, browser, mode);
}

fn finds_chinese(browser: Browser, mode: Mode) {
    finds(CHINESE, browser, mode);
}

fn finds(query: &str, browser: Browser, mode: Mode) {
    let stage = Stage::new(browser, mode);
    let page = stage.open("");
    page.wait_ready();
    page.search(query);
    let results = page.results();
    assert!(page.status_number() >= results.len() as u64);
    let first = results.first().expect("there are results");
    assert!(
        first.text.to_lowercase().contains(query),
        "the first result shows the word: {first:?}"
    );
    assert!(marks(first, query), "the word is marked: {first:?}");
    stage.assert_clean();
}

fn marks(result: &SeenResult, query: &str) -> bool {
    result.marks.iter().any(|mark| mark.to_lowercase().contains(query))
}

fn reads_in_the_language_of_the_article(browser: Browser, mode: Mode) {
    let stage = Stage::new(browser, mode);
    let page = stage.open("");
    page.wait_ready();
    page.search(CHINESE);
    let first = page.results().into_iter().next().expect("there are results");
    let article = page.open_result(&first.id);
    assert!(
        first.text.contains(&article.heading),
        "{first:?} opens {:?}",
        article.heading
    );
    assert!(article.language.starts_with("zh-Han"), "language: {:?}", article.language);
    assert!(
        article.text.contains(CHINESE),
        "the article has its text: {:?}",
        article.text
    );
    let is_seen = "(box => box.bottom > 0 && box.top < innerHeight)";
    page.wait_until(
        "the heading is in view",
        &format!(
            "{is_seen}({}.querySelector('h1').getBoundingClientRect())",
            part("article")
        ),
    );
    stage.assert_clean();
}

fn keeps_the_state_in_the_history(browser: Browser, mode: Mode) {
    let stage = Stage::new(browser, mode);
    let page = stage.open("");
    page.wait_ready();
    page.search(ENGLISH);
    let results = page.results();
    let first = results.first().expect("there are results");
    let article = page.open_result(&first.id);

    page.back();
    page.wait_for_results(ENGLISH);
    assert_eq!(page.query(), ENGLISH);
    assert_eq!(page.results(), results);

    page.forward();
    assert_eq!(page.article(), article);

    page.reload();
    page.wait_ready();
    assert_eq!(page.article(), article);

    page.back();
    page.wait_for_results(ENGLISH);
    assert_eq!(page.query(), ENGLISH);
    stage.assert_clean();
}

fn opens_links_in_a_fresh_tab(browser: Browser, mode: Mode) {
    let stage = Stage::new(browser, mode);
    let page = stage.open("#/?q=%E5%85%89%E7%BC%86");
    page.wait_ready();
    page.wait_for_results(CHINESE);
    let first = page.results().into_iter().next().expect("there are results");
    let article = page.open_result(&first.id);

    let other = stage.open(&format!("#/article/{}", first.id));
    other.wait_ready();
    assert_eq!(other.article().text, article.text);
    stage.assert_clean();
}

fn needs_no_mouse(browser: Browser, mode: Mode) {
    let stage = Stage::new(browser, mode);
    let page = stage.open("");
    page.wait_ready();
    page.evaluate(&format!("{}.focus()", search_box()));
    page.type_text(ENGLISH);
    page.wait_for_results(ENGLISH);
    let first = page.results().into_iter().next().expect("there are results");
    let on_first_link = format!(
        "document.querySelector('vitrine-archive').shadowRoot.activeElement?.dataset.id === {:?}",
        first.id
    );
    // Between the box and the first result stand a few tools, and no filter.
    for _ in 0..7 {
        if page.evaluate(&on_first_link) == true {
            break;
        }
        page.press(Key::Tab);
    }
    page.wait_until("the first result has the focus", &on_first_link);
    page.press(Key::Enter);
    let article = page.article();
    assert!(first.text.contains(&article.heading));
    stage.assert_clean();
}

#[test]
fn chromium_reads_from_a_host_that_compresses() {
    reads_from_a_host_that_compresses(Browser::Chromium);
}

#[test]
fn firefox_reads_from_a_host_that_compresses() {
    reads_from_a_host_that_compresses(Browser::Firefox);
}

fn reads_from_a_host_that_compresses(browser: Browser) {
    let hosting = Hosting { compression: Compressed::Gzip, ..Hosting::default() };
    let stage = Stage::hosted(browser, hosting);
    let page = stage.open("");
    page.wait_ready();
    page.search(ENGLISH);
    let first = page.results().into_iter().next().expect("there are results");
    page.open_result(&first.id);
    stage.assert_clean();
}

/// An abstract is found, quoted and marked as the text is, and stands before it.
fn begins_with_the_abstract(browser: Browser, mode: Mode) {
    let stage = Stage::new(browser, mode);
    let page = stage.open("");
    page.wait_ready();
    // The first word is in no text, only in the abstract of one.
    page.search("innocent hull");
    let results = page.results();
    let result = results.iter().find(|result| result.text.contains("Dark Vessels"));
    let result = result.expect("the article is found");
    assert!(result.text.contains("have an innocent reason"), "{result:?}");
    page.open_result(&result.id);
    let seen = page.evaluate(&format!(
        "(section => [section.getAttribute('role'), section.querySelector('h2').textContent,
            section.querySelector('mark')?.textContent, section.nextElementSibling.className])
        ({}.querySelector('.abstract'))",
        part("article")
    ));
    assert_eq!(seen, json!(["doc-abstract", "Abstract", "innocent", "body"]));
    if mode != Mode::Embedded {
        assert_accessible(&page, "an article with an abstract");
    }
    stage.assert_clean();
}

fn shows_what_travels_with_an_article(browser: Browser, mode: Mode) {
    let stage = Stage::new(browser, mode);
    let page = stage.open("");
    page.wait_ready();
    page.search("ammonia");
    let results = page.results();
    let result = results.iter().find(|result| result.text.contains("Green Corridors"));
    page.open_result(&result.expect("the article is found").id);

    let picture = format!("{}.querySelector('figure img')", part("article"));
    let size = page.evaluate(&format!(
        "(picture => [picture.getAttribute('width'), picture.getAttribute('height'),
            picture.alt.length > 0,
            picture.parentElement.nextElementSibling.localName])({picture})"
    ));
    assert_eq!(size, json!(["640", "400", true, "figcaption"]));
    page.evaluate(&format!("{picture}.scrollIntoView()"));
    page.wait_until("the picture is there", &format!("{picture}.naturalWidth === 640"));

    let links = page.evaluate(&format!(
        "['.body', '.attachments'].map(place => {}.querySelector(place + ' a[download]'))
            .map(link => [link.download, /\\/assets\\/[0-9a-f]{{32}}\\.pdf$/.test(link.href),
                link.parentElement.innerText.includes('PDF')])",
        part("article")
    ));
    let name = "accounts.pdf";
    assert_eq!(links, json!([[name, true, false], [name, true, true]]));

    open_panel(&page, "provenance");
    let panel = format!("{}.querySelector('dialog')", root());
    let [show, verify] = [0, 1].map(|position| {
        format!("{panel}.querySelectorAll('.panel-acts button')[{position}]")
    });
    page.click(&show);
    page.wait_until(
        "the original page is shown as text, its elements are none",
        &format!(
            "{panel}.innerText.includes('<h1 class=\"entry-title\">')
                && {panel}.querySelector('pre').children.length === 0"
        ),
    );
    page.click(&verify);
    page.wait_until(
        "the original page has the digest that was recorded",
        &format!("{panel}.innerText.includes('is the one that was recorded')"),
    );
    // The page of someone else has no landmarks around the element.
    if mode != Mode::Embedded {
        assert_accessible(&page, "the provenance");
    }
    stage.assert_clean();
}

fn leads_to_notes_and_back(browser: Browser, mode: Mode) {
    let stage = Stage::new(browser, mode);
    let page = stage.open("");
    page.wait_ready();
    page.search("datums");
    let results = page.results();
    page.open_result(&results.first().expect("there are results").id);
    let focused =
        |class: &str| format!("{}.activeElement?.matches('.{class}') ?? false", root());
    let reference = format!("{}.querySelector('.note-reference')", root());
    page.wait_until("the text has a note", &format!("Boolean({reference})"));
    assert_accessible(&page, "an article with a note");
    page.click(&reference);
    page.wait_until("the note has the focus", &focused("note-mark"));
    let note = format!("{}.activeElement.closest('li').textContent", root());
    let note = page.evaluate(&note);
    assert!(note.as_str().is_some_and(|text| text.contains("several datums")), "{note}");
    page.press(Key::Enter);
    page.wait_until("the reference has the focus", &focused("note-reference"));
    stage.assert_clean();
}
