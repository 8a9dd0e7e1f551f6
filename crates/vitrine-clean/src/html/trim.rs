//! What surrounds an article inside its own element: title, byline, buttons.

use vitrine_article::{Block, Inline, Removal};

use super::beside::Beside;
use crate::{
    control::is_control,
    extracted::remove,
    label::{self, Labeled, Vocabulary},
    typography::{is_sentence_end, key, one_line},
};

/// How many blocks at the start may hold title and labels.
const HEAD_LEN: usize = 8;

/// Takes title, labels and buttons away; returns the rest and the labels, those above
/// the article included.
pub(super) fn trim(
    blocks: Vec<Block>,
    before: &[String],
    title: &str,
    beside: &Beside,
    vocabulary: &Vocabulary,
    removed: &mut Vec<Removal>,
) -> (Vec<Block>, Vec<Labeled>) {
    let mut labels: Vec<Labeled> = Vec::new();
    for line in before.iter().rev() {
        labels.extend(read(line, vocabulary).into_iter().flatten());
    }
    let title = key(title);
    let mut kept: Vec<Block> = Vec::new();
    let mut is_head = true;
    for (position, block) in blocks.into_iter().enumerate() {
        let text = block.plain_text();
        let is_short = text.chars().count() <= 200;
        is_head &= position < HEAD_LEN && (is_short || kept.is_empty());
        if is_head && !title.is_empty() && key(&text) == title {
            // Nothing but the name of a section stands above a title.
            for above in kept.extract_if(.., |block| is_kicker(block)) {
                remove(removed, &above.plain_text(), "above the title");
            }
            continue;
        }
        if is_head
            && is_short
            && let Some(read) = read(&text, vocabulary)
        {
            labels.extend(read);
            continue;
        }
        if position < HEAD_LEN && beside.has(&text) {
            continue;
        }
        if is_control(&one_line(&text)) || is_link_line(&block) {
            remove(removed, &text, "page control");
            continue;
        }
        if !matches!(block, Block::Heading { .. }) && is_sentence_end(&text) {
            is_head = false;
        }
        kept.push(block);
    }
    trim_end(&mut kept, vocabulary, &mut labels, removed);
    (kept, labels)
}

/// Whether a block is a few words and no sentence.
fn is_kicker(block: &Block) -> bool {
    let text = block.plain_text();
    text.chars().count() <= 40 && !is_sentence_end(&text)
}

/// Takes away what follows an article: headings without a text, rules, labels, links.
fn trim_end(
    kept: &mut Vec<Block>,
    vocabulary: &Vocabulary,
    labels: &mut Vec<Labeled>,
    removed: &mut Vec<Removal>,
) {
    while let Some(last) = kept.last() {
        let text = last.plain_text();
        let read = read(&text, vocabulary);
        let is_tail = match last {
            Block::Break | Block::Heading { .. } => true,
            Block::Paragraph { .. } => read.is_some() || is_imprint(&text),
            Block::List { .. } => is_link_list(last),
            _ => false,
        };
        if !is_tail || kept.len() == 1 {
            break;
        }
        match read {
            Some(read) => labels.extend(read),
            None => remove(removed, &text, "after the article"),
        }
        kept.pop();
    }
}

/// Whether a paragraph claims the rights in the text or says where to write to.
fn is_imprint(text: &str) -> bool {
    let is_address = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        word.split_once('@')
            .is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
    };
    let lower = text.to_lowercase();
    let claims = lower.starts_with(['©', '®']) || lower.starts_with("copyright");
    text.chars().count() <= 240 && (claims || text.split_whitespace().any(is_address))
}

/// Reads a block of labels: several lines, or several labels on a line.
fn read(text: &str, vocabulary: &Vocabulary) -> Option<Vec<Labeled>> {
    if text.chars().count() > 240 {
        return None;
    }
    let mut out = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        // Wide spaces set labels apart like bars do.
        let barred = line
            .replace(['\u{a0}', '\u{3000}', '\u{2003}', '\t'], "|")
            .replace("  ", "|");
        let read = label::read(&one_line(&barred), vocabulary)
            .or_else(|| label::read(&one_line(line), vocabulary))?;
        out.extend(read);
    }
    (!out.is_empty()).then_some(out)
}

/// A short paragraph that is one link and nothing else: an invitation to go on.
fn is_link_line(block: &Block) -> bool {
    let Block::Paragraph { inlines } = block else { return false };
    let is_link =
        |inline: &Inline| matches!(inline, Inline::Link { .. } | Inline::LineBreak);
    inlines.iter().all(is_link)
        && block.plain_text().chars().count() < 120
        && !is_sentence_end(&block.plain_text())
}

fn is_link_list(block: &Block) -> bool {
    let Block::List { items, .. } = block else { return false };
    let is_linked = |item: &&Vec<Block>| {
        item.iter().all(|block| match block {
            Block::Paragraph { inlines } => {
                inlines.iter().any(|inline| matches!(inline, Inline::Link { .. }))
                    && !is_sentence_end(&block.plain_text())
            }
            _ => false,
        })
    };
    items.iter().filter(is_linked).count() * 4 >= items.len() * 3
}
