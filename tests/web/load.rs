//! Networks that are slow and lose things, and many tabs at once: answers come late, and are
//! those of an undisturbed reader or none.

use std::time::Duration;

use serde_json::{Value, json};
use vitrine_tests::{figure, rounds};

use crate::browser::Browser;
use crate::embedding::in_both_browsers;
use crate::page::Page;
use crate::reader::root;
use crate::server::{Hosting, Network};
use crate::stage::{Mode, Stage};

in_both_browsers! {
    a_network_that_loses_answers_changes_none
    many_tabs_at_once_get_the_same_answers
}

/// Gives a page `ask`, which goes to a place, waits and returns what is shown there: the
/// results, or the article. Where the reader says that something did not come, it does what a
/// person would, and counts that in `again`.
const ASK: &str = r"(() => {
    const root = document.querySelector('vitrine-archive').shadowRoot;
    window.again = 0;
    const shown = place => {
        const article = root.querySelector('[part~=article]');
        if (place.startsWith('/article/')) {
            const id = decodeURIComponent(place.slice(9).split('?')[0]);
            const heading = article?.querySelector('h1');
            // The whole of it: the foot comes last.
            return heading && article.querySelector('.provenance') && article.dataset.id !== ''
                ? `${id}: ${article.querySelector('h1').textContent}` : undefined;
        }
        const query = new URLSearchParams(place.split('?')[1]).get('q');
        const links = [...root.querySelectorAll('[part~=result] a[data-id]')];
        const asked = link => new URLSearchParams(link.getAttribute('href').split('?').pop()).get('q');
        if (!links.length || links.some(link => asked(link) !== query)) return undefined;
        const status = root.querySelector('[part~=status]').textContent;
        return /\d/.test(status) ? `${status}: ${links.slice(0, 10).map(link => link.dataset.id)}` : undefined;
    };
    window.ask = async place => {
        location.hash = place;
        await new Promise(done => setTimeout(done, 50));
        const end = performance.now() + 60000;
        for (let before; performance.now() < end;) {
            const now = shown(place);
            if (now !== undefined && now === before) return now;
            before = now;
            const button = root.querySelector('[role=alert] [data-go=retry]');
            if (button) { again++; button.click(); }
            await new Promise(done => setTimeout(done, 120));
        }
        return `never: ${root.textContent.slice(-400)}`;
    };
    return true;
})()";

const WORDS: &[&str] = &[
    "cable", "ballast", "harbor", "城市", "island", "tide", "report", "海洋", "port",
    "water",
];

/// Asks for a few lists and the first articles of them.
fn answers(page: &Page<'_>, rounds: usize) -> Vec<Value> {
    page.evaluate(ASK);
    let mut answers = Vec::new();
    for round in 0..rounds {
        for (number, word) in WORDS.iter().enumerate() {
            // Each round asks for other words together.
            let other = WORDS[(number + round) % WORDS.len()];
            let query = if round == 0 {
                (*word).to_owned()
            } else {
                format!("{word} OR {other}")
            };
            let place = format!("'/?q=' + encodeURIComponent({})", Value::from(query));
            answers.push(page.evaluate(&format!("ask({place})")));
            let first = format!(
                "{}.querySelector('[part~=result] a[data-id]').dataset.id",
                root()
            );
            let id = page.evaluate(&first);
            let place = format!("'/article/' + encodeURIComponent({id})");
            answers.push(page.evaluate(&format!("ask({place})")));
        }
    }
    for answer in &answers {
        assert!(!answer.to_string().contains("never: "), "{answer}");
    }
    answers
}

fn a_network_that_loses_answers_changes_none(browser: Browser) {
    let rounds = rounds(1).min(8) as usize;
    let mut stage = Stage::new(browser, Mode::Http);
    let network = Network { delay: Duration::from_millis(60), fails_every: Some(10) };
    let far = stage.also_hosted(Hosting { network, ..Hosting::default() });
    let page = stage.open("");
    page.wait_ready();
    let expected = answers(&page, rounds);
    page.close();

    let page = stage.open_at(&far);
    page.wait_ready();
    let got = answers(&page, rounds);
    assert_eq!(got, expected, "another answer than without disturbances");
    let again = page.evaluate("again").as_u64().expect("a count is a number") as usize;
    assert!(again * 20 <= got.len(), "a person had to help {again} times");
    let errors = stage.errors();
    let lost = errors.iter().filter(|error| error.contains("503")).count();
    assert!(lost > 0, "nothing was lost: {errors:#?}");
    stage.assert_nothing_left();
    figure(
        &format!("answers compared over a network that loses each tenth, {browser:?}"),
        got.len(),
    );
    figure(&format!("of these after the button to try again, {browser:?}"), again);
}

fn many_tabs_at_once_get_the_same_answers(browser: Browser) {
    let tabs = if vitrine_tests::is_whole() { 20 } else { 6 };
    let stage = Stage::new(browser, Mode::Http);
    let pages: Vec<_> = (0..tabs).map(|_| stage.tab()).collect();
    for page in &pages {
        page.begin(stage.url());
    }
    for page in &pages {
        page.wait_ready();
        page.evaluate(ASK);
    }
    // All of them work while the first is waited for.
    let place = |number: usize| {
        json!(format!("/?q={}", ["cable", "ballast", "tide"][number % 3]))
    };
    for (number, page) in pages.iter().enumerate() {
        page.evaluate(&format!("Boolean(window.answer = ask({}))", place(number)));
    }
    let answers: Vec<_> = pages.iter().map(|page| page.evaluate("answer")).collect();
    for (number, answer) in answers.iter().enumerate() {
        assert!(!answer.to_string().contains("never: "), "{answer}");
        assert_eq!(*answer, answers[number % 3], "tab {number} says something else");
    }
    stage.assert_clean();
    figure(&format!("tabs at once on one server, {browser:?}"), tabs);
}
