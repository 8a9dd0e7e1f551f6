//! The direction in which languages are written.

/// Returns the writing direction of a language, given by its BCP 47 tag, as `dir` takes it.
pub fn direction(tag: &str) -> &'static str {
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
