//! Archives that were cut short or changed on their way: said, never guessed around.

use std::fs;

use crate::archive::{Copy, damage};
use crate::browser::Browser;
use crate::embedding::in_both_browsers;
use crate::stage::{Mode, Stage};

in_both_browsers! {
    names_the_damaged_file_and_goes_on
    says_that_the_root_is_missing
    says_that_the_root_is_damaged
    says_that_the_core_is_missing
}

fn names_the_damaged_file_and_goes_on(browser: Browser) {
    let intact = Stage::new(browser, Mode::File);
    let page = intact.open("#/?q=ballast");
    page.wait_ready();
    page.wait_for_results("ballast");
    let first = page.results().into_iter().next().expect("there are results");
    drop(intact);

    let archive = Copy::make();
    let files = archive.files("texts");
    assert!(!files.is_empty(), "the archive has texts");
    for file in &files {
        damage(file);
    }
    let stage = Stage::of(browser, Mode::File, archive);
    let page = stage.open(&format!("#/article/{}", first.id));
    page.wait_until(
        "a damaged file is named",
        &format!(
            "{:?}.some(name => document.querySelector('vitrine-archive').shadowRoot\
             .firstElementChild.parentNode.textContent.includes(name))",
            files
                .iter()
                .filter_map(|file| file.file_stem()?.to_str())
                .collect::<Vec<_>>()
        ),
    );
    // The index is whole: the list still answers.
    let other = stage.open("");
    other.wait_ready();
    other.search("ballast");
    assert!(other.results().iter().any(|result| result.id == first.id));
    stage.assert_nothing_left();
}

fn says_that_the_root_is_missing(browser: Browser) {
    let archive = Copy::make();
    for root in archive.files("") {
        fs::remove_file(root).expect("the root can be removed");
    }
    fails_visibly(browser, archive);
}

fn says_that_the_root_is_damaged(browser: Browser) {
    let archive = Copy::make();
    for root in archive.files("") {
        damage(&root);
    }
    fails_visibly(browser, archive);
}

fn says_that_the_core_is_missing(browser: Browser) {
    let archive = Copy::make();
    let core = archive.path().join("vitrine-core.js");
    fs::remove_file(core).expect("the core can be removed");
    fails_visibly(browser, archive);
}

fn fails_visibly(browser: Browser, archive: Copy) {
    let stage = Stage::of(browser, Mode::File, archive);
    let page = stage.open("");
    page.wait_state("error");
    assert!(page.has_fired("vitrine-error"));
    assert!(!page.has_fired("vitrine-ready"));
    assert!(!page.visible_text().trim().is_empty(), "the page says what is wrong");
    stage.assert_nothing_left();
}
