//! From bytes to text: byte order mark, declaration, evidence of the bytes, detection.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

/// Where a declaration of the encoding may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hint {
    /// Nowhere: plain text.
    Text,
    /// In an XML declaration or a `meta` element.
    Html,
}

/// Decoded text and how it was decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte order mark.
    pub text: String,
    /// Name of the encoding, as the Encoding Standard gives it.
    pub encoding: &'static str,
    /// Number of byte sequences that became U+FFFD.
    pub replaced: usize,
}

/// How far into a page a declaration is looked for, in bytes.
const DECLARATION_LEN: usize = 4096;

/// How much of a page the detector is fed, in bytes: more tells it nothing new.
const DETECTION_LEN: usize = 1 << 20;

/// By how many bytes that are not ASCII the detector tells an encoding.
const MAX_SIGNS: usize = 300;

/// How far from such a byte text is looked at, in bytes.
const NEAR_LEN: usize = 16;

/// Decodes `bytes`; never fails, but see [`Decoded::replaced`].
///
/// A byte order mark wins, then valid UTF-8 (which other encodings do not produce by
/// chance), UTF-16 by its shape, what the page declares if it fits, and last a guess.
pub fn decode(bytes: &[u8], hint: Hint) -> Decoded {
    decode_as(bytes, hint, None)
}

/// Decodes `bytes` as [`decode`] does, but goes by the encoding that the server named
/// before it looks at the page, if the bytes are valid in it.
///
/// An encoding of single bytes is not believed where the bytes are valid UTF-8: servers
/// name their default for every page, and text in it is hardly ever valid UTF-8.
pub(crate) fn decode_as(bytes: &[u8], hint: Hint, label: Option<&str>) -> Decoded {
    if let Some((encoding, mark_len)) = Encoding::for_bom(bytes) {
        return decode_with(encoding, bytes.get(mark_len..).unwrap_or_default());
    }
    let named =
        label.and_then(|label| Encoding::for_label_no_replacement(label.as_bytes()));
    if let Some(encoding) = named {
        let is_default = encoding.is_single_byte() && std::str::from_utf8(bytes).is_ok();
        if !is_default && fits(encoding, bytes) {
            return decode_with(widened(encoding), bytes);
        }
    }
    if let Some(encoding) = utf16_by_shape(bytes) {
        return decode_with(encoding, bytes);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        // What stands for damage in it was there before.
        return Decoded { text: text.to_owned(), encoding: UTF_8.name(), replaced: 0 };
    }
    if is_damaged_utf8(bytes) {
        return decode_with(UTF_8, bytes);
    }
    let declared = match hint {
        Hint::Html => declared_encoding(bytes).filter(|&encoding| encoding != UTF_8),
        Hint::Text => None,
    };
    if let Some(encoding) = declared.filter(|encoding| fits(encoding, bytes)) {
        return decode_with(widened(encoding), bytes);
    }
    let guessed = decode_with(widened(guess(bytes, MAX_SIGNS)), bytes);
    if guessed.replaced == 0 {
        return guessed;
    }
    decode_with(widened(guess(bytes, usize::MAX)), bytes)
}

/// Tells the encoding of `bytes` by the first `max_signs` that are not ASCII; of the others
/// only those near them are looked at.
fn guess(bytes: &[u8], max_signs: usize) -> &'static Encoding {
    let bytes = bytes.get(..DETECTION_LEN).unwrap_or(bytes);
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let mut rest = bytes;
    let mut signs = 0;
    while let Some(sign) = rest.iter().position(|b| !b.is_ascii()) {
        if signs >= max_signs {
            // It may be cut off inside a character, which is not held against it.
            return detector.guess(None, Utf8Detection::Deny);
        }
        // White space is no part of a longer character in any encoding that is left.
        let far = rest.get(..sign.saturating_sub(NEAR_LEN)).unwrap_or_default();
        let start = far.iter().rposition(u8::is_ascii_whitespace).unwrap_or(0);
        let mut end = sign;
        while let Some(&byte) = rest.get(end)
            && signs < max_signs
        {
            let near = rest.get(end..).unwrap_or_default();
            let near = near.get(..NEAR_LEN).unwrap_or(near);
            if byte.is_ascii_whitespace() && near.is_ascii() {
                break;
            }
            signs += usize::from(!byte.is_ascii());
            end += 1;
        }
        detector.feed(rest.get(start..end).unwrap_or_default(), false);
        rest = rest.get(end..).unwrap_or_default();
    }
    detector.feed(b"", true);
    detector.guess(None, Utf8Detection::Deny)
}

