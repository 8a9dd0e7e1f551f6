//! What is left to take off the blocks of an article: its title, its labels, what the
//! site repeats, lists of links.

use std::collections::BTreeSet;

use vitrine_article::{Block, Inline, Metadata, PartialDate, Removal};

use crate::{
    authors,
    date::{self, DayOrder},
    dump::{Field, read_labels},
    extracted::Extracted,
    typography::{columns, key, one_line},
};

/// How many blocks at the beginning may be labels.
const HEAD_BLOCKS: usize = 8;

/// Trims the blocks of an article and completes its metadata from what is trimmed.
pub(super) fn trim(
    body: Vec<Block>,
    outside: &[String],
    metadata: Metadata,
    recurring: &BTreeSet<String>,
) -> Extracted {
    let mut out = Extracted { metadata, ..Extracted::default() };
    let title_key = key(&out.metadata.title);
    let mut kept: Vec<Block> = Vec::with_capacity(body.len());
    for block in body {
        let text = one_line(&block.plain_text());
        let text_key = key(&text);
        let reason = if text.is_empty() {
            if block == Block::Break {
                kept.push(block);
            }
            continue;
        } else if text_key == title_key && kept.len() < HEAD_BLOCKS {
            "title"
        } else if recurring.contains(&text_key) && !is_label_of_article(&text) {
            "recurs on other pages"
        } else if is_link_list(&block) {
            "links to other pages"
        } else if (kept.len() < HEAD_BLOCKS || columns(&text) < 80)
            && take_labels(&text, &mut out.metadata)
        {
            "label"
        } else {
            kept.push(block);
            continue;
        };
        out.removed.push(Removal { text, reason: reason.to_owned() });
    }
    for line in outside {
        if !recurring.contains(&key(line)) {
            take_labels(line, &mut out.metadata);
        }
    }
    if out.metadata.date.is_none() {
        out.metadata.date = out.metadata.url.as_deref().and_then(date_in_address);
    }
    while kept.last() == Some(&Block::Break) {
        kept.pop();
    }
    // A heading with nothing under it led to what was taken away.
    while matches!(kept.last(), Some(Block::Heading { .. })) {
        if let Some(block) = kept.pop() {
            let text = one_line(&block.plain_text());
            out.removed.push(Removal { text, reason: "heading of nothing".to_owned() });
        }
    }
    out.blocks = kept;
    out
}

/// Labels recur when an author or a source does.
fn is_label_of_article(text: &str) -> bool {
    read_labels(text)
        .is_some_and(|labels| labels.iter().any(|label| !label.value.is_empty()))
}

/// Takes what a line of labels, or a date alone, says; returns whether it is one.
fn take_labels(text: &str, metadata: &mut Metadata) -> bool {
    if columns(text) > 200 {
        return false;
    }
    if let Some(found) = date::parse(text, DayOrder::DayFirst) {
        metadata.date = metadata.date.or(Some(found.date));
        return true;
    }
    let Some(labels) = read_labels(text) else { return false };
    for label in labels {
        if label.value.is_empty() {
            continue;
        }
        match label.field {
            Field::Date => {
                let found = date::find(&label.value, DayOrder::DayFirst)
                    .or_else(|| date::parse(&label.value, DayOrder::DayFirst));
                metadata.date = metadata.date.or(found.map(|found| found.date));
            }
            Field::Authors if metadata.authors.is_empty() => {
                metadata.authors = authors::split(&label.value);
            }
            Field::Source if metadata.source.is_none() => {
                metadata.source = Some(label.value)
            }
            Field::Section if metadata.section.is_none() => {
                metadata.section = Some(label.value);
            }
            _ => {}
        }
    }
    true
}

/// Whether a block is nothing but links: a list of other pages.
fn is_link_list(block: &Block) -> bool {
    let Block::List { items, .. } = block else { return false };
    let is_link = |item: &Vec<Block>| {
        item.iter().all(|block| {
            let Block::Paragraph { inlines } = block else { return false };
            inlines.iter().all(|inline| match inline {
                Inline::Link { .. } | Inline::LineBreak => true,
                Inline::Text { text } => text.chars().all(|c| !c.is_alphanumeric()),
                _ => false,
            })
        })
    };
    items.len() >= 2 && items.iter().all(is_link)
}

/// Finds `/2016/07/` or `/2016/07/25/` in an address.
fn date_in_address(url: &str) -> Option<PartialDate> {
    let parts: Vec<&str> = url.split(['/', '-', '_', '.']).collect();
    parts.windows(3).find_map(|window| {
        let number = |text: &str| text.parse::<u16>().ok();
        let year =
            window.first().filter(|year| year.len() == 4).and_then(|y| number(y))?;
        let month =
            window.get(1).filter(|month| month.len() == 2).and_then(|m| number(m))?;
        let day = window.get(2).filter(|day| day.len() == 2).and_then(|d| number(d));
        let month = u8::try_from(month).ok()?;
        let day = day.and_then(|day| u8::try_from(day).ok()).unwrap_or(0);
        PartialDate::new(year, month, day)
            .or_else(|| PartialDate::new(year, month, 0))
            .filter(|date| date::is_plausible(*date) && date.month().is_some())
    })
}
