//! Pictures that stand in a page itself, as `data:` addresses: browsers' extensions save
//! pages like that.
//!
//! Such an address may be as long as all the rest of the page. Its stand-in is
//! `embedded:` and the digest of its bytes, by which they are found when the page is read
//! again.

use base64::{
    Engine,
    alphabet::STANDARD,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};

use crate::{
    FileSink,
    decode::{Hint, decode},
    digest::sha256_hex,
};

/// What every stand-in for an embedded file begins with.
const SCHEME: &str = "embedded:";

/// Shorter ones are placeholders for pictures that are loaded later, and signs.
const MIN_LEN: usize = 256;

/// Browsers read it with padding and without, so both is found.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// Returns whether `address` is one that [`embedded_address`] made.
pub fn is_embedded(address: &str) -> bool {
    address.starts_with(SCHEME)
}

/// Returns the short stand-in for a `data:` address of a picture; `None` for another
/// address, and for a picture that is damaged or too small to be shown.
pub fn embedded_address(address: &str) -> Option<String> {
    Some(address_of(&picture(address)?))
}

fn address_of(bytes: &[u8]) -> String {
    let digest = sha256_hex(bytes);
    format!("{SCHEME}{}", digest.get(..32).unwrap_or_default())
}

/// The bytes of a `data:` address (RFC 2397) that says that it is a picture.
fn picture(address: &str) -> Option<Vec<u8>> {
    let (kind, data) = strip_data(address.trim())?.split_once(',')?;
    let is_base64 = kind
        .rsplit_once(';')
        .is_some_and(|(_, last)| last.trim().eq_ignore_ascii_case("base64"));
    let mut bytes = percent_decoded(data);
    if is_base64 {
        bytes.retain(|byte| !byte.is_ascii_whitespace());
        bytes = BASE64.decode(&bytes).ok()?;
    }
    (bytes.len() >= MIN_LEN).then_some(bytes)
}

/// What follows `data:` in the address of a picture.
fn strip_data(address: &str) -> Option<&str> {
    let (start, rest) = address.split_at_checked("data:image/".len())?;
    start.eq_ignore_ascii_case("data:image/").then_some(rest)
}

/// Returns the bytes that `text` stands for, with `%41` for `A`; what is no such code
/// stays.
pub fn percent_decoded(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let digits = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let code = digits.filter(|_| byte == b'%').filter(|d| !d.starts_with('+'));
        if let Some(code) = code.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            bytes.push(code);
            rest = after.get(2..).unwrap_or_default();
        } else {
            bytes.push(byte);
            rest = after;
        }
    }
    bytes
}

/// Hands over the pictures in the page at `path` that are wanted, each as `path!` and its
/// stand-in.
pub(crate) fn offer(path: &str, page: &[u8], files: &mut dyn FileSink) {
    let source = decode(page, Hint::Html).text;
    let mut rest = source.as_str();
    while let Some(start) = find_data(rest) {
        let (before, address) = rest.split_at(start);
        // An attribute ends at the quotation mark that it begins with.
        let end = match before.chars().next_back().filter(|c| matches!(c, '"' | '\'')) {
            Some(quote) => address.find(quote),
            None => address.find(|c: char| c.is_ascii_whitespace() || c == '>'),
        };
        let (address, after) = address.split_at(end.unwrap_or(address.len()));
        rest = after;
        if let Some(bytes) = picture(&unescaped(address)) {
            let path = format!("{path}!{}", address_of(&bytes));
            if files.wants(&path) {
                files.take(&path, Some(bytes));
            }
        }
    }
}

/// Where the next address of a picture begins.
fn find_data(text: &str) -> Option<usize> {
    let mut colons = text.match_indices(':');
    colons.find_map(|(colon, _)| {
        let start = colon.checked_sub("data".len())?;
        strip_data(text.get(start..)?).map(|_| start)
    })
}

/// The text of an attribute without the character references that markup needs in it.
fn unescaped(attribute: &str) -> String {
    const REFERENCES: [(&str, &str); 6] = [
        ("&quot;", "\""),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        // Last: what it leaves is no reference.
        ("&amp;", "&"),
    ];
    if !attribute.contains('&') {
        return attribute.to_owned();
    }
    REFERENCES
        .iter()
        .fold(attribute.to_owned(), |text, (reference, c)| text.replace(reference, c))
}

#[cfg(test)]
mod tests {
    use super::{embedded_address, is_embedded};

    #[test]
    fn both_ways_to_write_a_picture_give_its_bytes() {
        let picture = "<svg/>".repeat(50);
        let base64 = "PHN2Zy8+".repeat(50);
        let address = embedded_address(&format!("data:image/svg+xml,{picture}"));
        assert!(is_embedded(address.as_deref().unwrap()));
        for other in [
            format!("data:image/svg+xml;base64,{base64}"),
            format!("DATA:image/svg+xml;charset=utf-8;BASE64,{base64}"),
            format!("data:image/svg+xml;base64,{}", base64.replace('+', "%2b")),
            format!("data:image/svg+xml,{}", picture.replace('<', "%3C")),
        ] {
            assert_eq!(embedded_address(&other), address, "{other}");
        }
    }

    #[test]
    fn what_is_no_picture_has_no_address() {
        let long = "a".repeat(999);
        for other in [
            format!("https://a.example/{long}.png"),
            format!("data:text/html,{long}"),
            format!("data:image/png;base64,{long}!"),
            "data:image/gif;base64,R0lGODlhAQABAAAAACw=".to_owned(),
            "data:image/é".to_owned(),
        ] {
            assert_eq!(embedded_address(&other), None, "{other}");
        }
    }
}
