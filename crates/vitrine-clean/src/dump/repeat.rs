//! A body that the page shows twice is one body.

use std::collections::BTreeMap;

use super::paragraph::Paragraph;
use crate::typography::{key, weight};

/// Weight of a paragraph above which it does not occur twice by chance.
const LONG: usize = 60;

/// For each paragraph, why it is left out.
pub(super) fn repeats(
    title: &str,
    paragraphs: &[Paragraph],
) -> Vec<Option<&'static str>> {
    let keys: Vec<&str> =
        paragraphs.iter().map(|paragraph| paragraph.key.as_str()).collect();
    let title = key(title);
    let mut reasons: Vec<Option<&'static str>> = vec![None; keys.len()];
    let mut first: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (position, text) in keys.iter().enumerate() {
        let is_repeated = first.get(text).is_some_and(|earlier| {
            earlier.iter().any(|&earlier| is_repeat(&keys, &reasons, earlier, position))
        });
        let reason = if text.is_empty() {
            None
        } else if is_repeated {
            Some("repeated body")
        } else if **text == title && position > 0 {
            Some("repeated title")
        } else {
            None
        };
        if let Some(slot) = reasons.get_mut(position) {
            *slot = reason;
        }
        let known = first.entry(text).or_default();
        if known.len() < 8 {
            known.push(position);
        }
    }
    mark_teasers(paragraphs, &keys, &mut reasons);
    reasons
}

/// Whether `position` repeats `earlier` as a part of a repeated passage.
fn is_repeat(
    keys: &[&str],
    reasons: &[Option<&'static str>],
    earlier: usize,
    position: usize,
) -> bool {
    let weight_of = |at: usize| keys.get(at).map_or(0, |text| weight(text));
    if weight_of(position) >= LONG || earlier + 1 == position {
        return true;
    }
    // A short line is repeated when its neighbors are: the one before it already was, or
    // the passage goes on for long enough.
    let is_continued = position > 0
        && earlier > 0
        && keys.get(earlier - 1) == keys.get(position - 1)
        && reasons.get(position - 1).is_some_and(Option::is_some);
    let passage = (1..=6)
        .take_while(|&ahead| {
            let next = keys.get(position + ahead);
            earlier + ahead < position
                && next.is_some()
                && keys.get(earlier + ahead) == next
        })
        .map(|ahead| weight_of(position + ahead))
        .sum::<usize>();
    is_continued || passage >= LONG
}

/// Marks what the page shows as a foretaste: a start of a paragraph, cut off.
fn mark_teasers(
    paragraphs: &[Paragraph],
    keys: &[&str],
    reasons: &mut [Option<&'static str>],
) {
    for (position, paragraph) in paragraphs.iter().enumerate() {
        let is_cut = paragraph.text.ends_with("...") || paragraph.text.ends_with('…');
        let Some(start) = keys.get(position).filter(|text| is_cut && weight(text) >= 30)
        else {
            continue;
        };
        let is_teaser = keys.iter().enumerate().any(|(other, text)| {
            other != position && text.len() > start.len() && text.starts_with(*start)
        });
        if is_teaser && let Some(slot) = reasons.get_mut(position) {
            *slot = Some("teaser");
        }
    }
}
