//! Chooses the passage that answers a query.

use std::ops::Range;

use crate::matcher::Mark;

/// Most words of a query that are told apart when a passage is chosen.
const MAX_WORDS: usize = 64;

/// Returns `text` with every run of white space as one space, and none at its ends.
pub(crate) fn collapse(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Returns the range of the best passage of `text`, at most `max_chars` wide.
///
/// Distinct words count most, by their weight; repetitions a little. Of equal passages the
/// first is taken. Its ends are moved to the edges of words.
pub(crate) fn best_range(text: &str, marks: &[Mark], max_chars: usize) -> Range<usize> {
    if width(text) <= max_chars {
        return 0..text.len();
    }
    let places = places(text, marks);
    let (mut best, mut best_score) = (0..0, 0);
    for (index, first) in marks.iter().enumerate() {
        let start = places.get(index).map_or(0, |place| place.start);
        let mut end = first.range.end;
        let mut seen = [false; MAX_WORDS];
        let mut score = 0_u64;
        for (mark, place) in marks.iter().zip(&places).skip(index) {
            if place.end > start + max_chars {
                break;
            }
            end = end.max(mark.range.end);
            let is_new = seen
                .get_mut(mark.word.number)
                .is_some_and(|s| !std::mem::replace(s, true));
            score += u64::from(mark.word.weight) * if is_new { 16 } else { 1 };
        }
        if score > best_score {
            (best, best_score) = (first.range.start..end, score);
        }
    }
    widen(text, best, max_chars)
}

/// Returns where marks begin and end, as the width of the text before: marks ascend, so that one
/// walk finds them all.
fn places(text: &str, marks: &[Mark]) -> Vec<Range<usize>> {
    let width_of = |range| text.get(range).map_or(0, width);
    let (mut at, mut start) = (0, 0);
    let place = |mark: &Mark| {
        start += width_of(at..mark.range.start);
        at = mark.range.start;
        start..start + width_of(mark.range.clone())
    };
    marks.iter().map(place).collect()
}

/// Adds text on both sides, a third of it before, and cuts between words.
fn widen(text: &str, core: Range<usize>, max_chars: usize) -> Range<usize> {
    let spare = max_chars.saturating_sub(text.get(core.clone()).map_or(0, width));
    let before = text.get(..core.start).unwrap_or_default();
    let start = before.len() - tail_len(before, spare / 3);
    let used = text.get(start..core.start).map_or(0, width);
    let after = text.get(core.end..).unwrap_or_default();
    let end = core.end + head_len(after, spare - used.min(spare));
    // What the end of the text leaves over goes to the beginning.
    let used = text.get(start..end).map_or(0, width);
    let start = start - tail_len(split(text, start).0, max_chars.saturating_sub(used));
    let start = if start == 0 { 0 } else { next_edge(text, start).min(core.start) };
    let end = if end == text.len() { end } else { last_edge(text, end).max(core.end) };
    trim(text, start..end)
}

/// Leaves out white space at the ends, and the ellipses that stand there between passages:
/// whoever cuts a text adds one.
fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let passage = text.get(range.clone()).unwrap_or_default();
    let is_outer = |c: char| c.is_whitespace() || c == '…';
    let start =
        range.start + (passage.len() - passage.trim_start_matches(is_outer).len());
    start..start + passage.trim_matches(is_outer).len()
}

/// Returns the length in bytes of the longest beginning of `text` of this width.
fn head_len(text: &str, max_width: usize) -> usize {
    let mut left = max_width;
    text.chars().take_while(|&c| take(&mut left, c)).map(char::len_utf8).sum()
}

/// Returns the length in bytes of the longest end of `text` of this width.
fn tail_len(text: &str, max_width: usize) -> usize {
    let mut left = max_width;
    text.chars().rev().take_while(|&c| take(&mut left, c)).map(char::len_utf8).sum()
}

fn take(left: &mut usize, c: char) -> bool {
    match left.checked_sub(char_width(c)) {
        Some(rest) => {
            *left = rest;
            true
        }
        None => false,
    }
}

fn width(text: &str) -> usize {
    text.chars().map(char_width).sum()
}

