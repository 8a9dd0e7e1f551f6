//! The home page: what the archive is, its years, and the ways into it; and how lists and
//! headings are used.

use serde_json::json;

use crate::accessibility::assert_accessible;
use crate::browser::Browser;
use crate::looks::keep;
use crate::page::{Key, Page};
use crate::panels::{of_panel, open_panel};
use crate::reader::{part, root};
use crate::stage::{Mode, Stage};

/// The place of an article with headings.
const LONG: &str = "#/article/a-harbor-for-four-tides-fifty-years-of-planning-the-port";

scenarios! {
    says_what_the_archive_is: File Http;
    tells_the_languages_of_the_years_apart: File;
    browses_by_values: File Http;
    chooses_years_with_a_slider: File;
    makes_lists_compact: File;
    gives_each_heading_an_address: File Http;
    leads_to_headings_by_keyboard: File;
    tells_reference_managers_all_they_need: Http;
    works_in_forced_colors_and_at_four_times_the_size: File;
}

fn home<'s>(stage: &'s Stage, place: &str) -> Page<'s> {
    let page = stage.open(place);
    page.resize(1280, 900);
    page.wait_ready();
    page
}

/// What an expression says, which has the reader's root as `root`.
fn of_root(page: &Page<'_>, expression: &str) -> serde_json::Value {
    page.evaluate(&format!("(root => {expression})({})", root()))
}

fn wait_root(page: &Page<'_>, what: &str, expression: &str) {
    page.wait_until(what, &format!("Boolean((root => {expression})({}))", root()));
}

fn says_what_the_archive_is(browser: Browser, mode: Mode) {
    let stage = Stage::new(browser, mode);
    let page = home(&stage, "");
    wait_root(
        &page,
        "the logo is there",
        "root.querySelector('.about img')?.naturalWidth > 0",
    );
    let text = of_root(&page, "root.querySelector('.about').innerText");
    let text = text.as_str().expect("a text");
    assert!(text.contains("ports, islands") && text.contains("澜沐"), "{text}");
    let links =
        of_root(&page, "[...root.querySelectorAll('.about a')].map(link => link.href)");
    let expected = json!([
        "https://lanmore.example/",
        "https://creativecommons.org/publicdomain/zero/1.0/"
    ]);
    assert_eq!(links, expected);
    let meta = page.evaluate("document.querySelector('meta[name=description]').content");
    assert!(meta.as_str().is_some_and(|meta| meta.contains("ports, islands")), "{meta}");
    assert_accessible(&page, "the home page");
    stage.assert_clean();
}

fn tells_the_languages_of_the_years_apart(browser: Browser, mode: Mode) {
    let stage = Stage::new(browser, mode);
    let page = home(&stage, "");
    open_panel(&page, "years");
    // Each row of the table is a bar, with the same numbers.
    let rows = of_root(
        &page,
        "[...root.querySelectorAll('.panel-years tr')].slice(1).map((row, at) => {
            const cells = [...row.querySelectorAll('td')].map(cell => +cell.textContent);
            const total = cells.pop();
            const item = root.querySelectorAll('.timeline li')[at];
            const shares = [...item.querySelectorAll('.bar .layer')]
                .map(layer => parseFloat(layer.style.blockSize || layer.style.height) / 100);
            return total === +item.dataset.count
                && total === cells.reduce((sum, cell) => sum + cell)
                && (total === 0 || cells.every((cell, at) =>
                    Math.abs(cell / total - shares[at]) < 0.011));
        })",
    );
    let rows = rows.as_array().expect("rows");
    assert!(rows.len() > 3 && rows.iter().all(|row| row == true), "{rows:?}");
    assert_accessible(&page, "the table of the years");
    keep(&page, &format!("{browser:?}_home_years.png"));
    page.press(Key::Escape);
    let link = format!("{}.querySelectorAll('.legend a')[1]", root());
    page.click(&link);
    page.wait_until("its language is asked for", "location.hash.includes('lang=zh')");
    stage.assert_clean();
}

