//! What helps while one reads, and on the home page.

use serde_json::{Value, json};

use crate::accessibility::assert_accessible;
use crate::browser::Browser;
use crate::looks;
use crate::page::{Key, Page};
use crate::panels::{of_panel, open_panel};
use crate::reader::{part, root};
use crate::stage::{Mode, Stage};

/// An article with a picture, authors and a date.
const ARTICLE: &str = "#/article/green-corridors-who-pays-for-the-first-ammonia-ship";

/// Takes the place of the clipboard: `window.copied` has what was copied last.
const CLIPBOARD: &str = "Object.defineProperty(navigator, 'clipboard', {
    value: { writeText: async text => { window.copied = text } } }) && true";

/// Takes the place of the device's voices: `window.spoken` has what was said, and
/// `window.finish()` ends it.
const VOICE: &str = "(() => {
    window.spoken = [];
    window.calls = [];
    let current = null;
    const report = name => (...values) => { window.calls.push(name) };
    const voice = {
        speak(utterance) {
            current = utterance;
            window.spoken.push([utterance.text, utterance.lang]);
        },
        pause: report('pause'), resume: report('resume'),
        cancel() { current = null; window.calls.push('cancel') },
    };
    window.finish = () => current.dispatchEvent(new Event('end'));
    window.SpeechSynthesisUtterance = class extends EventTarget {
        constructor(text) { super(); this.text = text; this.lang = '' }
    };
    Object.defineProperty(window, 'speechSynthesis', { value: voice, configurable: true });
    return true;
})()";

scenarios! {
    shows_notes_where_they_are_referred_to: File Http;
    enlarges_pictures: File Http Embedded;
    copies_with_the_citation: File Http Embedded;
    reads_aloud: File Http;
    chooses_years: File Http Embedded;
    opens_any_article: File Http;
}

fn keep(page: &Page<'_>, browser: Browser, mode: Mode, state: &str) {
    looks::keep(page, &format!("{browser:?}_{mode:?}_{state}.png"));
}

/// Fails where something runs off the narrowest screen that WCAG asks for.
pub(crate) fn assert_fits(page: &Page<'_>, state: &str) {
    page.resize(320, 640);
    page.wait_until("the window has its size", "innerWidth === 320");
    // What is placed by hand follows in the next frame.
    page.wait_until(
        &format!("{state} fits"),
        "(page => page.scrollWidth <= page.clientWidth)(document.documentElement)",
    );
}

fn first_of(query: &str) -> String {
    format!("{}.querySelector('{query}')", root())
}

fn is_there(query: &str) -> String {
    format!("Boolean({})", first_of(query))
}

fn shows_notes_where_they_are_referred_to(browser: Browser, mode: Mode) {
    let stage = Stage::new(browser, mode);
    let page = stage.open("");
    page.wait_ready();
    page.search("datums");
    let results = page.results();
    page.open_result(&results.first().expect("there are results").id);
    let reference = first_of(".note-reference");
    page.wait_until("the text has a note", &is_there(".note-reference"));

    page.hover(&reference);
    let shown = format!(
        "{}?.innerText.includes('several datums') ?? false",
        first_of(".note-preview")
    );
    page.wait_until("the note is shown", &shown);
    assert_accessible(&page, "a note beside its reference");
    let box_of = format!(
        "(box => box.left >= 0 && box.right <= innerWidth && box.bottom <= innerHeight)
            ({}.getBoundingClientRect())",
        first_of(".note-preview")
    );
    assert_eq!(page.evaluate(&box_of), true, "it is in sight");
    page.hover(&first_of(".note-preview"));
    page.evaluate("new Promise(resolve => setTimeout(resolve, 600))");
    assert_eq!(page.evaluate(&shown), true, "the pointer may go onto the note");
    page.press(Key::Escape);
    page.wait_until("Escape puts it away", &format!("!({shown})"));

    page.hover(&first_of("h1"));
    page.evaluate(&format!("{reference}.focus()"));
    page.wait_until("the note is shown with the focus, too", &shown);
    assert_eq!(
        page.evaluate(&format!("{reference}.getAttribute('aria-describedby')")),
        "note-preview"
    );
    page.resize(320, 640);
    page.evaluate(&format!("{reference}.blur()"));
    page.wait_until("the note goes with the focus", &format!("!({shown})"));
    page.evaluate(&format!("{reference}.scrollIntoView({{ block: 'center' }})"));
    page.evaluate(&format!("{reference}.focus()"));
    page.wait_until("the note is shown on a phone", &shown);
    assert_eq!(page.evaluate(&box_of), true, "it is in sight on a phone");
    let overhang =
        "(page => page.scrollWidth - page.clientWidth)(document.documentElement)";
    assert_eq!(page.evaluate(overhang), 0);
    page.press(Key::Enter);
    page.wait_until("the note itself takes over", &format!("!({shown})"));
    stage.assert_clean();
}

