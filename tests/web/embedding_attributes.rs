//! What a page can say to the element, and what the element says to the page.

use serde_json::{Value, json};

use crate::browser::Browser;
use crate::embedding::in_both_browsers;
use crate::page::Page;
use crate::reader::{part, root, search_box};
use crate::server::Hosting;
use crate::stage::{Site, Stage};

const SCRIPT: &str = "<script src=\"https://example.org/archive/vitrine.js\"></script>\n";

in_both_browsers! {
    attributes_are_properties
    properties_that_were_set_before_the_script_came_count
    a_filter_restricts_everything
    a_place_can_be_asked_for_and_changed
    a_home_is_where_it_begins
    parts_can_be_hidden_and_styled
    the_place_stands_in_a_part_of_the_query
    the_place_stands_in_a_part_of_the_hash
    the_router_of_the_page_keeps_its_hash
    events_say_what_happens
    nothing_is_loaded_before_it_is_seen
    elements_are_inserted_and_moved
    two_archives_do_not_meet
}

fn site(attributes: &str) -> Site<'static> {
    Site::page(&format!("{SCRIPT}<vitrine-archive {attributes}></vitrine-archive>"))
}

fn stage(browser: Browser, attributes: &str) -> Stage {
    Stage::in_site(browser, &site(attributes), Hosting::default())
}

/// The events of a name, with their details, so far.
fn told(page: &Page<'_>, name: &str) -> Vec<Value> {
    let told =
        page.evaluate(&format!("vitrineDetails.filter(each => each.name === {name:?})"));
    told.as_array().expect("a list").clone()
}

fn attributes_are_properties(browser: Browser) {
    let stage = stage(browser, "");
    let page = stage.open("");
    page.wait_ready();
    let seen = page.evaluate(
        "(element => {
            const names = 'src root route lang theme home hide query article filter'.split(' ');
            const before = names.map(name => element[name]);
            for (const name of names.slice(3, 5)) element[name] = 'x';
            element.remember = true;
            const after = [element.getAttribute('theme'), element.hasAttribute('remember'), element.lang];
            element.theme = null;
            element.remember = false;
            return [before, after, [element.hasAttribute('theme'), element.remember, element.theme]];
        })(document.querySelector('vitrine-archive'))",
    );
    assert_eq!(seen[0], json!(vec![""; 10]));
    assert_eq!(seen[1], json!(["x", true, "x"]));
    assert_eq!(seen[2], json!([false, false, ""]));
}

fn properties_that_were_set_before_the_script_came_count(browser: Browser) {
    let site = Site::page(
        "<vitrine-archive></vitrine-archive>
         <script>document.querySelector('vitrine-archive').query = 'ballast';</script>
         <script src=\"https://example.org/archive/vitrine.js\" async></script>",
    );
    let stage = Stage::in_site(browser, &site, Hosting::default());
    let page = stage.open("");
    page.wait_ready();
    page.wait_for_results("ballast");
    assert_eq!(
        page.evaluate("document.querySelector('vitrine-archive').getAttribute('query')"),
        "ballast"
    );
    stage.assert_clean();
}

fn a_filter_restricts_everything(browser: Browser) {
    let stage = stage(browser, "filter=\"year:2013..2014\"");
    let page = stage.open("");
    page.wait_ready();
    let text = page.visible_text();
    assert!(text.contains("8 articles"), "the facts count what is left: {text}");
    assert!(text.contains("2013–2014"), "and its years: {text}");
    let dates = || {
        page.evaluate(&format!(
            "[...{}.querySelectorAll('.result time')].map(time => time.dateTime.slice(0, 4))",
            root()
        ))
    };
    let years = |dates: Value| {
        let dates = dates.as_array().expect("a list").clone();
        assert!(!dates.is_empty(), "there are articles");
        assert!(dates.iter().all(|year| *year == "2013" || *year == "2014"), "{dates:?}");
        dates.len()
    };
    assert_eq!(years(dates()), 8, "the newest are those that are left");
    page.search("port");
    years(dates());
    let links = page.evaluate(&format!(
        "[...{}.querySelectorAll('.filter-group a')].map(link => link.dataset.place)",
        root()
    ));
    let links = links.as_array().expect("a list").clone();
    for link in links.iter().filter_map(Value::as_str) {
        let year = link.split(['?', '&']).find_map(|part| part.strip_prefix("year="));
        assert!(year.is_none_or(|year| ["2013", "2014"].contains(&year)), "{link}");
    }
    // What is outside is not there, by whatever way one asks.
    page.evaluate(
        "document.querySelector('vitrine-archive').article =
            'who-drives-the-crane-automation-and-the-dockers-bargain'",
    );
    page.wait_until(
        "the article is missing",
        &format!("{}.querySelector('.missing, [role=alert], .nothing') !== null && !{}.querySelector('.body')", root(), root()),
    );
    stage.assert_clean();
}

