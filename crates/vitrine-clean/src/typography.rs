//! Characters and spaces: what one line of text looks like once it is clean.

/// Returns `text` on one line: runs of white space become one space, at the ends none;
/// characters that nobody sees are gone. A line end between two ideographs, which are
/// written without spaces, leaves nothing.
pub(crate) fn one_line(text: &str) -> String {
    if is_one_line(text) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut gap = Gap::None;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        // Most text is words of ASCII.
        let word_len = rest.bytes().position(|b| !b.is_ascii_graphic());
        let (word, after) = rest.split_at(word_len.unwrap_or(rest.len()));
        if !word.is_empty() {
            if gap != Gap::None && !out.is_empty() {
                out.push(' ');
            }
            gap = Gap::None;
            out.push_str(word);
            rest = after;
            continue;
        }
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
        if is_invisible(c) || (c.is_control() && !c.is_whitespace()) {
            continue;
        }
        if c.is_whitespace() {
            gap = if c == '\n' || c == '\r' || gap == Gap::Line {
                Gap::Line
            } else {
                Gap::Space
            };
            continue;
        }
        let is_joined =
            gap == Gap::Line && is_cjk(c) && out.chars().next_back().is_some_and(is_cjk);
        if gap != Gap::None && !out.is_empty() && !is_joined {
            out.push(' ');
        }
        gap = Gap::None;
        out.push(c);
    }
    out
}

/// Returns whether [`one_line`] leaves `text` as it is; says no where it would have to look
/// closer.
pub(crate) fn is_one_line(text: &str) -> bool {
    let bytes = text.as_bytes();
    if text.is_ascii() {
        let is_strange = |a: u8, b: u8| !matches!(a, b' '..=b'~') || a | b == b' ';
        let is_edge = |b: Option<&u8>| b.is_some_and(|b| !b.is_ascii_graphic());
        return !is_edge(bytes.first())
            && !is_edge(bytes.last())
            && !has_pair(text, is_strange);
    }
    let mut follows_space = true;
    let mut at = 0;
    while let Some(&first) = bytes.get(at) {
        if first.is_ascii_graphic() {
            follows_space = false;
            at += 1;
            continue;
        }
        if first == b' ' && !follows_space {
            follows_space = true;
            at += 1;
            continue;
        }
        at += match (first, bytes.get(at + 1)) {
            // The Arabic mark of direction.
            (0xd8, Some(0x9c)) => return false,
            // Letters of two bytes, and signs that are no controls, spaces or soft hyphens.
            (0xc3..=0xdf, _) | (0xc2, Some(0xa1..=0xac | 0xae..=0xbf)) => 2,
            // Dashes, quotation marks, bullets, the ellipsis; ideographs and what goes with
            // them, but for their space; full-width forms, but for the byte order mark.
            (0xe2, Some(0x80)) if matches!(bytes.get(at + 2), Some(0x90..=0xa7)) => 3,
            (0xe3, Some(0x80)) if bytes.get(at + 2) != Some(&0x80) => 3,
            (0xe3, Some(0x81..)) | (0xe4..=0xee, _) | (0xef, Some(0xbc | 0xbd)) => 3,
            _ => return false,
        };
        follows_space = false;
    }
    !follows_space || text.is_empty()
}

/// White space that was read and not yet written.
#[derive(PartialEq, Eq, Clone, Copy)]
pub(crate) enum Gap {
    None,
    Space,
    /// White space with a line end in it.
    Line,
}

/// Returns whether `c` takes no room and says nothing: zero-width spaces and joiners,
/// marks, overrides and isolates of direction, soft hyphens, byte order marks.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Returns whether `c` is an ideograph, kana, or their punctuation: written without
/// spaces between words.
pub(crate) fn is_cjk(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3134f}')
}

/// Returns whether `c` is a Chinese character.
pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3134f}')
}

