//! Date and byline as the page shows them beside its title.

use vitrine_article::PartialDate;

use super::{
    dom::{Document, NodeId, ROOT},
    prune::Hidden,
};
use crate::{
    authors,
    date::{self, DayOrder, OrderCounts, OrderEvidence},
    typography::{is_sentence_end, key, one_line},
};

/// What stands beside the title.
#[derive(Debug, Default)]
pub(super) struct Beside {
    /// The dates that are not said to be of a change; both readings of one that leaves
    /// the order of day and month open.
    pub(super) dates: Vec<PartialDate>,
    /// The first date that is said to be one of a change.
    pub(super) updated: Option<PartialDate>,
    pub(super) authors: Vec<String>,
    /// What all these dates tell about the order of day and month.
    pub(super) orders: OrderCounts,
    /// Keys of the lines that these were read from.
    lines: Vec<String>,
}

impl Beside {
    /// Whether a date or the byline was read from the line `text`.
    pub(super) fn has(&self, text: &str) -> bool {
        self.lines.contains(&key(text))
    }
}

/// How many lines after the title, and before it, are looked at.
const AFTER: usize = 24;
const BEFORE: usize = 5;

/// Longest line of a date or a byline, in characters.
const MAX_LEN: usize = 160;

/// A line that the page shows.
#[derive(Debug, Default)]
struct Line {
    text: String,
    /// Texts of the links to pages about a person.
    people: Vec<String>,
    is_heading: bool,
}

/// Reads what stands beside the title.
pub(super) fn read(
    document: &Document,
    hidden: &Hidden,
    title: &str,
    order: DayOrder,
) -> Beside {
    let lines = lines(document, hidden);
    let title = key(title);
    let is_title = |line: &Line| {
        let text = key(&line.text);
        line.is_heading
            && !text.is_empty()
            && (text == title || title.contains(&text) && text.len() * 2 > title.len())
    };
    let Some(at) = lines.iter().position(is_title) else { return Beside::default() };
    let is_text =
        |line: &&Line| line.text.chars().count() >= 160 && is_sentence_end(&line.text);
    let after = lines.iter().skip(at + 1).take(AFTER);
    let end = after.clone().enumerate().filter(|(_, line)| is_text(line)).nth(1);
    let after = after.take(end.map_or(AFTER, |(end, _)| end));
    let before = lines.get(at.saturating_sub(BEFORE)..at).unwrap_or_default();
    let mut out = Beside::default();
    let mut is_update = false;
    for line in after.chain(before.iter().rev()) {
        if line.text.chars().count() <= MAX_LEN {
            line.read(order, &mut is_update, &mut out);
        }
    }
    out
}

impl Line {
    fn read(&self, order: DayOrder, is_update: &mut bool, out: &mut Beside) {
        let found = date::find(&self.text, order).filter(|found| {
            let before = self.text.get(..found.span.start).unwrap_or_default();
            let after = self.text.get(found.span.end..).unwrap_or_default();
            is_set_apart(before, after)
        });
        // `Updated` may stand on a line of its own above the date.
        let says = says_update(&self.text);
        if let Some(found) = &found {
            out.orders.add(found.order);
            if says || *is_update {
                out.updated.get_or_insert(found.date);
            } else {
                out.dates.push(found.date);
                if found.order == OrderEvidence::Ambiguous {
                    let other = date::find(&self.text, order.other());
                    out.dates.extend(other.map(|found| found.date));
                }
            }
        }
        *is_update = says && found.is_none();
        let names =
            if out.authors.is_empty() { self.names(found.is_some()) } else { Vec::new() };
        if found.is_some() || !names.is_empty() {
            out.lines.push(key(&self.text));
        }
        out.authors.extend(names);
    }