fn char_width(c: char) -> usize {
    if is_wide(c) { 2 } else { 1 }
}

/// Returns whether `c` is twice as wide as a Latin letter; a line may break beside it.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{115F}' | '\u{2E80}'..='\u{A4CF}' | '\u{AC00}'..='\u{D7A3}'
        | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE6F}' | '\u{FF00}'..='\u{FF60}'
        | '\u{20000}'..='\u{3FFFF}')
}

/// Returns whether a text may be cut between two characters.
fn is_edge(before: Option<char>, after: Option<char>) -> bool {
    let (Some(before), Some(after)) = (before, after) else { return true };
    let is_mark = matches!(after, '\u{300}'..='\u{36F}' | '\u{200D}' | '\u{3099}' | '\u{309A}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{1F3FB}'..='\u{1F3FF}' | '\u{E0100}'..='\u{E01EF}');
    let is_closing = "，。、；：？！）》」』”’".contains(after);
    !is_mark
        && before != '\u{200D}'
        && !is_closing
        && (before == ' ' || after == ' ' || is_wide(before) || is_wide(after))
}

/// Returns what is before and after `at`.
fn split(text: &str, at: usize) -> (&str, &str) {
    text.split_at_checked(at).unwrap_or((text, ""))
}

/// Returns the first edge at or after `at`, within the length of a long word.
fn next_edge(text: &str, at: usize) -> usize {
    let (head, tail) = split(text, at);
    let mut before = head.chars().next_back();
    for (offset, c) in tail.char_indices().take(32) {
        if is_edge(before, Some(c)) {
            return at + offset;
        }
        before = Some(c);
    }
    at
}

/// Returns the last edge at or before `at`, within the length of a long word.
fn last_edge(text: &str, at: usize) -> usize {
    let (head, tail) = split(text, at);
    let mut after = tail.chars().next();
    for (offset, c) in head.char_indices().rev().take(32) {
        if is_edge(Some(c), after) {
            return offset + c.len_utf8();
        }
        after = Some(c);
    }
    at
}

#[cfg(test)]
mod tests {
    use super::{best_range, collapse};
    use crate::matcher::{Mark, WantedWord};

    fn marks(text: &str, words: &[&str]) -> Vec<Mark> {
        let mut marks: Vec<Mark> = words
            .iter()
            .enumerate()
            .flat_map(|(number, form)| {
                let word = WantedWord { number, weight: 10, is_exact: true };
                text.match_indices(form).map(move |(start, _)| Mark {
                    range: start..start + form.len(),
                    position: 0,
                    word,
                })
            })
            .collect();
        marks.sort_by_key(|mark| mark.range.start);
        marks
    }

    #[test]
    fn the_passage_with_most_distinct_words_wins_and_ends_between_words() {
        let filler = "lorem ipsum dolor sit amet ".repeat(20);
        let text = collapse(&format!(
            "alpha alpha alpha {filler} here alpha meets beta at last {filler}"
        ));
        let range = best_range(&text, &marks(&text, &["alpha", "beta"]), 60);
        let passage = &text[range.clone()];
        assert!(passage.contains("alpha meets beta"), "{passage:?}");
        assert!(passage.chars().count() <= 60);
        assert!(text[..range.start].ends_with(' ') && text[range.end..].starts_with(' '));
    }

    #[test]
    fn chinese_counts_double_and_keeps_its_punctuation() {
        let text = "海洋治理是一个复杂的议题，需要各国合作。".repeat(20);
        let range = best_range(&text, &marks(&text, &["合作"]), 40);
        let passage = &text[range];
        assert!(passage.chars().count() <= 21 && passage.contains("合作"), "{passage:?}");
        assert!(!passage.starts_with(['，', '。']));
    }

    #[test]
    fn an_ellipsis_between_passages_is_not_doubled() {
        let text = "The tide rises. … It falls again after six hours.";
        assert_eq!(&text[best_range(text, &[], 18)], "The tide rises.");
    }

    #[test]
    fn without_a_mark_it_is_the_beginning() {
        let text = "one two three four five six seven";
        assert_eq!(&text[best_range(text, &[], 14)], "one two three");
    }
}
