//! What the reader keeps in this browser: bookmarks, notes, searches.

use serde_json::{Value, json};

use crate::accessibility::assert_accessible;
use crate::assisting::assert_fits;
use crate::browser::Browser;
use crate::page::{Key, Page};
use crate::panels::{of_panel, open_panel, watch_downloads};
use crate::reader::{root, search_box};
use crate::stage::{Mode, Stage};

/// An article with authors and a date.
const ARTICLE: &str = "#/article/green-corridors-who-pays-for-the-first-ammonia-ship";

/// The names of everything that is kept.
const NAMES: &str = "Object.keys(localStorage).sort()";

scenarios! {
    keeps_bookmarks_with_notes: File Http;
    trusts_nothing_that_is_kept: File Http;
    takes_bookmarks_from_a_file: File Http;
    keeps_searches: File Http;
    deletes_what_is_kept: File Http;
    keeps_nothing_in_the_page_of_someone_else: Embedded;
}

fn close_panel(page: &Page<'_>) {
    page.press(Key::Escape);
    page.wait_until(
        "the panel is closed",
        &format!("!{}.querySelector('dialog').open", root()),
    );
}

/// The text on the article's button.
fn label(page: &Page<'_>) -> Value {
    page.evaluate(&format!(
        "{}.querySelector('.article-acts [data-panel=kept]').textContent",
        root()
    ))
}

fn kept_titles(page: &Page<'_>) -> Value {
    of_panel(page, "[...panel.querySelectorAll('.panel-kept a')].map(a => a.textContent)")
}

fn keeps_bookmarks_with_notes(browser: Browser, mode: Mode) {
    let stage = Stage::new(browser, mode);
    let page = stage.open(ARTICLE);
    page.wait_ready();
    let heading = page.article().heading;
    assert_eq!(page.evaluate(NAMES), json!([]), "nothing is kept before one asks");
    assert_eq!(label(&page), "Bookmark");
    open_panel(&page, "kept");
    assert_eq!(
        of_panel(&page, "panel.querySelector('[role=status]').textContent"),
        "Kept in this browser"
    );
    page.click(&format!("{}.querySelector('dialog textarea')", root()));
    page.type_text("Who *really* pays?");
    page.wait_until(
        "the note stands in the list",
        &format!(
            "{}.querySelector('.panel-kept')?.innerText.includes('*really*')",
            root()
        ),
    );
    assert_accessible(&page, "a bookmark");
    assert_fits(&page, "a bookmark");
    let panel = of_panel(&page, "panel.scrollWidth - panel.clientWidth");
    assert_eq!(panel, 0, "the panel scrolls downwards alone");
    close_panel(&page);
    assert_eq!(label(&page), "Bookmarked");

    page.reload();
    page.wait_ready();
    page.article();
    assert_eq!(label(&page), "Bookmarked");
    page.evaluate("location.hash = '#/'");
    page.wait_until(
        "the home page is shown",
        &format!("{}.querySelector('[data-view=home]') !== null", root()),
    );
    watch_downloads(&page);
    open_panel(&page, "kept");
    assert_eq!(kept_titles(&page), json!([heading]));
    assert_accessible(&page, "the bookmarks");
    let save = |file: &str, position: usize| {
        of_panel(
            &page,
            &format!("panel.querySelectorAll('.panel-acts button')[{position}].click()"),
        );
        page.wait_until(
            "a file is offered",
            &format!("window.savedName === {file:?} && Boolean(window.savedText)"),
        );
        let text = page.evaluate("window.savedText");
        page.evaluate("window.savedText = ''");
        text.as_str().expect("a file is text").to_owned()
    };
    let data: Value = serde_json::from_str(&save("bookmarks.json", 0)).expect("JSON");
    assert_eq!(data[0]["title"], heading);
    assert_eq!(data[0]["note"], "Who *really* pays?");
    let markdown = save("bookmarks.md", 1);
    assert!(markdown.contains("  > Who \\*really\\* pays?"), "{markdown}");

    page.click(&format!("{}.querySelector('.panel-kept a')", root()));
    assert_eq!(page.article().heading, heading);
    open_panel(&page, "kept");
    of_panel(&page, "panel.querySelector('[data-marked]').click()");
    assert_eq!(kept_titles(&page), json!([]));
    assert_eq!(page.evaluate(NAMES), json!([]), "nothing is left behind");
    close_panel(&page);
    assert_eq!(label(&page), "Bookmark");
    stage.assert_clean();
}

