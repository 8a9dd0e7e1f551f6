//! What a person does with an archive and sees of it, by the hooks that are promised to people
//! who embed it: parts, roles, `data-id`, `data-state`.

use std::path::PathBuf;

use serde_json::Value;

use crate::page::Page;

/// The element.
const ARCHIVE: &str = "document.querySelector('vitrine-archive')";

/// One entry of the list of results.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SeenResult {
    pub(crate) id: String,
    pub(crate) text: String,
    /// The marked words.
    pub(crate) marks: Vec<String>,
}

/// An article as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SeenArticle {
    pub(crate) heading: String,
    /// The language of its container.
    pub(crate) language: String,
    pub(crate) text: String,
}

impl Page<'_> {
    /// Waits until the archive can be used.
    pub(crate) fn wait_ready(&self) {
        self.wait_state("ready");
    }

    /// Waits until the element carries this state.
    pub(crate) fn wait_state(&self, state: &str) {
        self.wait_until(
            &format!("the archive is in state {state:?}"),
            &format!("{ARCHIVE}?.dataset.state === {state:?}"),
        );
    }

    /// Clicks into the search box and types.
    pub(crate) fn search(&self, query: &str) {
        self.click(&search_box());
        self.type_text(query);
        self.wait_for_results(query);
    }

    /// Fails unless assistive technology finds the search box, a combobox, by its role and this name.
    pub(crate) fn assert_search_box_is_named(&self, name: &str) {
        let is_found = self.has_accessible(
            &format!("{}.firstElementChild", root()),
            "combobox",
            name,
        );
        assert!(is_found, "no search box named {name:?}");
    }

    /// Waits until the results of this query are shown.
    pub(crate) fn wait_for_results(&self, query: &str) {
        let query = Value::from(query);
        self.wait_until(
            "results are shown with their query",
            &format!(
                // While one types a list for fewer letters may be there: its links have them.
                "(link => {}.value === {query} && /\\d/.test({}.textContent) && link \
                 && new URLSearchParams(link.getAttribute('href').split('?').pop()).get('q') \
                 === {query})({}.querySelector('[part~=result] a[data-id]'))",
                search_box(),
                part("status"),
                root(),
            ),
        );
    }

    /// What stands in the search box.
    pub(crate) fn query(&self) -> String {
        text(&self.evaluate(&format!("{}.value", search_box())))
    }

    /// The number of results that the status says.
    pub(crate) fn status_number(&self) -> u64 {
        let status = self.evaluate(&format!(
            "(status => [status.getAttribute('role'), status.textContent])({})",
            part("status")
        ));
        assert_eq!(status[0], "status", "the status has its role");
        let said = text(&status[1]);
        let digits: String = said.chars().filter(char::is_ascii_digit).collect();
        digits.parse().unwrap_or_else(|_| panic!("the status says no number: {said:?}"))
    }

    /// The results that are listed.
    pub(crate) fn results(&self) -> Vec<SeenResult> {
        let results = self.evaluate(&format!(
            "[...{}.querySelectorAll('[part~=result]')].map(result => ({{
                item: result.matches('li, [role=listitem]'),
                listed: Boolean(result.closest('[part~=results]')),
                id: result.querySelector('a[href]')?.dataset.id ?? '',
                text: result.innerText,
                marks: [...result.querySelectorAll('mark')].map(mark => mark.textContent),
            }}))",
            root()
        ));
        let results = results.as_array().expect("a list of results");
        results
            .iter()
            .map(|result| {
                assert_eq!(result["item"], true, "a result is a list item: {result}");
                assert_eq!(result["listed"], true, "a result is in the list: {result}");
                let id = text(&result["id"]);
                assert!(!id.is_empty(), "a result has a link with its id: {result}");
                let marks = result["marks"].as_array().expect("a list of marks");
                SeenResult {
                    id,
                    text: text(&result["text"]),
                    marks: marks.iter().map(text).collect(),
                }
            })
            .collect()
    }

    /// Clicks on a result and waits for its article.
    pub(crate) fn open_result(&self, id: &str) -> SeenArticle {
        let id = Value::from(id);
        self.click(&format!(
            "[...{}.querySelectorAll('[part~=result] a')].find(link => link.dataset.id === {id})",
            root()
        ));
        self.article()
    }

    /// Waits for an article and reads it.
    pub(crate) fn article(&self) -> SeenArticle {
        let article = part("article");
        self.wait_until("an article is shown", &article_is_shown());
        let seen = self.evaluate(&format!(
            "(article => ({{
                heading: article.querySelector('h1').textContent,
                language: article.querySelector('p').closest('[lang]')?.lang ?? '',
                text: article.innerText,
            }}))({article})"
        ));
        SeenArticle {
            heading: text(&seen["heading"]),
            language: text(&seen["language"]),
            text: text(&seen["text"]),
        }
    }

    /// Waits until there is an article, or a message that there is none.
    pub(crate) fn wait_for_article_or_alert(&self) {
        let alert = format!("Boolean({}.querySelector('[role=alert]'))", root());
        self.wait_until(
            "an article or an alert",
            &format!("{} || {alert}", article_is_shown()),
        );
    }

    /// Whether an article is shown.
    pub(crate) fn shows_article(&self) -> bool {
        self.evaluate(&article_is_shown()) == true
    }

    /// Waits until the archive names one of these files, and returns it.
    pub(crate) fn wait_for_name_of(&self, files: &[PathBuf]) -> PathBuf {
        let names: Vec<_> =
            files.iter().filter_map(|file| file.file_stem()?.to_str()).collect();
        let text = format!(
            "[...{ARCHIVE}.shadowRoot.children].map(child => child.innerText).join()"
        );
        let index = format!("{names:?}.findIndex(name => ({text}).includes(name))");
        self.wait_until("a file is named", &format!("({index}) >= 0"));
        let index = self.evaluate(&index).as_u64().expect("a position is a number");
        files.get(index as usize).expect("it is one of the files").clone()
    }

    /// Everything that a person can read in the element.
    pub(crate) fn visible_text(&self) -> String {
        text(&self.evaluate(&format!(
            "[...{}.children].map(child => child.innerText ?? '').join('\\n')",
            root()
        )))
    }

    /// Whether the element has fired this event in the page's life.
    pub(crate) fn has_fired(&self, event: &str) -> bool {
        self.evaluate(&format!("(window.vitrineEvents ?? []).includes({event:?})"))
            == true
    }
}

fn article_is_shown() -> String {
    format!("Boolean({}?.querySelector('h1')?.getClientRects().length)", part("article"))
}

/// The element's shadow root.
pub(crate) fn root() -> String {
    format!("{ARCHIVE}.shadowRoot")
}

/// The first part of this name.
pub(crate) fn part(name: &str) -> String {
    format!("{}.querySelector('[part~={name}]')", root())
}

/// The search box.
pub(crate) fn search_box() -> String {
    format!("{}.querySelector('input[type=search]')", root())
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}
