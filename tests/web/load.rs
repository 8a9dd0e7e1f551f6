//! Networks that are slow and lose things, many tabs at once, many articles: answers come late, and
//! are those of an undisturbed reader or none.

use std::{collections::HashMap, fs, time::Duration};

use serde_json::{Value, json};
use vitrine_article::About;
use vitrine_pack::PackOptions;
use vitrine_tests::made_up::{self, MadeUp, Random};
use vitrine_tests::{figure, rounds};

use crate::browser::Browser;
use crate::embedding::in_both_browsers;
use crate::forged;
use crate::page::Page;
use crate::reader::root;
use crate::server::{Hosting, Network};
use crate::stage::{Mode, Stage};

in_both_browsers! {
    a_network_that_loses_answers_changes_none
    many_tabs_at_once_get_the_same_answers
    what_is_read_is_told_where_it_takes_long
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

/// While the archive opens, and later while an answer is waited for.
fn what_is_read_is_told_where_it_takes_long(browser: Browser) {
    let mut stage = Stage::new(browser, Mode::Http);
    let network = Network { delay: Duration::from_millis(1600), fails_every: None };
    let far = stage.also_hosted(Hosting { network, ..Hosting::default() });
    let page = stage.tab();
    page.begin(&format!("{far}#/?q=ballast"));
    let told = |place: &str| {
        format!(
            "/^Reading the (index|articles) *[0-9]+ kB$/.test(
                {}.querySelector('{place} > .reading[data-told]').innerText.replace(/\\s+/g, ' '))",
            root()
        )
    };
    page.wait_until("it is told while the archive opens", &told(".boot"));
    page.wait_ready();
    let silent = format!("{}.querySelector('[data-told]') === null", root());
    page.wait_until("nothing is told of what is there", &silent);
    page.evaluate("(location.hash = '#/?q=mussel', true)");
    page.wait_until("it is told while an answer is on its way", &told(".root"));
    page.wait_for_results("mussel");
    page.wait_until("nothing is told any more", &silent);
    stage.assert_clean();
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

/// Gives a page `session`, which goes through places like a reader who is in no hurry: for each
/// query it waits for its results and opens one of the first ten; and returns what was there.
///
/// Browsers refuse more than 200 places in ten seconds.
const SESSION: &str = r"(() => {
    const root = document.querySelector('vitrine-archive').shadowRoot;
    const until = async (what, is) => {
        const end = performance.now() + 40000;
        for (let found; !(found = is()); await new Promise(done => setTimeout(done, 5)))
            if (performance.now() > end) throw `never: ${what}: ${root.textContent.slice(-300)}`;
    };
    const links = query => {
        const links = [...root.querySelectorAll('[part~=result] a[data-id]')];
        const asked = link => new URLSearchParams(link.getAttribute('href').split('?').pop()).get('q');
        return links.length && links.every(link => asked(link) === query) ? links : undefined;
    };
    window.session = async queries => {
        const seen = [];
        for (const [query, number] of queries) {
            const pause = new Promise(done => setTimeout(done, 150));
            location.hash = `/?q=${encodeURIComponent(query)}`;
            await until(query, () => links(query));
            const status = root.querySelector('[part~=status]').textContent;
            const all = links(query).slice(0, 10);
            const link = all[number % all.length];
            const { id } = link.dataset;
            const title = link.textContent;
            link.click();
            const page = () => root.querySelector('.article-page');
            await until(id, () => page()?.querySelector('.article-end'));
            const heading = page().querySelector('h1').textContent;
            if (heading !== title) throw `${id} is ${heading}, not ${title}`;
            seen.push(`${query}: ${status}: ${all.map(link => link.dataset.id)}: ${id}: ${
                page().querySelector('.body').textContent.length}`);
            await pause;
        }
        return seen;
    };
    return true;
})()";

