//! The whole folding map, from Unicode's and `OpenCC`'s tables.

use std::sync::OnceLock;

use ferrous_opencc::{OpenCC, config::BuiltinConfig};
use unicode_normalization::UnicodeNormalization;

use super::{FoldTable, is_ignored};
use crate::IndexError;

/// Returns the folding of every character that does not fold to itself.
///
/// # Errors
///
/// Fails when the tables of `OpenCC` do not load.
pub(crate) fn unicode_table() -> Result<FoldTable, IndexError> {
    static TABLE: OnceLock<FoldTable> = OnceLock::new();
    if let Some(table) = TABLE.get() {
        return Ok(table.clone());
    }
    let simplified = simplified_table()?;
    let table = candidates()
        .filter_map(|source| {
            let target = fold(source, &simplified);
            let is_itself = target.chars().eq([source]);
            let matters = target.is_empty() || target.chars().any(char::is_alphanumeric);
            (!is_itself && matters && target.len() <= 255).then_some((source, target))
        })
        .collect();
    Ok(TABLE.get_or_init(|| table).clone())
}

/// Characters that may fold to something else: not ASCII, not Hangul syllables, not
/// private use, not the planes without letters.
fn candidates() -> impl Iterator<Item = char> {
    ('\u{80}'..='\u{ABFF}').chain('\u{F900}'..='\u{323AF}').filter(|&c| !is_ignored(c))
}

fn fold(source: char, simplified: &FoldTable) -> String {
    let lower: String = source.nfkc().flat_map(char::to_lowercase).nfkc().collect();
    let bare: String =
        lower.nfd().filter(|&c| !is_ignored(c)).nfc().flat_map(letter).collect();
    // Some characters are simplified in two steps, through a variant.
    let step = |text: &str| -> String {
        let mut target = String::new();
        for c in text.chars() {
            match simplified.get(c) {
                Some(text) => target.push_str(text),
                None => target.push(c),
            }
        }
        target
    };
    step(&step(&bare))
}

/// Letters that readers type as others although Unicode does not decompose them.
fn letter(c: char) -> impl Iterator<Item = char> {
    let text: &'static str = match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ħ' => "h",
        'ł' => "l",
        'ŧ' => "t",
        'ı' => "i",
        'ς' => "σ",
        _ => "",
    };
    text.chars().chain(text.is_empty().then_some(c))
}

/// Returns traditional characters with their simplified form.
fn simplified_table() -> Result<FoldTable, IndexError> {
    let opencc = OpenCC::from_config(BuiltinConfig::T2s)
        .map_err(|source| IndexError::OpenCc { reason: source.to_string() })?;
    let ideographs: Vec<char> = ('\u{3400}'..='\u{9FFF}')
        .chain('\u{F900}'..='\u{FAFF}')
        .chain('\u{20000}'..='\u{323AF}')
        .collect();
    // Line ends keep the characters apart, so that no phrase of the dictionary applies.
    let mut lines = String::new();
    for &c in &ideographs {
        lines.push(c);
        lines.push('\n');
    }
    let converted = opencc.convert(&lines);
    let pairs = ideographs.iter().zip(converted.lines());
    Ok(pairs
        .filter(|(c, target)| !target.chars().eq([**c]))
        .map(|(&c, target)| (c, target))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::unicode_table;

    #[test]
    fn letters_fold_to_what_readers_type() {
        let table = unicode_table().unwrap();
        let cases = [
            ('É', "e"),
            ('ß', "ss"),
            ('Ø', "o"),
            ('ﬁ', "fi"),
            ('Ａ', "a"),
            ('²', "2"),
            ('ё', "е"),
            ('Ή', "η"),
            ('ｶ', "カ"),
            ('漢', "汉"),
            ('網', "网"),
            ('㎏', "kg"),
        ];
        for (source, target) in cases {
            assert_eq!(table.get(source), Some(target), "{source}");
        }
        for itself in ['汉', 'が', '한', 'я', 'ا'] {
            assert_eq!(table.get(itself), None, "{itself}");
        }
    }

    #[test]
    fn folding_twice_changes_nothing_more() {
        let table = unicode_table().unwrap();
        for (source, target) in table.iter() {
            for c in target.chars() {
                assert_eq!(table.get(c), None, "{source} folds to {target:?}");
            }
        }
    }
}
