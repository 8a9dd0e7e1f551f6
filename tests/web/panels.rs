//! Panels that are loaded when they are opened.

use serde_json::Value;

use crate::accessibility::assert_accessible;
use crate::browser::Browser;
use crate::page::{Key, Page};
use crate::reader::root;
use crate::stage::{Mode, Stage};

/// An article with many headings.
const LONG: &str = "#/article/a-harbor-for-four-tides-fifty-years-of-planning-the-port";

/// An article with authors and a date.
const ARTICLE: &str = "#/article/green-corridors-who-pays-for-the-first-ammonia-ship";

scenarios! {
    cites_an_article: File Http Embedded;
    exports_a_list: File Http;
    leads_to_a_heading: File Http;
    looks_as_the_reader_wants: File Http Embedded;
    answers_keys_while_they_are_wanted: File;
}

/// Opens a panel by its button and waits for it.
pub(crate) fn open_panel(page: &Page<'_>, name: &str) {
    page.click(&format!("{}.querySelector('[data-panel={name}]')", root()));
    page.wait_until(
        "the panel is open",
        &format!("{}.querySelector('dialog').open", root()),
    );
}

/// What an expression says of the open panel, which it has as `panel`.
pub(crate) fn of_panel(page: &Page<'_>, expression: &str) -> Value {
    page.evaluate(&format!("(panel => {expression})({}.querySelector('dialog'))", root()))
}

/// Follows the downloads of the page: `window.saved` has the name and the text of the last.
pub(crate) fn watch_downloads(page: &Page<'_>) {
    page.evaluate(
        "(() => {
            const create = URL.createObjectURL;
            URL.createObjectURL = blob => {
                blob.text().then(text => window.savedText = text);
                return create.call(URL, blob);
            };
            HTMLAnchorElement.prototype.click = function () { window.savedName = this.download };
            return true;
        })()",
    );
}

fn first_article(stage: &Stage, mode: Mode) -> Page<'_> {
    let page = stage.open(if mode == Mode::Embedded { "" } else { ARTICLE });
    page.wait_ready();
    if mode == Mode::Embedded {
        page.search("ammonia");
        let first = page.results().into_iter().next().expect("there are results");
        page.open_result(&first.id);
    }
    page.article();
    page
}

/// Judges the archive's own page; that of someone else has no landmarks around the element.
fn check(page: &Page<'_>, mode: Mode, state: &str) {
    if mode != Mode::Embedded {
        assert_accessible(page, state);
    }
}

fn cites_an_article(browser: Browser, mode: Mode) {
    let stage = Stage::new(browser, mode);
    let page = first_article(&stage, mode);
    watch_downloads(&page);
    let heading = page.article().heading;
    let found = page.evaluate("document.querySelector('.Z3988')?.title ?? ''");
    let found = found.as_str().expect("a title is a text");
    assert!(found.starts_with("ctx_ver=Z39.88-2004&"), "for Zotero: {found:?}");
    open_panel(&page, "cite");
    let entry = of_panel(&page, "panel.querySelector('.panel-entry').textContent");
    let entry = entry.as_str().expect("an entry is a text");
    assert!(entry.contains(&heading), "{heading:?} in {entry:?}");
    of_panel(
        &page,
        "(select => {
            select.value = 'GB/T 7714';
            select.dispatchEvent(new Event('change', { bubbles: true }));
        })(panel.querySelector('select'))",
    );
    let entry = of_panel(&page, "panel.querySelector('.panel-entry').textContent");
    assert!(entry.as_str().is_some_and(|entry| entry.contains("[EB/OL]")), "{entry}");
    check(&page, mode, "the citation");
    of_panel(&page, "panel.querySelector('[aria-label=\"Download RIS\"]').click()");
    page.wait_until("a file is offered", "window.savedText?.startsWith('TY  - ELEC')");
    assert_eq!(page.evaluate("window.savedName"), "citation.ris");
    page.press(Key::Escape);
    page.wait_until(
        "the panel is closed",
        &format!("!{}.querySelector('dialog').open", root()),
    );
    assert_eq!(
        page.evaluate(&format!("{}.activeElement.dataset.panel", root())),
        "cite",
        "the focus is where it was"
    );
    stage.assert_clean();
}

fn leads_to_a_heading(browser: Browser, mode: Mode) {
    let stage = Stage::new(browser, mode);
    let page = stage.open(LONG);
    page.wait_ready();
    page.article();
    open_panel(&page, "contents");
    assert_accessible(&page, "the contents");
    let before = page.evaluate("scrollY");
    let link = of_panel(
        &page,
        "(link => {
            link.click();
            return link.textContent;
        })([...panel.querySelectorAll('a')].at(-1))",
    );
    let at_heading = format!(
        "{0}.activeElement?.dataset.block && {0}.activeElement.textContent.trim() === {link}
            && !{0}.querySelector('dialog').open && scrollY > 500",
        root()
    );
    page.wait_until("the heading has the focus", &at_heading);
    assert_eq!(page.evaluate("location.hash.includes('block=')"), true);
    page.reload();
    page.wait_ready();
    page.wait_until("the page begins there again", "scrollY > 500");
    page.back();
    page.wait_until("the article is where it was left", &format!("scrollY === {before}"));
    stage.assert_clean();
}

