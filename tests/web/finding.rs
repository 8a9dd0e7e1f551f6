//! Finding: filters, orders, mended words, suggestions, words in an article, the home page.

use serde_json::json;

use crate::accessibility::assert_accessible;
use crate::browser::Browser;
use crate::page::{Key, Page};
use crate::reader::{part, root, search_box};
use crate::stage::{Mode, Stage};

/// Stands in several English articles of the sample, of several years.
const WORD: &str = "harbour";

/// A word that stands in an article of the first years.
const IN_FIRST_YEARS: &str = "lighthouses";

scenarios! {
    leads_to_others_of_the_kind: File Http;
    takes_turns_with_the_browser: File Http;
    narrows_a_list: File Http;
    orders_a_list: File;
    keeps_marked_words_whole: File;
    says_that_words_were_mended: File;
    says_what_to_try_when_nothing_is_found: File;
    suggests_while_one_types: File Http;
    loads_ahead_what_the_reader_is_about_to_open: Http;
    loads_nothing_ahead_where_data_is_saved: Http;
    finds_the_words_in_the_article: File;
    leads_from_the_home_page_into_the_years: File;
    keeps_what_is_typed_while_a_list_arrives: File;
    explains_how_to_search: File;
    filters_open_on_a_phone: File;
}

/// Waits until the first element of this selector is there, and returns its text.
fn text_of(page: &Page<'_>, selector: &str) -> String {
    let element = format!("{}.querySelector({selector:?})", root());
    page.wait_until(&format!("{selector} is shown"), &format!("Boolean({element})"));
    page.evaluate(&format!("{element}.textContent")).as_str().expect("a text").to_owned()
}

fn number_in(text: &str) -> u64 {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    digits.parse().unwrap_or_else(|_| panic!("no number in {text:?}"))
}

fn wait_for_number(page: &Page<'_>, number: u64) {
    page.wait_until(
        &format!("{number} results are said"),
        &format!(
            "(/\\d+/.exec({}.textContent) ?? [''])[0] === '{number}'",
            part("status")
        ),
    );
}

fn wait_for_hash(page: &Page<'_>, part: &str) {
    page.wait_until(
        &format!("the address has {part}"),
        &format!("location.hash.includes({part:?})"),
    );
}

fn results_of<'s>(stage: &'s Stage, place: &str) -> Page<'s> {
    let page = stage.open(place);
    page.resize(1280, 900);
    page.wait_ready();
    page
}

fn narrows_a_list(browser: Browser, mode: Mode) {
    let stage = Stage::new(browser, mode);
    let page = results_of(&stage, &format!("#/?q={WORD}"));
    page.wait_for_results(WORD);
    let all = page.status_number();
    let value = format!(
        "[...{}.querySelectorAll('#filters a')].find(link => link.href.includes('author='))",
        root()
    );
    page.wait_until("authors are counted", &format!("Boolean({value})"));
    let count = page.evaluate(&format!("{value}.querySelector('.count').textContent"));
    let count = number_in(count.as_str().expect("a count"));
    assert!(count < all, "{count} of {all}");

    page.click(&value);
    wait_for_number(&page, count);
    wait_for_hash(&page, "author=");
    let focused =
        "document.querySelector('vitrine-archive').shadowRoot.activeElement?.tagName";
    page.wait_until("the heading has the focus", &format!("{focused} === 'H1'"));
    assert_accessible(&page, "a narrowed list");
    page.reload();
    page.wait_ready();
    wait_for_number(&page, count);

    page.click(&format!("{}.querySelector('.chip')", root()));
    wait_for_number(&page, all);
    page.back();
    wait_for_number(&page, count);

    // Two years are typed; an article and the way back keep them.
    page.click(&format!("{}.querySelector('.chip')", root()));
    wait_for_number(&page, all);
    page.click(&format!("{}.querySelector('.years [name=from]')", root()));
    page.type_text("2015");
    page.wait_until(
        "the filters follow the list, and what is typed in them stays",
        &format!(
            "{0}.querySelector('#filters [aria-current]') === null
                && {0}.querySelector('.years [name=from]').value === '2015'",
            root()
        ),
    );
    page.press(Key::Tab);
    page.type_text("2019");
    page.press(Key::Enter);
    wait_for_hash(&page, "year=2015..2019");
    page.wait_until(
        "only those years are listed",
        &format!(
            "[...{}.querySelectorAll('[part~=result] time')].every(time =>
                time.dateTime >= '2015' && time.dateTime < '2020')",
            root()
        ),
    );
    let narrowed = page.status_number();
    assert!(narrowed < all, "{narrowed} of {all}");
    let first = page.results().into_iter().next().expect("there are results");
    page.open_result(&first.id);
    page.back();
    wait_for_number(&page, narrowed);
    stage.assert_clean();
}

