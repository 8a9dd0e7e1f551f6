//! Words where they are shown.

/// Returns the texts in `words`, one a line, in the order of `english`; the English ones where
/// there are not as many, because they belong to another version or did not come.
///
/// They stay for as long as the page does: an element reads them once.
pub fn lines(words: String, english: &'static str) -> impl Iterator<Item = &'static str> {
    let is_whole = words.lines().count() == english.lines().count();
    let words: &'static str = if is_whole { words.leak() } else { english };
    words.lines()
}

/// Returns `text` with the first `{…}` replaced by `value`.
pub fn fill(text: &str, value: &str) -> String {
    match text.split_once('{') {
        Some((before, rest)) => match rest.split_once('}') {
            Some((_, after)) => [before, value, after].concat(),
            None => text.to_owned(),
        },
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{fill, lines};

    #[test]
    fn words_of_another_version_are_left_for_english() {
        let read =
            |words: &str| lines(words.to_owned(), "Search\nBack").collect::<Vec<_>>();
        assert_eq!(read("搜索\n返回"), ["搜索", "返回"]);
        assert_eq!(read("搜索"), ["Search", "Back"]);
    }

    #[test]
    fn what_is_filled_in_may_hold_braces() {
        assert_eq!(fill("for “{query}”", "{n}"), "for “{n}”");
        assert_eq!(fill("nothing", "x"), "nothing");
        assert_eq!(fill("} of {n}", "x"), "} of x");
    }
}
