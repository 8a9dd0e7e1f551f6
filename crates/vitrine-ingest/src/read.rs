//! The entry point: from a file's bytes to its pages.

use crate::{
    Capture, RawContent, RawPage, Unreadable, UnreadableReason,
    decode::{Hint, decode},
    digest::sha256_hex,
    jsonl::Lines,
    sniff::{Format, binary_kind, format_of},
};

/// Reads one file: a text dump or an HTML page gives one page, JSON Lines one for each
/// line that is not blank.
///
/// `path` is what the pages will be known by; its extension (`.txt`, `.html`, `.htm`,
/// `.xhtml`, `.jsonl`, `.ndjson`) tells the format, the content does for any other. Lines
/// of an export are decoded and parsed one at a time, as the iterator is advanced.
pub fn read<'a>(path: &'a str, bytes: &'a [u8]) -> Pages<'a> {
    match format_of(path, bytes) {
        Format::Lines => Pages(State::Lines(Lines::new(path, bytes))),
        format => Pages(State::Whole(Some(Box::new(read_whole(path, bytes, format))))),
    }
}

/// The pages of one file; see [`read`].
#[derive(Debug)]
pub struct Pages<'a>(State<'a>);

#[derive(Debug)]
enum State<'a> {
    Whole(Option<Box<Result<RawPage, Unreadable>>>),
    Lines(Lines<'a>),
}

impl Iterator for Pages<'_> {
    type Item = Result<RawPage, Unreadable>;

    fn next(&mut self) -> Option<Self::Item> {
        match &mut self.0 {
            State::Whole(page) => page.take().map(|page| *page),
            State::Lines(lines) => lines.next(),
        }
    }
}

fn read_whole(path: &str, bytes: &[u8], format: Format) -> Result<RawPage, Unreadable> {
    let sha256 = sha256_hex(bytes);
    let unreadable =
        |reason| Unreadable { path: path.to_owned(), sha256: sha256.clone(), reason };
    if let Some(kind) = binary_kind(bytes) {
        return Err(unreadable(UnreadableReason::Binary { kind }));
    }
    let hint = if format == Format::Html { Hint::Html } else { Hint::Text };
    let decoded = decode(bytes, hint);
    if decoded.text.chars().all(|c| c.is_whitespace() || c == '\0') {
        return Err(unreadable(UnreadableReason::Empty));
    }
    if !decoded.is_mostly_text() {
        return Err(unreadable(UnreadableReason::Binary { kind: "binary data" }));
    }
    let text = decoded.text.replace('\0', "\u{fffd}");
    let content = match format {
        Format::Html => RawContent::Html(text),
        Format::Text | Format::Lines => RawContent::Text(text),
    };
    Ok(RawPage {
        path: path.to_owned(),
        sha256,
        encoding: decoded.encoding.to_owned(),
        replaced: decoded.replaced,
        capture: Capture::default(),
        content,
    })
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::{RawContent, UnreadableReason};

    fn one(path: &str, bytes: &[u8]) -> (String, RawContent) {
        let mut pages = read(path, bytes);
        let page = pages.next().unwrap().unwrap();
        assert!(pages.next().is_none());
        (page.encoding, page.content)
    }

    fn refusal(path: &str, bytes: &[u8]) -> UnreadableReason {
        read(path, bytes).next().unwrap().unwrap_err().reason
    }

    #[test]
    fn extension_and_content_tell_the_format() {
        let html = b"<!doctype html><p>x";
        assert!(matches!(one("a.htm", b"x").1, RawContent::Html(_)));
        assert!(matches!(one("a.txt", html).1, RawContent::Html(_)));
        assert!(matches!(one("page", html).1, RawContent::Html(_)));
        assert!(matches!(one("page", b"Plain words.").1, RawContent::Text(_)));
        let record = br#"{"title":"T"}"#;
        assert!(matches!(one("export.ndjson", record).1, RawContent::Record(_)));
        assert!(matches!(one("export", record).1, RawContent::Record(_)));
    }

    #[test]
    fn what_is_no_text_says_why() {
        assert_eq!(refusal("a.txt", b""), UnreadableReason::Empty);
        assert_eq!(refusal("a.txt", b" \r\n \0"), UnreadableReason::Empty);
        assert_eq!(
            refusal("a.txt", b"\x89PNG\r\n\x1a\n\0\0\0"),
            UnreadableReason::Binary { kind: "a PNG image" }
        );
        let noise: Vec<u8> =
            (0..4000_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert!(matches!(refusal("a.txt", &noise), UnreadableReason::Binary { .. }));
    }

    #[test]
    fn a_page_damaged_in_the_middle_is_still_read() {
        let mut bytes = "研究報告。".repeat(40).into_bytes();
        bytes.remove(31);
        bytes.insert(200, 0);
        let page = read("a.txt", &bytes).next().unwrap().unwrap();
        assert_eq!(page.encoding, "UTF-8");
        assert!(page.replaced >= 1);
        let RawContent::Text(text) = page.content else { panic!("not text") };
        assert!(text.contains('\u{fffd}') && !text.contains('\0'));
    }
}
