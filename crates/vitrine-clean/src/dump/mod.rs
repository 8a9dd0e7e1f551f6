//! Text dumps: a page's visible text, line by line, without its markup.
//!
//! What the markup told is told by structure instead: what recurs on other pages of the
//! folder is the site's, a run of cut-off titles is navigation, labels stand beside the
//! title, and a body that the page shows twice is one body. The steps: characters
//! ([`mend`]) → [`line`]s → evidence of the [`site`] → roles of lines ([`layout`]) →
//! [`paragraph`]s → [`repeat`]s.

mod layout;
mod learn;
mod line;
mod mend;
mod paragraph;
mod repeat;
mod site;

use std::collections::BTreeMap;

use crate::extracted::Extracted;

/// Returns the lines of a dump that are not blank, as a reader sees them.
pub(crate) fn shown_lines(text: &str) -> Vec<String> {
    line::lines(text).iter().map(line::Line::shown).collect()
}

/// Extracts the article of each dump, given as path and text; pages of one folder are
/// evidence for one another.
pub(crate) fn extract_all(pages: &[(&str, &str)]) -> Vec<Extracted> {
    let mut folders: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (position, (path, _)) in pages.iter().enumerate() {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        folders.entry(folder).or_default().push(position);
    }
    let mut extracted: Vec<Extracted> = Vec::new();
    extracted.resize_with(pages.len(), Extracted::default);
    for members in folders.into_values() {
        let lines: Vec<Vec<line::Line>> = members
            .iter()
            .map(|&member| {
                pages.get(member).map_or_else(Vec::new, |(_, text)| line::lines(text))
            })
            .collect();
        let site = site::Site::observe(&lines);
        for (lines, &member) in lines.iter().zip(&members) {
            if let Some(slot) = extracted.get_mut(member) {
                *slot = layout::extract(lines, &site);
            }
        }
    }
    extracted
}
