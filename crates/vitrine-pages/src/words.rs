//! The words of the pages in the languages that they speak.

use vitrine_words::fill;

include!(concat!(env!("OUT_DIR"), "/words.rs"));

/// The words of one language and its tag.
#[derive(Debug)]
pub(crate) struct Words {
    /// BCP 47 tag.
    pub(crate) tag: &'static str,
    pub(crate) strings: Strings,
}

impl Words {
    /// Returns the words for a reader of this language; English ones where there are none.
    pub(crate) fn of(lang: &str) -> Self {
        let mut parts = lang.split('-');
        let primary = parts.next().unwrap_or_default();
        let is_traditional =
            parts.any(|part| matches!(part, "Hant" | "TW" | "HK" | "MO"));
        let wanted = match (primary, is_traditional) {
            ("zh", true) => "zh-Hant",
            ("zh", false) => "zh-Hans",
            _ => primary,
        };
        let found = LANGUAGES.iter().find(|(tag, _)| *tag == wanted);
        let (tag, lines) = found.copied().unwrap_or(("en", ENGLISH));
        Self { tag, strings: Strings::read(lines.lines()) }
    }

    /// Returns a text with a number in it.
    pub(crate) fn count(text: &str, number: usize) -> String {
        fill(text, &number.to_string())
    }

    /// Returns which page this is of how many.
    pub(crate) fn page(&self, number: usize, count: usize) -> String {
        let text = Self::count(self.strings.pages(), number);
        fill(&text, &count.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::Words;

    #[test]
    fn every_reader_has_words() {
        for (lang, tag) in [
            ("zh-TW", "zh-Hant"),
            ("zh", "zh-Hans"),
            ("ar-EG", "ar"),
            ("de", "en"),
            ("", "en"),
        ] {
            assert_eq!(Words::of(lang).tag, tag);
        }
        assert_eq!(Words::of("en").page(2, 3), "Page 2 of 3");
        assert_eq!(Words::of("fr").strings.years(), "Années");
    }
}
