//! Archives that were cut short or changed on their way: said, never guessed around.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use vitrine_tests::{figure, is_whole};

use crate::archive::{Copy, command, damage};
use crate::browser::Browser;
use crate::embedding::in_both_browsers;
use crate::stage::{Mode, Stage};

in_both_browsers! {
    names_the_damaged_file_and_goes_on
    a_damaged_record_costs_its_own_articles_alone
    says_that_the_root_is_missing
    says_that_the_root_is_damaged
    says_that_the_core_is_missing
    says_that_the_reader_stopped_and_starts_again
    every_kind_of_file_is_missed_by_name_and_only_where_it_is_needed
    says_that_files_are_of_two_states
}

/// Folders of `data/`, and the places that open without them: the home page, all articles by
/// title, results, an article.
const WITHOUT: &[(&str, &[usize])] = &[
    ("texts", &[0, 1, 2]),
    ("postings", &[0, 1, 3]),
    ("lexicon", &[0, 1, 3]),
    ("folding", &[0, 1, 3]),
    ("ids", &[0, 1, 2]),
    ("originals", &[0, 1, 2, 3]),
    ("columns", &[0]),
    ("values", &[0, 2, 3]),
    ("documents", &[]),
    ("directory", &[]),
    ("", &[]),
];

/// What happens to the bytes of a file on its way, with a name.
type Damage = (&'static str, fn(&mut Vec<u8>));

const DAMAGES: &[Damage] = &[
    ("a flip in the header", |bytes| flip(bytes, |_| 13)),
    ("a flip in the middle", |bytes| flip(bytes, |len| len / 2)),
    ("a flip at the end", |bytes| flip(bytes, |len| len - 8)),
    ("a cut in the header", |bytes| bytes.truncate(13)),
    ("a cut in the middle", |bytes| bytes.truncate(bytes.len() / 2)),
    ("a cut at the end", |bytes| bytes.truncate(bytes.len() - 8)),
    ("nothing in it", Vec::clear),
];

/// Replaces a character of the base64 text by another.
fn flip(bytes: &mut [u8], at: fn(usize) -> usize) {
    if let Some(byte) = bytes.get_mut(at(bytes.len())) {
        *byte = if *byte == b'A' { b'B' } else { b'A' };
    }
}

/// What a place shows once it stays: the beginning of an article, the articles of a list, or the
/// words of a failure after `alert:`.
fn shown(stage: &Stage, place: &str) -> String {
    let page = stage.open(place);
    let shown = page.evaluate(
        "(async () => {
            const text = () => {
                const root = document.querySelector('vitrine-archive').shadowRoot;
                const alert = root.querySelector('[role=alert]');
                if (alert) return `alert: ${alert.textContent}`;
                const article = root.querySelector('[part~=article]');
                if (location.hash.includes('/article/'))
                    return article?.querySelector('h1') && article.querySelector('p')
                        ? article.textContent.slice(0, 400) : '';
                const links = root.querySelectorAll('a[data-id]');
                return [...links].slice(0, 8).map(link => link.dataset.id).join();
            };
            const end = performance.now() + 30000;
            for (let before = '', same = 0; performance.now() < end;) {
                const now = text();
                same = now && now === before ? same + 1 : 0;
                if (same === 3) return now;
                before = now;
                await new Promise(done => setTimeout(done, 60));
            }
            return 'never';
        })()",
    );
    page.close();
    shown.as_str().expect("a text").to_owned()
}

