//! Texts as the measures compare them.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization as _;

/// How often each of several things occurs.
pub(super) type Counts<T> = BTreeMap<T, usize>;

/// Words in a shingle.
const SHINGLE_LEN: usize = 4;

/// Whether a character is a token of its own.
pub(super) fn is_cjk(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}')
}

/// The words of `text`; a Chinese character is a word.
pub(super) fn tokens(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut word = String::new();
    for c in text.chars().chain([' ']) {
        let is_letter = c.is_alphanumeric() || c == '_';
        if is_letter && !is_cjk(c) {
            word.push(c);
            continue;
        }
        if !word.is_empty() {
            tokens.push(std::mem::take(&mut word));
        }
        if is_letter {
            tokens.push(c.to_string());
        }
    }
    tokens
}

/// The sequences of four words; one shorter sequence if there are fewer words.
pub(super) fn shingles(tokens: &[String]) -> Vec<String> {
    match tokens.len() {
        0 => Vec::new(),
        1..=SHINGLE_LEN => vec![tokens.join(" ")],
        _ => tokens.windows(SHINGLE_LEN).map(|window| window.join(" ")).collect(),
    }
}

/// Counts `items`.
pub(super) fn counts<T: Ord>(items: impl IntoIterator<Item = T>) -> Counts<T> {
    let mut counts = Counts::new();
    for item in items {
        *counts.entry(item).or_default() += 1;
    }
    counts
}

/// How many things two collections have in common, each as often as both have it.
pub(super) fn common<T: Ord>(a: &Counts<T>, b: &Counts<T>) -> usize {
    a.iter().map(|(item, &count)| count.min(b.get(item).copied().unwrap_or(0))).sum()
}

/// `text` in compatibility form, without characters that nobody sees.
pub(super) fn visible(text: &str) -> String {
    let is_unseen = |c: &char| {
        matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'
            | '\u{feff}')
    };
    text.chars().filter(|c| !is_unseen(c)).nfkc().collect()
}

/// The letters and digits of `text` in lower case.
pub(super) fn key(text: &str) -> String {
    text.nfkc().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).collect()
}

/// The harmonic mean of precision and recall: `hits` of `found` things, of `wanted` ones.
pub(super) fn f1(hits: usize, found: usize, wanted: usize) -> f64 {
    match (hits, found + wanted) {
        (_, 0) => 1.0,
        (0, _) => 0.0,
        (hits, both) => 2.0 * hits as f64 / both as f64,
    }
}

/// The mean, 0 of nothing.
pub(super) fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::{f1, key, shingles, tokens};

    #[test]
    fn a_chinese_character_is_a_word() {
        assert_eq!(tokens("The 2nd 海港, open."), ["The", "2nd", "海", "港", "open"]);
        assert_eq!(shingles(&tokens("a b c")), ["a b c"]);
        assert_eq!(shingles(&tokens("a b c d e")), ["a b c d", "b c d e"]);
        assert_eq!(key("Ｈarbor — No. 3!"), "harborno3");
    }

    #[test]
    fn nothing_wanted_and_nothing_found_is_right() {
        let is = |found: f64, wanted: f64| assert!((found - wanted).abs() < 1e-12);
        is(f1(0, 0, 0), 1.0);
        is(f1(0, 3, 0), 0.0);
        is(f1(2, 2, 4), 2.0 / 3.0);
    }
}