/// Chooses a file with this text for the import, and returns what is said about it.
fn import(page: &Page<'_>, text: &str) -> Value {
    of_panel(
        page,
        &format!(
            "(() => {{
                const files = new DataTransfer();
                files.items.add(new File([{text}], 'bookmarks.json'));
                const input = panel.querySelector('[type=file]');
                input.files = files.files;
                panel.querySelector('[role=status]').textContent = '';
                input.dispatchEvent(new Event('change'));
            }})()"
        ),
    );
    let said = format!("{}.querySelector('dialog [role=status]').textContent", root());
    page.wait_until("the import is done", &format!("{said} !== ''"));
    page.evaluate(&said)
}

fn takes_bookmarks_from_a_file(browser: Browser, mode: Mode) {
    let stage = Stage::new(browser, mode);
    let page = stage.open(ARTICLE);
    page.wait_ready();
    page.article();
    open_panel(&page, "kept");
    page.click(&format!("{}.querySelector('dialog textarea')", root()));
    page.type_text("My own note.");
    let kept = page.evaluate(&format!("JSON.stringify(localStorage[{NAMES}[0]])"));

    let wrong =
        "This file has no bookmarks. Choose one that was downloaded here as JSON.";
    for text in ["'no JSON'", "'{}'", "'[1, null, {\"id\": 7}]'", "'\\uD800'", "''"] {
        assert_eq!(import(&page, text), wrong, "{text}");
    }
    let large = import(&page, "' '.repeat(8000001)");
    assert!(large.as_str().is_some_and(|said| said.contains("too large")), "{large}");
    let now = page.evaluate(&format!("JSON.stringify(localStorage[{NAMES}[0]])"));
    assert_eq!(now, kept, "what is wrong changes nothing");

    let (id, file) = (
        ARTICLE.trim_start_matches("#/article/"),
        "JSON.stringify([{ id: ID, note: 'From elsewhere.' },
            { id: 'x', title: '<img src=x>', url: 'javascript:window.ran = true' }, 7])",
    );
    let file = file.replace("ID", &format!("{id:?}"));
    for _ in 0..2 {
        assert_eq!(import(&page, &file), "Bookmarks imported: 2 of 2");
        let note = of_panel(&page, "panel.querySelector('textarea').value");
        assert_eq!(note, "My own note.\n\nFrom elsewhere.", "neither note is lost");
    }
    let titles = kept_titles(&page);
    assert_eq!(titles.as_array().map(Vec::len), Some(2));
    assert_eq!(titles[1], "<img src=x>");
    assert_accessible(&page, "imported bookmarks");
    assert_fits(&page, "imported bookmarks");
    of_panel(&page, "panel.querySelector('[data-marked]').click()");
    assert_eq!(kept_titles(&page), json!(["<img src=x>"]));
    assert_eq!(page.evaluate("window.ran ?? false"), false);
    stage.assert_clean();
}

fn trusts_nothing_that_is_kept(browser: Browser, mode: Mode) {
    let stage = Stage::new(browser, mode);
    let page = stage.open(ARTICLE);
    page.wait_ready();
    page.article();
    open_panel(&page, "kept");
    page.evaluate(
        "(name => {
            const folder = name.slice(0, name.indexOf('#') + 1);
            const keep = (id, value) => localStorage.setItem(folder + id, value);
            keep('a', JSON.stringify({
                title: '<img src=x onerror=\"window.ran = true\">', note: '<b>bold</b>',
                url: 'javascript:window.ran = true', authors: 7, added: {},
            }));
            keep('b', 'no JSON');
            keep('../\"><script>', '{}');
            localStorage.setItem(folder.replace('mark', 'search') + '\"><img src=x>', '<img src=x>');
            localStorage.setItem(folder.replace('mark', 'searches').slice(0, -1), '<img src=x>\\n%');
        })(Object.keys(localStorage).find(name => name.startsWith('vitrine.mark')))",
    );
    close_panel(&page);
    watch_downloads(&page);
    open_panel(&page, "kept");
    let seen = of_panel(
        &page,
        "[panel.querySelectorAll('img, b, script').length,
            panel.innerText.includes('<img src=x onerror'), panel.innerText.includes('<b>bold'),
            [...panel.querySelectorAll('a')].every(a => a.getAttribute('href').startsWith('#/')
                || !a.href.startsWith('javascript:'))]",
    );
    assert_eq!(seen, json!([0, true, true, true]));
    of_panel(&page, "panel.querySelectorAll('.panel-acts button')[1].click()");
    page.wait_until("a file is offered", "Boolean(window.savedText)");
    assert_eq!(page.evaluate("window.savedText.includes('javascript:')"), false);
    assert_eq!(page.evaluate("window.ran ?? false"), false);
    stage.assert_clean();
}

