//! Files of words.

use std::{error::Error, fmt};

/// A word of an interface in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Its name, the same in every language.
    pub name: String,
    /// Its text; `{n}` and the like are filled in.
    pub text: String,
}

/// A line of a file of words that is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseWordsError {
    /// The line.
    pub line: String,
}

impl fmt::Display for ParseWordsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no ` = ` in {:?}; write a name, ` = ` and a text", self.line)
    }
}

impl Error for ParseWordsError {}

/// Reads a file of words.
///
/// # Errors
///
/// Returns the first line that is not a word, empty or a comment.
pub fn parse(source: &str) -> Result<Vec<Word>, ParseWordsError> {
    let lines = source.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let (name, text) = line
                .split_once(" = ")
                .ok_or_else(|| ParseWordsError { line: line.to_owned() })?;
            let quoted = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
            Ok(Word { name: name.to_owned(), text: quoted.unwrap_or(text).to_owned() })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn a_word_is_a_name_and_a_text() {
        let words = parse("# Lists.\n\ndot = \" · \"\nsum = a = b\n").unwrap();
        let pairs: Vec<_> =
            words.iter().map(|word| (word.name.as_str(), word.text.as_str())).collect();
        assert_eq!(pairs, [("dot", " · "), ("sum", "a = b")]);
        assert_eq!(parse("dot=·").unwrap_err().line, "dot=·");
    }
}
