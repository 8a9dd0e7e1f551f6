//! An article on paper.

use std::fs;
use std::path::PathBuf;

use serde_json::json;

use crate::browser::Browser;
use crate::reader::root;
use crate::stage::{Mode, Stage};

/// An article with a picture, authors, a date and an address.
const ARTICLE: &str = "#/article/green-corridors-who-pays-for-the-first-ammonia-ship";

/// An article with headings.
const LONG: &str = "#/article/a-harbor-for-four-tides-fifty-years-of-planning-the-port";

/// Makes the rules for paper hold on the screen, where they can be looked at.
const ON_SCREEN: &str = "(root => {
    for (const sheet of root.adoptedStyleSheets) {
        const rules = [...sheet.cssRules].map(rule => rule.cssText).join('\\n');
        sheet.replaceSync(rules.replaceAll('@media print', '@media all'));
    }
    return true;
})";

scenarios! {
    prints_an_offprint: File Http;
    prints_no_links_to_headings: File;
}

fn prints_an_offprint(browser: Browser, mode: Mode) {
    let stage = Stage::new(browser, mode);
    let page = stage.open(ARTICLE);
    page.wait_ready();
    let heading = page.article().heading;
    let paper = page.print();
    assert!(paper.starts_with(b"%PDF"), "a PDF of {} bytes", paper.len());
    if let Some(folder) = std::env::var_os("VITRINE_SCREENSHOTS").map(PathBuf::from) {
        fs::create_dir_all(&folder).expect("the folder of pictures can be made");
        let file = format!("{browser:?}_{mode:?}_offprint.pdf");
        fs::write(folder.join(file), paper).expect("a file can be written");
    }

    page.evaluate(&format!("{ON_SCREEN}({})", root()));
    let controls = format!(
        "[...{}.querySelectorAll('button, input, select, summary, nav a')]
            .filter(control => control.getClientRects().length && !control.querySelector('img'))
            .map(control => control.outerHTML)",
        root()
    );
    assert_eq!(page.evaluate(&controls), json!([]), "no controls");
    let text = page.visible_text();
    for part in ["Lanmore", &heading, "Lanmore Policy Notes"] {
        assert!(text.contains(part), "{part:?} in {text:?}");
    }
    let address = page.evaluate(&format!(
        "{}.querySelector('.article-page').dataset.address ?? ''",
        root()
    ));
    let is_public = address.as_str().is_some_and(|text| text.ends_with(ARTICLE));
    assert_eq!(
        is_public,
        mode == Mode::Http,
        "a folder is nowhere to be found: {address}"
    );
    // Browsers say either what stands there or where it comes from.
    for (query, place, source) in
        [(".article-page", "before", "data-address"), (".original a", "after", "href")]
    {
        let said = page.evaluate(&format!(
            "(element => [getComputedStyle(element, '::{place}').content,
                element.getAttribute({source:?})])({}.querySelector('{query}'))",
            root()
        ));
        let (content, value) = (&said[0], said[1].as_str().unwrap_or("none"));
        let is_said = content
            .as_str()
            .is_some_and(|text| text.contains(value) || text.contains(source));
        assert!(is_said || address == "" && value == "none", "{said}");
    }
    stage.assert_clean();
}

fn prints_no_links_to_headings(browser: Browser, mode: Mode) {
    let stage = Stage::new(browser, mode);
    let page = stage.open(LONG);
    page.wait_ready();
    page.article();
    let heading = format!("{}.querySelector('.body h2')", root());
    page.evaluate(&format!("{heading}.scrollIntoView({{ block: 'center' }})"));
    page.hover(&heading);
    let anchors = format!("[...{}.querySelectorAll('.anchor')]", root());
    page.wait_until("headings have links", &format!("{anchors}.length > 1"));
    page.evaluate(&format!("{ON_SCREEN}({})", root()));
    let printed =
        format!("{anchors}.filter(anchor => anchor.getClientRects().length).length");
    assert_eq!(page.evaluate(&printed), 0);
    stage.assert_clean();
}