fn open_article(stage: &Stage, mode: Mode) -> Page<'_> {
    let page = stage.open(if mode == Mode::Embedded { "" } else { ARTICLE });
    page.wait_ready();
    if mode == Mode::Embedded {
        page.search("ammonia");
        let results = page.results();
        let result =
            results.iter().find(|result| result.text.contains("Green Corridors"));
        page.open_result(&result.expect("the article is found").id);
    }
    page.article();
    page
}

fn enlarges_pictures(browser: Browser, mode: Mode) {
    let stage = Stage::new(browser, mode);
    let page = open_article(&stage, mode);
    let button = first_of(".enlarging");
    page.evaluate(&format!("{button}.focus()"));
    page.press(Key::Enter);
    page.wait_until(
        "the picture is shown",
        &format!(
            "{}.querySelector('dialog').open && {}.naturalWidth === 640",
            root(),
            first_of("dialog img")
        ),
    );
    let caption =
        of_panel(&page, "panel.querySelector('.panel-caption').textContent.length > 10");
    assert_eq!(caption, true);
    if mode != Mode::Embedded {
        assert_accessible(&page, "a picture");
    }
    keep(&page, browser, mode, "enlarged");
    page.resize(320, 640);
    of_panel(&page, "panel.querySelector('[aria-pressed]').click()");
    let actual =
        of_panel(&page, "panel.querySelector('img').getBoundingClientRect().width");
    assert_eq!(actual, 640, "as it is, it scrolls");
    page.press(Key::Escape);
    let is_back = format!("{}.activeElement?.matches('.enlarging') ?? false", root());
    page.wait_until("the focus is where it was", &is_back);
    stage.assert_clean();
}

fn copies_with_the_citation(browser: Browser, mode: Mode) {
    let stage = Stage::new(browser, mode);
    let page = open_article(&stage, mode);
    page.evaluate(CLIPBOARD);
    let heading = page.article().heading;
    page.drag_across(&format!("{}.querySelector('.body p')", part("article")));
    page.wait_until("the way to copy is offered", &is_there(".quote button"));
    if mode != Mode::Embedded {
        assert_accessible(&page, "selected text");
    }
    keep(&page, browser, mode, "selected");
    let in_sight = format!(
        "(box => box.left >= 0 && box.right <= innerWidth)({}.getBoundingClientRect())",
        first_of(".quote")
    );
    assert_eq!(page.evaluate(&in_sight), true);
    page.click(&first_of(".quote button"));
    page.wait_until("it was copied", "Boolean(window.copied)");
    let copied = page.evaluate("window.copied");
    let copied = copied.as_str().expect("text");
    let (text, entry) = copied.rsplit_once("\n\n").expect("a text and its reference");
    assert!(entry.contains(&heading), "{entry:?}");
    let body = format!("{}.querySelector('.body').innerText", part("article"));
    let whole = page.evaluate(&body);
    assert!(whole.as_str().is_some_and(|whole| whole.contains(text)), "{text:?}");
    page.evaluate("window.copied = ''");
    page.evaluate(&format!("{}.activeElement?.blur()", root()));
    page.type_text("c");
    page.wait_until("the key copies, too", "Boolean(window.copied)");

    page.evaluate(&format!("getSelection().selectAllChildren({})", part("article")));
    let all = page.evaluate(&format!(
        "String(({root}.getSelection ? {root} : document).getSelection())",
        root = root()
    ));
    let all = all.as_str().expect("text");
    assert!(all.contains(text), "the text is selected: {all:?}");
    for junk in
        ["Cite", "Contents", "Bookmark", "Read aloud", "Provenance", "Original page"]
    {
        assert!(!all.contains(junk), "{junk:?} is no text of the article: {all:?}");
    }
    page.evaluate("getSelection().removeAllRanges()");
    page.wait_until("nothing is offered any more", &format!("!({})", is_there(".quote")));
    stage.assert_clean();
}

