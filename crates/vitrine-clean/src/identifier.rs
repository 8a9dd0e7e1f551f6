//! Ids of articles: those that were given, readable ones for the rest.

use std::collections::BTreeSet;

use crate::typography::{is_cjk, one_line};

/// Longest id made from a title, in columns (an ideograph counts two).
const MAX_COLUMNS: usize = 60;

/// The ids that are in use.
#[derive(Debug, Default)]
pub(crate) struct Taken(BTreeSet<String>);

impl Taken {
    /// Returns `wanted`, or when that is taken the first free of it with a suffix that
    /// depends on the input's bytes alone, then on its number.
    pub(crate) fn claim(&mut self, wanted: &str, sha256: &str) -> String {
        let mut id = wanted.to_owned();
        let digest = sha256.get(..6).unwrap_or("copy");
        let mut number = 1;
        while !self.0.insert(id.clone()) {
            id = match number {
                1 => format!("{wanted}-{digest}"),
                _ => format!("{wanted}-{digest}-{number}"),
            };
            number += 1;
        }
        id
    }
}

/// Returns `given` without control characters and white space at its ends.
pub(crate) fn cleaned(given: &str) -> String {
    let id = one_line(given);
    if id.is_empty() { "article".to_owned() } else { id }
}

/// Makes an id from the title, or without one from the name of the file at `path`.
pub(crate) fn slug(title: &str, path: &str) -> String {
    let from_title = slug_of(title);
    if !from_title.is_empty() {
        return from_title;
    }
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.split_once('.').map_or(name, |(stem, _)| stem);
    let from_name = slug_of(stem);
    if from_name.is_empty() { "article".to_owned() } else { from_name }
}

/// Lower-case words joined by hyphens; scripts without words stay as they are.
fn slug_of(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let mut slug = String::new();
    let mut columns = 0;
    let mut is_gap = false;
    // Decomposed, so that letters lose their accents but stay.
    for c in text.nfkd().flat_map(char::to_lowercase) {
        if matches!(c, '\'' | '’') || unicode_normalization::char::is_combining_mark(c)
        {
            continue;
        }
        if !c.is_alphanumeric() {
            is_gap = !slug.is_empty();
            continue;
        }
        let width = if is_cjk(c) { 2 } else { 1 };
        let is_full = columns + width > MAX_COLUMNS;
        // A word is never cut unless there is no other way.
        if (is_gap && columns + 8 > MAX_COLUMNS)
            || (is_full && is_cjk(c))
            || columns > 2 * MAX_COLUMNS
        {
            break;
        }
        if is_gap {
            slug.push('-');
            columns += 1;
            is_gap = false;
        }
        slug.push(c);
        columns += width;
    }
    slug.nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::{Taken, slug_of};

    #[test]
    fn slugs_are_readable() {
        assert_eq!(
            slug_of("The Harbor’s Façade: 5 Views!"),
            "the-harbors-facade-5-views"
        );
        assert_eq!(slug_of("网络空间治理（上）"), "网络空间治理-上");
        assert_eq!(slug_of(" — "), "");
        assert!(slug_of(&"word ".repeat(50)).len() <= 60);
    }

    #[test]
    fn a_taken_id_gets_a_suffix_from_the_bytes() {
        let mut taken = Taken::default();
        let ids = [(); 3].map(|()| taken.claim("x", "abcdef01"));
        assert_eq!(ids, ["x", "x-abcdef", "x-abcdef-2"]);
    }
}
