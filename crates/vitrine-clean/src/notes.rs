//! Notes: the places in the text that have one, and what is noted, tied to each other.
//!
//! Readers of markup and of Markdown mark what they know to be a note or a reference. A
//! dump has no markup: there a paragraph that begins with `[3]` is note 3 if the text
//! before it has a `[3]` inside a line.

use std::collections::{BTreeMap, BTreeSet};

use vitrine_article::{Block, Inline};

use crate::{html::tidy, typography::ends_sentence};

/// Longest text of a mark in characters.
const MAX_MARK: usize = 12;

/// Pairs of what may enclose the number of a note.
const BRACKETS: [(char, char); 4] =
    [('[', ']'), ('［', '］'), ('〔', '〕'), ('【', '】')];

/// Whether a short text reads like the mark of a note: a number, a letter or a sign,
/// perhaps in brackets, perhaps after the word for a note.
pub(crate) fn is_mark(label: &str) -> bool {
    if label.chars().count() > MAX_MARK {
        return false;
    }
    let inner = core(label);
    let lower = inner.to_ascii_lowercase();
    let number = ["note", "fn", "n", "注释", "注", "註"]
        .iter()
        .find_map(|word| lower.strip_prefix(word))
        .map_or(&*lower, |rest| rest.trim_start_matches([' ', '.']));
    let is_number =
        (1..=4).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    let is_letter = number.len() == 1 && number.bytes().all(|b| b.is_ascii_lowercase());
    let is_roman = (1..=5).contains(&number.len())
        && number.bytes().all(|b| matches!(b, b'i' | b'v' | b'x'));
    let is_sign = !inner.is_empty()
        && (inner.chars().all(|c| "*＊†‡§¶#".contains(c))
            || inner.chars().all(|c| superscript(c).is_some())
            || is_circled(inner));
    is_number || is_letter || is_roman || is_sign
}

/// What a mark says, without what encloses it.
pub(crate) fn core(label: &str) -> &str {
    label.trim_matches(|c: char| "[]()［］（）〔〕【】 .:".contains(c))
}

/// Ties the notes of an article to their references, and numbers them; what has no
/// counterpart becomes text.
pub(crate) fn link_notes(blocks: &mut [Block]) {
    mark_written(blocks);
    let mut marks: BTreeMap<u32, u32> = BTreeMap::new();
    let mut referred = BTreeSet::new();
    for_each(blocks, &mut |inlines| {
        each_inline(inlines, &mut |inline| match inline {
            Inline::NoteMark { number, .. } => {
                let next = u32::try_from(marks.len() + 1).unwrap_or(u32::MAX);
                if marks.contains_key(number) {
                    // A second mark of the same note, as a page that is there twice has.
                    *number = u32::MAX;
                } else {
                    marks.insert(*number, next);
                }
            }
            Inline::NoteReference { number, .. } => {
                referred.insert(*number);
            }
            _ => {}
        });
    });
    if marks.is_empty() && referred.is_empty() {
        return;
    }
    // Only notes that something refers to are counted.
    marks.retain(|number, _| referred.contains(number));
    let mut places: Vec<(u32, u32)> =
        marks.iter().map(|(&number, &place)| (place, number)).collect();
    places.sort_unstable();
    let numbers: BTreeMap<u32, u32> =
        (1..).zip(places).map(|(new, (_, old))| (old, new)).collect();
    for_each(blocks, &mut |inlines| {
        let mut is_changed = false;
        each_inline(inlines, &mut |inline| {
            let (Inline::NoteMark { number, .. } | Inline::NoteReference { number, .. }) =
                inline
            else {
                return;
            };
            match numbers.get(number) {
                Some(new) => *number = *new,
                None => is_changed |= make_text(inline),
            }
        });
        if is_changed {
            *inlines = tidy(std::mem::take(inlines));
        }
    });
}

/// Makes text of notes that cannot be told from those of another part of the article.
pub(crate) fn unlink(blocks: &mut [Block]) {
    for_each(blocks, &mut |inlines| {
        let mut is_changed = false;
        each_inline(inlines, &mut |inline| is_changed |= make_text(inline));
        if is_changed {
            *inlines = tidy(std::mem::take(inlines));
        }
    });
}

/// Leaves the text of a mark or a reference. Returns whether it was one.
fn make_text(inline: &mut Inline) -> bool {
    let (Inline::NoteMark { text, .. } | Inline::NoteReference { text, .. }) = inline
    else {
        return false;
    };
    *inline = Inline::Text { text: std::mem::take(text) };
    true
}

