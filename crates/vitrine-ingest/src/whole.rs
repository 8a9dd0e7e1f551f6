//! Pages that are a file, a member of a container or an answer of a server of their own.

use crate::{
    Capture, FieldNames, Page, RawContent, RawPage, Unreadable, UnreadableReason,
    decode::{Hint, decode_as},
    digest::sha256_hex,
    markdown,
    sniff::{Format, binary_kind},
};

/// What is known of a page beside its bytes.
#[derive(Debug)]
pub(crate) struct Source<'a> {
    pub(crate) path: &'a str,
    pub(crate) format: Format,
    /// Label of the encoding that the server named.
    pub(crate) charset: Option<&'a str>,
    pub(crate) capture: Capture,
}

/// Makes a page of `bytes`; any format but HTML and Markdown is taken as plain text.
pub(crate) fn read(source: Source<'_>, bytes: &[u8], names: &FieldNames) -> Page {
    let Source { path, format, charset, capture } = source;
    let sha256 = sha256_hex(bytes);
    let unreadable =
        |reason| Unreadable { path: path.to_owned(), sha256: sha256.clone(), reason };
    if let Some(kind) = binary_kind(bytes) {
        return Err(unreadable(UnreadableReason::Binary { kind }));
    }
    let hint = if format == Format::Html { Hint::Html } else { Hint::Text };
    let decoded = decode_as(bytes, hint, charset);
    if decoded.text.chars().all(|c| c.is_whitespace() || c == '\0') {
        return Err(unreadable(UnreadableReason::Empty));
    }
    if !decoded.is_mostly_text() {
        return Err(unreadable(UnreadableReason::Binary { kind: "binary data" }));
    }
    let text = match decoded.text {
        text if text.contains('\0') => text.replace('\0', "\u{fffd}"),
        text => text,
    };
    let content = match format {
        Format::Html => RawContent::Html(text),
        Format::Markdown => {
            let record = markdown::record(path, &text, names).map_err(unreadable)?;
            RawContent::Record(Box::new(record))
        }
        _ => RawContent::Text(text),
    };
    Ok(RawPage {
        path: path.to_owned(),
        sha256,
        encoding: decoded.encoding.to_owned(),
        replaced: decoded.replaced,
        capture,
        raw: bytes.to_vec(),
        content,
    })
}
