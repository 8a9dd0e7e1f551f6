//! What only an element in somebody else's page meets.

use crate::browser::Browser;
use crate::reader::{part, root, search_box};
use crate::server::Hosting;
use crate::stage::{Host, Stage};

/// Runs each scenario in both browsers.
macro_rules! in_both_browsers {
    ($($scenario:ident)+) => { $(
        mod $scenario {
            use super::Browser;
            #[test]
            fn chromium() { super::$scenario(Browser::Chromium); }
            #[test]
            fn firefox() { super::$scenario(Browser::Firefox); }
        }
    )+ };
}
pub(crate) use in_both_browsers;

in_both_browsers! {
    has_its_own_way_back
    leaves_the_address_of_the_page_alone
    keeps_typing_from_the_shortcuts_of_the_page
    withstands_the_styles_of_the_page
    says_what_is_wrong_where_wasm_is_refused
    moves_into_a_frame_where_the_page_refuses_wasm
}

fn has_its_own_way_back(browser: Browser) {
    let stage = Stage::embedded_in(browser, Host::default());
    let page = stage.open("");
    page.wait_ready();
    page.search("ballast");
    let results = page.results();
    page.open_result(&results.first().expect("there are results").id);
    page.click(&format!(
        "[...{}.querySelectorAll('a, button')].find(way => /back to results/i.test(way.innerText))",
        root()
    ));
    page.wait_for_results("ballast");
    assert_eq!(page.results(), results);
    stage.assert_clean();
}

fn leaves_the_address_of_the_page_alone(browser: Browser) {
    let stage = Stage::embedded_in(browser, Host::default());
    let page = stage.open("#place-of-the-page");
    page.wait_ready();
    page.search("ballast");
    let results = page.results();
    page.open_result(&results.first().expect("there are results").id);
    assert_eq!(page.evaluate("location.hash"), "#place-of-the-page");
    stage.assert_clean();
}

fn keeps_typing_from_the_shortcuts_of_the_page(browser: Browser) {
    const SHORTCUTS: Host = Host {
        content_policy: None,
        body: "<script>document.addEventListener('keydown', event => {
            if (event.target.tagName !== 'INPUT' && event.key === '/') event.preventDefault();
        });</script>",
    };
    let stage = Stage::embedded_in(browser, SHORTCUTS);
    let page = stage.open("");
    page.wait_ready();
    page.click(&search_box());
    page.type_text("a/b");
    page.wait_until("all was typed", &format!("{}.value === 'a/b'", search_box()));
    stage.assert_clean();
}

fn withstands_the_styles_of_the_page(browser: Browser) {
    const SHOUTING: Host = Host {
        content_policy: None,
        body: "<style>* { color: red !important; font-size: 30px !important }</style>",
    };
    let stage = Stage::embedded_in(browser, SHOUTING);
    let page = stage.open("");
    page.wait_ready();
    page.search("ballast");
    let results = page.results();
    page.open_result(&results.first().expect("there are results").id);
    let style = page.evaluate(&format!(
        "(style => [style.color, style.fontSize])(getComputedStyle({}.querySelector('p')))",
        part("article")
    ));
    assert_ne!(style[0], "rgb(255, 0, 0)");
    assert_ne!(style[1], "30px");
}

fn says_what_is_wrong_where_wasm_is_refused(browser: Browser) {
    let hosting = Hosting {
        content_policy: Some("default-src 'self'".to_owned()),
        ..Hosting::default()
    };
    let stage = Stage::hosted(browser, hosting);
    let page = stage.open("");
    page.wait_state("error");
    assert!(page.has_fired("vitrine-error"));
    let text = page.visible_text();
    assert!(text.contains("WebAssembly"), "the message names what is refused: {text:?}");
    stage.assert_nothing_left();
}

fn moves_into_a_frame_where_the_page_refuses_wasm(browser: Browser) {
    const STRICT: Host = Host {
        content_policy: Some(
            "default-src 'none'; script-src {archive}; frame-src {archive}; img-src data:",
        ),
        body: "",
    };
    let stage = Stage::embedded_in(browser, STRICT);
    let page = stage.open("");
    page.wait_ready();
    let frame = page.frame();
    frame.wait_ready();
    frame.evaluate(&format!("{}.focus()", search_box()));
    frame.search("ballast");
    assert!(!frame.results().is_empty());
    stage.assert_nothing_left();
}