impl Decoded {
    /// Returns whether control characters and damage are rare enough for text.
    pub(crate) fn is_mostly_text(&self) -> bool {
        // Bytes are counted faster than characters, and only these begin a strange one;
        // no character has more than four bytes.
        let begins_strange =
            |b: u8| matches!(b, 0..=0x08 | 0x0b | 0x0e..=0x1f | 0x7f | 0xc2 | 0xef);
        // Sums of few bytes fit into bytes, which the processor adds many at a time.
        let most: usize = self
            .text
            .as_bytes()
            .chunks(128)
            .map(|chunk| chunk.iter().map(|&b| u8::from(begins_strange(b))).sum::<u8>())
            .map(usize::from)
            .sum();
        if most * 10 <= self.text.len() / 4 {
            return true;
        }
        let is_strange = |c: &char| match c {
            '\t' | '\n' | '\r' | '\u{c}' | '\u{85}' => false,
            '\u{fffd}' => true,
            c => c.is_control(),
        };
        let strange = self.text.chars().filter(is_strange).count();
        strange * 10 <= self.text.chars().count()
    }
}

/// Whether all of `bytes` is valid in `encoding`, but for rare damage.
fn fits(encoding: &'static Encoding, bytes: &[u8]) -> bool {
    let replaced = decode_with(widened(encoding), bytes).replaced;
    replaced * 200 <= bytes.iter().filter(|b| !b.is_ascii()).count()
}

/// The superset that decoders of the narrower label should use.
fn widened(encoding: &'static Encoding) -> &'static Encoding {
    if encoding == GBK { GB18030 } else { encoding }
}

fn decode_with(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let in_source = if encoding == UTF_8 { count_marks(bytes) } else { 0 };
    let replaced = count_marks(text.as_bytes());
    Decoded {
        replaced: replaced.saturating_sub(in_source),
        text: text.into_owned(),
        encoding: encoding.name(),
    }
}

/// Counts replacement characters that already stand in UTF-8 `bytes`.
fn count_marks(bytes: &[u8]) -> usize {
    const MARK: [u8; 3] = *b"\xef\xbf\xbd";
    // Bytes are looked at many at a time, and few others have these two.
    let has_end = |(first, second): (&[u8], &[u8])| {
        let each =
            first.iter().zip(second).map(|(&a, &b)| matches!((a, b), (0xbf, 0xbd)));
        each.fold(false, |found, is| found | is)
    };
    let after = bytes.get(1..).unwrap_or_default();
    if !bytes.chunks(128).zip(after.chunks(128)).any(has_end) {
        return 0;
    }
    bytes.windows(MARK.len()).filter(|window| *window == MARK).count()
}

/// Tells UTF-16 without a byte order mark.
///
/// Text in ASCII leaves zero bytes in one half of the positions. Text in other scripts
/// has some zero byte, too (a space, a line end), and reads as text in one byte order
/// only.
fn utf16_by_shape(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = bytes.get(..DETECTION_LEN).unwrap_or(bytes);
    if !sample.contains(&0) {
        return None;
    }
    let zeros = |parity: usize| {
        sample.iter().skip(parity).step_by(2).filter(|b| **b == 0).count()
    };
    let (even, odd) = (zeros(0), zeros(1));
    if sample.len() < 4 {
        return None;
    }
    // Two ASCII letters read as one character are a common ideograph, so that the share
    // of common characters tells nothing about ASCII.
    if sample.iter().filter(|b| !b.is_ascii()).count() * 20 < sample.len() {
        let encoding = if odd > even { UTF_16LE } else { UTF_16BE };
        return (even.max(odd) * 4 >= sample.len() && even.min(odd) * 8 <= sample.len())
            .then_some(encoding);
    }
    let (little, big) =
        (common_percent(UTF_16LE, sample), common_percent(UTF_16BE, sample));
    match (little, big) {
        (95.., ..80) => Some(UTF_16LE),
        (..80, 95..) => Some(UTF_16BE),
        _ => None,
    }
}

/// Share of common characters in `bytes` read as `encoding`, in percent.
fn common_percent(encoding: &'static Encoding, bytes: &[u8]) -> usize {
    let text = decode_with(encoding, bytes).text;
    let common = text.chars().filter(|&c| is_common(c)).count();
    common * 100 / text.chars().count().max(1)
}

/// Whether `c` is of a script or a punctuation that pages are commonly written in.
fn is_common(c: char) -> bool {
    matches!(c,
        '\t' | '\n' | '\r' | ' '..='~' | '\u{a0}'..='\u{52f}' | '\u{2000}'..='\u{22ff}'
        | '\u{3000}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}'
        | '\u{ff00}'..='\u{ffef}')
}

/// Whether `bytes` are UTF-8 but for a few places: many sequences are valid, and few are
/// not. Text of another encoding hardly ever has valid sequences at all.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let mut valid = 0_usize;
    let mut invalid = 0_usize;
    for chunk in bytes.utf8_chunks() {
        valid += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        invalid += usize::from(!chunk.invalid().is_empty());
    }
    valid >= 4 && invalid * 4 <= valid
}

