//! Tokens: words and Chinese, Japanese and Korean character bigrams.

use std::ops::Range;

use crate::fold::{Folded, Folding};

/// Forms longer than this are cut, in texts as in queries; such runs are no words.
const MAX_FORM_BYTES: usize = 64;

/// A token of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token<'a> {
    /// The folded form under which the lexicon has it.
    pub(crate) form: &'a str,
    /// Where it stands in the text, in bytes.
    pub(crate) range: Range<usize>,
    /// Its place in the sequence of words and characters; a bigram has its first
    /// character's.
    pub(crate) position: u32,
    /// What it is.
    pub(crate) kind: TokenKind,
}

/// The kinds of tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// A run of letters and digits.
    Word,
    /// Two neighboring characters of a script without spaces, or one that stands alone.
    Gram,
}

/// What becomes of the last character of a run of several Chinese, Japanese or Korean
/// characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RunEnd {
    /// It is a token of its own too, as in texts: each character then begins a token, and
    /// a single character of a query finds them all.
    Alone,
    /// It stands in the last bigram only, as in queries.
    InBigram,
}

/// Hands the tokens of `text` to `emit`, in the order of the text.
pub(crate) fn tokenize(
    text: &str,
    folding: &Folding,
    run_end: RunEnd,
    emit: &mut dyn FnMut(Token<'_>),
) {
    let mut tokenizer = Tokenizer {
        emit,
        run_end,
        position: 0,
        word: String::new(),
        parts: Vec::new(),
        is_part_open: false,
        last_of_run: None,
        is_run_longer: false,
    };
    for (start, c) in text.char_indices() {
        let source = start..start + c.len_utf8();
        match folding.fold(c) {
            Folded::Char(folded) => tokenizer.push(folded, &source),
            Folded::Text(folded) => {
                folded.chars().for_each(|folded| tokenizer.push(folded, &source));
            }
        }
    }
    tokenizer.end_word();
    tokenizer.end_run();
}

/// What a folded character is to the tokenizer.
enum Class {
    Word,
    Gram,
    Apostrophe,
    Separator,
}

fn class(c: char) -> Class {
    match c {
        'a'..='z' | '0'..='9' => Class::Word,
        '\'' | '\u{2019}' | '\u{2BC}' | '\u{FF07}' => Class::Apostrophe,
        c if c.is_ascii() => Class::Separator,
        c if is_word_mark(c) => Class::Word,
        c if !c.is_alphanumeric() => Class::Separator,
        c if is_written_without_spaces(c) => Class::Gram,
        _ => Class::Word,
    }
}

/// Returns whether `c` is of Chinese, Japanese or Korean script.
///
/// Korean has spaces, but its particles are written with the word: bigrams find both.
pub(crate) fn is_written_without_spaces(c: char) -> bool {
    matches!(c,
        '\u{1100}'..='\u{11FF}'     // Hangul Jamo
        | '\u{2E80}'..='\u{2FDF}'   // radicals
        | '\u{3005}'..='\u{3007}'   // iteration mark, zero
        | '\u{3021}'..='\u{3029}'   // Hangzhou numerals
        | '\u{3040}'..='\u{31FF}'   // kana, Bopomofo, Hangul compatibility
        | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}'
        | '\u{A960}'..='\u{A97F}'
        | '\u{AC00}'..='\u{D7FF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{FF66}'..='\u{FFDC}'   // half-width kana and Hangul
        | '\u{1AFF0}'..='\u{1B16F}'
        | '\u{20000}'..='\u{3FFFF}')
}

/// Returns whether `c` is a mark inside words that Unicode does not call alphabetic:
/// viramas and nuktas of Indic scripts, tone marks of Thai and Lao.
fn is_word_mark(c: char) -> bool {
    let code = u32::from(c);
    let is_indic = (0x0900..0x0E00).contains(&code) && matches!(code & 0x7F, 0x3C | 0x4D);
    is_indic || matches!(c, '\u{E47}'..='\u{E4E}' | '\u{EC8}'..='\u{ECE}')
}

/// Part of a word between apostrophes.
struct Part {
    /// Where it ends in the word's form.
    end: usize,
    source: Range<usize>,
}

struct Tokenizer<'e> {
    emit: &'e mut dyn FnMut(Token<'_>),
    run_end: RunEnd,
    position: u32,
    /// The folded word so far, without its apostrophes.
    word: String,
    parts: Vec<Part>,
    is_part_open: bool,
    /// The last character of the run so far, which may still begin a bigram.
    last_of_run: Option<(char, Range<usize>)>,
    is_run_longer: bool,
}