    /// The names on the line: of links to people, after `By`, or set beside a date.
    fn names(&self, has_date: bool) -> Vec<String> {
        let mut names = Vec::new();
        for part in self.text.split(['|', '•', '·', '⋅', '—', '–', '●']).map(str::trim)
        {
            let lower = part.to_lowercase();
            let is_byline = [
                "by ",
                "written by",
                "posted by",
                "author:",
                "words by",
                "作者",
                "文/",
                "文／",
            ]
            .iter()
            .any(|start| lower.starts_with(start));
            let until = [" on ", " updated", " published", " posted", " in ", " at "]
                .iter()
                .filter_map(|word| lower.find(word))
                .filter(|&at| part.is_char_boundary(at))
                .min();
            let name = until.and_then(|at| part.get(..at)).unwrap_or(part);
            let words = name.split(' ').count();
            let is_name = authors::looks_like_names(name)
                && (is_byline
                    || (has_date
                        && (2..=4).contains(&words)
                        && authors::is_person(name)));
            if is_name && date::find(name, DayOrder::DayFirst).is_none() {
                names.extend(authors::split(name));
            }
        }
        let linked: Vec<String> = self
            .people
            .iter()
            .filter(|text| authors::looks_like_names(text))
            .flat_map(|text| authors::split(text))
            .collect();
        // The byline may name others beside those that have a page.
        if linked.iter().all(|name| names.contains(name)) { names } else { linked }
    }
}

/// Whether a date between `before` and `after` stands for itself.
fn is_set_apart(before: &str, after: &str) -> bool {
    let before = before.trim_end_matches([' ', ',', ':', '：', '(', '（', '[', '-']);
    let lower = before.to_lowercase();
    let is_introduced = before.is_empty()
        || before.ends_with(['|', '•', '·', '⋅', '—', '–', '●', '/'])
        || lower.starts_with("by ")
        || [
            "published",
            "posted",
            "updated",
            "modified",
            "date",
            "on",
            "edited",
            "reviewed",
            "created",
            "am",
            "pm",
        ]
        .iter()
        .any(|word| lower.ends_with(word))
        || before.chars().count() <= 12
        || (before.chars().count() <= 40 && !before.contains(' '));
    let after = after.trim_start();
    let is_ended = after.chars().count() <= 80 && !is_sentence_end(after)
        || after.chars().count() <= 3;
    is_introduced && is_ended
}

fn says_update(text: &str) -> bool {
    let lower = text.to_lowercase();
    ["updat", "modif", "revis", "edited", "更新", "修改"]
        .iter()
        .any(|word| lower.contains(word))
        && !["published", "posted", "发布", "發布"]
            .iter()
            .any(|word| lower.contains(word))
}

/// The lines that the page shows, in order.
fn lines(document: &Document, hidden: &Hidden) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut line = Line::default();
    let mut pending: Vec<(NodeId, bool)> = vec![(ROOT, false)];
    while let Some((id, is_end)) = pending.pop() {
        if hidden.is_hidden(id) {
            continue;
        }
        let name = document.name(id);
        let is_heading = matches!(name, "h1" | "h2" | "h3");
        if document.is_block(id) || name == "br" {
            line.is_heading |= is_heading && is_end;
            let done = std::mem::take(&mut line);
            if !done.text.trim().is_empty() {
                lines.push(Line { text: one_line(&done.text), ..done });
            }
        }
        if is_end {
            continue;
        }
        if let Some(text) = document.text(id) {
            line.text.push_str(text);
        }
        if name == "a" && is_about_person(document, id) {
            line.people.push(one_line(&document.text_of(id)));
        }
        if name == "span" || name == "a" || name == "time" {
            line.text.push(' ');
        }
        if document.is_block(id) {
            pending.push((id, true));
        }
        pending.extend(document.children(id).iter().rev().map(|&child| (child, false)));
    }
    lines.push(Line { text: one_line(&line.text), ..line });
    lines
}

/// Whether a link leads to a page about a person, by its address.
fn is_about_person(document: &Document, id: NodeId) -> bool {
    const FOLDERS: [&str; 16] = [
        "author",
        "authors",
        "people",
        "person",
        "staff",
        "profile",
        "profiles",
        "contributor",
        "contributors",
        "by",
        "writers",
        "columnist",
        "columnists",
        "reporters",
        "journalist",
        "byline",
    ];
    let href = document.attribute(id, "href").unwrap_or_default().to_ascii_lowercase();
    let rel = document.attribute(id, "rel").unwrap_or_default();
    let path = href.split(['?', '#']).next().unwrap_or_default();
    rel.split(' ').any(|word| word == "author")
        || path.split('/').any(|folder| FOLDERS.contains(&folder))
}