fn every_kind_of_file_is_missed_by_name_and_only_where_it_is_needed(browser: Browser) {
    let archive = Copy::make();
    let folder = archive.path();
    let sections: Vec<(&str, Vec<PathBuf>, &[usize])> = WITHOUT
        .iter()
        .map(|(section, works)| (*section, archive.files(section), *works))
        .collect();
    let stage = Stage::of(browser, Mode::File, archive);
    let page = stage.open("#/?q=ballast");
    page.wait_ready();
    page.wait_for_results("ballast");
    let id = page.results().into_iter().next().expect("there are results").id;
    page.close();
    let article = format!("#/article/{id}");
    let places = ["", BY_TITLE, "#/?q=ballast", &article];
    let sound = places.map(|place| shown(&stage, place));
    assert!(
        !sound.iter().any(|text| text.starts_with("alert") || text == "never"),
        "{sound:?}"
    );

    let mut damaged = 0;
    // In the tests of every day each browser meets every other kind of file.
    let (first, every) = match browser {
        _ if is_whole() => (0, 1),
        Browser::Chromium => (0, 2),
        Browser::Firefox => (1, 2),
    };
    for (number, (section, files, works)) in
        sections.iter().enumerate().skip(first).step_by(every)
    {
        let intact: Vec<_> = files
            .iter()
            .map(|file| fs::read(file).expect("the file can be read"))
            .collect();
        for (kind, (what, change)) in DAMAGES.iter().enumerate() {
            // And each kind of file one kind of damage.
            if !is_whole() && kind != (number * 3) % DAMAGES.len() {
                continue;
            }
            for (file, bytes) in files.iter().zip(&intact) {
                let mut bytes = bytes.clone();
                change(&mut bytes);
                fs::write(file, bytes).expect("the file can be written");
            }
            damaged += files.len();
            let names: Vec<_> =
                files.iter().filter_map(|file| file.file_stem()?.to_str()).collect();
            assert_verify_names(&folder, &names, what);
            for (at, (place, sound)) in places.iter().zip(&sound).enumerate() {
                let seen = shown(&stage, place);
                let case =
                    format!("{what} of the files of {section:?}: {place:?} shows {seen}");
                if works.contains(&at) {
                    assert_eq!(&seen, sound, "{case}");
                } else if seen != *sound {
                    let is_named = names.iter().any(|name| seen.contains(name));
                    assert!(seen.starts_with("alert: ") && is_named, "{case}");
                }
            }
            for (file, bytes) in files.iter().zip(&intact) {
                fs::write(file, bytes).expect("the file can be written");
            }
        }
    }
    assert_eq!(
        places.map(|place| shown(&stage, place)),
        sound,
        "mended, it is as it was"
    );
    stage.assert_nothing_left();
    figure(&format!("files damaged under a reader, each named, {browser:?}"), damaged);
}

/// Fails unless `vitrine verify` finds each of the files.
fn assert_verify_names(folder: &std::path::Path, names: &[&str], what: &str) {
    let verified = Command::new(command()).arg("verify").arg(folder).output();
    let verified = verified.expect("the command can be run");
    assert!(!verified.status.success(), "{what} of {names:?} is not found");
    let said = [verified.stdout, verified.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    // Without a root nothing else is known; without a directory not what is below it.
    let is_named = |name: &&&str| said.contains(**name);
    assert!(names.iter().any(|name| is_named(&name)), "{what} of {names:?}: {said}");
}

/// A folder that is half of one upload and half of another, and a page that knows an older root.
fn says_that_files_are_of_two_states(browser: Browser) {
    let archive = Copy::make();
    let index = archive.path().join("index.html");
    let page = fs::read_to_string(&index).expect("the page can be read");
    let root = page.split(" root=\"").nth(1).and_then(|rest| rest.split('"').next());
    let root = root.expect("the page names its root").to_owned();
    let older = page.replace(&root, &"ab".repeat(16));
    fs::write(&index, older).expect("the page can be written");
    let stage = Stage::of(browser, Mode::File, archive);
    let said = shown(&stage, "");
    assert!(said.starts_with("alert: ") && said.contains(&"ab".repeat(16)), "{said}");
    fs::write(&index, page).expect("the page can be written");
    assert!(!shown(&stage, "").starts_with("alert: "), "whole again, it opens");
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

/// All articles by title: neighbours are of any date, and so in any file.
const BY_TITLE: &str = "#/?sort=title";

fn a_damaged_record_costs_its_own_articles_alone(browser: Browser) {
    let archive = Copy::make();
    let files = archive.files("documents");
    let stage = Stage::of(browser, Mode::File, archive);
    let sound = shown(&stage, BY_TITLE);
    let mut hurt = 0;
    for file in &files {
        let intact = fs::read(file).expect("the file can be read");
        damage(file);
        let seen = shown(&stage, BY_TITLE);
        assert!(
            !seen.is_empty() && !seen.starts_with("alert"),
            "the others are listed: {seen}"
        );
        if seen == sound {
            fs::write(file, intact).expect("the file can be written");
            continue;
        }
        hurt += 1;
        let page = stage.open(BY_TITLE);
        page.wait_ready();
        page.wait_for_name_of(std::slice::from_ref(file));
        assert!(page.has_fired("vitrine-error"));
        // Mended, the list is whole without opening the page again.
        fs::write(file, intact).expect("the file can be written");
        page.click(
            "document.querySelector('vitrine-archive').shadowRoot
                .querySelector('[data-go=retry]')",
        );
        page.wait_until(
            "nothing is missing",
            "!document.querySelector('vitrine-archive').shadowRoot
                .querySelector('[data-go=retry]')",
        );
        page.close();
    }
    assert!(hurt > 1, "articles that follow by title are in several files");
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
