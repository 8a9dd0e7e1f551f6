//! What the pages of one folder tell about each other.

use std::collections::{BTreeMap, BTreeSet};

use super::{learn, line::Line};
use crate::{
    date::{self, DayOrder, OrderEvidence},
    label,
    typography::{columns, key},
};

/// Evidence from all pages of a folder; empty for a page alone.
#[derive(Debug, Default)]
pub(super) struct Site {
    page_count: usize,
    /// On how many pages a line occurs, by its key; digits count as one and the same.
    line_pages: BTreeMap<String, usize>,
    /// On how many pages a list item occurs, by its key.
    item_pages: BTreeMap<String, usize>,
    /// On how many pages a line stands right above a date or a byline, by its key.
    head_pages: BTreeMap<String, usize>,
    /// How the site writes its labels and dates.
    pub(super) vocabulary: label::Vocabulary,
}

impl Site {
    pub(super) fn observe(pages: &[Vec<Line>]) -> Self {
        let mut site = Self::default();
        let mut values: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        let (mut day_first, mut month_first) = (0_usize, 0_usize);
        let works = works(pages);
        site.page_count = works.len();
        for work in works {
            // Copies of one article say the same; they count as one page.
            let mut seen = BTreeSet::new();
            let mut seen_items = BTreeSet::new();
            let mut seen_heads = BTreeSet::new();
            let mut seen_labels = BTreeSet::new();
            for page in work.iter().filter_map(|&member| pages.get(member)) {
                for (line, next) in
                    page.iter().zip(page.iter().skip(1).map(Some).chain([None]))
                {
                    if line.marker.is_some() {
                        seen_items.insert(line.key.as_str());
                    } else if next.is_some_and(|next| next.is_dated) {
                        seen_heads.insert(line.key.as_str());
                    }
                    seen.insert(template(line));
                    let labeled = label::candidates(&line.text);
                    for (label, value) in labeled {
                        if line.marker.is_none() && seen_labels.insert(label.clone()) {
                            values.entry(label).or_default().push(value);
                        }
                    }
                    if line.len() > 60 {
                        continue;
                    }
                    match date::find(&line.text, DayOrder::DayFirst).map(|f| f.order) {
                        Some(OrderEvidence::DayFirst) => day_first += 1,
                        Some(OrderEvidence::MonthFirst) => month_first += 1,
                        _ => {}
                    }
                }
            }
            for key in seen {
                *site.line_pages.entry(key).or_default() += 1;
            }
            for key in seen_items {
                *site.item_pages.entry(key.to_owned()).or_default() += 1;
            }
            for key in seen_heads {
                *site.head_pages.entry(key.to_owned()).or_default() += 1;
            }
        }
        site.vocabulary = label::Vocabulary {
            learned: learn::labels(values, site.page_count, |text| site.has_line(text)),
            day_order: if month_first > day_first {
                DayOrder::MonthFirst
            } else {
                DayOrder::DayFirst
            },
            is_day_order_seen: day_first != month_first,
        };
        site
    }

    /// Whether the line is the site's: it recurs on so many pages that no article says it.
    pub(super) fn is_recurring(&self, line: &Line) -> bool {
        let least = match self.page_count {
            0..3 => return false,
            count @ 3..8 => (count * 3 / 5).max(3),
            count => (count * 3 / 20).max(4),
        };
        self.pages_of(line) >= least
    }

    /// Whether the line recurs at all; tells something only beside other evidence.
    pub(super) fn is_seen_elsewhere(&self, line: &Line) -> bool {
        let items = self.item_pages.get(&line.key).copied().unwrap_or(0);
        items > 1 || (line.marker.is_none() && items > 0) || self.pages_of(line) > 2
    }

    /// Whether the line stands above a date here and hardly anywhere else, however many
    /// pages have it in a list of titles.
    pub(super) fn is_headline(&self, line: &Line, next: Option<&Line>) -> bool {
        let heads = self.head_pages.get(&line.key).copied().unwrap_or(0);
        line.marker.is_none()
            && next.is_some_and(|next| next.is_dated)
            && heads <= 2
            && heads * 10 <= self.page_count
    }

    /// Whether a line of the site reads like `text`.
    pub(super) fn has_line(&self, text: &str) -> bool {
        let key = key(text);
        self.item_pages.contains_key(&key)
            || self.line_pages.contains_key(&format!(" {key}"))
    }

    fn pages_of(&self, line: &Line) -> usize {
        self.line_pages.get(&template(line)).copied().unwrap_or(0)
    }
}

/// Groups the pages that share long lines which hardly any other page has: copies of
/// one article, and pages alone.
fn works(pages: &[Vec<Line>]) -> Vec<Vec<usize>> {
    let mut by_line: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (position, page) in pages.iter().enumerate() {
        for line in page.iter().filter(|line| columns(&line.text) >= 160) {
            let known = by_line.entry(&line.key).or_default();
            if known.last() != Some(&position) {
                known.push(position);
            }
        }
    }
    let mut work_of: Vec<usize> = (0..pages.len()).collect();
    for members in by_line.into_values().filter(|m| (2..=5).contains(&m.len())) {
        let works: Vec<usize> =
            members.iter().filter_map(|&m| work_of.get(m).copied()).collect();
        let Some(&least) = works.iter().min() else { continue };
        for work in work_of.iter_mut().filter(|work| works.contains(work)) {
            *work = least;
        }
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (position, work) in work_of.into_iter().enumerate() {
        groups.entry(work).or_default().push(position);
    }
    groups.into_values().collect()
}

/// The key of a line with its digits unified, so that counters and years recur, too.
fn template(line: &Line) -> String {
    let mut template = String::with_capacity(line.key.len() + 1);
    // A list item and a heading with the same words are different things.
    template.push(if line.marker.is_some() { '-' } else { ' ' });
    for c in line.key.chars() {
        let c = if c.is_numeric() { '0' } else { c };
        if c != '0' || !template.ends_with('0') {
            template.push(c);
        }
    }
    if line.key.is_empty() {
        template.push_str(&line.text);
    }
    template
}
