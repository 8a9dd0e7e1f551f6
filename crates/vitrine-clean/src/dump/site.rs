//! What the pages of one folder tell about each other.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    learn,
    line::{Line, template},
    work::works,
};
use crate::{
    date::{self, DayOrder, OrderEvidence},
    fingerprint::{Counts, hash},
    label,
    typography::{columns, key},
};

/// Least width of a line that hardly two articles share, in columns.
const LONG_LINE: usize = 160;

/// Evidence from all pages of a folder; empty for a page alone.
#[derive(Debug, Default)]
pub(crate) struct Site {
    page_count: usize,
    /// On how many pages a line occurs, by its template; digits count as one and the same.
    line_pages: Counts,
    /// On how many pages a list item occurs, by its key.
    item_pages: Counts,
    /// On how many pages a line stands right above a date or a byline, by its key.
    head_pages: Counts,
    /// How the site writes its labels and dates.
    pub(super) vocabulary: label::Vocabulary,
}

impl Site {
    /// Reads the pages of a folder, each as often as needed: only what recurs is held.
    ///
    /// # Errors
    ///
    /// Whatever `read` returns instead of the lines of a page.
    pub(crate) fn observe<E>(
        page_count: usize,
        read: impl Fn(usize) -> Result<Vec<Line>, E>,
    ) -> Result<Self, E> {
        let (mut long_lines, mut labels) = (Vec::new(), Vec::new());
        for page in 0..page_count {
            let mut seen_labels = BTreeSet::new();
            for line in read(page)? {
                if columns(&line.text) >= LONG_LINE {
                    long_lines.push((hash(line.key.as_bytes()), page as u32));
                }
                if line.marker.is_none() {
                    let found = label::candidates(&line.text).into_iter();
                    seen_labels.extend(found.map(|(label, _)| hash(label.as_bytes())));
                }
            }
            labels.extend(seen_labels);
        }
        let works = works(page_count, long_lines);
        let mut seen = Seen { label_pages: labels.into(), ..Seen::default() };
        for work in &works {
            seen.add(work.iter().map(|&page| read(page)), works.len())?;
        }
        let Seen { lines, items, heads, values, day_first, month_first, .. } = seen;
        let mut site = Self {
            page_count: works.len(),
            line_pages: lines.into(),
            item_pages: items.into(),
            head_pages: heads.into(),
            vocabulary: label::Vocabulary::default(),
        };
        site.vocabulary = label::Vocabulary {
            learned: learn::labels(&values, site.page_count, |text| site.has_line(text)),
            day_order: if month_first > day_first {
                DayOrder::MonthFirst
            } else {
                DayOrder::DayFirst
            },
            is_day_order_seen: day_first != month_first,
        };
        Ok(site)
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
        let items = self.item_pages.get(hash(line.key.as_bytes()));
        items > 1 || (line.marker.is_none() && items > 0) || self.pages_of(line) > 2
    }

    /// Whether the line stands above a date here and hardly anywhere else, however many
    /// pages have it in a list of titles.
    pub(super) fn is_headline(&self, line: &Line, next: Option<&Line>) -> bool {
        if line.marker.is_some() || !next.is_some_and(|next| next.is_dated) {
            return false;
        }
        let heads = self.head_pages.get(hash(line.key.as_bytes()));
        heads <= 2 && heads * 10 <= self.page_count
    }

    /// Whether a line of the site reads like `text`.
    pub(super) fn has_line(&self, text: &str) -> bool {
        let key = key(text);
        self.item_pages.get(hash(key.as_bytes())) > 0
            || self.line_pages.get(template(&key, false, text)) > 0
    }

    fn pages_of(&self, line: &Line) -> usize {
        self.line_pages.get(line.template)
    }
}

/// What was seen so far: each hash once for each work that has it.
#[derive(Default)]
struct Seen {
    lines: Vec<u64>,
    items: Vec<u64>,
    heads: Vec<u64>,
    /// On how many pages a label occurs.
    label_pages: Counts,
    /// The values of labels that are frequent enough to learn from.
    values: BTreeMap<String, Vec<String>>,
    day_first: usize,
    month_first: usize,
}

impl Seen {
    /// Adds the pages of a work, one of `work_count`. Copies of one article say the same;
    /// they count as one page.
    fn add<E>(
        &mut self,
        pages: impl Iterator<Item = Result<Vec<Line>, E>>,
        work_count: usize,
    ) -> Result<(), E> {
        let mut seen = BTreeSet::new();
        let mut seen_items = BTreeSet::new();
        let mut seen_heads = BTreeSet::new();
        let mut seen_labels = BTreeSet::new();
        for page in pages {
            let page = page?;
            let next = page.iter().skip(1).map(Some).chain([None]);
            for (line, next) in page.iter().zip(next) {
                if line.marker.is_some() {
                    seen_items.insert(hash(line.key.as_bytes()));
                } else if next.is_some_and(|next| next.is_dated) {
                    seen_heads.insert(hash(line.key.as_bytes()));
                }
                seen.insert(line.template);
                if line.marker.is_none() {
                    self.add_labels(&line.text, work_count, &mut seen_labels);
                }
                if line.len() > 60 {
                    continue;
                }
                match date::find(&line.text, DayOrder::DayFirst).map(|f| f.order) {
                    Some(OrderEvidence::DayFirst) => self.day_first += 1,
                    Some(OrderEvidence::MonthFirst) => self.month_first += 1,
                    _ => {}
                }
            }
        }
        self.lines.extend(seen);
        self.items.extend(seen_items);
        self.heads.extend(seen_heads);
        Ok(())
    }

    fn add_labels(&mut self, line: &str, work_count: usize, seen: &mut BTreeSet<String>) {
        for (label, value) in label::candidates(line) {
            let pages = self.label_pages.get(hash(label.as_bytes()));
            if learn::is_frequent(pages, work_count) && seen.insert(label.clone()) {
                self.values.entry(label).or_default().push(value.to_owned());
            }
        }
    }
}
