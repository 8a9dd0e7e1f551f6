//! Which of the titles of a page is the article's.

use super::{dom::Document, linked::Property, metadata::Head};
use crate::typography::{key, one_line};

/// The headline that the page shows, if the page's title has it; else what is
/// declared, without the name of the site.
pub(super) fn choose(head: &Head, document: &Document) -> String {
    let declared =
        head.first(&["og:title", "citation_title", "dc.title", "twitter:title"]);
    let haystacks = [key(&head.title), key(declared.as_deref().unwrap_or_default())];
    let mut headings: Vec<String> = Vec::new();
    for name in ["h1", "h2", "h3"] {
        headings
            .extend(document.elements(name).map(|id| one_line(&document.text_of(id))));
    }
    let site = key(&head.first(&["og:site_name"]).unwrap_or_default());
    let shown = headings
        .iter()
        .filter(|heading| {
            let text = key(heading);
            let is_long = text.chars().count() >= 4 || text.len() >= 8;
            is_long
                && text != site
                && haystacks.iter().any(|haystack| haystack.contains(&text))
        })
        .max_by_key(|heading| heading.chars().count());
    if let Some(shown) = shown.filter(|shown| {
        // A name of a section is shown as a heading, too; the headline is most of it.
        key(shown).len() * 2
            >= haystacks
                .iter()
                .map(|h| without_site(h, &site).len())
                .filter(|&len| len > 0)
                .min()
                .unwrap_or(0)
    }) {
        return shown.clone();
    }
    let only = document
        .elements("h1")
        .map(|id| one_line(&document.text_of(id)))
        .filter(|text| !text.is_empty())
        .collect::<Vec<_>>();
    let headline = head.linked.all(Property::Headline).into_iter().next();
    let best = declared.or(headline).map(|title| strip_site(&title, &site));
    match (best, only.as_slice()) {
        (Some(best), _) => best,
        (None, [only]) if key(only).len() >= 8 && key(only) != site => only.clone(),
        _ => strip_site(&head.title, &site),
    }
}

fn without_site<'a>(title: &'a str, site: &str) -> &'a str {
    if site.is_empty() {
        title
    } else {
        title.strip_suffix(site).or_else(|| title.strip_prefix(site)).unwrap_or(title)
    }
}

/// Takes the name of the site off a title: `Headline | Site`, `Site - Headline`.
fn strip_site(title: &str, site: &str) -> String {
    const MARKS: [&str; 10] =
        [" | ", " - ", " – ", " — ", " :: ", " » ", "_", "|", " · ", "－"];
    for mark in MARKS {
        if !title.contains(mark) {
            continue;
        }
        let parts: Vec<&str> = title.split(mark).collect();
        let (first, last) = (
            parts.first().copied().unwrap_or_default(),
            parts.last().copied().unwrap_or_default(),
        );
        if !site.is_empty() && key(last).contains(site)
            || (!site.is_empty() && site.contains(&key(last)))
        {
            return one_line(
                title
                    .strip_suffix(last)
                    .and_then(|rest| rest.strip_suffix(mark))
                    .unwrap_or(first),
            );
        }
        if !site.is_empty() && key(first).contains(site) {
            return one_line(
                title
                    .strip_prefix(first)
                    .and_then(|rest| rest.strip_prefix(mark))
                    .unwrap_or(last),
            );
        }
        // A hyphen inside a headline is common, a bar or an underscore is not.
        let len = |text: &str| key(text).len();
        if len(first) >= len(last) && len(first) >= 6 {
            return one_line(if parts.len() == 2 || mark.trim() != "-" {
                first
            } else {
                title
                    .strip_suffix(last)
                    .and_then(|rest| rest.strip_suffix(mark))
                    .unwrap_or(first)
            });
        }
        if parts.len() == 2 && len(last) > len(first) {
            return one_line(last);
        }
    }
    one_line(title)
}
