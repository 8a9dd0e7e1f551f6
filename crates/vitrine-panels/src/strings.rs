//! Every word of the panels; `words/` has them, one file a language.

include!(concat!(env!("OUT_DIR"), "/words.rs"));

/// Reads the words of a language, one a line; English when there are none.
pub(crate) fn strings(words: String) -> Strings {
    let lines = vitrine_words::lines(words, ENGLISH);
    Strings::read(lines)
}