fn browses_by_values(browser: Browser, mode: Mode) {
    let stage = Stage::new(browser, mode);
    let page = home(&stage, "");
    page.click(&format!("{}.querySelector('.browse [data-go=filters]')", root()));
    wait_root(
        &page,
        "values are there",
        "root.querySelectorAll('.filter-group').length > 2",
    );
    assert_accessible(&page, "the home page with its values");
    keep(&page, &format!("{browser:?}_home_browse.png"));
    let author =
        "[...root.querySelectorAll('.filters a')].find(a => a.href.includes('author='))";
    let count = of_root(&page, &format!("{author}.querySelector('.count').textContent"));
    page.click(&format!("(root => {author})({})", root()));
    page.wait_until("its author is asked for", "location.hash.includes('author=')");
    page.wait_until(
        "as many are found",
        &format!("{}.textContent.startsWith({count})", part("status")),
    );
    page.back();
    wait_root(&page, "the home page is back", "root.querySelector('[data-view=home]')");
    assert_eq!(
        of_root(&page, "root.querySelector('.filters').hasAttribute('data-open')"),
        false
    );
    stage.assert_clean();
}

fn chooses_years_with_a_slider(browser: Browser, mode: Mode) {
    let stage = Stage::new(browser, mode);
    let page = home(&stage, "#/?sort=newest");
    wait_root(&page, "the filters are there", "root.querySelector('.years')");
    page.hover(&format!("{}.querySelector('.years')", root()));
    wait_root(&page, "the slider is there", "root.querySelector('.slider')");
    let all = page.status_number();
    let ends = of_root(
        &page,
        "[...root.querySelectorAll('.slider input')].map(handle => +handle.value)",
    );
    let first = ends[0].as_u64().expect("a year");
    of_root(&page, "root.querySelector('.slider [name=first]').focus()");
    page.press(Key::ArrowRight);
    page.press(Key::ArrowRight);
    let typed = "root.querySelector('.years [name=from]').value";
    let wanted = (first + 2).to_string();
    wait_root(&page, "the year is typed", &format!("{typed} === '{wanted}'"));
    assert_accessible(&page, "the slider");
    keep(&page, &format!("{browser:?}_results_slider.png"));
    page.click(&format!("{}.querySelector('.years button')", root()));
    page.wait_until(
        "the years are asked for",
        &format!("location.hash.includes('year={wanted}..')"),
    );
    wait_root(&page, "the list is narrowed", "root.querySelector('.chip')");
    assert!(page.status_number() < all);
    stage.assert_clean();
}

fn makes_lists_compact(browser: Browser, mode: Mode) {
    let stage = Stage::new(browser, mode);
    let page = home(&stage, "#/?sort=newest");
    let height = "root.querySelector('.results').getBoundingClientRect().height";
    let before = of_root(&page, height).as_f64().expect("a height");
    open_panel(&page, "settings");
    of_panel(&page, "panel.querySelector('[value=compact]').click()");
    page.press(Key::Escape);
    let after = of_root(&page, height).as_f64().expect("a height");
    assert!(after < before * 0.75, "{before} and then {after}");
    assert_accessible(&page, "a compact list");
    keep(&page, &format!("{browser:?}_results_compact.png"));
    page.reload();
    page.wait_ready();
    let again = of_root(&page, height).as_f64().expect("a height");
    assert!((again - after).abs() < 2.0, "it is remembered: {after} and then {again}");
    stage.assert_clean();
}

fn gives_each_heading_an_address(browser: Browser, mode: Mode) {
    let stage = Stage::new(browser, mode);
    let page = home(&stage, LONG);
    let anchor = "root.querySelectorAll('.body .anchor')[1]";
    wait_root(&page, "there are headings", "root.querySelectorAll('.body h2')[1]");
    of_root(&page, "root.querySelectorAll('.body h2')[1].scrollIntoView()");
    page.hover(&format!("{}.querySelectorAll('.body h2')[1]", root()));
    wait_root(&page, "headings have links", anchor);
    let heading = of_root(&page, &format!("{anchor}.parentElement.textContent"));
    assert!(!heading.as_str().unwrap_or("#").contains('#'), "{heading}");
    let address = of_root(&page, &format!("{anchor}.href"));
    of_root(&page, &format!("{anchor}.parentElement.scrollIntoView()"));
    page.click(&format!("(root => {anchor})({})", root()));
    page.wait_until("the address leads there", &format!("location.href === {address}"));
    assert_accessible(&page, "an article with links to its headings");
    stage.assert_clean();
}