impl Tokenizer<'_> {
    fn push(&mut self, c: char, source: &Range<usize>) {
        match class(c) {
            Class::Word => {
                self.end_run();
                self.push_letter(c, source);
            }
            Class::Gram => {
                self.end_word();
                self.push_gram(c, source);
            }
            Class::Apostrophe => {
                self.end_run();
                self.is_part_open = false;
            }
            Class::Separator => {
                self.end_word();
                self.end_run();
            }
        }
    }

    fn push_letter(&mut self, c: char, source: &Range<usize>) {
        self.word.push(c);
        let end = self.word.len();
        match self.parts.last_mut() {
            Some(part) if self.is_part_open => {
                part.end = end;
                part.source.end = source.end;
            }
            _ => {
                self.parts.push(Part { end, source: source.clone() });
                self.is_part_open = true;
            }
        }
    }

    fn push_gram(&mut self, c: char, source: &Range<usize>) {
        if let Some((first, first_source)) = self.last_of_run.take() {
            self.is_run_longer = true;
            self.emit_gram(&[first, c], first_source.start..source.end);
        }
        self.last_of_run = Some((c, source.clone()));
    }

    fn end_run(&mut self) {
        let Some((last, source)) = self.last_of_run.take() else { return };
        if !self.is_run_longer || self.run_end == RunEnd::Alone {
            self.emit_gram(&[last], source);
        }
        self.is_run_longer = false;
    }

    fn emit_gram(&mut self, characters: &[char], range: Range<usize>) {
        let mut buffer = [0; 8];
        let mut len = 0;
        for c in characters {
            len += buffer.get_mut(len..).map_or(0, |rest| c.encode_utf8(rest).len());
        }
        let form = buffer.get(..len).and_then(|form| str::from_utf8(form).ok());
        let position = self.position;
        self.position += 1;
        if let Some(form) = form {
            (self.emit)(Token { form, range, position, kind: TokenKind::Gram });
        }
    }

    /// Emits the word and its parts: an English possessive ending is dropped, contractions
    /// are joined (`don't`, `O'Brien`), anything else is two words (`l'homme`).
    fn end_word(&mut self) {
        let mut start = 0;
        let mut rest = self.parts.as_slice();
        while let [part, following @ ..] = rest {
            let mut end = part.end;
            let mut range = part.source.clone();
            rest = following;
            while let [next, after @ ..] = rest {
                let so_far = self.word.get(start..end).unwrap_or_default();
                let suffix = self.word.get(end..next.end).unwrap_or_default();
                let is_last = after.is_empty();
                let is_joined = so_far == "o"
                    || is_last && matches!(suffix, "t" | "ll" | "re" | "ve" | "d" | "m");
                if is_joined {
                    end = next.end;
                    range.end = next.source.end;
                } else if !(is_last && suffix == "s") {
                    break;
                }
                rest = after;
            }
            let form = self.word.get(start..end).unwrap_or_default();
            let form =
                form.get(..form.floor_char_boundary(MAX_FORM_BYTES)).unwrap_or(form);
            let position = self.position;
            self.position += 1;
            (self.emit)(Token { form, range, position, kind: TokenKind::Word });
            start =
                self.parts.len().checked_sub(rest.len() + 1).map_or(end, |last| {
                    self.parts.get(last).map_or(end, |part| part.end)
                });
        }
        self.word.clear();
        self.parts.clear();
        self.is_part_open = false;
    }
}

#[cfg(test)]
mod tests {
    use super::{RunEnd, tokenize};
    use crate::fold::{FoldTable, Folding};

    fn check(text: &str, expected: &[&str]) {
        check_run_end(text, RunEnd::Alone, expected);
    }

    fn check_run_end(text: &str, run_end: RunEnd, expected: &[&str]) {
        let table: FoldTable =
            [('É', "e"), ('é', "e"), ('漢', "汉"), ('語', "语")].into_iter().collect();
        let mut tokens = Vec::new();
        tokenize(text, &Folding::new(vec![table]), run_end, &mut |token| {
            tokens.push(format!("{}={}", token.form, &text[token.range]));
        });
        assert_eq!(tokens, expected, "{text:?}");
    }

    #[test]
    fn letters_and_digits_stay_together() {
        check("G20, 5G: COVID-19!", &["g20=G20", "5g=5G", "covid=COVID", "19=19"]);
        check("", &[]);
        check("…—", &[]);
    }

    #[test]
    fn apostrophes_end_possessives_and_join_contractions() {
        check("China's", &["china=China"]);
        check("the states’ don’t", &["the=the", "states=states", "dont=don’t"]);
        check("O'Brien's l'homme", &["obrien=O'Brien", "l=l", "homme=homme"]);
        check("'quoted'", &["quoted=quoted"]);
    }

    #[test]
    fn forms_are_folded_and_know_their_source() {
        check("Café E\u{301}t\u{AD}e", &["cafe=Café", "ete=E\u{301}t\u{AD}e"]);
    }

    #[test]
    fn runs_become_bigrams() {
        check("漢語", &["汉语=漢語", "语=語"]);
        check("在2013年的G20", &["在=在", "2013=2013", "年的=年的", "的=的", "g20=G20"]);
        check_run_end("漢語學", RunEnd::InBigram, &["汉语=漢語", "语學=語學"]);
        check_run_end("語", RunEnd::InBigram, &["语=語"]);
        check("한국 カメラ", &["한국=한국", "국=국", "カメ=カメ", "メラ=メラ", "ラ=ラ"]);
    }

    #[test]
    fn an_endless_word_is_cut_between_characters() {
        let long = "щ".repeat(100);
        tokenize(&long, &Folding::default(), RunEnd::Alone, &mut |token| {
            assert_eq!(token.form, "щ".repeat(32));
            assert_eq!(token.range, 0..200);
        });
    }
}
