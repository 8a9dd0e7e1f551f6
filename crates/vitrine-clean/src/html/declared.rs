//! The body that a page declares in its linked data, as evidence for the one it shows.

use vitrine_article::{Block, Removal};

use super::dom::{Document, ROOT};
use crate::{
    extracted::remove,
    typography::{is_sentence_end, key, one_line},
};

/// Shortest declared body that says anything, in letters and digits.
const MIN_LEN: usize = 400;

/// Longest declared body that is compared, in bytes of letters and digits, and how many
/// times as long the page may be: every piece of the page is looked up in the body.
const MAX_LEN: usize = 200_000;
const MAX_RATIO: usize = 4;

/// Letters and digits in the pieces that a block is looked up by.
const PIECE_LEN: usize = 24;

/// Compares the blocks that were found with the declared body: takes out the paragraphs
/// that it does not have, or takes its paragraphs where the page shows hardly any of it.
///
/// A declared body that has much less than the page is an abstract and tells nothing.
pub(super) fn compare(
    found: Vec<Block>,
    declared: &str,
    removed: &mut Vec<Removal>,
) -> Vec<Block> {
    let declared = text_of(declared);
    let body = key(&declared);
    let keys: Vec<String> = found.iter().map(|block| key(&block.plain_text())).collect();
    let len: usize = keys.iter().map(String::len).sum();
    if !(MIN_LEN..=MAX_LEN).contains(&body.len()) || len > body.len() * MAX_RATIO {
        return found;
    }
    let is_known: Vec<bool> = keys.iter().map(|text| is_part(text, &body)).collect();
    let len_of = |wanted: bool| -> usize {
        keys.iter()
            .zip(&is_known)
            .filter(|&(_, &known)| known == wanted)
            .map(|(text, _)| text.len())
            .sum()
    };
    let (known, unknown) = (len_of(true), len_of(false));
    if (known + unknown) * 2 < body.len() {
        for block in &found {
            remove(removed, &block.plain_text(), "outside the article");
        }
        return declared
            .split('\n')
            .map(one_line)
            .filter(|text| !text.is_empty())
            .map(Block::paragraph)
            .collect();
    }
    let is_running = |block: &Block| {
        let text = block.plain_text();
        text.chars().count() >= 80 && is_sentence_end(&text)
    };
    let last = is_known.iter().rposition(|&known| known).unwrap_or(0);
    let unknown_running = |blocks: &[Block], known: &[bool]| {
        blocks
            .iter()
            .zip(known)
            .filter(|(block, known)| !**known && is_running(block))
            .count()
    };
    let is_cut_off = unknown_running(
        found.get(last..).unwrap_or_default(),
        is_known.get(last..).unwrap_or_default(),
    ) >= 3;
    if known * 10 < body.len() * 8 || unknown * 10 > known * 8 || is_cut_off {
        return found;
    }
    let first = is_known.iter().position(|&known| known).unwrap_or(0);
    let mut kept = Vec::new();
    for (position, (block, known)) in found.into_iter().zip(is_known).enumerate() {
        let is_inside = (first..=last).contains(&position);
        let stays = known
            || match &block {
                Block::Figure { .. } => true,
                Block::Paragraph { .. } => false,
                _ => is_inside,
            };
        if stays {
            kept.push(block);
        } else {
            remove(removed, &block.plain_text(), "not in the declared text");
        }
    }
    kept
}

/// Whether nearly all of `text` stands in `body`, both as keys.
fn is_part(text: &str, body: &str) -> bool {
    if text.is_empty() || body.contains(text) {
        return true;
    }
    let chars: Vec<char> = text.chars().collect();
    let pieces: Vec<String> = chars
        .chunks(PIECE_LEN)
        .filter(|c| c.len() == PIECE_LEN)
        .map(String::from_iter)
        .collect();
    let found = pieces.iter().filter(|piece| body.contains(piece.as_str())).count();
    !pieces.is_empty() && found * 10 >= pieces.len() * 6
}

/// The text of a declared body, which may have tags or character references in it.
fn text_of(declared: &str) -> String {
    if !declared.contains(['<', '&']) {
        return declared.to_owned();
    }
    let broken = declared.replace("</p>", "</p>\n").replace("<br", "\n<br");
    let document = Document::parse(&broken);
    let twice = document.text_of(ROOT).into_owned();
    if twice.contains("&#") {
        Document::parse(&twice).text_of(ROOT).into_owned()
    } else {
        twice
    }
}