fn reads_aloud(browser: Browser, mode: Mode) {
    let stage = Stage::new(browser, mode);
    let page = stage.open("");
    page.wait_ready();
    page.evaluate(VOICE);
    page.evaluate(&format!("location.hash = {ARTICLE:?}"));
    let heading = page.article().heading;
    page.click(&first_of("[data-panel=aloud]"));
    page.wait_until("the title is read", "window.spoken.length === 1");
    assert_eq!(page.evaluate("window.spoken[0]"), json!([heading, "en"]));
    assert_accessible(&page, "an article that is read aloud");
    keep(&page, browser, mode, "aloud");
    page.evaluate("window.finish()");
    page.wait_until("the text follows", "window.spoken.length === 2");
    assert_eq!(page.evaluate(&is_there(".body [data-read]")), true);
    let button = |position: usize| {
        format!("{}.querySelectorAll('.aloud button')[{position}]", root())
    };
    page.click(&button(0));
    assert_eq!(page.evaluate("window.calls.at(-1)"), "pause");
    assert_eq!(page.evaluate(&format!("{}.textContent", button(0))), "Continue");
    page.click(&button(0));
    assert_eq!(page.evaluate("window.calls.at(-1)"), "resume");
    page.click(&button(1));
    assert_eq!(page.evaluate("window.calls.at(-1)"), "cancel");
    assert_eq!(page.evaluate(&is_there(".aloud")), false);
    let focused = page.evaluate(&format!("{}.activeElement.dataset.panel", root()));
    assert_eq!(focused, "aloud", "the focus is where it was");

    page.click(&first_of("[data-panel=aloud]"));
    page.wait_until("it begins again", &is_there(".aloud"));
    page.evaluate("window.calls = []");
    page.back();
    page.wait_until("it ends with the article", "window.calls.includes('cancel')");

    page.evaluate(
        "Object.defineProperty(window, 'speechSynthesis', { value: 0 }) && true",
    );
    page.evaluate("delete window.speechSynthesis");
    page.evaluate(&format!("location.hash = {ARTICLE:?}"));
    page.article();
    let offered = is_there("[data-panel=aloud]");
    assert_eq!(
        page.evaluate(&offered),
        false,
        "where there is no voice nothing is offered"
    );
    stage.assert_clean();
}

fn chooses_years(browser: Browser, mode: Mode) {
    let stage = Stage::new(browser, mode);
    let page = stage.open("");
    page.wait_ready();
    let bar = |position: usize| {
        format!("{}.querySelectorAll('.timeline a')[{position}]", root())
    };
    let counts = page.evaluate(&format!(
        "[0, 1, 2].map(at => Number({}.querySelectorAll('.timeline li')[at].dataset.count))", root()
    ));
    let counts: Vec<u64> = counts
        .as_array()
        .map(|counts| counts.iter().filter_map(Value::as_u64).collect())
        .unwrap_or_default();
    let sum: u64 = counts.iter().sum();
    page.evaluate(&format!("{}.focus()", bar(0)));
    page.wait_until("it says how", &is_there(".years-help"));
    page.press_with_shift(Key::ArrowRight);
    page.press_with_shift(Key::ArrowRight);
    let chosen =
        format!("{}?.innerText.endsWith(': {sum}') ?? false", first_of(".years-link"));
    page.wait_until("three bars are chosen", &chosen);
    let colors = format!(
        "new Set([0, 2, 3].map(at => getComputedStyle(
            {}.querySelectorAll('.bar')[at]).backgroundColor)).size",
        root()
    );
    assert_eq!(page.evaluate(&colors), 2, "what is chosen has another color");
    if mode != Mode::Embedded {
        assert_accessible(&page, "chosen years");
    }
    keep(&page, browser, mode, "years");
    page.press(Key::Escape);
    page.wait_until("nothing is chosen", &format!("!({})", is_there(".years-link")));

    page.evaluate(&format!("{}.focus()", bar(0)));
    page.drag(&format!("{}.parentElement", bar(0)), &format!("{}.parentElement", bar(2)));
    page.wait_until(
        "their articles are listed",
        &format!("{} && {}", is_there("[data-view=results]"), is_there(".chip")),
    );
    assert_eq!(page.status_number(), sum);
    stage.assert_clean();
}

fn opens_any_article(browser: Browser, mode: Mode) {
    let stage = Stage::new(browser, mode);
    let page = stage.open("");
    page.wait_ready();
    page.click(&first_of("[data-go=random]"));
    page.article();
    assert_eq!(page.evaluate("location.hash.startsWith('#/article/')"), true);
    page.back();
    page.wait_until("the home page is back", &is_there("[data-view=home]"));
    assert_fits(&page, "the home page");
    open_panel(&page, "kept");
    assert_eq!(
        of_panel(&page, "panel.querySelector('h2').textContent"),
        "Bookmarks and searches"
    );
    stage.assert_clean();
}
