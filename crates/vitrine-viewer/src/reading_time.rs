//! How long a text takes to read.

/// Words that people read in a minute: silent reading of English non-fiction, as Brysbaert (2019)
/// puts it together from 190 studies.
const WORDS_A_MINUTE: usize = 238;

/// Chinese and Japanese characters in a minute, about as much text.
const CHARACTERS_A_MINUTE: usize = 400;

/// Returns how many minutes a text takes, rounded up, at least 1.
pub(crate) fn reading_minutes(text: &str) -> u32 {
    let (mut words, mut characters, mut is_in_word) = (0_usize, 0_usize, false);
    for c in text.chars() {
        // Kana and Han characters.
        let is_character = matches!(c, '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{20000}'..);
        let is_of_word = !is_character && c.is_alphanumeric();
        characters += usize::from(is_character);
        words += usize::from(is_of_word && !is_in_word);
        // An apostrophe or a hyphen ends no word.
        is_in_word = is_of_word || (is_in_word && !c.is_whitespace() && !is_character);
    }
    let of_words = words * CHARACTERS_A_MINUTE;
    let parts = of_words + characters * WORDS_A_MINUTE;
    parts.div_ceil(WORDS_A_MINUTE * CHARACTERS_A_MINUTE).max(1) as u32
}

#[cfg(test)]
mod tests {
    use super::reading_minutes;

    #[test]
    fn words_and_characters_count_together() {
        assert_eq!(reading_minutes(""), 1);
        assert_eq!(reading_minutes(&"it's well-made ".repeat(119)), 1);
        assert_eq!(reading_minutes(&"it's well-made ".repeat(120)), 2);
        assert_eq!(reading_minutes(&"港口，".repeat(200)), 1);
        assert_eq!(reading_minutes(&"港口，".repeat(201)), 2);
        let both = ["word ".repeat(119), "港".repeat(200)].concat();
        assert_eq!(reading_minutes(&both), 1);
        assert_eq!(reading_minutes(&[&both, " one"].concat()), 2);
    }
}
