//! Pages and hosts that are strict, or merely different.

use crate::browser::Browser;
use crate::embedding::in_both_browsers;
use crate::reader::{part, search_box};
use crate::server::{Compressed, Hosting};
use crate::stage::{Site, Stage};

in_both_browsers! {
    works_under_a_strict_policy_with_trusted_types
    says_what_to_allow_where_neither_wasm_nor_frames_are
    lives_in_a_sandboxed_frame
    a_frame_follows_the_attributes_and_tells_what_happens
    survives_a_hostile_style_sheet
    comes_compressed_as_well
    works_where_scripts_are_of_no_type
    says_what_is_wrong_where_scripts_are_refused
    works_without_the_network_of_anybody_else
}

const ELEMENT: &str = "<script src=\"https://example.org/archive/vitrine.js\"></script>\n\
    <vitrine-archive></vitrine-archive>";

fn works_under_a_strict_policy_with_trusted_types(browser: Browser) {
    let site = Site::page(ELEMENT).under(
        "default-src 'none'; script-src {archive} 'wasm-unsafe-eval'; img-src {archive} data:; \
         require-trusted-types-for 'script'; trusted-types vitrine",
    );
    let stage = Stage::in_site(browser, &site, Hosting::default());
    let page = stage.open("");
    page.wait_ready();
    page.search("ballast");
    let results = page.results();
    page.open_result(&results.first().expect("there are results").id);
    // The panels are another script, and so is what answers the page.
    page.click("document.querySelector('vitrine-archive').shadowRoot.querySelector('[part~=help]')");
    page.wait_until("a panel is open", &format!("{}.open", part("panel")));
    let total =
        page.evaluate("Vitrine.open().then(archive => archive.info.articleCount)");
    assert_eq!(total, 77);
    stage.assert_clean();
}

fn says_what_to_allow_where_neither_wasm_nor_frames_are(browser: Browser) {
    let site = Site::page(ELEMENT)
        .under("default-src 'none'; script-src {archive}; img-src data:");
    let stage = Stage::in_site(browser, &site, Hosting::default());
    let page = stage.open("");
    page.wait_state("error");
    let text = page.visible_text();
    for wanted in ["'wasm-unsafe-eval'", "script-src", "frame-src"] {
        assert!(text.contains(wanted), "{wanted} is named: {text:?}");
    }
    assert!(page.has_fired("vitrine-error"));
    let error = page.evaluate(
        "Vitrine.open().then(() => null, ({ name, message }) => [name, message])",
    );
    assert_eq!(error[0], "RefusedError");
    assert!(
        error[1].as_str().is_some_and(|text| text.contains("'wasm-unsafe-eval'")),
        "{error}"
    );
}

fn lives_in_a_sandboxed_frame(browser: Browser) {
    let site = Site::page(
        "<iframe sandbox=\"allow-scripts\" width=\"900\" height=\"700\" \
         src=\"https://example.org/archive/index.html#/?q=ballast\"></iframe>",
    );
    let stage = Stage::in_site(browser, &site, Hosting::default());
    let frame = stage.open("").frame();
    frame.wait_ready();
    frame.wait_for_results("ballast");
    let results = frame.results();
    frame.evaluate(&format!(
        "document.querySelector('vitrine-archive').shadowRoot
            .querySelector('[data-id={:?}]').click()",
        results.first().expect("there are results").id
    ));
    frame.article();
    stage.assert_nothing_left();
}

fn a_frame_follows_the_attributes_and_tells_what_happens(browser: Browser) {
    let site = Site::page(
        "<script src=\"https://example.org/archive/vitrine.js\"></script>
         <vitrine-archive query=\"port\" filter=\"year:2013..2014\" hide=\"title\"></vitrine-archive>",
    )
    .under("default-src 'none'; script-src {archive}; frame-src {archive}; img-src data:");
    let stage = Stage::in_site(browser, &site, Hosting::default());
    let page = stage.open("");
    page.wait_ready();
    let frame = page.frame();
    frame.wait_ready();
    frame.wait_for_results("port");
    assert_eq!(frame.evaluate(&format!("{}.getClientRects().length", part("title"))), 0);
    page.wait_until(
        "the page is told",
        "vitrineDetails.some(({ name, query, framed }) =>
            name === 'vitrine-search' && query === 'port' && framed)",
    );
    page.wait_until(
        "the frame is as high as what is in it",
        "(frame => frame.style.height !== '' && frame.clientHeight > 200)(
            document.querySelector('vitrine-archive').shadowRoot.querySelector('iframe'))",
    );
    frame.evaluate("document.querySelector('vitrine-archive').query = ''");
    stage.assert_nothing_left();
}