/// Queries of the made-up articles, and which of the results is opened.
fn queries(count: u64) -> Vec<(String, u32)> {
    let query = |number: u64| {
        let mut random = Random(number.wrapping_mul(0x9e37_79b9) + 5);
        // The topic and the language of an article that there is.
        let article = made_up::article(u64::from(random.below(ARTICLES_OF_ALL)));
        let is_chinese = article.metadata.lang != "en";
        let letters: Vec<_> = article.plain_text().chars().collect();
        let rest = letters.iter().skip(random.below(letters.len() as u32 / 2) as usize);
        let word: String = if is_chinese {
            // Two that stand beside each other.
            let rest: Vec<_> = rest.collect();
            let pairs = rest.windows(2);
            let mut pairs =
                pairs.filter(|pair| pair.iter().all(|letter| letter.is_alphabetic()));
            pairs.next().into_iter().flatten().copied().collect()
        } else {
            let rest = rest.skip_while(|letter| letter.is_alphabetic());
            let rest = rest.skip_while(|letter| !letter.is_alphabetic());
            rest.take_while(|letter| letter.is_alphabetic()).collect()
        };
        assert!(!word.is_empty(), "an article has words after the half of it");
        (word, random.below(10))
    };
    (0..count).map(query).collect()
}

/// Articles that there are in every archive of this test.
const ARTICLES_OF_ALL: u32 = 400;

/// The most megabytes that a session may take beyond what it took when a quarter of it was over.
const GROWTH: u64 = 200;

#[test]
fn a_long_session_in_a_large_archive_takes_bounded_memory() {
    let (articles, count) = if vitrine_tests::is_whole() {
        (100_000, 1000)
    } else {
        (ARTICLES_OF_ALL as usize, 12)
    };
    let options = PackOptions {
        title: "Many articles".to_owned(),
        about: About::default(),
        generator: "test".to_owned(),
        plain_page: None,
    };
    let archive = forged::written(MadeUp::new(articles, None), &options);
    let queries = queries(count);
    let mut expected = Vec::new();
    for (browser, mode) in
        [(Browser::Chromium, Mode::Http), (Browser::Firefox, Mode::File)]
    {
        let stage = Stage::of(browser, mode, archive.clone());
        let page = stage.open("");
        page.wait_ready();
        page.evaluate(SESSION);
        let mut seen = Vec::new();
        let mut memory = Vec::new();
        for some in queries.chunks(queries.len().div_ceil(100).max(6)) {
            let found = page.evaluate(&format!("session({})", json!(some)));
            seen.extend(found.as_array().expect("a list of what was seen").clone());
            memory.push(megabytes_of_children());
        }
        assert_eq!(seen.len(), queries.len());
        if expected.is_empty() {
            expected = seen;
        } else {
            assert_eq!(seen, expected, "another answer than in the other browser");
        }
        let quarter = memory.get(memory.len() / 4).copied().unwrap_or_default();
        let last = memory.last().copied().unwrap_or_default();
        let what = format!("{browser:?}: memory grows, in megabytes: {memory:?}");
        assert!(last <= quarter + GROWTH, "{what}");
        stage.assert_clean();
        for (what, number) in [
            ("articles in the archive of the session", articles),
            ("queries, each with an article opened", queries.len()),
            ("megabytes of all processes after a quarter", quarter as usize),
            ("megabytes of all processes at the end", last as usize),
        ] {
            figure(&format!("{what}, {browser:?}, {mode:?}"), number);
        }
    }
}

/// Returns the megabytes of memory that the processes of this test's browsers take, each shared
/// page counted once; 0 where the system does not say.
fn megabytes_of_children() -> u64 {
    let parents = fs::read_dir("/proc").into_iter().flatten().filter_map(|entry| {
        let path = entry.ok()?.path();
        let process = path.file_name()?.to_str()?.parse::<u32>().ok()?;
        let status = fs::read_to_string(path.join("stat")).ok()?;
        // The name of the program is in parentheses and may have spaces.
        let parent =
            status.rsplit(')').next()?.split_whitespace().nth(1)?.parse().ok()?;
        Some((process, parent))
    });
    let parents: HashMap<u32, u32> = parents.collect();
    let is_child = |process: &u32| {
        let above = std::iter::successors(Some(*process), |process| {
            parents.get(process).copied()
        });
        above.skip(1).any(|process| process == std::process::id())
    };
    let kilobytes =
        parents.keys().filter(|process| is_child(process)).filter_map(|process| {
            let memory =
                fs::read_to_string(format!("/proc/{process}/smaps_rollup")).ok()?;
            let line = memory.lines().find_map(|line| line.strip_prefix("Pss:"))?;
            line.split_whitespace().next()?.parse::<u64>().ok()
        });
    kilobytes.sum::<u64>() / 1024
}