/// Returns what [`char::is_alphanumeric`] does, sooner where `c` is frequent in Chinese.
pub(crate) fn is_alphanumeric(c: char) -> bool {
    match c {
        '\u{4e00}'..='\u{9fff}' => true,
        c => !is_punctuation(c) && c.is_alphanumeric(),
    }
}

/// Returns what [`char::is_alphabetic`] does, sooner where `c` is frequent in Chinese.
pub(crate) fn is_alphabetic(c: char) -> bool {
    match c {
        '\u{4e00}'..='\u{9fff}' => true,
        c => !is_punctuation(c) && c.is_alphabetic(),
    }
}

/// Returns whether `c` is a frequent sign beside ASCII that is no letter and no digit.
fn is_punctuation(c: char) -> bool {
    matches!(c, '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}'
        | '\u{ff00}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}')
}

/// Returns whether a sentence may end with `c`.
pub(crate) fn ends_sentence(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '。' | '！' | '？' | '…' | '．' | '｡')
}

/// Returns whether `text` ends as a sentence does; closing quotes and brackets after the
/// mark do not matter.
pub(crate) fn is_sentence_end(text: &str) -> bool {
    text.trim_end()
        .trim_end_matches([
            '"', '\'', '”', '’', ')', '）', ']', '】', '」', '』', '»', '*',
        ])
        .chars()
        .next_back()
        .is_some_and(ends_sentence)
}

/// Returns the letters and digits of `text` in lower case, compatibility forms unified:
/// equal keys read the same.
pub(crate) fn key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    push_key(text, &mut key);
    key
}

/// Appends the [`key`] of `text` to others.
pub(crate) fn push_key(text: &str, keys: &mut String) {
    let start = keys.len();
    let mut rest = text;
    loop {
        // Most text is runs of ASCII and runs of ideographs.
        let ascii = rest.bytes().position(|b| !b.is_ascii()).unwrap_or(rest.len());
        let (ascii, after) = rest.split_at(ascii);
        push_letters(ascii, keys);
        let (ideographs, after) = after.split_at(ideographs_len(after));
        keys.push_str(ideographs);
        if after.starts_with(|c: char| c.is_ascii()) {
            rest = after;
            continue;
        }
        let mut after = after.chars();
        let Some(c) = after.next() else { return };
        match c {
            '\u{2000}'..='\u{206f}'
            | '\u{3000}'..='\u{3004}'
            | '\u{3008}'..='\u{3020}' => {}
            '\u{ff01}'..='\u{ff5e}' => {
                let narrow = char::from_u32(u32::from(c) - 0xfee0);
                let letter = narrow.filter(char::is_ascii_alphanumeric);
                keys.extend(letter.map(|c| c.to_ascii_lowercase()));
            }
            c if !is_plain(c) => {
                keys.truncate(start);
                keys.push_str(&normalized_key(text));
                return;
            }
            c if c.is_alphanumeric() => keys.extend(c.to_lowercase()),
            _ => {}
        }
        rest = after.as_str();
    }
}

/// Number of bytes at the start of `text` that are frequent ideographs, U+4E00 to U+9FFF.
fn ideographs_len(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut len = 0;
    while let (0xe4, Some(0xb8..)) | (0xe5..=0xe9, Some(_)) =
        (bytes.get(len).copied().unwrap_or_default(), bytes.get(len + 1).copied())
    {
        len += 3;
    }
    len
}