fn survives_a_hostile_style_sheet(browser: Browser) {
    let site = Site::page(&format!(
        "<style>
            body :not(script, style) {{ color: red !important; font-size: 30px !important; display: inline !important;
                 letter-spacing: 9px !important; text-transform: uppercase !important;
                 line-height: 4 !important; direction: rtl !important }}
            input, a, button {{ visibility: hidden }}
         </style>{ELEMENT}"
    ));
    let stage = Stage::in_site(browser, &site, Hosting::default());
    let page = stage.open("");
    page.wait_ready();
    page.search("ballast");
    let results = page.results();
    page.open_result(&results.first().expect("there are results").id);
    let style = page.evaluate(&format!(
        "(style => [style.color, style.fontSize, style.letterSpacing, style.textTransform,
                    style.direction, style.visibility, style.display])(
            getComputedStyle({}.querySelector('p')))",
        part("article")
    ));
    let hostile =
        ["rgb(255, 0, 0)", "30px", "9px", "uppercase", "rtl", "hidden", "inline"];
    for (at, hostile) in hostile.iter().enumerate() {
        assert_ne!(style[at], *hostile, "{style}");
    }
    stage.assert_clean();
}

fn comes_compressed_as_well(browser: Browser) {
    let hosting = Hosting { compression: Compressed::Gzip, ..Hosting::default() };
    let stage = Stage::in_site(browser, &Site::page(ELEMENT), hosting);
    let page = stage.open("");
    page.wait_ready();
    page.search("ballast");
    let results = page.results();
    page.open_result(&results.first().expect("there are results").id);
    stage.assert_clean();
}

/// Hosts that know no type of `.js`, and do not insist on it.
fn works_where_scripts_are_of_no_type(browser: Browser) {
    for kind in ["text/plain", "application/octet-stream"] {
        let hosting =
            Hosting { script_type: Some(kind), is_unsure: true, ..Hosting::default() };
        for stage in [
            Stage::hosted(browser, hosting.clone()),
            Stage::in_site(browser, &Site::page(ELEMENT), hosting),
        ] {
            let page = stage.open("");
            page.wait_ready();
            page.search("ballast");
            let results = page.results();
            page.open_result(&results.first().expect("there are results").id);
            stage.assert_nothing_left();
        }
    }
}

/// Hosts that insist on a wrong type: nothing of the archive runs, and the page says what to do.
fn says_what_is_wrong_where_scripts_are_refused(browser: Browser) {
    let hosting = Hosting { script_type: Some("text/plain"), ..Hosting::default() };
    let stage = Stage::hosted(browser, hosting);
    let page = stage.open("");
    // It comes into sight a while after the page.
    page.wait_until(
        "the page says what the host has to send",
        "['text/javascript', 'vitrine doctor'].every(it => document.body.innerText.includes(it))",
    );
    stage.assert_nothing_left();
}

/// The archive is in a folder of its host, and comes by scripts: no answer has a CORS header.
fn works_without_the_network_of_anybody_else(browser: Browser) {
    let stage = Stage::in_site(browser, &Site::page(ELEMENT), Hosting::default());
    let page = stage.open("");
    page.wait_ready();
    page.click(&search_box());
    page.type_text("ballast");
    page.wait_for_results("ballast");
    let hosts = page.evaluate(
        "[...new Set(performance.getEntriesByType('resource').map(({ name }) => new URL(name).host))].length",
    );
    assert_eq!(hosts, 1, "only the archive's host was asked for anything");
    stage.assert_clean();
}
