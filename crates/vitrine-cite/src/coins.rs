//! An `OpenURL` context object (ANSI/NISO Z39.88-2004), which `COinS` puts in a page for
//! reference managers to find.

use crate::Reference;

/// Returns the value of the `title` attribute of a `span` of class `Z3988`.
pub fn context_object(reference: &Reference) -> String {
    let Reference { title, authors, container, date, url, lang, .. } = reference;
    let mut out =
        "ctx_ver=Z39.88-2004&rft_val_fmt=info%3Aofi%2Ffmt%3Akev%3Amtx%3Ajournal"
            .to_owned();
    let mut pair = |key: &str, value: &str| {
        if !value.is_empty() {
            out.extend(["&rft.", key, "="]);
            encode(value, &mut out);
        }
    };
    pair("genre", "article");
    pair("atitle", title);
    pair("jtitle", container);
    pair("date", &date.map(|date| date.to_string()).unwrap_or_default());
    for author in authors {
        pair("au", &author.inverted_order());
    }
    pair("identifier", url.as_deref().unwrap_or_default());
    pair("language", lang);
    out
}

/// Percent-encodes all but the unreserved characters of RFC 3986.
fn encode(text: &str, out: &mut String) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or('0');
            out.push('%');
            out.extend(
                [digit(byte >> 4), digit(byte & 15)].map(|c| c.to_ascii_uppercase()),
            );
        }
    }
}