/// A mark as it is written in a text: what encloses it, and its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Written {
    style: char,
    number: u32,
}

/// Marks notes that only their text shows.
fn mark_written(blocks: &mut [Block]) {
    let mut starts: BTreeMap<Written, usize> = BTreeMap::new();
    let mut repeated = BTreeSet::new();
    let mut at = 0;
    for_each(blocks, &mut |inlines| {
        at += 1;
        if let Some(text) = first_text(inlines)
            && let Some((written, len)) = mark_at(text)
            && text.len() > len
            && starts.insert(written, at).is_some()
        {
            repeated.insert(written);
        }
    });
    if starts.is_empty() {
        return;
    }
    let mut number = 0;
    let mut references: BTreeMap<Written, usize> = BTreeMap::new();
    let mut at = 0;
    for_each(blocks, &mut |inlines| {
        at += 1;
        each_inline(inlines, &mut |inline| match inline {
            Inline::NoteMark { number: known, .. }
            | Inline::NoteReference { number: known, .. } => {
                number = number.max(*known);
            }
            Inline::Text { text } => {
                for (_, written, _) in references_in(text) {
                    references.entry(written).or_insert(at);
                }
            }
            _ => {}
        });
    });
    starts.retain(|written, start| {
        !repeated.contains(written)
            && references.get(written).is_some_and(|reference| reference < start)
    });
    // A lonely number may be anything: of the notes before, most are there as well.
    let is_counted = |written: &Written| {
        let is_known =
            |number: &u32| starts.contains_key(&Written { number: *number, ..*written });
        let before = written.number - 1;
        2 * (1..=before).filter(is_known).count() >= before as usize
    };
    let starts: BTreeMap<Written, (usize, u32)> = (number.saturating_add(1)..)
        .zip(starts.iter().filter(|(written, _)| is_counted(written)))
        .map(|(number, (&written, &start))| (written, (start, number)))
        .collect();
    if starts.is_empty() {
        return;
    }
    let mut at = 0;
    for_each(blocks, &mut |inlines| {
        at += 1;
        let written = first_text(inlines).and_then(mark_at);
        let known = written.and_then(|(written, len)| Some((starts.get(&written)?, len)));
        let mark =
            known.filter(|((start, _), _)| *start == at).map(|((_, n), len)| (*n, len));
        refer(inlines, mark.map_or(0, |(_, len)| len), &starts);
        if let Some((number, len)) = mark
            && let Some(Inline::Text { text }) = inlines.first_mut()
        {
            let rest = text.split_off(len);
            let text = std::mem::replace(text, rest);
            inlines.insert(0, Inline::NoteMark { number, text });
        }
    });
}

/// Puts references in the place of the marks in a text, but for its first `skipped` bytes.
fn refer(
    inlines: &mut Vec<Inline>,
    mut skipped: usize,
    notes: &BTreeMap<Written, (usize, u32)>,
) {
    let mut at = 0;
    while let Some(inline) = inlines.get_mut(at) {
        at += 1;
        let skipped = std::mem::take(&mut skipped);
        match inline {
            Inline::Emphasis { inlines } | Inline::Strong { inlines } => {
                refer(inlines, 0, notes);
            }
            Inline::Text { text } => {
                let mut parts = Vec::new();
                let mut from = 0;
                for (start, written, len) in references_in(text) {
                    let Some((_, number)) = notes.get(&written) else { continue };
                    if start < skipped.max(from) {
                        continue;
                    }
                    let end = start + len;
                    parts.extend(
                        text.get(from..start)
                            .filter(|text| !text.is_empty())
                            .map(Inline::text),
                    );
                    let mark = text.get(start..end).unwrap_or_default().to_owned();
                    parts.push(Inline::NoteReference { number: *number, text: mark });
                    from = end;
                }
                if parts.is_empty() {
                    continue;
                }
                parts.extend(
                    text.get(from..).filter(|text| !text.is_empty()).map(Inline::text),
                );
                let count = parts.len();
                inlines.splice(at - 1..at, parts);
                at += count - 1;
            }
            _ => {}
        }
    }
}

