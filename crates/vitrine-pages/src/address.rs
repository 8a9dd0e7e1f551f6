//! Where pages are, and how they lead to each other and into the viewer.

use std::fmt::Write as _;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use sha2::{Digest as _, Sha256};

use crate::FOLDER;

/// Most characters of a name that stand in an address.
const SLUG_LEN: usize = 60;

/// Everything but the unreserved characters of RFC 3986.
const RESERVED: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Returns where the page of the article with this id is, below the folder of the archive.
///
/// The name is readable, in characters that every host and file system takes, and unique by
/// the digest of the id at its end; its folder spreads many files.
pub fn article_path(id: &str) -> String {
    let digest = hex(id);
    let folder = digest.get(..2).unwrap_or_default();
    [FOLDER, "/articles/", folder, "/", &unique(id, 12), ".html"].concat()
}

/// Returns the address of an article in the viewer, relative to the folder of the archive.
pub fn viewer_address(id: &str) -> String {
    ["index.html#/article/", &encoded(id)].concat()
}

/// Returns `text` as a part of an address.
pub(crate) fn encoded(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// Returns a name for files that is made of `text` and ends with `digits` digits of its
/// digest; it has no `_`, which is left for the numbers of pages.
pub(crate) fn unique(text: &str, digits: usize) -> String {
    let slug = slug(text);
    let separator = if slug.is_empty() { "" } else { "-" };
    let digest = hex(text);
    [&slug, separator, digest.get(..digits).unwrap_or(&digest)].concat()
}

/// Returns the letters and digits of `text` in lower case, with hyphens between words.
pub(crate) fn slug(text: &str) -> String {
    let mut slug = String::new();
    for c in text.chars() {
        if slug.len() == SLUG_LEN {
            break;
        }
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// Returns what leads from the page at `path` up to the folder of the archive.
pub(crate) fn up(path: &str) -> String {
    "../".repeat(path.matches('/').count())
}

fn hex(text: &str) -> String {
    Sha256::digest(text).iter().fold(String::new(), |mut hex, byte| {
        // Writing to a text cannot fail.
        write!(hex, "{byte:02x}").ok();
        hex
    })
}

#[cfg(test)]
mod tests {
    use super::{article_path, slug, up, viewer_address};

    #[test]
    fn a_path_is_plain_whatever_the_id() {
        let ids = ["a-1", "A-1", "dump/a b.txt#3", "..", "网络", "con", &"x".repeat(500)];
        let paths = ids.map(article_path);
        for (position, path) in paths.iter().enumerate() {
            assert!(!paths[..position].contains(path), "{path} is there twice");
            assert!(path.len() < 110, "{path}");
            let name = path.strip_prefix("pages/articles/").unwrap();
            let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
            assert!(name.chars().all(|c| is_plain(c) || "-/.".contains(c)), "{path}");
            assert_eq!(name.matches('/').count(), 1);
        }
        assert!(paths[2].contains("/dump-a-b-txt-3-"), "{}", paths[2]);
        assert_eq!(slug("--Ünder 2 "), "nder-2");
        assert_eq!(up("pages/years/2013.html"), "../../");
    }

    #[test]
    fn the_viewer_is_asked_for_an_id_in_ascii() {
        assert_eq!(viewer_address("a/网"), "index.html#/article/a%2F%E7%BD%91");
    }
}