/// The key of any text; takes long.
fn normalized_key(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    text.nfkc().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Appends the letters and digits of `ascii` in lower case.
fn push_letters(ascii: &str, key: &mut String) {
    /// What each byte becomes; 0 is nothing.
    const FOLDED: [u8; 256] = {
        let mut folded = [0; 256];
        let mut byte = 0_u8;
        while byte < 0x80 {
            if byte.is_ascii_alphanumeric() {
                folded[byte as usize] = byte.to_ascii_lowercase();
            }
            byte += 1;
        }
        folded
    };
    let mut letters = [0; 128];
    for run in ascii.as_bytes().chunks(letters.len()) {
        // Each byte is written, and the next one over it where it is no letter: no branch
        // to be guessed wrong.
        let mut len = 0;
        for &byte in run {
            let folded = FOLDED.get(usize::from(byte)).copied().unwrap_or_default();
            if let Some(slot) = letters.get_mut(len) {
                *slot = folded;
            }
            len += usize::from(folded != 0);
        }
        let letters = letters.get(..len).unwrap_or_default();
        key.push_str(std::str::from_utf8(letters).unwrap_or_default());
    }
}

/// Whether normalizing `c` leaves its letters and digits as they are, whatever stands
/// beside it: nearly all text is made of such characters, and normalizing it takes long.
fn is_plain(c: char) -> bool {
    matches!(c, '\0'..='\u{a9}' | '\u{ab}'..='\u{b1}' | '\u{b4}' | '\u{b6}'..='\u{b8}'
        | '\u{bb}' | '\u{bf}'..='\u{131}' | '\u{134}'..='\u{13e}' | '\u{141}'..='\u{148}'
        | '\u{14a}'..='\u{17e}' | '\u{400}'..='\u{481}' | '\u{2000}'..='\u{206f}'
        | '\u{20ac}' | '\u{2190}'..='\u{22ff}' | '\u{2500}'..='\u{27bf}'
        | '\u{3000}'..='\u{3029}' | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fe}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}'
        | '\u{ff01}'..='\u{ff64}')
}

/// How much `text` says, in letters: a Chinese character counts for three.
#[expect(clippy::needless_bitwise_bool, reason = "branches are slower here")]
pub(crate) fn weight(text: &str) -> usize {
    let is_ideograph = |a: u8, b: u8| {
        matches!(a, 0xe5..=0xe9)
            | (a == 0xe3) & (b >= 0x90)
            | (a == 0xe4) & (b != 0xb7)
            | (a == 0xef) & matches!(b, 0xa4..=0xab)
    };
    text.chars().count() + 2 * count_chars(text, is_ideograph, is_han)
}

/// Width of `text` in columns of a terminal: ideographs take two.
pub(crate) fn columns(text: &str) -> usize {
    len_and_columns(text).1
}

/// How many characters `text` has, and its width in columns.
#[expect(clippy::needless_bitwise_bool, reason = "branches are slower here")]
pub(crate) fn len_and_columns(text: &str) -> (usize, usize) {
    let is_wide = |a: u8, b: u8| {
        matches!(a, 0xe5..=0xe9)
            | (a == 0xe2) & (b >= 0xba)
            | (a == 0xe3) & !matches!(b, 0x84..=0x8f)
            | (a == 0xe4) & (b != 0xb7)
            | (a == 0xef) & matches!(b, 0xa4..=0xab | 0xbc..=0xbe)
    };
    let len = text.chars().count();
    (len, len + count_chars(text, is_wide, is_cjk))
}

/// Counts characters by their first two bytes in UTF-8, which tell of most what they are;
/// where some are in `text` of which they do not, by each as a whole.
fn count_chars(
    text: &str,
    by_bytes: impl Fn(u8, u8) -> bool,
    by_char: impl Fn(char) -> bool,
) -> usize {
    if text.is_ascii() {
        0
    } else if has_pair(text, |a, b| matches!((a, b), (0xf0.., _) | (0xef, 0xbf))) {
        text.chars().filter(|&c| by_char(c)).count()
    } else {
        count_pairs(text, by_bytes)
    }
}

/// Bytes that are looked at together. Within them no loop ends early and a sum fits into a
/// byte, so that the processor looks at many at a time.
const TOGETHER: usize = 128;

/// Counts the neighboring bytes of `text` that are as is asked.
fn count_pairs(text: &str, is: impl Fn(u8, u8) -> bool) -> usize {
    pairs(text)
        .map(|(first, second)| {
            let each = first.iter().zip(second).map(|(&a, &b)| u8::from(is(a, b)));
            usize::from(each.sum::<u8>())
        })
        .sum()
}

