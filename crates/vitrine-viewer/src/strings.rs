//! Every word of the interface; `words/` has them, one file a language.

pub(crate) use vitrine_words::fill;

include!(concat!(env!("OUT_DIR"), "/words.rs"));

/// Reads the words of a language, one a line; English when there are none.
///
/// They stay for as long as the page does: an element reads them once.
pub(crate) fn strings(words: String) -> &'static Strings {
    let lines = vitrine_words::lines(words, ENGLISH);
    Box::leak(Box::new(Strings::read(lines)))
}

/// Returns the number with its thousands apart, as the language has it: `12,345`.
pub(crate) fn number_text(number: u32, strings: &Strings) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            out.push_str(strings.thousands());
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

    use vitrine_words::parse;

    use super::{count_text, number_text, strings};

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
        let count = |n| count_text(n, en.result_one(), en.result_many(), en);
        assert_eq!(count(1), "1 result");
        assert_eq!(count(2300), "2,300 results");
    }

    /// Returns the texts in quotation marks between `start` and `end` in a file.
    fn quoted(file: &str, start: &str, end: &str) -> BTreeSet<String> {
        let source = fs::read_to_string(file).unwrap();
        let (_, list) = source.split_once(start).unwrap();
        let (list, _) = list.split_once(end).unwrap();
        list.split('"').skip(1).step_by(2).map(str::to_owned).collect()
    }

    #[test]
    fn loader_settings_and_words_have_the_same_languages() {
        let loader = quoted("../../www/vitrine.js", "const LANGUAGES = [", "]");
        let names = quoted(
            "../vitrine-panels/src/settings.rs",
            "const LANGUAGES: [(&str, &str); 7] = [",
            "\n];",
        );
        for folder in ["words", "../vitrine-panels/words"] {
            let files = fs::read_dir(folder).unwrap();
            let tags: BTreeSet<String> = files
                .map(|file| {
                    let path = file.unwrap().path();
                    path.file_stem().unwrap().to_str().unwrap().to_owned()
                })
                .collect();
            let offered: BTreeSet<String> = names
                .iter()
                .filter(|tag| tag.is_ascii() && tags.contains(*tag))
                .cloned()
                .collect();
            assert_eq!(
                offered, tags,
                "{folder}: a language that the settings do not offer"
            );
            assert_eq!(
                names.len(),
                2 * tags.len(),
                "{folder}: the settings offer others"
            );
            // English is compiled into the loader.
            let others: BTreeSet<String> =
                tags.into_iter().filter(|tag| tag != "en").collect();
            assert_eq!(loader, others, "{folder}: the loader has others");
        }
    }

    #[test]
    fn every_language_has_every_word_and_the_same_places_to_fill() {
        for folder in ["words", "../vitrine-panels/words"] {
            let words = |name: &str| {
                parse(&fs::read_to_string([folder, "/", name].concat()).unwrap()).unwrap()
            };
            let english = words("en.txt");
            for file in fs::read_dir(folder).unwrap() {
                let file = file.unwrap().file_name().into_string().unwrap();
                let others = words(&file);
                assert_eq!(others.len(), english.len(), "{folder}/{file}");
                for (word, other) in english.iter().zip(&others) {
                    let place = format!("{folder}/{file}: {}", word.name);
                    assert_eq!(word.name, other.name, "{place}");
                    assert_eq!(places(&word.text), places(&other.text), "{place}");
                    assert!(!other.text.is_empty(), "{place}");
                    if word.name.starts_with("months") {
                        assert_eq!(other.text.split_whitespace().count(), 12, "{place}");
                    }
                }
            }
        }
    }
}