fn orders_a_list(browser: Browser, mode: Mode) {
    let stage = Stage::new(browser, mode);
    let page = results_of(&stage, &format!("#/?q={WORD}"));
    page.wait_for_results(WORD);
    let total = page.status_number();
    for (order, is_in_order) in
        [("newest", "one >= other"), ("oldest", "one <= other || !other")]
    {
        page.evaluate(&format!(
            "(select => {{
                select.value = {order:?};
                select.dispatchEvent(new Event('change', {{ bubbles: true }}));
            }})({}.querySelector('select'))",
            root()
        ));
        wait_for_hash(&page, &format!("sort={order}"));
        page.wait_until(
            &format!("the list is in the order {order}"),
            &format!(
                "[...{}.querySelectorAll('[part~=result] time')].map(time => time.dateTime)
                    .every((other, at, all) => at === 0 ||
                        ((one, other) => {is_in_order})(all[at - 1], other))",
                root()
            ),
        );
        assert_eq!(page.status_number(), total);
    }
    stage.assert_clean();
}

/// A title is as wide as its text, and a mark at its end has to fit in there.
fn keeps_marked_words_whole(browser: Browser, mode: Mode) {
    let stage = Stage::new(browser, mode);
    let page = results_of(&stage, "#/?q=reef");
    page.wait_for_results("reef");
    let is_one_line = page.evaluate(&format!(
        "[...{}.querySelectorAll('.result-title a')]
            .filter(link => link.textContent === 'Insuring a Reef')
            .map(link => link.getBoundingClientRect().height
                < 2 * parseFloat(getComputedStyle(link).lineHeight))",
        root()
    ));
    assert_eq!(is_one_line, json!([true]));
    stage.assert_clean();
}

fn says_that_words_were_mended(browser: Browser, mode: Mode) {
    let stage = Stage::new(browser, mode);
    let page = results_of(&stage, "#/?q=harbuor");
    let note = text_of(&page, ".mended");
    assert!(note.contains(WORD), "{note:?}");
    page.click(&format!("{}.querySelector('.mended a')", root()));
    wait_for_hash(&page, "q=%2Bharbuor");
    assert!(text_of(&page, ".nothing h1").contains("+harbuor"));
    stage.assert_clean();
}

fn says_what_to_try_when_nothing_is_found(browser: Browser, mode: Mode) {
    let stage = Stage::new(browser, mode);
    let page = results_of(&stage, &format!("#/?q={WORD}&year=1801"));
    text_of(&page, ".nothing h1");
    wait_for_number(&page, 0);
    assert_accessible(&page, "a list without results");
    page.click(&format!("{}.querySelector('.nothing a')", root()));
    page.wait_for_results(WORD);
    stage.assert_clean();
}

