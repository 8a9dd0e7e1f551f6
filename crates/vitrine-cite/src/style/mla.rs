//! MLA, 9th edition: chapter 5, the template of core elements.

use vitrine_article::PartialDate;

use crate::{Name, Reference};

use super::{Entry, month};

pub(super) fn write(reference: &Reference, entry: &mut Entry) {
    let Reference { title, authors, container, date, url, accessed, .. } = reference;
    entry.names_and_title(&names(authors), title);
    let mut is_first = true;
    let mut separate = |entry: &mut Entry| {
        entry.text(if is_first { " " } else { ", " });
        is_first = false;
    };
    if !container.is_empty() {
        separate(entry);
        entry.italic(container);
    }
    if let Some(date) = date {
        separate(entry);
        entry.text(&day_first(*date));
    }
    if let Some(url) = url {
        separate(entry);
        let url = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
        entry.text(url);
    }
    if !is_first {
        entry.text(".");
    }
    // Of use where the page itself has no date.
    if let (None, Some(day)) = (date, accessed) {
        entry.text(&format!(" Accessed {}.", day_first(*day)));
    }
}

fn names(authors: &[Name]) -> String {
    match authors {
        [] => String::new(),
        [one] => one.inverted_order(),
        [one, other] => format!("{}, and {}", one.inverted_order(), other.in_order()),
        [first, ..] => format!("{}, et al.", first.inverted_order()),
    }
}

/// `25 June 2013`, with months of more than four letters shortened.
fn day_first(date: PartialDate) -> String {
    let year = date.year();
    let month = month(date).map(|name| match name {
        "September" => "Sept.".to_owned(),
        name if name.len() > 4 => format!("{}.", name.get(..3).unwrap_or(name)),
        name => name.to_owned(),
    });
    match (month, date.day()) {
        (Some(month), Some(day)) => format!("{day} {month} {year}"),
        (Some(month), None) => format!("{month} {year}"),
        _ => year.to_string(),
    }
}