fn a_place_can_be_asked_for_and_changed(browser: Browser) {
    let stage = stage(browser, "query=\"ballast\"");
    let page = stage.open("");
    page.wait_ready();
    page.wait_for_results("ballast");
    page.evaluate("document.querySelector('vitrine-archive').query = 'harbour'");
    page.wait_for_results("harbour");
    let id = page.results().first().expect("there is a result").id.clone();
    page.evaluate(&format!("document.querySelector('vitrine-archive').article = {id:?}"));
    page.article();
    // The same reader went there: one start, and a way back to the list.
    assert_eq!(told(&page, "vitrine-ready").len(), 1);
    stage.assert_clean();
}

fn a_home_is_where_it_begins(browser: Browser) {
    let stage = stage(browser, "home=\"/?year=2014\"");
    let page = stage.open("");
    page.wait_ready();
    page.wait_until(
        "the list of a year is shown",
        &format!("{}.querySelectorAll('[part~=result]').length === 4", root()),
    );
    page.search("warning");
    page.click(&format!("{}.querySelector('[part~=title] a')", root()));
    page.wait_until(
        "the title leads there",
        &format!("{}.querySelectorAll('[part~=result]').length === 4", root()),
    );
    stage.assert_clean();
}

fn parts_can_be_hidden_and_styled(browser: Browser) {
    let site = Site::page(&format!(
        "<style>
            vitrine-archive {{ --vitrine-ink: rgb(1, 2, 3) }}
            vitrine-archive::part(status) {{ letter-spacing: 3px }}
         </style>
         {SCRIPT}<vitrine-archive hide=\"title facets\" query=\"port\"></vitrine-archive>"
    ));
    let stage = Stage::in_site(browser, &site, Hosting::default());
    let page = stage.open("");
    page.wait_ready();
    page.wait_for_results("port");
    let shown = |name: &str| {
        page.evaluate(&format!(
            "[...{}.querySelectorAll('[part~={name}]')].some(each => each.getClientRects().length > 0)",
            root()
        )) == true
    };
    for name in ["title", "facets"] {
        assert!(!shown(name), "{name} is hidden");
    }
    for name in [
        "header", "search", "status", "results", "result", "order", "export", "settings",
        "help",
    ] {
        assert!(shown(name), "{name} is shown");
    }
    let style = page.evaluate(&format!(
        "[getComputedStyle({}).letterSpacing,
          getComputedStyle({}.querySelector('[part~=result] a')).color]",
        part("status"),
        root()
    ));
    assert_eq!(style, json!(["3px", "rgb(1, 2, 3)"]));
    page.evaluate("document.querySelector('vitrine-archive').hide = 'search'");
    page.wait_until(
        "the other is hidden",
        &format!("{}.getClientRects().length === 0", part("search")),
    );
    assert!(shown("title"), "what is not named any more is shown again");
    stage.assert_clean();
}

fn the_place_stands_in_a_part_of_the_query(browser: Browser) {
    let stage = stage(browser, "route=\"query\"");
    let page = stage.open("?of=host#place");
    page.wait_ready();
    page.search("ballast water");
    let results = page.results();
    assert_eq!(
        page.evaluate("location.search + location.hash"),
        "?of=host&vitrine=/?q=ballast%2520water#place"
    );
    page.open_result(&results.first().expect("there are results").id);
    page.reload();
    page.wait_ready();
    page.article();
    page.back();
    page.wait_for_results("ballast water");
    page.back();
    page.wait_until("the address is as it was", "location.search === '?of=host'");
    page.wait_until("it is home again", &format!("{}.value === ''", search_box()));
    assert_eq!(page.evaluate("document.title"), "Host");
    stage.assert_clean();
}

fn the_place_stands_in_a_part_of_the_hash(browser: Browser) {
    let stage = stage(browser, "route=\"hash\" id=\"papers\"");
    let page = stage.open("#other=1");
    page.wait_ready();
    page.search("ballast");
    assert_eq!(page.evaluate("location.hash"), "#other=1&papers=/?q=ballast");
    // An anchor of the page is no place of the archive.
    page.evaluate("void (location.hash = '#elsewhere')");
    page.wait_until("the page went there", "location.hash === '#elsewhere'");
    assert_eq!(page.query(), "ballast");
    page.back();
    page.wait_until("the place is back", "location.hash.includes('papers=')");
    page.wait_for_results("ballast");
    stage.assert_clean();
}