/// Whether two neighboring bytes of `text` are as is asked.
pub(crate) fn has_pair(text: &str, is: impl Fn(u8, u8) -> bool) -> bool {
    pairs(text).any(|(first, second)| {
        let each = first.iter().zip(second).map(|(&a, &b)| is(a, b));
        each.fold(false, |found, is| found | is)
    })
}

fn pairs(text: &str) -> impl Iterator<Item = (&[u8], &[u8])> {
    let bytes = text.as_bytes();
    bytes.chunks(TOGETHER).zip(bytes.get(1..).unwrap_or_default().chunks(TOGETHER))
}

/// Whether a byte of `text` is as is asked.
pub(crate) fn has_byte(text: &str, is: impl Fn(u8) -> bool) -> bool {
    let mut parts = text.as_bytes().chunks(TOGETHER);
    parts.any(|part| part.iter().fold(false, |found, &b| found | is(b)))
}

#[cfg(test)]
mod tests {
    use super::{
        is_alphabetic, is_alphanumeric, is_cjk, is_han, is_plain, is_sentence_end, key,
        len_and_columns, normalized_key, one_line, weight,
    };

    #[test]
    fn lines_join_as_their_script_does() {
        assert_eq!(one_line("  two\n words "), "two words");
        assert_eq!(one_line("国际\n问题 研究"), "国际问题 研究");
        assert_eq!(one_line("ze\u{200b}ro\u{ad} width\u{a0}\u{3000}x"), "zero width x");
    }

    #[test]
    fn what_is_on_one_line_stays_as_it_is() {
        for text in ["", "a b", "a – “b”…", "潮水，港口", "é ß ¥ 한국 ＡＢ"]
        {
            assert_eq!(one_line(text), text);
        }
        for (text, line) in [
            (" a", "a"),
            ("a ", "a"),
            ("a  b", "a b"),
            ("a\u{3000}潮", "a 潮"),
            ("a\u{85}b\u{7}", "a b"),
            ("\u{feff}a\u{2009}b", "a b"),
        ] {
            assert_eq!(one_line(text), line);
        }
    }

    #[test]
    fn keys_are_the_same_with_normalizing_and_without() {
        // The ligature needs normalizing.
        assert_eq!(key("“A Quay”， 海港 —１"), "aquay海港1");
        assert_eq!(key("“A Quay”， 海港 — 1"), "aquay海港1");
        assert_eq!(key("ﬁsh…"), "fish");
        // An accent of its own needs normalizing.
        assert_eq!(key("Cafe\u{301} ÅNGSTRÖM"), key("CAFÉ Ångström"));
    }

    #[test]
    fn plain_characters_need_no_normalizing() {
        for c in ('\0'..=char::MAX).filter(|&c| is_plain(c)) {
            let text = format!("e{c}a か{c}ハ 가{c}");
            assert_eq!(key(&text), normalized_key(&text), "U+{:04X}", u32::from(c));
        }
    }

    #[test]
    fn characters_are_told_as_the_standard_library_does() {
        for c in '\0'..=char::MAX {
            let code = u32::from(c);
            assert_eq!(is_alphabetic(c), c.is_alphabetic(), "U+{code:04X}");
            assert_eq!(is_alphanumeric(c), c.is_alphanumeric(), "U+{code:04X}");
        }
    }

    #[test]
    fn every_character_has_its_width() {
        for c in '\0'..=char::MAX {
            let text = format!("é{c}a");
            assert_eq!(len_and_columns(&text), (3, 3 + usize::from(is_cjk(c))), "{c:?}");
            assert_eq!(weight(&text), 3 + 2 * usize::from(is_han(c)), "{c:?}");
        }
    }

    #[test]
    fn a_closing_quote_does_not_hide_the_end_of_a_sentence() {
        assert!(is_sentence_end("He said “no.”") && is_sentence_end("好。」"));
        assert!(!is_sentence_end("A heading"));
    }
}
