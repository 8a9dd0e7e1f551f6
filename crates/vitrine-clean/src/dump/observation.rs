//! What one page of a folder tells about the others, without its text.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::line::{Line, Lines};
use crate::{
    date::{self, DayOrder, OrderCounts},
    fingerprint::hash,
    label,
};

/// Least width of a line that hardly two articles share, in columns.
const LONG_LINE: usize = 160;

/// Longest line on which a date tells the order of day and month, in characters.
const MAX_DATE_LINE: usize = 60;

/// What is asked of a page before its own text is; hashes are ascending, each once.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Observation {
    /// Hashes of the keys of long lines.
    pub(super) long_lines: Vec<u64>,
    /// Templates of all lines.
    pub(super) templates: Vec<u64>,
    /// Hashes of the keys of list items.
    pub(super) items: Vec<u64>,
    /// Hashes of the keys of lines right above a date or a byline.
    pub(super) heads: Vec<u64>,
    /// What may be labels, with what stands after them, and whether that is above the
    /// longest line; in the order of the lines.
    pub(super) labels: Vec<(String, String, bool)>,
    /// What the dates tell about the order of day and month.
    pub(super) orders: OrderCounts,
}

impl Observation {
    /// Looks at the lines of a page.
    pub(crate) fn of(lines: &Lines) -> Self {
        let lines = lines.to_vec();
        let (mut long_lines, mut templates) = (Vec::new(), Vec::new());
        let (mut items, mut heads) = (Vec::new(), Vec::new());
        let mut labels = Vec::new();
        let mut orders = OrderCounts::default();
        let next = lines.iter().skip(1).map(Some).chain([None]);
        let longest =
            (0..lines.len()).max_by_key(|&at| lines.get(at).map(|line| line.len));
        for (at, (line, next)) in lines.iter().zip(next).enumerate() {
            let key = || hash(line.key.as_bytes());
            if line.columns >= LONG_LINE {
                long_lines.push(key());
            }
            if line.marker.is_some() {
                items.push(key());
            } else {
                if next.is_some_and(Line::is_dated) {
                    heads.push(key());
                }
                let found = label::candidates(line.text).into_iter();
                let is_above = Some(at) < longest;
                let found =
                    found.map(|(label, value)| (label, value.to_owned(), is_above));
                labels.extend(found);
            }
            templates.push(line.template);
            if line.len <= MAX_DATE_LINE
                && let Some(found) = date::find(line.text, DayOrder::DayFirst)
            {
                orders.add(found.order);
            }
        }
        for hashes in [&mut long_lines, &mut templates, &mut items, &mut heads] {
            hashes.sort_unstable();
            hashes.dedup();
        }
        Self { long_lines, templates, items, heads, labels, orders }
    }

    /// Hashes of what may be labels, each once.
    pub(super) fn label_hashes(&self) -> BTreeSet<u64> {
        self.labels.iter().map(|(label, ..)| hash(label.as_bytes())).collect()
    }
}