fn the_router_of_the_page_keeps_its_hash(browser: Browser) {
    let site = Site::page(&format!(
        "<script>
            window.routed = [];
            const route = () => routed.push(location.hash);
            addEventListener('hashchange', route);
         </script>
         {SCRIPT}<vitrine-archive route=\"hash\"></vitrine-archive>"
    ));
    let stage = Stage::in_site(browser, &site, Hosting::default());
    let page = stage.open("#/settings/profile");
    page.wait_ready();
    page.search("ballast");
    let results = page.results();
    page.open_result(&results.first().expect("there are results").id);
    assert_eq!(
        page.evaluate("[location.hash, routed]"),
        json!(["#/settings/profile", []])
    );
    page.evaluate("void (location.hash = '#/settings/other')");
    page.wait_until("the router has it", "routed.length === 1");
    assert!(page.shows_article(), "the archive stays where it is");
    stage.assert_clean();
}

fn events_say_what_happens(browser: Browser) {
    let stage = stage(browser, "");
    let page = stage.open("");
    page.wait_ready();
    page.search("ballast");
    let found = page.results();
    let result = found.first().expect("there are results");
    let heading = page.open_result(&result.id).heading;
    let ready = told(&page, "vitrine-ready");
    assert_eq!(ready.len(), 1);
    assert_eq!(ready[0]["articleCount"], 77);
    let sought = told(&page, "vitrine-search");
    let last = sought.last().expect("a search was told");
    assert_eq!(
        [&last["query"], &last["total"]],
        [&json!("ballast"), &json!(found.len())]
    );
    let read = told(&page, "vitrine-article");
    assert_eq!(read.len(), 1);
    assert_eq!([&read[0]["id"], &read[0]["title"]], [&json!(result.id), &json!(heading)]);
    assert_eq!(told(&page, "vitrine-error").len(), 0);
    stage.assert_clean();
}

fn nothing_is_loaded_before_it_is_seen(browser: Browser) {
    let site = Site::page(&format!(
        "{SCRIPT}<div style=\"block-size: 9000px\">A long page</div>
         <vitrine-archive></vitrine-archive>"
    ));
    let stage = Stage::in_site(browser, &site, Hosting::default());
    let page = stage.open("");
    page.wait_until(
        "the element is defined",
        "Boolean(customElements.get('vitrine-archive'))",
    );
    // Long enough for an element that would begin at once.
    page.evaluate(
        "new Promise(done => setTimeout(() => requestAnimationFrame(done), 500))",
    );
    let shown = "document.querySelector('vitrine-archive').dataset.state ?? null";
    assert_eq!(page.evaluate(shown), Value::Null);
    let asked = |name: &str| stage.requests().iter().any(|url| url.contains(name));
    assert!(!asked("vitrine-core") && !asked("vitrine-embed") && !asked("/data/"));
    page.evaluate("document.querySelector('vitrine-archive').scrollIntoView()");
    page.wait_ready();
    assert!(asked("vitrine-core"));
    stage.assert_clean();
}

fn elements_are_inserted_and_moved(browser: Browser) {
    let site = Site::page(&format!("<main></main><aside></aside>{SCRIPT}"));
    let stage = Stage::in_site(browser, &site, Hosting::default());
    let page = stage.open("");
    page.evaluate(
        "(() => {
            const element = document.createElement('vitrine-archive');
            element.src = 'https://example.org/nothing/here/';
            element.src = '';
            element.removeAttribute('src');
            document.querySelector('main').append(element);
        })()",
    );
    page.wait_ready();
    page.search("ballast");
    page.evaluate("document.querySelector('aside').append(document.querySelector('vitrine-archive'))");
    page.wait_for_results("ballast");
    // Out for a while, as a tab of a framework is: it comes back to where it was.
    page.evaluate(
        "new Promise(done => {
            window.taken = document.querySelector('vitrine-archive');
            taken.remove();
            setTimeout(done, 100);
        })",
    );
    page.evaluate("document.querySelector('main').append(taken)");
    page.wait_ready();
    page.wait_for_results("ballast");
    stage.assert_clean();
}

fn two_archives_do_not_meet(browser: Browser) {
    let site = Site::page(&format!(
        "{SCRIPT}
         <vitrine-archive id=\"one\" route=\"query\" filter=\"year:2013..2014\"></vitrine-archive>
         <vitrine-archive id=\"two\" route=\"query\" lang=\"zh-Hans\"></vitrine-archive>"
    ));
    let stage = Stage::in_site(browser, &site, Hosting::default());
    let page = stage.open("?one=/?q=ballast&two=/?q=harbour");
    page.wait_until(
        "both are ready with their own",
        "[...document.querySelectorAll('vitrine-archive')].map(element =>
            [element.dataset.state, element.shadowRoot.querySelector('input[type=search]')?.value]
        ).join() === 'ready,ballast,ready,harbour'",
    );
    page.evaluate("document.querySelector('#two').query = 'tide'");
    page.wait_until(
        "only one of the parts changed",
        "location.search === '?one=/?q=ballast&two=/?q=tide'",
    );
    assert_eq!(page.query(), "ballast");
    stage.assert_clean();
}