/// The marks inside a text: where each begins, what it is and its length in bytes. What
/// stands at its very beginning is none.
fn references_in(text: &str) -> impl Iterator<Item = (usize, Written, usize)> {
    let may_start = |c: &char| {
        BRACKETS.iter().any(|(open, _)| open == c)
            || superscript(*c).is_some()
            || ('①'..='⑳').contains(c)
    };
    let starts = text.char_indices().skip(1).filter(move |(_, c)| may_start(c));
    let mut end = 0;
    starts.filter_map(move |(start, _)| {
        let (before, rest) = text.split_at_checked(start)?;
        let (written, len) = mark_at(rest)?;
        if start < end || !can_refer(written, before, rest.get(len..)?) {
            return None;
        }
        end = start + len;
        Some((start, written, len))
    })
}

/// Whether a mark may refer to a note where it stands: `①` counts points of a sentence, too,
/// and then begins one.
fn can_refer(written: Written, before: &str, after: &str) -> bool {
    if written.style != '①' {
        return true;
    }
    let Some(last) = before.chars().next_back() else { return false };
    let next = after.chars().next();
    let ends = ends_sentence(last) || next.is_none_or(|c| !c.is_alphanumeric());
    !last.is_whitespace() && !"：；:;，,、（(".contains(last) && ends
}

/// Reads the mark at the beginning of a text; the second value is its length in bytes.
fn mark_at(text: &str) -> Option<(Written, usize)> {
    let first = text.chars().next()?;
    if let Some(&(open, close)) = BRACKETS.iter().find(|(open, _)| *open == first) {
        let rest = text.get(open.len_utf8()..)?;
        let len = rest.find(close).filter(|len| *len <= MAX_MARK)?;
        let inner = rest.get(..len)?;
        let digits = inner.trim_start_matches(['注', '註']).trim();
        let number = Some(digits).filter(|digits| {
            (1..=3).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
        })?;
        let number = number.parse().ok().filter(|number| *number > 0)?;
        let len = open.len_utf8() + len + close.len_utf8();
        return Some((Written { style: open, number }, len));
    }
    if ('①'..='⑳').contains(&first) {
        let number = u32::from(first) - u32::from('①') + 1;
        return Some((Written { style: '①', number }, first.len_utf8()));
    }
    let digits: Vec<(char, u32)> = text
        .chars()
        .map_while(|c| superscript(c).map(|digit| (c, digit)))
        .take(3)
        .collect();
    let number = digits.iter().fold(0, |number, (_, digit)| number * 10 + digit);
    let len = digits.iter().map(|(c, _)| c.len_utf8()).sum();
    (number > 0).then_some((Written { style: '¹', number }, len))
}

fn superscript(c: char) -> Option<u32> {
    match c {
        '¹' => Some(1),
        '²' => Some(2),
        '³' => Some(3),
        '⁰' | '⁴'..='⁹' => Some(u32::from(c) - u32::from('⁰')),
        _ => None,
    }
}

fn is_circled(text: &str) -> bool {
    let mut chars = text.chars();
    matches!((chars.next(), chars.next()), (Some('①'..='⑳'), None))
}

fn first_text(inlines: &[Inline]) -> Option<&str> {
    match inlines.first()? {
        Inline::Text { text } => Some(text),
        _ => None,
    }
}

/// Shows every text of paragraphs, in reading order. Recursion is bounded: readers limit
/// how deep blocks nest.
fn for_each(blocks: &mut [Block], visit: &mut dyn FnMut(&mut Vec<Inline>)) {
    for block in blocks {
        match block {
            Block::Paragraph { inlines } | Block::Heading { inlines, .. } => {
                visit(inlines);
            }
            Block::List { items, .. } => {
                for item in items {
                    for_each(item, visit);
                }
            }
            Block::Quote { blocks } => for_each(blocks, visit),
            Block::Table { caption, rows } => {
                visit(caption);
                rows.iter_mut().flat_map(|row| &mut row.cells).for_each(&mut *visit);
            }
            Block::Figure { caption, .. } => visit(caption),
            Block::Code { .. } | Block::Break => {}
        }
    }
}

/// Shows every inline element, those inside others included.
fn each_inline(inlines: &mut [Inline], visit: &mut dyn FnMut(&mut Inline)) {
    for inline in inlines {
        visit(inline);
        if let Inline::Emphasis { inlines }
        | Inline::Strong { inlines }
        | Inline::Link { inlines, .. } = inline
        {
            each_inline(inlines, visit);
        }
    }
}
