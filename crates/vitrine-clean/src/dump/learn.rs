//! What the labels of a site stand for, learned from their values.

use std::collections::{BTreeMap, BTreeSet};

use super::site::SeenLabel;
use crate::{
    authors,
    date::{self, DayOrder},
    label,
    typography::is_han,
};

/// Whether a label that `label_pages` of `page_count` pages have can be learned.
pub(super) fn is_frequent(label_pages: usize, page_count: usize) -> bool {
    label_pages >= 4 && label_pages * 4 >= page_count
}

/// Learns what unknown labels stand for from the values that follow them.
///
/// `is_line` says whether a text is a line of some page.
pub(super) fn labels(
    seen: &BTreeMap<String, SeenLabel>,
    page_count: usize,
    is_line: impl Fn(&str) -> bool,
) -> BTreeMap<String, label::Field> {
    let mut labels = BTreeMap::new();
    for (label, SeenLabel { values, above }) in seen {
        if !is_frequent(values.len(), page_count) || label::known(label).is_some() {
            continue;
        }
        let filled: Vec<&str> =
            values.iter().map(String::as_str).filter(|value| !value.is_empty()).collect();
        // A line that always says the same is a line, not a label.
        let varied = filled.iter().collect::<BTreeSet<_>>().len();
        if filled.len() < 3 || varied < 2 || (varied < 3 && filled.len() < 5) {
            continue;
        }
        let share = |test: &dyn Fn(&str) -> bool| {
            filled.iter().filter(|value| test(value)).count() * 100 / filled.len()
        };
        let distinct = filled.iter().collect::<BTreeSet<_>>().len() * 100 / filled.len();
        let field =
            if share(&|value| date::parse(value, DayOrder::DayFirst).is_some()) >= 70 {
                label::Field::Date
            } else if share(&|value| {
                value.chars().filter(char::is_ascii_digit).count() * 2
                    >= value.chars().count()
            }) >= 70
            {
                label::Field::Other
            } else if share(&|value| {
                value.ends_with("...") || value.ends_with('…') || is_line(value)
            }) >= 60
            {
                // Lists of links name this page, too, and those before and after.
                let is_title = above * 10 >= values.len() * 9 && distinct >= 90;
                if is_title { label::Field::Title } else { label::Field::Other }
            } else if share(&authors::looks_like_names) < 70 {
                continue;
            } else if share(&|value| authors::split(value).len() > 1) >= 8
                || distinct >= 70
                || share(&is_chinese_name) >= 70
            {
                label::Field::Authors
            } else {
                label::Field::Source
            };
        labels.insert(label.clone(), field);
    }
    labels
}

/// Whether a value is as long as the name of a Chinese person, which names of papers and
/// agencies are not.
fn is_chinese_name(value: &str) -> bool {
    (2..=3).contains(&value.chars().count()) && value.chars().all(is_han)
}
