//! GB/T 7714-2015: section 4.6 for electronic resources, 8.1 for names.

use crate::{Name, Reference};

use super::Entry;

/// Names up to which all are listed, and of more.
const MOST: usize = 3;

pub(super) fn write(reference: &Reference, entry: &mut Entry) {
    let Reference { title, authors, container, date, url, accessed, .. } = reference;
    let mut names: Vec<String> = authors.iter().take(MOST).map(name).collect();
    if authors.len() > MOST {
        names.push(if reference.is_chinese() { "等" } else { "et al" }.to_owned());
    }
    if !names.is_empty() {
        let names = names.join(", ");
        entry.text(&names);
        entry.stop(&names);
        entry.text(" ");
    }
    entry.text(title);
    // An electronic bulletin, online.
    entry.text("[EB/OL].");
    if !container.is_empty() {
        entry.text(" ");
        entry.text(container);
        entry.text(if date.is_some() || accessed.is_some() { "," } else { "" });
    }
    if date.is_some() || accessed.is_some() {
        entry.text(" ");
        if let Some(date) = date {
            entry.text(&format!("({date})"));
        }
        if let Some(day) = accessed {
            entry.text(&format!("[{day}]"));
        }
    }
    if !container.is_empty() || date.is_some() || accessed.is_some() {
        entry.text(".");
    }
    if let Some(url) = url {
        entry.text(&format!(" {url}."));
    }
}

/// The family name in capitals, then initials without marks.
fn name(name: &Name) -> String {
    let Name::Person { family, suffix, .. } = name else { return name.in_order() };
    let mut out = format!("{} {}", family.to_uppercase(), name.initials(""));
    if !suffix.is_empty() {
        out.extend([" ", suffix]);
    }
    out
}