fn suggests_while_one_types(browser: Browser, mode: Mode) {
    let stage = Stage::new(browser, mode);
    let page = results_of(&stage, "");
    page.click(&search_box());
    page.type_text("harb");
    let options = format!("{}.querySelectorAll('[role=option]')", root());
    let expanded = format!("{}.getAttribute('aria-expanded')", search_box());
    page.wait_until("suggestions are offered", &format!("{options}.length > 0"));
    assert_eq!(page.evaluate(&expanded), "true");
    assert_accessible(&page, "suggestions");
    let count = format!(
        "(status => {{
            const range = document.createRange();
            range.selectNodeContents(status);
            const {{ left, top, width, height }} = range.getBoundingClientRect();
            const place = [left + width / 2, top + height / 2];
            return /\\d/.test(status.textContent)
                && {}.elementFromPoint(...place) === status;
        }})({})",
        root(),
        part("status")
    );
    page.wait_until("the number of results is seen beside them", &count);
    let chosen = format!(
        "{}.getElementById({}.getAttribute('aria-activedescendant') ?? '')",
        root(),
        search_box()
    );
    page.press(Key::ArrowDown);
    page.wait_until(
        "the first is chosen",
        &format!("{chosen} === {options}[0] && {chosen}.ariaSelected === 'true'"),
    );
    page.press(Key::Escape);
    page.wait_until("they are gone", &format!("{expanded} === 'false'"));
    assert_eq!(page.query(), "harb");

    page.type_text("o");
    page.wait_until("suggestions are offered again", &format!("{options}.length > 0"));
    page.press(Key::ArrowDown);
    let text = page.evaluate(&format!("{chosen}.querySelector('bdi').textContent"));
    page.press(Key::Enter);
    page.wait_until(
        "what was chosen is searched",
        &format!("{}.value === {text} && {expanded} === 'false'", search_box()),
    );
    stage.assert_clean();
}

/// The number of files with texts that a page has asked for.
const TEXTS: &str = "performance.getEntriesByType('resource')
    .filter(({ name }) => name.includes('/data/texts/')).length";

/// The link to the newest article, on the home page.
fn an_article() -> String {
    format!("{}.querySelector('.results a[data-id]')", root())
}

fn loads_ahead_what_the_reader_is_about_to_open(browser: Browser, mode: Mode) {
    let stage = Stage::new(browser, mode);
    let link = an_article();
    for comes_by_pointer in [true, false] {
        let page = results_of(&stage, "");
        page.wait_until("articles are listed", &format!("Boolean({link})"));
        assert_eq!(page.evaluate(TEXTS), 0, "the home page needs no text");
        if comes_by_pointer {
            page.hover(&link);
        } else {
            page.evaluate(&format!("{link}.focus()"));
        }
        page.wait_until("its text is asked for", &format!("{TEXTS} === 1"));
        assert!(!page.shows_article(), "it was only looked at");
        page.click(&link);
        page.article();
        page.wait_until(
            "all of it is there",
            &format!("Boolean({}.querySelector('.article-end'))", root()),
        );
        assert_eq!(page.evaluate(TEXTS), 1, "its text was there");
    }
    stage.assert_clean();
}

fn loads_nothing_ahead_where_data_is_saved(browser: Browser, mode: Mode) {
    let stage = Stage::new(browser, mode);
    stage.preload(
        "() => Object.defineProperty(navigator, 'connection', { value: { saveData: true } })",
    );
    let page = results_of(&stage, "");
    page.hover(&an_article());
    page.evaluate("new Promise(done => setTimeout(done, 1000))");
    assert_eq!(page.evaluate(TEXTS), 0, "nobody has opened it");
    page.click(&an_article());
    page.article();
    assert_eq!(page.evaluate(TEXTS), 1);
    stage.assert_clean();
}