fn exports_a_list(browser: Browser, mode: Mode) {
    let stage = Stage::new(browser, mode);
    let page = stage.open("#/?q=harbour");
    page.wait_ready();
    page.wait_for_results("harbour");
    watch_downloads(&page);
    let total = page.status_number();
    open_panel(&page, "export");
    assert_accessible(&page, "the export");
    of_panel(&page, "panel.querySelector('.panel-acts button').click()");
    let count = format!(
        "window.savedText?.match(/^TY  - ELEC\\r$/gm)?.length === {total} \
         && window.savedName === 'articles.ris'"
    );
    page.wait_until("every article of the list is in the file", &count);
    stage.assert_clean();
}

fn looks_as_the_reader_wants(browser: Browser, mode: Mode) {
    let stage = Stage::new(browser, mode);
    let page = first_article(&stage, mode);
    let size = format!(
        "parseFloat(getComputedStyle({}.querySelector('[part~=article] .body p')).fontSize)",
        root()
    );
    let usual = page.evaluate(&size).as_f64().expect("a size is a number");
    open_panel(&page, "settings");
    check(&page, mode, "the settings");
    for value in ["sepia", "largest", "sans", "narrow"] {
        of_panel(&page, &format!("panel.querySelector('[value={value}]').click()"));
    }
    let larger = page.evaluate(&size).as_f64().expect("a size is a number");
    assert!(larger > usual * 1.5, "{larger} after {usual}");
    check(&page, mode, "the settings in sepia");
    page.reload();
    page.wait_ready();
    let look =
        page.evaluate(&format!("{}.querySelector('.root').dataset.look ?? ''", root()));
    if mode == Mode::Embedded {
        assert_eq!(look, "", "nothing is remembered in the page of someone else");
    } else {
        assert_eq!(look, "sepia largest narrow sans");
        page.article();
        let again = page.evaluate(&size).as_f64().expect("a size is a number");
        assert!((again - larger).abs() < 0.01, "{again} after {larger}");
        open_panel(&page, "settings");
        of_panel(
            &page,
            "(select => {
                select.value = 'zh-Hant';
                select.dispatchEvent(new Event('change', { bubbles: true }));
            })(panel.querySelector('select'))",
        );
        page.wait_until(
            "the interface is in Chinese",
            &format!(
                "{}.querySelector('[data-panel=settings]')?.ariaLabel === '閱讀設定'",
                root()
            ),
        );
    }
    stage.assert_clean();
}

fn answers_keys_while_they_are_wanted(browser: Browser, mode: Mode) {
    let stage = Stage::new(browser, mode);
    let page = stage.open("#/?q=harbour");
    page.wait_ready();
    page.wait_for_results("harbour");
    let results = page.results();
    let leave_the_box = format!("{}.activeElement?.blur()", root());
    let has_focus = |position: usize| {
        let id = results.get(position).map(|result| result.id.as_str());
        format!("{}.activeElement?.dataset.id === {}", root(), Value::from(id))
    };
    page.evaluate(&leave_the_box);
    page.type_text("j");
    page.wait_until("the first result has the focus", &has_focus(0));
    page.type_text("j");
    page.wait_until("the second result has the focus", &has_focus(1));
    page.type_text("k");
    page.wait_until("the first result has the focus again", &has_focus(0));
    page.type_text("o");
    let first = page.article().heading;
    let shows_another = format!(
        "({}.querySelector('[part~=article] h1')?.textContent ?? {first}) !== {first}",
        root(),
        first = Value::from(first)
    );
    page.wait_until(
        "the next result is named",
        &format!("Boolean({}.querySelector('[rel=next]'))", root()),
    );
    page.type_text("j");
    page.wait_until("the next article is shown", &shows_another);
    let is_open = format!("{}.querySelector('dialog')?.open ?? false", root());
    page.type_text("?");
    page.wait_until("the help is shown", &is_open);
    page.press(Key::Escape);
    page.wait_until("the help is closed", &format!("!({is_open})"));

    open_panel(&page, "settings");
    of_panel(&page, "panel.querySelector('[value=no-keys]').click()");
    page.press(Key::Escape);
    page.wait_until("the settings are closed", &format!("!({is_open})"));
    let here = page.article().heading;
    page.type_text("k?/");
    assert_eq!(page.evaluate(&is_open), false, "? does nothing");
    assert_eq!(page.article().heading, here, "k does nothing");
    stage.assert_clean();
}
