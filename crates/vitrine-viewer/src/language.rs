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

#[cfg(test)]
mod tests {
    use super::direction;

    #[test]
    fn an_unknown_language_has_the_direction_of_its_text() {
        assert_eq!(direction("und"), "auto");
        assert_eq!(direction("fa-IR"), "rtl");
        assert_eq!(direction("zh-Hans"), "ltr");
    }
}
