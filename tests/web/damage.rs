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
    says_that_the_reader_stopped_and_starts_again
}

fn names_the_damaged_file_and_goes_on(browser: Browser) {
    let archive = Copy::make();
    let files = archive.files("texts");
    assert!(files.len() > 1, "the sample has several files of texts");
    let intact: Vec<_> =
        files.iter().map(|file| fs::read(file).expect("the file can be read")).collect();
    let stage = Stage::of(browser, Mode::File, archive);
    let page = stage.open("");
    page.wait_ready();
    page.search("ballast");
    let english = page.results().into_iter().next().expect("there are results");
    let place = format!("#/article/{}", english.id);

    // All of them first, to learn which one holds the article; then only that one.
    for file in &files {
        damage(file);
    }
    let named = stage.open(&place).wait_for_name_of(&files);
    for (file, bytes) in files.iter().zip(&intact) {
        if *file != named {
            fs::write(file, bytes).expect("the file can be written");
        }
    }
    let page = stage.open(&place);
    assert_eq!(page.wait_for_name_of(&files), named);

    // The index is whole and still lists it.
    let page = stage.open("#/?q=ballast");
    page.wait_ready();
    page.wait_for_results("ballast");
    assert!(page.results().iter().any(|result| result.id == english.id));

    // The other files are whole and still open; those of one language stand together.
    let page = stage.open("#/?q=%E5%9F%8E%E5%B8%82");
    page.wait_ready();
    page.wait_for_results("城市");
    let opens = |id: &str| {
        let page = stage.open(&format!("#/article/{id}"));
        page.wait_for_article_or_alert();
        let opened = page.shows_article();
        page.close();
        opened
    };
    assert!(page.results().iter().any(|result| opens(&result.id)), "some article opens");
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

fn says_that_the_reader_stopped_and_starts_again(browser: Browser) {
    let stage = Stage::new(browser, Mode::Http);
    let page = stage.open("");
    page.wait_ready();
    // A script of the page breaks what the reader builds upon, once.
    page.evaluate(
        "(() => {
            const own = Object.getOwnPropertyDescriptor(Node.prototype, 'textContent');
            const set = function (text) {
                // Other scripts of the archive write texts, too.
                if (!/vitrine-core/.test(new Error().stack)) return own.set.call(this, text);
                Object.defineProperty(Node.prototype, 'textContent', own);
                throw new RangeError(`no text: ${text}`);
            };
            Object.defineProperty(Node.prototype, 'textContent', { ...own, set });
            return true;
        })()",
    );
    page.click(
        "document.querySelector('vitrine-archive').shadowRoot.querySelector('input')",
    );
    page.type_text("cable");
    page.wait_state("error");
    let said = page.visible_text();
    assert!(said.contains("stopped") && said.contains("no text"), "{said}");
    page.click(
        "document.querySelector('vitrine-archive').shadowRoot.querySelector('button')",
    );
    page.wait_ready();
    page.wait_for_results("cable");
    stage.assert_nothing_left();
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
