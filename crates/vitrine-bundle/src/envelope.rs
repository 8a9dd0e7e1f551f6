//! The text form of a chunk file: one call of a function with one base64 string.
//!
//! A classic script is all that a browser loads beside a page opened from `file://`; over
//! HTTP the same file is fetched and the string is cut out, nothing is executed.

use base64::{Engine as _, engine::general_purpose::STANDARD};

/// What stands before the base64 text.
pub const PREFIX: &str = "__vitrine(\"";
/// What stands after it.
pub const SUFFIX: &str = "\")\n";

/// A text that is no chunk file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EnvelopeError {
    /// There are no two quotation marks.
    #[error("it holds no quoted text")]
    NotQuoted,
    /// The quoted text is not base64.
    #[error("its quoted text is not base64")]
    NotBase64,
}

/// Returns the text of the file that holds `chunk`.
pub fn wrap(chunk: &[u8]) -> String {
    let mut text = String::with_capacity(chunk.len().div_ceil(3) * 4 + 16);
    text.push_str(PREFIX);
    STANDARD.encode_string(chunk, &mut text);
    text.push_str(SUFFIX);
    text
}

/// Returns the chunk that stands between the first and the last quotation mark of `file`;
/// whatever an editor or a server put around it is ignored.
///
/// # Errors
///
/// [`EnvelopeError`] when it holds none.
pub fn unwrap(file: &[u8]) -> Result<Vec<u8>, EnvelopeError> {
    let is_quote = |&byte: &u8| byte == b'"';
    let start = file.iter().position(is_quote).ok_or(EnvelopeError::NotQuoted)?;
    let end = file.iter().rposition(is_quote).ok_or(EnvelopeError::NotQuoted)?;
    let text = file.get(start + 1..end).ok_or(EnvelopeError::NotQuoted)?;
    STANDARD.decode(text).map_err(|_cause| EnvelopeError::NotBase64)
}

#[cfg(test)]
mod tests {
    use super::{EnvelopeError, unwrap, wrap};

    #[test]
    fn envelopes_round_trip_and_bear_what_editors_do() {
        for chunk in [&b""[..], b"a", b"\x00\xff\x10abc"] {
            let text = wrap(chunk);
            assert_eq!(unwrap(text.as_bytes()).as_deref(), Ok(chunk));
            let edited = format!("\u{feff}{}\r\n", text.trim_end());
            assert_eq!(unwrap(edited.as_bytes()).as_deref(), Ok(chunk));
        }
    }

    #[test]
    fn what_is_no_envelope_is_refused() {
        assert_eq!(unwrap(b""), Err(EnvelopeError::NotQuoted));
        assert_eq!(unwrap(b"__vitrine(\""), Err(EnvelopeError::NotQuoted));
        assert_eq!(unwrap(b"__vitrine(\"a?\")"), Err(EnvelopeError::NotBase64));
    }
}
