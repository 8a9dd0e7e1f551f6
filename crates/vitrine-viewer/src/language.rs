//! The language of the interface, and the direction in which languages are written.

/// The language of the interface: the loader has chosen it, and brings its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Language {
    tag: String,
}

impl Language {
    /// Returns the language with this BCP 47 tag.
    pub(crate) fn new(tag: String) -> Self {
        Self { tag }
    }

    /// Returns its BCP 47 tag.
    pub(crate) fn tag(&self) -> &str {
        &self.tag
    }
}

/// Returns the writing direction of a language, as `dir` takes it.
pub(crate) fn direction(tag: &str) -> &'static str {
    let primary = tag.split('-').next().unwrap_or_default();
    match primary {
        "ar" | "ckb" | "dv" | "fa" | "he" | "ps" | "sd" | "ug" | "ur" | "yi" => "rtl",
        "und" | "" => "auto",
        _ => "ltr",
    }
}

/// Returns a language for a block that is written in another script than its article, so
/// that its fonts, its line breaks and its direction fit; `None` where the script is the
/// article's, or where there are too few letters to tell.
///
/// Only the script is known: of Latin letters the tag says no more.
pub(crate) fn script_language(text: &str, article: &str) -> Option<&'static str> {
    let mut counts = [0_u32; SCRIPTS.len()];
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        let of_script =
            |(_, first, last): &(&str, char, char)| (*first..=*last).contains(&c);
        if let Some(script) = SCRIPTS.iter().position(of_script)
            && let Some(count) = counts.get_mut(script)
        {
            *count += 1;
        }
    }
    let all: u32 = counts.iter().sum();
    let (script, most) =
        counts.into_iter().enumerate().max_by_key(|(_, count)| *count)?;
    let (tag, ..) = SCRIPTS.get(script)?;
    let primary = article.split('-').next().unwrap_or_default();
    let own = match primary {
        "zh" | "ja" => "zh",
        "ko" => "ko",
        "ru" | "uk" | "bg" | "sr" | "be" | "mk" | "kk" => "und-Cyrl",
        "el" => "el",
        _ if direction(article) == "rtl" => {
            if matches!(primary, "he" | "yi") {
                "he"
            } else {
                "ar"
            }
        }
        _ => "und-Latn",
    };
    (most >= MIN_LETTERS && most * 4 > all * 3 && *tag != own).then_some(*tag)
}

/// Letters that a block needs before its script counts.
const MIN_LETTERS: u32 = 12;

/// Scripts, as the tag that stands for them and a range of letters.
const SCRIPTS: [(&str, char, char); 7] = [
    ("und-Latn", 'A', '\u{24f}'),
    ("el", '\u{370}', '\u{3ff}'),
    ("und-Cyrl", '\u{400}', '\u{52f}'),
    ("he", '\u{590}', '\u{5ff}'),
    ("ar", '\u{600}', '\u{77f}'),
    ("zh", '\u{3040}', '\u{9fff}'),
    ("ko", '\u{ac00}', '\u{d7af}'),
];

#[cfg(test)]
mod tests {
    use super::{direction, script_language};

    #[test]
    fn an_unknown_language_has_the_direction_of_its_text() {
        assert_eq!(direction("und"), "auto");
        assert_eq!(direction("fa-IR"), "rtl");
        assert_eq!(direction("zh-Hans"), "ltr");
    }

    #[test]
    fn a_block_of_another_script_has_its_own_language() {
        let english = "The tide rises twice a day.";
        let chinese = "潮汐由月球和太阳的引力引起，每天两次。";
        let arabic = "يرتفع المد مرتين في اليوم";
        assert_eq!(script_language(english, "en"), None);
        assert_eq!(script_language(english, "fr"), None);
        assert_eq!(script_language(english, "zh-Hans"), Some("und-Latn"));
        assert_eq!(script_language(chinese, "zh-Hant"), None);
        assert_eq!(script_language(chinese, "en"), Some("zh"));
        assert_eq!(script_language(arabic, "en"), Some("ar"));
        assert_eq!(script_language(arabic, "fa"), None);
        assert_eq!(script_language("G20", "zh"), None);
    }
}