fn keeps_searches(browser: Browser, mode: Mode) {
    let stage = Stage::new(browser, mode);
    let page = stage.open("");
    page.wait_ready();
    page.search("ballast");
    page.press(Key::Enter);
    page.evaluate(&format!("{}.value = ''", search_box()));
    page.search("harbour");
    page.wait_until("the address follows", "location.hash === '#/?q=harbour'");
    page.wait_until(
        "the results follow",
        &format!(
            "{}.querySelector('[part~=result] a').href.endsWith('q=harbour')",
            root()
        ),
    );
    let first = page.results().into_iter().next().expect("there are results");
    page.open_result(&first.id);
    page.back();
    page.wait_for_results("harbour");
    open_panel(&page, "kept");
    assert_accessible(&page, "the searches");
    assert_fits(&page, "the searches");
    assert_eq!(
        kept_titles(&page),
        json!(["harbour", "harbour", "ballast"]),
        "saved, then recent"
    );
    close_panel(&page);
    // The newest stands first, whatever its address is.
    page.evaluate("location.hash = '#/?q=wind'");
    page.wait_for_results("wind");
    open_panel(&page, "kept");
    assert_eq!(kept_titles(&page), json!(["wind", "harbour", "harbour", "ballast"]));
    of_panel(&page, "panel.querySelector('[data-forget*=wind]').click()");
    of_panel(&page, "[...panel.querySelectorAll('.panel-kept a')].at(-1).click()");
    page.wait_for_results("ballast");

    open_panel(&page, "kept");
    of_panel(&page, "[...panel.querySelectorAll('.panel-acts button')].at(-1).click()");
    of_panel(&page, "panel.querySelector('[data-forget*=ballast]').click()");
    assert_eq!(kept_titles(&page), json!(["harbour"]), "the other saved search");
    close_panel(&page);

    open_panel(&page, "settings");
    of_panel(&page, "panel.querySelector('[value=no-history]').click()");
    close_panel(&page);
    let first = page.results().into_iter().next().expect("there are results");
    page.open_result(&first.id);
    let kept = page
        .evaluate(&format!("{NAMES}.some(name => name.startsWith('vitrine.searches'))"));
    assert_eq!(kept, false, "no search is kept while that is off");
    stage.assert_clean();
}

fn deletes_what_is_kept(browser: Browser, mode: Mode) {
    let stage = Stage::new(browser, mode);
    let page = stage.open("#/?q=ammonia");
    page.wait_ready();
    page.wait_for_results("ammonia");
    page.evaluate("localStorage.setItem('of another page', 'stays')");
    open_panel(&page, "kept");
    close_panel(&page);
    let first = page.results().into_iter().next().expect("there are results");
    page.open_result(&first.id);
    open_panel(&page, "kept");
    close_panel(&page);
    open_panel(&page, "settings");
    of_panel(&page, "panel.querySelector('[value=sepia]').click()");
    assert_eq!(page.evaluate(&format!("{NAMES}.length")), 5);
    of_panel(&page, "panel.querySelector('.panel-wipe summary').click()");
    assert_accessible(&page, "the way to delete");
    of_panel(&page, "panel.querySelector('.panel-wipe button').click()");
    assert_eq!(page.evaluate(NAMES), json!(["of another page"]));
    assert_eq!(label(&page), "Bookmark");
    stage.assert_clean();
}

fn keeps_nothing_in_the_page_of_someone_else(browser: Browser, mode: Mode) {
    let stage = Stage::new(browser, mode);
    let page = stage.open("");
    page.wait_ready();
    page.search("ammonia");
    page.press(Key::Enter);
    let first = page.results().into_iter().next().expect("there are results");
    page.open_result(&first.id);
    let offered = format!("{}.querySelectorAll('[data-panel=kept]').length", root());
    assert_eq!(page.evaluate(&offered), 0, "nothing is offered that cannot be kept");
    assert_eq!(page.evaluate(NAMES), json!([]));
    stage.assert_clean();
}
