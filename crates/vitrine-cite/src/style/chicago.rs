//! Chicago, 17th edition, bibliography: 14.205 to 14.209 for web pages, 14.76 for names.

use crate::{Name, Reference};

use super::{Entry, month_first};

/// Names up to which all are listed; of more, [`FIRST`] and "et al." are.
const MOST: usize = 10;
const FIRST: usize = 7;

pub(super) fn write(reference: &Reference, entry: &mut Entry) {
    let Reference { title, authors, container, date, url, accessed, .. } = reference;
    entry.names_and_title(&names(authors), title);
    if !container.is_empty() {
        entry.text(" ");
        entry.italic(container);
    }
    match (date, accessed) {
        (Some(date), _) => {
            entry.text(if container.is_empty() { " " } else { ", " });
            entry.text(&month_first(*date));
            entry.text(".");
        }
        // An undated page is cited by the day on which it was seen.
        (None, Some(day)) => {
            entry.text(if container.is_empty() { "" } else { "." });
            entry.text(&format!(" Accessed {}.", month_first(*day)));
        }
        (None, None) => entry.text(if container.is_empty() { "" } else { "." }),
    }
    if let Some(url) = url {
        entry.text(&format!(" {url}."));
    }
}

fn names(authors: &[Name]) -> String {
    let Some((first, others)) = authors.split_first() else { return String::new() };
    let mut names = vec![first.inverted_order()];
    let is_cut = authors.len() > MOST;
    let count = if is_cut { FIRST - 1 } else { others.len() };
    names.extend(others.iter().take(count).map(Name::in_order));
    if is_cut {
        return format!("{}, et al.", names.join(", "));
    }
    match names.pop() {
        Some(last) if !names.is_empty() => format!("{}, and {last}", names.join(", ")),
        last => last.unwrap_or_default(),
    }
}