fn leads_to_headings_by_keyboard(browser: Browser, mode: Mode) {
    let stage = Stage::new(browser, mode);
    let page = home(&stage, LONG);
    wait_root(&page, "the end is there", "root.querySelector('.article-end')");
    let tab_until = |what: &str, is_there: &str| {
        for _ in 0..40 {
            page.press(Key::Tab);
            if of_root(&page, &format!("Boolean({is_there})")) == true {
                return;
            }
        }
        panic!("the keyboard does not come to {what}");
    };
    let focus = "root.activeElement";
    tab_until("the article", &format!("{focus}?.closest('.article')"));
    wait_root(&page, "headings have links", "root.querySelector('.body .anchor')");
    tab_until("a heading", &format!("{focus}?.matches('.anchor')"));
    let looks = of_root(
        &page,
        &format!(
            "(style => [style.opacity, style.outlineStyle])(getComputedStyle({focus}))"
        ),
    );
    assert_eq!(looks, json!(["1", "solid"]), "it is seen, and that it has the focus");
    keep(&page, &format!("{browser:?}_heading_by_keyboard.png"));
    let address = of_root(&page, &format!("{focus}.href"));
    page.press(Key::Enter);
    page.wait_until("the address leads there", &format!("location.href === {address}"));
    stage.assert_clean();
}

/// The browser itself takes the context object apart, as anything that reads `OpenURL` does.
fn tells_reference_managers_all_they_need(browser: Browser, mode: Mode) {
    let stage = Stage::new(browser, mode);
    let page = home(&stage, LONG);
    let article = page.article();
    let found = page.evaluate(
        "(fields => ({
            version: fields.get('ctx_ver'),
            format: fields.get('rft_val_fmt'),
            title: fields.get('rft.atitle'),
            authors: fields.getAll('rft.au').length,
            date: /^\\d{4}(-\\d\\d){0,2}$/.test(fields.get('rft.date')),
            address: fields.get('rft.identifier').startsWith('https://www.lanmore.example/'),
            once: ['rft.atitle', 'rft.date'].every(name => fields.getAll(name).length === 1),
        }))(new URLSearchParams(document.querySelector('span.Z3988').title))",
    );
    let expected = json!({
        "version": "Z39.88-2004",
        "format": "info:ofi/fmt:kev:mtx:journal",
        "title": article.heading,
        "authors": 3,
        "date": true,
        "address": true,
        "once": true,
    });
    assert_eq!(found, expected);
    stage.assert_clean();
}

fn works_in_forced_colors_and_at_four_times_the_size(browser: Browser, mode: Mode) {
    let stage = Stage::new(browser, mode);
    for (place, name) in [("", "home"), ("#/?q=harbour", "results"), (LONG, "article")] {
        let page = home(&stage, place);
        if browser == Browser::Chromium {
            let forced =
                json!({ "features": [{ "name": "forced-colors", "value": "active" }] });
            page.devtools("Emulation.setEmulatedMedia", forced);
            page.wait_until("colors are forced", "matchMedia('(forced-colors)').matches");
            keep(&page, &format!("{browser:?}_forced_{name}.png"));
        }
        // 1,280 pixels at four times the size.
        page.resize(320, 256);
        page.wait_until(
            "nothing runs off the screen",
            "(page => page.scrollWidth <= page.clientWidth)(document.documentElement)",
        );
        assert_accessible(&page, name);
        keep(&page, &format!("{browser:?}_zoomed_{name}.png"));
    }
    stage.assert_clean();
}