fn finds_the_words_in_the_article(browser: Browser, mode: Mode) {
    let stage = Stage::new(browser, mode);
    let page = results_of(&stage, "#/?q=cable%20repair");
    page.wait_for_results("cable repair");
    let results = page.results();
    let first = results.first().expect("there are results");
    page.open_result(&first.id);
    let marks = format!("{}.querySelectorAll('.body mark')", root());
    page.wait_until("words are marked", &format!("{marks}.length > 1"));
    let count = page.evaluate(&format!("{marks}.length")).as_u64().expect("a count");
    assert_eq!(number_in(&text_of(&page, ".match-position")), count);
    assert_accessible(&page, "an article with marks");

    let current = format!("[...{marks}].findIndex(mark => mark.matches('.current'))");
    page.click(&format!("{}.querySelector('[data-go=next-match]')", root()));
    page.wait_until("the first is current", &format!("{current} === 0"));
    page.click(&format!("{}.querySelector('h1')", root()));
    page.type_text("n");
    page.wait_until("the second is current", &format!("{current} === 1"));
    page.type_text("pp");
    page.wait_until("the last is current", &format!("{current} === {count} - 1"));

    // The next result takes the place of this one: the way back is to the list.
    let next = results.get(1).expect("there is another result");
    page.click(&format!("{}.querySelector('.steps [rel=next]')", root()));
    wait_for_hash(&page, &format!("article/{}", next.id));
    page.back();
    page.wait_for_results("cable repair");
    stage.assert_clean();
}

fn leads_from_the_home_page_into_the_years(browser: Browser, mode: Mode) {
    let stage = Stage::new(browser, mode);
    let page = results_of(&stage, "");
    let all = number_in(text_of(&page, ".facts").split('·').next().unwrap_or_default());
    let bar = format!("{}.querySelector('.timeline a:last-of-type')", root());
    let label = page.evaluate(&format!("{bar}.getAttribute('aria-label')"));
    let label = label.as_str().expect("a bar has a name");
    let count = number_in(label.split(':').nth(1).unwrap_or_default());
    page.click(&bar);
    wait_for_hash(&page, "year=");
    wait_for_number(&page, count);
    page.back();
    page.click(&format!("{}.querySelector('.browse a')", root()));
    wait_for_number(&page, all);
    wait_for_hash(&page, "sort=newest");
    stage.assert_clean();
}

fn keeps_what_is_typed_while_a_list_arrives(browser: Browser, mode: Mode) {
    let stage = Stage::new(browser, mode);
    let page = results_of(&stage, "");
    // At once: the list of the year comes while the word is typed.
    page.evaluate(&format!(
        "(box => {{
            {}.querySelector('.timeline a').click();
            box.focus();
            box.value = {IN_FIRST_YEARS:?};
            box.dispatchEvent(new InputEvent('input', {{ bubbles: true }}));
        }})({})",
        root(),
        search_box()
    ));
    page.wait_for_results(IN_FIRST_YEARS);
    wait_for_hash(&page, IN_FIRST_YEARS);
    let is_in_box = format!("{}.activeElement === {}", root(), search_box());
    assert_eq!(page.evaluate(&is_in_box), true);
    stage.assert_clean();
}

fn explains_how_to_search(browser: Browser, mode: Mode) {
    let stage = Stage::new(browser, mode);
    let page = results_of(&stage, "");
    let is_open = format!("{}.querySelector('dialog').open", root());
    assert_eq!(page.evaluate(&is_open), false);
    page.click(&format!("{}.querySelector('[data-panel=help]')", root()));
    page.wait_until("the help is open", &is_open);
    assert!(page.visible_text().contains("before:2013-06"));
    assert_accessible(&page, "the help");
    page.press(Key::Escape);
    page.wait_until("the help is closed", &format!("!({is_open})"));
    stage.assert_clean();
}