/// Finds the encoding that an XML declaration or a `meta` element declares.
fn declared_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = bytes.get(..DECLARATION_LEN).unwrap_or(bytes);
    let text: String = start
        .iter()
        .map(|&b| if b.is_ascii() { char::from(b.to_ascii_lowercase()) } else { '?' })
        .collect();
    ["charset", "encoding"].iter().find_map(|key| {
        text.match_indices(key).find_map(|(position, _)| {
            let rest =
                text.get(position + key.len()..)?.trim_start().strip_prefix('=')?;
            let value = rest.trim_start().trim_start_matches(['"', '\'']);
            let label: String = value
                .chars()
                .take_while(|c| c.is_ascii_alphanumeric() || "-_:.".contains(*c))
                .collect();
            // A page that could be scanned for ASCII is not UTF-16, whatever it says.
            Encoding::for_label(label.as_bytes()).filter(|e| e.is_ascii_compatible())
        })
    })
}

#[cfg(test)]
mod tests {
    use encoding_rs::{BIG5, GB18030, UTF_8, WINDOWS_1252};

    use super::{Hint, decode, decode_as};

    #[test]
    fn encodings_are_told_apart() {
        let simplified =
            "国际问题研究院的学者认为，这一问题需要各方共同努力才能解决。\n".repeat(3);
        let traditional =
            "國際問題研究院的學者認為，這一問題需要各方共同努力才能解決。\n".repeat(3);
        let gbk = GB18030.encode(&simplified).0;
        let big5 = BIG5.encode(&traditional).0;
        let western = WINDOWS_1252
            .encode("The “façade” – a naïve café’s view of the coöperation")
            .0;
        let utf16: Vec<u8> =
            simplified.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let utf16be: Vec<u8> =
            simplified.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for (bytes, encoding, text) in [
            (gbk.as_ref(), "gb18030", simplified.as_str()),
            (big5.as_ref(), "Big5", traditional.as_str()),
            (
                western.as_ref(),
                "windows-1252",
                "The “façade” – a naïve café’s view of the coöperation",
            ),
            (utf16.as_slice(), "UTF-16LE", simplified.as_str()),
            (utf16be.as_slice(), "UTF-16BE", simplified.as_str()),
            (simplified.as_bytes(), "UTF-8", simplified.as_str()),
        ] {
            let decoded = decode(bytes, Hint::Text);
            assert_eq!((decoded.encoding, decoded.text.as_str()), (encoding, text));
            assert_eq!(decoded.replaced, 0);
        }
    }

    #[test]
    fn long_texts_are_told_by_their_beginning() {
        let simplified =
            "国际问题研究院的学者认为，\n这一问题需要各方共同努力。".repeat(200);
        let traditional =
            "國際問題研究院的學者認為，\n這一問題需要各方共同努力。".repeat(200);
        let western =
            "The façade of a café, and then nothing for a long time.\n".repeat(999);
        for (text, encoding) in
            [(simplified, GB18030), (traditional, BIG5), (western, WINDOWS_1252)]
        {
            // The sample may end inside a character.
            for start in ["", "1"] {
                let text = format!("{start}{text}");
                let bytes = encoding.encode(&text).0;
                let decoded = decode(&bytes, Hint::Text);
                assert_eq!((decoded.encoding, decoded.text), (encoding.name(), text));
            }
        }
    }

    #[test]
    fn a_mark_wins_and_is_left_out() {
        let decoded = decode(b"\xff\xfea\0b\0", Hint::Text);
        assert_eq!((decoded.text.as_str(), decoded.encoding), ("ab", "UTF-16LE"));
        assert_eq!(decode(b"\xef\xbb\xbfab", Hint::Text).text, "ab");
    }

    #[test]
    fn what_the_server_names_comes_first_if_it_fits() {
        let name =
            |bytes: &[u8], label| decode_as(bytes, Hint::Html, Some(label)).encoding;
        let bytes = b"<meta charset=\"windows-1252\"><p>\xb1\xe6\xea";
        assert_eq!(name(bytes, "iso-8859-2"), "ISO-8859-2");
        assert_eq!(name(bytes, "utf-8"), "windows-1252");
        assert_eq!(name("<p>café".as_bytes(), "iso-8859-1"), "UTF-8");
        assert_eq!(name(b"<p>\x1b$B%7%s\x1b(B", "iso-2022-jp"), "ISO-2022-JP");
        assert_eq!(name(b"\xef\xbb\xbf<p>x", "big5"), "UTF-8");
    }

    #[test]
    fn a_declaration_counts_where_it_fits() {
        let page = |declared: &str| format!("<meta charset=\"{declared}\"><p>caf\u{e9}");
        let bytes = WINDOWS_1252.encode(&page("iso-8859-2")).0.into_owned();
        assert_eq!(decode(&bytes, Hint::Html).encoding, "ISO-8859-2");
        assert_eq!(decode(page("gb2312").as_bytes(), Hint::Html).encoding, UTF_8.name());
    }
}
