//! HTML pages.
//!
//! [`dom`] parses as browsers do; [`content`] finds the element that holds the article, by
//! the density of its text and by what the other pages of the folder repeat; [`blocks`]
//! turns it into blocks; [`metadata`] reads what the head and the lines beside the title
//! say.

mod address;
mod blocks;
mod content;
mod dom;
mod metadata;
mod trim;

use std::collections::{BTreeMap, BTreeSet};

use dom::Document;
use vitrine_article::plain_text;

use crate::{
    dump::{Evidence, judge},
    extracted::Extracted,
    typography::key,
};

/// A text is the site's when so many pages of its folder have it, and a fifth of them.
const MIN_RECURRENCE: usize = 3;

/// Extracts the article of each page, given as path and source; pages of one folder are
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
        let sources = || members.iter().filter_map(|&at| Some((at, pages.get(at)?.1)));
        let recurring =
            recurring_texts(sources().map(|(_, source)| source), members.len());
        for (position, source) in sources() {
            if let Some(slot) = extracted.get_mut(position) {
                *slot = extract(Document::parse(source), &recurring);
            }
        }
    }
    extracted
}

/// Returns the keys of the texts that recur over the pages of a folder.
fn recurring_texts<'a>(
    sources: impl Iterator<Item = &'a str>,
    page_count: usize,
) -> BTreeSet<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    if page_count < MIN_RECURRENCE {
        return BTreeSet::new();
    }
    for source in sources {
        let document = Document::parse(source);
        let texts = blocks::blocks(&document, &[dom::ROOT], None);
        let keys: BTreeSet<String> =
            texts.iter().map(|block| key(&block.plain_text())).collect();
        for key in keys.into_iter().filter(|key| !key.is_empty()) {
            *counts.entry(key).or_default() += 1;
        }
    }
    let least = MIN_RECURRENCE.max(page_count / 5);
    counts.into_iter().filter(|&(_, count)| count >= least).map(|(key, _)| key).collect()
}

/// Extracts one page.
fn extract(mut document: Document, recurring: &BTreeSet<String>) -> Extracted {
    let head = metadata::read(&document);
    let mut removed = content::remove_furniture(&mut document);
    let roots = content::find(&document);
    let body = blocks::blocks(&document, &roots, head.url.as_deref());
    let outside = content::outside(&document, &roots);
    let mut out = trim::trim(body, &outside, head, recurring);
    removed.append(&mut out.removed);
    out.removed = removed;
    let text = plain_text(&out.blocks);
    let paragraphs: Vec<&str> =
        text.split("\n\n").filter(|text| !text.is_empty()).collect();
    let link_lines = content::link_count(&document, &roots);
    out.non_article = judge(&Evidence {
        title: &out.metadata.title,
        paragraphs: &paragraphs,
        has_metadata: out.metadata.date.is_some() || !out.metadata.authors.is_empty(),
        date_lines: 0,
        link_lines,
    });
    out
}
