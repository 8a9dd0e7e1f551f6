//! APA, 7th edition: section 9 of the manual for the elements, 10.16 for web pages.

use crate::{Name, Reference};

use super::{Entry, month};

/// Names up to which all are listed; of more, nineteen and the last are.
const MOST: usize = 20;

pub(super) fn write(reference: &Reference, entry: &mut Entry) {
    let Reference { title, authors, container, url, .. } = reference;
    let date = date(reference);
    let is_in_container = !container.is_empty();
    let names = names(authors);
    let write_title = |entry: &mut Entry| {
        // What stands alone is italic; of a part only what it is part of.
        if is_in_container {
            entry.text(title);
        } else {
            entry.italic(title);
        }
        entry.stop(title);
    };
    if names.is_empty() {
        write_title(entry);
        entry.text(&format!(" ({date}). "));
    } else {
        entry.text(&names);
        entry.stop(&names);
        entry.text(&format!(" ({date}). "));
        write_title(entry);
        entry.text(" ");
    }
    if is_in_container {
        entry.italic(container);
        entry.stop(container);
    }
    if let Some(url) = url {
        entry.text(&format!(" {url}"));
    }
}

fn names(authors: &[Name]) -> String {
    let mut names: Vec<String> = authors.iter().map(name).collect();
    let Some(last) = names.pop() else { return String::new() };
    if names.is_empty() {
        return last;
    }
    if names.len() >= MOST {
        names.truncate(MOST - 1);
        return format!("{}, . . . {last}", names.join(", "));
    }
    format!("{}, & {last}", names.join(", "))
}

fn name(name: &Name) -> String {
    let Name::Person { family, suffix, .. } = name else { return name.in_order() };
    let mut out = format!("{family}, {}", name.initials("."));
    if !suffix.is_empty() {
        out.extend([", ", suffix]);
    }
    out
}

/// `2013, June 25`; `n.d.` for none.
fn date(reference: &Reference) -> String {
    let Some(date) = reference.date else { return "n.d.".to_owned() };
    let year = date.year();
    match (month(date), date.day()) {
        (Some(month), Some(day)) => format!("{year}, {month} {day}"),
        (Some(month), None) => format!("{year}, {month}"),
        _ => year.to_string(),
    }
}
