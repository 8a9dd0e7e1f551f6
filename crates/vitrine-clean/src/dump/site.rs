//! What the pages of one folder tell about each other.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use super::{
    learn,
    line::{Line, template},
    observation::Observation,
    work::works,
};
use crate::{
    date::OrderCounts,
    fingerprint::{Counts, hash},
    label,
    typography::key,
};

/// Evidence from all pages of a folder; empty for a page alone.
#[derive(Debug)]
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
    /// Labels that most pages have.
    usual_labels: BTreeSet<String>,
}

/// Labels of titles that are known without the help of other pages.
const TITLE_LABELS: [&str; 12] = [
    "Title",
    "TITLE",
    "title",
    "Headline",
    "标题",
    "標題",
    "题目",
    "題目",
    "篇名",
    "题名",
    "文章标题",
    "文章標題",
];

impl Default for Site {
    fn default() -> Self {
        let titles = TITLE_LABELS.map(|label| (label.to_owned(), label::Field::Title));
        Self {
            page_count: 0,
            line_pages: Counts::default(),
            item_pages: Counts::default(),
            head_pages: Counts::default(),
            vocabulary: label::Vocabulary {
                learned: titles.into(),
                ..label::Vocabulary::default()
            },
            usual_labels: BTreeSet::new(),
        }
    }
}

impl Site {
    /// Reads what was observed on the pages of a folder, each as often as needed: only what
    /// recurs is held.
    ///
    /// # Errors
    ///
    /// Whatever `read` returns instead of an observation.
    pub(crate) fn observe<'a, E>(
        page_count: usize,
        read: impl Fn(usize) -> Result<Cow<'a, Observation>, E>,
    ) -> Result<Self, E> {
        let (mut long_lines, mut labels) = (Vec::new(), Vec::new());
        for page in 0..page_count {
            let seen = read(page)?;
            long_lines.extend(seen.long_lines.iter().map(|&hash| (hash, page as u32)));
            labels.extend(seen.label_hashes());
        }
        let works = works(page_count, long_lines);
        let mut seen = Seen { label_pages: labels.into(), ..Seen::default() };
        for work in &works {
            seen.add(work.iter().map(|&page| read(page)), works.len())?;
        }
        let Seen { lines, items, heads, values, orders, .. } = seen;
        let mut site = Self {
            page_count: works.len(),
            line_pages: lines.into(),
            item_pages: items.into(),
            head_pages: heads.into(),
            ..Self::default()
        };
        let learned = learn::labels(&values, site.page_count, |text| site.has_line(text));
        site.vocabulary.learned.extend(learned);
        site.vocabulary.day_order = orders.order().unwrap_or_default();
        site.vocabulary.is_day_order_seen = orders.order().is_some();
        let is_usual = |seen: &SeenLabel| seen.values.len() * 10 >= site.page_count * 6;
        let usual = values.into_iter().filter(|(_, seen)| is_usual(seen));
        site.usual_labels = usual.map(|(label, _)| label).collect();
        Ok(site)
    }

    /// Whether a label stands before a title, not for anything else.
    pub(super) fn is_title_label(&self, label: &str) -> bool {
        match self.vocabulary.learned.get(label) {
            Some(field) => *field == label::Field::Title,
            None => self.usual_labels.contains(label),
        }
    }

    /// Whether the line is the site's: it recurs on so many pages that no article says it.
    pub(super) fn is_recurring(&self, line: &Line<'_>) -> bool {
        let least = match self.page_count {
            0..3 => return false,
            count @ 3..8 => (count * 3 / 5).max(3),
            count => (count * 3 / 20).max(4),
        };
        self.pages_of(line) >= least
    }

    /// Whether the line recurs at all; tells something only beside other evidence.
    pub(super) fn is_seen_elsewhere(&self, line: &Line<'_>) -> bool {
        let items = self.item_pages.get(hash(line.key.as_bytes()));
        items > 1 || (line.marker.is_none() && items > 0) || self.pages_of(line) > 2
    }

    /// Whether the line stands above a date here and hardly anywhere else, however many
    /// pages have it in a list of titles.
    pub(super) fn is_headline(&self, line: &Line<'_>, next: Option<&Line<'_>>) -> bool {
        if line.marker.is_some() || !next.is_some_and(Line::is_dated) {
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

    fn pages_of(&self, line: &Line<'_>) -> usize {
        self.line_pages.get(line.template)
    }
}

/// Where a label was seen.
#[derive(Debug, Default)]
pub(super) struct SeenLabel {
    /// The value of the first on each page.
    pub(super) values: Vec<String>,
    /// How many of those stood above the longest line of their page.
    pub(super) above: usize,
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
    values: BTreeMap<String, SeenLabel>,
    orders: OrderCounts,
}

impl Seen {
    /// Adds the pages of a work, one of `work_count`. Copies of one article say the same;
    /// they count as one page.
    fn add<'a, E>(
        &mut self,
        pages: impl Iterator<Item = Result<Cow<'a, Observation>, E>>,
        work_count: usize,
    ) -> Result<(), E> {
        let (mut lines, mut items, mut heads) = (Vec::new(), Vec::new(), Vec::new());
        let mut seen_labels = BTreeSet::new();
        for page in pages {
            let page = page?;
            lines.extend_from_slice(&page.templates);
            items.extend_from_slice(&page.items);
            heads.extend_from_slice(&page.heads);
            for (label, value, is_above) in &page.labels {
                let pages = self.label_pages.get(hash(label.as_bytes()));
                if learn::is_frequent(pages, work_count)
                    && seen_labels.insert(label.clone())
                {
                    let known = self.values.entry(label.clone()).or_default();
                    known.values.push(value.clone());
                    known.above += usize::from(*is_above);
                }
            }
            self.orders.extend(page.orders);
        }
        for (hashes, all) in
            [(lines, &mut self.lines), (items, &mut self.items), (heads, &mut self.heads)]
        {
            let mut hashes = hashes;
            hashes.sort_unstable();
            hashes.dedup();
            all.extend(hashes);
        }
        Ok(())
    }
}
