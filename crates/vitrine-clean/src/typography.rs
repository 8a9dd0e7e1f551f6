//! Characters and spaces: what one line of text looks like once it is clean.

/// Returns `text` on one line: runs of white space become one space, at the ends none;
/// characters that nobody sees are gone. A line end between two ideographs, which are
/// written without spaces, leaves nothing.
pub(crate) fn one_line(text: &str) -> String {
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

/// White space that was read and not yet written.
#[derive(PartialEq, Eq, Clone, Copy)]
pub(crate) enum Gap {
    None,
    Space,
    /// White space with a line end in it.
    Line,
}

/// Returns whether `c` takes no room and says nothing: zero-width spaces and joiners,
/// direction marks, soft hyphens, byte order marks.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}' | '\u{feff}')
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
    use unicode_normalization::UnicodeNormalization;
    let mut key = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if c.is_ascii_alphanumeric() => key.push(c.to_ascii_lowercase()),
            '\0'..='\u{7f}' => {}
            '\u{4e00}'..='\u{9fff}' => key.push(c),
            c if !is_plain(c) => {
                let letters = text.nfkc().filter(|c| c.is_alphanumeric());
                return letters.flat_map(char::to_lowercase).collect();
            }
            c if c.is_alphanumeric() => key.extend(c.to_lowercase()),
            _ => {}
        }
    }
    key
}

/// Whether the compatibility form of `c` has the same letters and digits: nearly all text
/// is made of such characters, and normalizing it takes long.
fn is_plain(c: char) -> bool {
    matches!(c, '\0'..='\u{a0}' | '\u{c0}'..='\u{131}' | '\u{400}'..='\u{481}'
        | '\u{2010}'..='\u{2027}' | '\u{3001}'..='\u{3003}'
        | '\u{3008}'..='\u{3011}' | '\u{4e00}'..='\u{9fff}' | '\u{ff01}'..='\u{ff0f}'
        | '\u{ff1a}'..='\u{ff20}')
}

/// Width of `text` in columns of a terminal: ideographs take two.
pub(crate) fn columns(text: &str) -> usize {
    text.chars().map(|c| if is_cjk(c) { 2 } else { 1 }).sum()
}

#[cfg(test)]
mod tests {
    use super::{is_sentence_end, key, one_line};

    #[test]
    fn lines_join_as_their_script_does() {
        assert_eq!(one_line("  two\n words "), "two words");
        assert_eq!(one_line("国际\n问题 研究"), "国际问题 研究");
        assert_eq!(one_line("ze\u{200b}ro\u{ad} width\u{a0}\u{3000}x"), "zero width x");
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
    fn a_closing_quote_does_not_hide_the_end_of_a_sentence() {
        assert!(is_sentence_end("He said “no.”") && is_sentence_end("好。」"));
        assert!(!is_sentence_end("A heading"));
    }
}
