//! Every word of the interface; `words/` has them, one file a language.

include!(concat!(env!("OUT_DIR"), "/words.rs"));

/// Reads the words of a language: their texts, one a line, as the build has put them; English
/// when there are none, or those of another version.
///
/// They stay for as long as the page does: an element reads them once.
pub(crate) fn strings(words: String) -> &'static Strings {
    let is_whole = words.lines().count() == ENGLISH.lines().count();
    let words: &'static str = if is_whole { words.leak() } else { ENGLISH };
    let mut lines = words.lines();
    Box::leak(Box::new(Strings::read(&mut || lines.next().unwrap_or_default())))
}

/// Returns `text` with the first `{…}` replaced by `value`.
pub(crate) fn fill(text: &str, value: &str) -> String {
    match (text.find('{'), text.find('}')) {
        (Some(start), Some(end)) if start < end => {
            [&text[..start], value, &text[end + 1..]].concat()
        }
        _ => text.to_owned(),
    }
}

/// Returns the number with its thousands apart, as the language has it: `12,345`.
pub(crate) fn number_text(number: u32, strings: &Strings) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            out.push_str(strings.thousands);
        }
        out.push(digit);
    }
    out
}

/// Returns `one` or `many` with the number in it.
pub(crate) fn count_text(
    number: u32,
    one: &str,
    many: &str,
    strings: &Strings,
) -> String {
    fill(if number == 1 { one } else { many }, &number_text(number, strings))
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs};

    use super::{ENGLISH, count_text, fill, number_text, strings};

    /// Returns the names and texts in a file of words.
    fn words(path: &str) -> Vec<(String, String)> {
        let source = fs::read_to_string(path).unwrap();
        let lines =
            source.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        let pairs = lines.map(|line| line.split_once(" = ").expect(line));
        pairs.map(|(name, text)| (name.to_owned(), text.to_owned())).collect()
    }

    /// Returns the places to fill in.
    fn places(text: &str) -> BTreeSet<&str> {
        text.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect()
    }

    #[test]
    fn numbers_have_their_thousands_apart() {
        let en = strings(String::new());
        for (number, text) in
            [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567")]
        {
            assert_eq!(number_text(number, en), text);
        }
    }

    #[test]
    fn a_count_agrees_with_its_noun() {
        let en = strings(String::new());
        let count = |n| count_text(n, en.result_one, en.result_many, en);
        assert_eq!(count(1), "1 result");
        assert_eq!(count(2300), "2,300 results");
    }

    #[test]
    fn what_is_filled_in_may_hold_braces() {
        assert_eq!(fill("for “{query}”", "{n}"), "for “{n}”");
        assert_eq!(fill("nothing", "x"), "nothing");
    }

    #[test]
    fn words_of_another_version_are_left_for_english() {
        assert_eq!(strings("一\n二".to_owned()).search, "Search");
        let shifted = ENGLISH.replace("Search", "搜索");
        assert_eq!(strings(shifted).search, "搜索");
    }

    #[test]
    fn every_language_has_every_word_and_the_same_places_to_fill() {
        let english = words("words/en.txt");
        for file in fs::read_dir("words").unwrap() {
            let path = file.unwrap().path().display().to_string();
            let others = words(&path);
            assert_eq!(others.len(), english.len(), "{path}");
            for ((name, text), (other_name, other)) in english.iter().zip(&others) {
                assert_eq!(name, other_name, "{path}");
                assert_eq!(places(text), places(other), "{path}: {name}");
                assert!(!other.is_empty(), "{path}: {name}");
                let count = |text: &str| text.split_whitespace().count();
                if name.starts_with("months") {
                    assert_eq!(count(other), 12, "{path}: {name}");
                }
            }
        }
    }
}