fn filters_open_on_a_phone(browser: Browser, mode: Mode) {
    let stage = Stage::new(browser, mode);
    let page = stage.open(&format!("#/?q={WORD}"));
    page.resize(320, 640);
    page.wait_ready();
    page.wait_for_results(WORD);
    let links = format!(
        "[...{}.querySelectorAll('#filters a')].filter(link => link.getClientRects().length)",
        root()
    );
    assert_eq!(page.evaluate(&format!("{links}.length")), 0);
    let button = format!("{}.querySelector('.filters-button')", root());
    page.click(&button);
    page.wait_until("values are shown", &format!("{links}.length > 1"));
    assert_eq!(page.evaluate(&format!("{button}.ariaExpanded")), "true");
    let overhang = page.evaluate(
        "(page => page.scrollWidth - page.clientWidth)(document.documentElement)",
    );
    assert_eq!(overhang, 0, "pixels by which the filters run off a small phone");
    let least = page.evaluate(&format!(
        "Math.min(...{links}.map(link => link.getBoundingClientRect().height))"
    ));
    assert!(least.as_f64() >= Some(24.0), "a target is {least} pixels high");
    assert_accessible(&page, "open filters");
    stage.assert_clean();
}

fn leads_to_others_of_the_kind(browser: Browser, mode: Mode) {
    let stage = Stage::new(browser, mode);
    let page =
        stage.open("#/article/green-corridors-who-pays-for-the-first-ammonia-ship");
    page.wait_ready();
    let heading = page.article().heading;
    let byline = page.evaluate(&format!("{}.querySelector('.byline').innerText", root()));
    assert!(byline.as_str().is_some_and(|line| line.contains(" min read")), "{byline}");
    let author = format!("{}.querySelector('.byline .authors a')", root());
    let name = page.evaluate(&format!("{author}.textContent"));
    page.click(&author);
    page.wait_until(
        "the articles of the author are listed",
        &format!("{}.querySelector('[data-view=results] .chip') !== null", root()),
    );
    let chip =
        page.evaluate(&format!("{}.querySelector('.chip bdi').textContent", root()));
    assert_eq!(chip, name);
    let listed = page.results();
    let texts: Vec<&str> = listed.iter().map(|result| result.text.as_str()).collect();
    assert!(texts.iter().any(|text| text.contains(&heading)), "{texts:?}");
    page.back();
    assert_eq!(page.article().heading, heading);

    let steps = format!("{}.querySelectorAll('.date-steps a')", root());
    page.wait_until("there are neighbours by date", &format!("{steps}.length === 2"));
    let earlier = page.evaluate(&format!("{steps}[0].textContent"));
    page.click(&format!("{steps}[0]"));
    page.wait_until(
        "the article before is shown",
        &format!("{}.querySelector('h1').innerText === {earlier}", part("article")),
    );
    page.wait_until(
        "this one appeared after it",
        &format!("{steps}[1]?.textContent === {heading:?}"),
    );

    let page =
        stage.open("#/article/the-strait-and-its-pilots-part-2-the-reform-of-1996");
    page.wait_ready();
    page.article();
    let earlier = text_of(&page, ".relations a");
    assert!(earlier.contains("Part 1"), "{earlier}");
    assert_accessible(&page, "an article of a series");
    stage.assert_clean();
}

/// Makes every step of a search last long, and counts the turns that the browser gets.
const SLOW: &str = "(() => {
    let now = performance.now();
    performance.now = () => now += 5;
    window.turns = 0;
    const Original = MessageChannel;
    window.MessageChannel = function () { window.turns++; return new Original() };
    return true;
})()";

fn takes_turns_with_the_browser(browser: Browser, mode: Mode) {
    let stage = Stage::new(browser, mode);
    let page = stage.open("");
    page.wait_ready();
    page.search("harbour s");
    let expected = page.results();
    page.evaluate("location.hash = '#/'");
    page.wait_until(
        "the home page is shown",
        &format!("{}.querySelector('[data-view=home]') !== null", root()),
    );
    page.evaluate(SLOW);
    page.search("harbour s");
    assert_eq!(page.results(), expected, "the steps make no other results");
    let turns = page.evaluate("window.turns").as_u64().unwrap_or_default();
    assert!(turns > 10, "{turns} turns");
    stage.assert_clean();
}
