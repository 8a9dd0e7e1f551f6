//! What the pages of one folder tell about each other.

use std::collections::{BTreeMap, BTreeSet};

use super::line::Line;
use crate::{
    authors,
    date::{self, DayOrder, OrderEvidence},
    label,
};

/// Evidence from all pages of a folder; empty for a page alone.
#[derive(Debug, Default)]
pub(super) struct Site {
    page_count: usize,
    /// On how many pages a line occurs, by its key; digits count as one and the same.
    line_pages: BTreeMap<String, usize>,
    /// On how many pages a list item occurs, by its key.
    item_pages: BTreeMap<String, usize>,
    /// How the site writes its labels and dates.
    pub(super) vocabulary: label::Vocabulary,
}

impl Site {
    pub(super) fn observe(pages: &[Vec<Line>]) -> Self {
        let mut site = Self { page_count: pages.len(), ..Self::default() };
        let mut values: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        let (mut day_first, mut month_first) = (0_usize, 0_usize);
        for page in pages {
            let mut seen = BTreeSet::new();
            let mut seen_items = BTreeSet::new();
            let mut seen_labels = BTreeSet::new();
            for line in page {
                if line.marker.is_some() {
                    seen_items.insert(line.key.as_str());
                }
                seen.insert(template(line));
                let labeled = label::prefix(&line.text).filter(|_| line.marker.is_none());
                if let Some((label, value)) = labeled {
                    if seen_labels.insert(label.clone()) {
                        values.entry(label).or_default().push(value);
                    }
                }
                if line.len() <= 60 {
                    match date::find(&line.text, DayOrder::DayFirst)
                        .map(|found| found.order)
                    {
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
        }
        site.vocabulary = label::Vocabulary {
            learned: learned_labels(values, pages.len()),
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

    fn pages_of(&self, line: &Line) -> usize {
        self.line_pages.get(&template(line)).copied().unwrap_or(0)
    }
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

/// Learns what unknown labels stand for from the values that follow them.
fn learned_labels(
    values: BTreeMap<String, Vec<&str>>,
    page_count: usize,
) -> BTreeMap<String, label::Field> {
    let mut labels = BTreeMap::new();
    for (label, values) in values {
        if values.len() < 4
            || values.len() * 4 < page_count
            || label::known(&label).is_some()
        {
            continue;
        }
        let filled: Vec<&str> =
            values.into_iter().filter(|value| !value.is_empty()).collect();
        // A line that always says the same is a line, not a label.
        let varied = filled.iter().collect::<BTreeSet<_>>().len();
        if filled.len() < 3 || varied < 3 {
            continue;
        }
        let share = |test: &dyn Fn(&str) -> bool| {
            filled.iter().filter(|value| test(value)).count() * 100 / filled.len()
        };
        let distinct = filled.iter().collect::<BTreeSet<_>>().len() * 100 / filled.len();
        let field = if share(&|value| date::parse(value, DayOrder::DayFirst).is_some())
            >= 70
        {
            label::Field::Date
        } else if share(&|value| {
            value.chars().filter(char::is_ascii_digit).count() * 2
                >= value.chars().count()
        }) >= 70
        {
            label::Field::Other
        } else if share(&authors::looks_like_names) < 70 {
            continue;
        } else if share(&|value| authors::split(value).len() > 1) >= 8 || distinct >= 70 {
            label::Field::Authors
        } else {
            label::Field::Source
        };
        labels.insert(label, field);
    }
    labels
}
