//! The example pages of the documentation, as they are but for the archive's address.

use std::fs;
use std::path::{Path, PathBuf};

use crate::browser::Browser;
use crate::embedding::in_both_browsers;
use crate::reader::{part, root};
use crate::server::Hosting;
use crate::stage::{Site, Stage};

in_both_browsers! {
    plain
    react
    vue
    wordpress
    iframe
    pieces
    api
}

/// The folder of the examples, with the libraries that they use.
fn folder() -> PathBuf {
    std::env::var_os("VITRINE_EXAMPLES").map(PathBuf::from).expect(
        "VITRINE_EXAMPLES has to name the folder of the examples; `cargo xtask e2e` makes it",
    )
}

fn stage(browser: Browser, page: &str, others: &[&str]) -> Stage {
    let read = |path: &Path| {
        fs::read_to_string(path)
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    };
    let page = folder().join(page);
    let beside = |name: &str| read(&page.with_file_name(name));
    let icon = "<link rel=\"icon\" href=\"data:,\">";
    let mut html = read(&page);
    if html.contains("<head>") {
        html = html.replace("<head>", &format!("<head>{icon}"));
    } else {
        // Blocks of WordPress stand in a page that it makes.
        html = format!(
            "<!doctype html><html lang=\"en\"><head>{icon}<title>Page</title></head><body>{html}"
        );
    }
    let mut files = vec![("index.html", html)];
    files.extend(others.iter().map(|&name| (name, beside(name))));
    Stage::in_site(browser, &Site { files, content_policy: None }, Hosting::default())
}

/// What the example's own status line says.
const SAID: &str = "document.querySelector('[role=status]').textContent";

fn plain(browser: Browser) {
    let stage = stage(browser, "plain.html", &[]);
    let page = stage.open("");
    page.wait_ready();
    page.wait_until("the page counts", &format!("{SAID} === '77 papers'"));
    page.search("ballast");
    page.wait_until("the page follows", &format!("{SAID} === '1 papers on “ballast”'"));
    page.open_result(&page.results().first().expect("a result").id.clone());
    page.wait_until(
        "the page follows",
        &format!("{SAID}.startsWith('You are reading “The Mussel')"),
    );
    assert_eq!(
        page.evaluate(&format!(
            "getComputedStyle({}).borderBlockEndColor",
            part("header")
        )),
        "rgb(102, 51, 153)"
    );
    stage.assert_clean();
}

fn react(browser: Browser) {
    let stage = stage(browser, "react/index.html", &["main.js"]);
    let page = stage.open("");
    page.wait_ready();
    page.evaluate(
        "(select => {
            const set = Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, 'value').set;
            set.call(select, 'year:2013..');
            select.dispatchEvent(new Event('change', { bubbles: true }));
        })(document.querySelector('select'))",
    );
    page.wait_until(
        "the archive is narrowed",
        &format!("/\\b53 articles/.test({}?.textContent)", part("facts")),
    );
    page.search("ballast");
    page.open_result(&page.results().first().expect("a result").id.clone());
    page.wait_until(
        "React is told",
        &format!("{SAID}.startsWith('You are reading “The Mussel')"),
    );
    stage.assert_clean();
}

fn vue(browser: Browser) {
    let stage = stage(browser, "vue.html", &["vue.global.prod.js"]);
    let page = stage.open("");
    page.wait_ready();
    assert_eq!(page.evaluate(&format!("{}.getClientRects().length", part("header"))), 0);
    page.click("document.querySelector('#query')");
    page.type_text("ballast");
    page.wait_until("Vue is told", &format!("{SAID} === '1 papers on ballast'"));
    assert_eq!(page.results().len(), 1);
    stage.assert_clean();
}

fn wordpress(browser: Browser) {
    let stage = stage(browser, "wordpress.html", &[]);
    let page = stage.open("");
    page.wait_ready();
    page.evaluate("document.querySelector('vitrine-latest').scrollIntoView()");
    page.wait_until(
        "the newest are listed",
        "document.querySelector('vitrine-latest').shadowRoot?.querySelectorAll('li a').length === 3",
    );
    stage.assert_clean();
}

fn iframe(browser: Browser) {
    let stage = stage(browser, "iframe.html", &[]);
    let page = stage.open("");
    let frame = page.frame();
    frame.wait_ready();
    let fits =
        "(frame => frame.style.blockSize !== '')(document.querySelector('iframe'))";
    page.wait_until("the frame is told its height", fits);
    let height = |page: &crate::page::Page<'_>| {
        page.evaluate("document.querySelector('iframe').clientHeight")
            .as_f64()
            .expect("a number")
    };
    let home = height(&page);
    frame.evaluate("void (location.hash = '#/?q=ballast')");
    frame.wait_for_results("ballast");
    page.wait_until(
        "it is lower for one result",
        &format!("document.querySelector('iframe').clientHeight < {home}"),
    );
    page.wait_until(
        "what is in the frame has no more to scroll",
        "document.querySelector('iframe').clientHeight > 100",
    );
    frame.wait_until(
        "nothing is cut off",
        "document.documentElement.scrollHeight <= innerHeight + 1",
    );
    assert_eq!(
        frame.evaluate("document.querySelector('vitrine-archive').theme"),
        "light"
    );
    stage.assert_clean();
}

fn pieces(browser: Browser) {
    let stage = stage(browser, "pieces.html", &[]);
    let page = stage.open("");
    page.wait_until(
        "three papers are listed",
        "document.querySelector('vitrine-latest').shadowRoot?.querySelectorAll('li a').length === 3",
    );
    let links = page.evaluate(
        "[...document.querySelector('vitrine-latest').shadowRoot.querySelectorAll('a')].map(a => a.hash)",
    );
    assert_eq!(links[0], "#/article/LNM-2024-Z03");
    page.click(
        "document.querySelector('vitrine-search').shadowRoot.querySelector('input')",
    );
    page.type_text("ballast water");
    page.press(crate::page::Key::Enter);
    page.wait_ready();
    page.wait_for_results("ballast water");
    assert!(
        page.evaluate("location.pathname")
            .as_str()
            .is_some_and(|path| path.ends_with("/index.html"))
    );
    assert_eq!(page.evaluate(&format!("Boolean({})", root())), true);
    stage.assert_clean();
}

fn api(browser: Browser) {
    let stage = stage(browser, "api.html", &[]);
    let page = stage.open("");
    page.wait_until("it is open", &format!("{SAID} === '77 papers'"));
    page.click("document.querySelector('input')");
    page.type_text("ballast");
    page.press(crate::page::Key::Enter);
    page.wait_until("it found", &format!("{SAID} === '1 found'"));
    page.click("document.querySelector('li button')");
    page.wait_until(
        "the citation is there",
        "/Mussel/.test(document.querySelector('blockquote').textContent)",
    );
    stage.assert_clean();
}
