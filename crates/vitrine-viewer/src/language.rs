//! The language of the interface.

/// A language that the interface speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    /// English, also for everyone whose language is not here.
    En,
    /// Chinese in simplified characters.
    ZhHans,
    /// Chinese in traditional characters.
    ZhHant,
}

impl Language {
    /// Returns the language for a BCP 47 tag, such as the browser's `zh-TW`.
    pub(crate) fn of_tag(tag: &str) -> Self {
        let mut subtags = tag.split(['-', '_']);
        let is = |subtag: &str, names: &[&str]| {
            names.iter().any(|name| subtag.eq_ignore_ascii_case(name))
        };
        if !subtags.next().is_some_and(|primary| is(primary, &["zh"])) {
            Self::En
        } else if subtags.any(|subtag| is(subtag, &["hant", "tw", "hk", "mo"])) {
            Self::ZhHant
        } else {
            Self::ZhHans
        }
    }

    /// Returns the language's BCP 47 tag.
    pub(crate) fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::ZhHans => "zh-Hans",
            Self::ZhHant => "zh-Hant",
        }
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

#[cfg(test)]
mod tests {
    use super::{Language, direction};

    #[test]
    fn chinese_is_told_apart_by_script_or_region() {
        for tag in ["zh", "zh-CN", "ZH-hans", "zh-SG", "zh_CN"] {
            assert_eq!(Language::of_tag(tag), Language::ZhHans, "{tag}");
        }
        for tag in ["zh-TW", "zh-Hant", "zh-hk", "zh-Hant-CN", "zh_TW"] {
            assert_eq!(Language::of_tag(tag), Language::ZhHant, "{tag}");
        }
        for tag in ["", "en-GB", "de", "zha", "fr-TW"] {
            assert_eq!(Language::of_tag(tag), Language::En, "{tag}");
        }
    }

    #[test]
    fn an_unknown_language_has_the_direction_of_its_text() {
        assert_eq!(direction("und"), "auto");
        assert_eq!(direction("fa-IR"), "rtl");
        assert_eq!(direction("zh-Hans"), "ltr");
    }
}
