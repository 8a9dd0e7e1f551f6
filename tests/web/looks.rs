//! What it looks like: nothing runs off the screen, what is written can be read in light and
//! dark, by everyone. With `VITRINE_SCREENSHOTS` set, a picture of each state is kept there.

use std::fs;
use std::path::PathBuf;

use crate::accessibility::assert_accessible;
use crate::browser::{Browser, Preferences, Scheme};
use crate::page::{Key, Page};
use crate::panels::open_panel;
use crate::reader::{part, root};
use crate::stage::{Mode, Stage};

/// A desktop's window and a phone's, in CSS pixels.
const SIZES: [(&str, u32, u32); 2] = [("desktop", 1280, 900), ("phone", 390, 844)];

/// The place of an article with a picture and an attachment.
const ILLUSTRATED: &str = "#/article/green-corridors-who-pays-for-the-first-ammonia-ship";

/// The place of an article with a note.
const NOTED: &str = "#/article/does-a-state-drown-sea-level-rise-and-the-persistence";

/// Makes a test of each browser, language and scheme.
macro_rules! looks {
    ($($name:ident: $browser:ident $language:literal $scheme:ident $query:literal;)+) => { $(
        #[test]
        fn $name() {
            let preferences = Preferences { language: $language, scheme: Scheme::$scheme };
            look(stringify!($name), Browser::$browser, preferences, $query);
        }
    )+ };
}

looks! {
    chromium_en_light: Chromium "en-US" Light "cable repair";
    chromium_en_dark: Chromium "en-US" Dark "cable repair";
    chromium_zh_light: Chromium "zh-CN" Light "光缆";
    chromium_zh_dark: Chromium "zh-CN" Dark "光缆";
    chromium_ar_light: Chromium "ar" Light "cable repair";
    firefox_ar_dark: Firefox "ar" Dark "cable repair";
    firefox_en_light: Firefox "en-US" Light "cable repair";
    firefox_en_dark: Firefox "en-US" Dark "cable repair";
    firefox_zh_light: Firefox "zh-CN" Light "光缆";
    firefox_zh_dark: Firefox "zh-CN" Dark "光缆";
}

fn look(name: &str, browser: Browser, preferences: Preferences, query: &str) {
    let stage = Stage::preferring(browser, Mode::File, preferences);
    let page = stage.open("");
    page.wait_ready();
    let (search, direction) = match preferences.language {
        "zh-CN" => ("搜索", "ltr"),
        "ar" => ("بحث", "rtl"),
        _ => ("Search", "ltr"),
    };
    page.assert_search_box_is_named(search);
    let root_direction =
        format!("getComputedStyle({}.querySelector('.root')).direction", root());
    assert_eq!(page.evaluate(&root_direction), direction);
    in_each_size(&page, name, "home", preferences.scheme);

    page.search(query);
    in_each_size(&page, name, "results", preferences.scheme);

    let first = page.results().into_iter().next().expect("there are results");
    page.open_result(&first.id);
    in_each_size(&page, name, "article", preferences.scheme);
    let contrast = page.evaluate(&format!(
        "(text => {CONTRAST}(text, ({BACKDROP})(text)))({}.querySelector('p'))",
        part("article")
    ));
    let contrast = contrast.as_f64().expect("a contrast is a number");
    assert!(contrast >= 4.5, "contrast of the article's text: {contrast:.1}");

    open_panel(&page, "cite");
    in_each_size(&page, name, "citation", preferences.scheme);
    page.press(Key::Escape);
    open_panel(&page, "settings");
    in_each_size(&page, name, "settings", preferences.scheme);

    page.press(Key::Escape);
    open_panel(&page, "kept");
    in_each_size(&page, name, "bookmarks", preferences.scheme);

    let noted = stage.open(NOTED);
    noted.wait_ready();
    let reference = format!("{}.querySelector('.note-reference')", part("article"));
    noted.wait_until("the text has a note", &format!("Boolean({reference})"));
    noted.evaluate(&format!("{reference}.scrollIntoView({{ block: 'center' }})"));
    noted.evaluate(&format!("{reference}.focus()"));
    let preview = format!("Boolean({}.querySelector('.note-preview'))", root());
    noted.wait_until("the note is shown beside its reference", &preview);
    in_each_size(&noted, name, "note", preferences.scheme);

    let illustrated = stage.open(ILLUSTRATED);
    illustrated.wait_ready();
    let picture = format!("{}.querySelector('figure img')", part("article"));
    illustrated.evaluate(&format!("{picture}.scrollIntoView()"));
    illustrated
        .wait_until("the picture is there", &format!("{picture}.naturalWidth > 0"));
    in_each_size(&illustrated, name, "picture", preferences.scheme);
    stage.assert_clean();
}

fn in_each_size(page: &Page<'_>, name: &str, state: &str, scheme: Scheme) {
    for (size, width, height) in SIZES {
        page.resize(width, height);
        page.wait_until("the window has its size", &format!("innerWidth === {width}"));
        // What is placed by hand follows in the next frame.
        page.wait_until(
            &format!("the {state} fits on the {size}"),
            "(page => page.scrollWidth <= page.clientWidth)(document.documentElement)",
        );
        let lightness = page.evaluate(&format!(
            "({BACKDROP})({}.lastElementChild).reduce((sum, part) => sum + part) / 3",
            root()
        ));
        let lightness = lightness.as_f64().expect("a lightness is a number");
        match scheme {
            Scheme::Light => assert!(lightness > 200.0, "{state} is dark: {lightness}"),
            Scheme::Dark => assert!(lightness < 60.0, "{state} is light: {lightness}"),
        }
        assert_accessible(page, &format!("{state} on the {size}"));
        keep(page, &format!("{name}_{size}_{state}.png"));
    }
}

/// Keeps a picture of the page, where pictures are wanted.
pub(crate) fn keep(page: &Page<'_>, file: &str) {
    let Some(folder) = std::env::var_os("VITRINE_SCREENSHOTS").map(PathBuf::from) else {
        return;
    };
    fs::create_dir_all(&folder).expect("the folder of pictures can be made");
    fs::write(folder.join(file), page.screenshot()).expect("a picture can be written");
}

/// The color behind an element, as red, green and blue of 0 to 255.
const BACKDROP: &str = "element => {
    for (let place = element; place; place = place.parentElement ?? place.getRootNode().host) {
        const [r, g, b, alpha = 1] =
            getComputedStyle(place).backgroundColor.match(/[\\d.]+/g).map(Number);
        if (alpha === 1) return [r, g, b];
    }
    return matchMedia('(prefers-color-scheme: dark)').matches ? [18, 18, 18] : [255, 255, 255];
}";

/// The contrast of an element's text to what is behind it, by the formula of WCAG 2.
const CONTRAST: &str = "((element, backdrop) => {
    const luminance = color => {
        const [r, g, b] = color.map(part => part / 255).map(part =>
            part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const text = getComputedStyle(element).color.match(/[\\d.]+/g).slice(0, 3).map(Number);
    const [low, high] =
        [luminance(text), luminance(backdrop)].sort((one, other) => one - other);
    return (high + 0.05) / (low + 0.05);
})";
