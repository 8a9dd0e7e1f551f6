//! The pieces that a date is made of.

use std::ops::Range;

use crate::typography::has_pair;

/// A piece of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) span: Range<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// A number and how many digits it is written with; 0 for Chinese numerals.
    Number { value: u32, digits: usize },
    /// Letters.
    Word(Word),
    /// Any other character that is no space.
    Mark(char),
}

/// Longest word that may belong to a date: `september`.
const MAX_WORD_LEN: usize = 9;

/// A word in lower case; one that is too long for a date, or not of ASCII letters, is empty.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Word {
    letters: [u8; MAX_WORD_LEN],
    len: usize,
}

impl Word {
    pub(super) fn as_str(&self) -> &str {
        let letters = self.letters.get(..self.len).unwrap_or_default();
        std::str::from_utf8(letters).unwrap_or_default()
    }

    fn push(&mut self, c: char) {
        match self.letters.get_mut(self.len) {
            Some(letter) if c.is_ascii() => {
                *letter = c.to_ascii_lowercase() as u8;
                self.len += 1;
            }
            // Whatever follows, it stays too long.
            _ => self.len = usize::MAX,
        }
    }
}

/// Longest line that is searched for a date, in characters: a date stands at the start
/// of a text that is longer.
const MAX_LEN: usize = 300;

/// Whether there is a year in `text`: four digits, or the words that shorter years and
/// those in Chinese numerals need.
pub(super) fn may_hold_date(text: &str) -> bool {
    // Two digits, or the last bytes of a wide digit and of the two words: most lines have
    // none of them.
    let is_hint = |a: u8, b: u8| {
        matches!(
            (a, b),
            (b'0'..=b'9', b'0'..=b'9')
                | (0xbc, 0x90..=0x99)
                | (0xb9, 0xb4)
                | (0xb0, 0x91)
        )
    };
    if !has_pair(text, is_hint) {
        return false;
    }
    let mut digits = 0;
    let mut is_sign = |c: char| {
        let is_digit = c.is_ascii_digit() || matches!(c, '０'..='９');
        digits = if is_digit { digits + 1 } else { 0 };
        digits == 4 || matches!(c, '年' | '民')
    };
    if text.is_ascii() {
        text.bytes().take(MAX_LEN).any(|b| is_sign(char::from(b)))
    } else {
        text.chars().take(MAX_LEN).any(is_sign)
    }
}

pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut chars = text.char_indices().take(MAX_LEN).peekable();
    while let Some((start, c)) = chars.next() {
        let c = narrowed(c);
        let mut end = start
            + text.get(start..).and_then(|t| t.chars().next()).map_or(1, char::len_utf8);
        if c.is_whitespace() {
            continue;
        }
        let kind = if c.is_ascii_digit() {
            let mut value = u32::from(c) - u32::from('0');
            let mut digits = 1;
            while let Some(&(at, next)) = chars.peek() {
                let Some(digit) = narrowed(next).to_digit(10) else { break };
                value = value.saturating_mul(10).saturating_add(digit);
                digits += 1;
                end = at + next.len_utf8();
                chars.next();
            }
            TokenKind::Number { value, digits }
        } else if is_numeral(c) {
            let mut numerals = String::from(c);
            while let Some(&(at, next)) = chars.peek().filter(|(_, c)| is_numeral(*c)) {
                numerals.push(next);
                end = at + next.len_utf8();
                chars.next();
            }
            TokenKind::Number { value: numeral_value(&numerals), digits: 0 }
        } else if (c as u32) < 0x2e80 && c.is_alphabetic() {
            let mut word = Word::default();
            word.push(c);
            while let Some(&(at, next)) = chars.peek() {
                let letter = narrowed(next);
                if (letter as u32) >= 0x2e80 || !letter.is_alphabetic() {
                    break;
                }
                word.push(letter);
                end = at + next.len_utf8();
                chars.next();
            }
            TokenKind::Word(word)
        } else {
            TokenKind::Mark(c)
        };
        tokens.push(Token { kind, span: start..end });
    }
    tokens
}

/// The ASCII form of a full-width character.
fn narrowed(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

fn is_numeral(c: char) -> bool {
    c == '十' || c == '廿' || c == '卅' || digit_of(c).is_some()
}

fn digit_of(c: char) -> Option<u32> {
    Some(match c {
        '〇' | '零' | '○' | 'Ｏ' => 0,
        '一' | '元' => 1,
        '二' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

/// Value of Chinese numerals, by tens (`二十五`) or by position (`二〇一三`).
fn numeral_value(numerals: &str) -> u32 {
    let is_by_tens = numerals.chars().any(|c| matches!(c, '十' | '廿' | '卅'));
    let mut total = 0_u32;
    let mut pending = None;
    for c in numerals.chars() {
        match (c, digit_of(c)) {
            ('十', _) => total = total.saturating_add(10 * pending.take().unwrap_or(1)),
            ('廿', _) => total = total.saturating_add(20),
            ('卅', _) => total = total.saturating_add(30),
            (_, Some(digit)) if is_by_tens => pending = Some(digit),
            (_, Some(digit)) => total = total.saturating_mul(10).saturating_add(digit),
            (_, None) => {}
        }
    }
    total.saturating_add(pending.unwrap_or(0))
}
