//! What servers do to a body: chunks and compression.

use std::io;

use brotli_decompressor::Decompressor;
use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use zstd::stream::read::Decoder as ZstdDecoder;

use super::http::Answer;
use crate::{UnreadableReason, limits::member_limit, reader::bounded};

/// Most encodings of one body; servers apply one, seldom two.
const MAX_ENCODINGS: usize = 4;

/// Size of the buffer of a Brotli decoder, in bytes.
const BROTLI_BUFFER_LEN: usize = 16 << 10;

/// Undoes chunks and content encodings.
///
/// Crawlers often keep the header but not the encoding: a body that is not encoded as the
/// header says is taken as it is.
pub(crate) fn decode(answer: &Answer, body: &[u8]) -> Result<Vec<u8>, UnreadableReason> {
    let is_chunked =
        answer.get("transfer-encoding").to_ascii_lowercase().contains("chunked");
    let mut bytes = if is_chunked { without_chunks(body) } else { None }
        .unwrap_or_else(|| body.to_vec());
    let encodings = answer.get("content-encoding").to_ascii_lowercase();
    let encodings: Vec<&str> =
        encodings.split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
    if encodings.len() > MAX_ENCODINGS {
        let problem = "it has more content encodings than any page".to_owned();
        return Err(UnreadableReason::InvalidRecord { problem });
    }
    for encoding in encodings.into_iter().rev() {
        let limit = member_limit(bytes.len() as u64);
        let decoded = match encoding {
            "gzip" | "x-gzip" if bytes.starts_with(b"\x1f\x8b") => {
                bounded(&mut MultiGzDecoder::new(bytes.as_slice()), limit)
            }
            "deflate" if is_zlib(&bytes) => {
                bounded(&mut ZlibDecoder::new(bytes.as_slice()), limit)
            }
            "deflate" if !is_text(&bytes) => {
                bounded(&mut DeflateDecoder::new(bytes.as_slice()), limit)
            }
            "br" if !is_text(&bytes) => bounded(
                &mut Decompressor::new(bytes.as_slice(), BROTLI_BUFFER_LEN),
                limit,
            ),
            "zstd" if bytes.starts_with(b"\x28\xb5\x2f\xfd") => unzstd(&bytes, limit),
            _ => continue,
        };
        bytes = match decoded {
            Ok(Some(decoded)) => decoded,
            Ok(None) => return Err(UnreadableReason::TooDense),
            Err(error) => {
                let problem = format!("its {encoding} encoding: {error}");
                return Err(UnreadableReason::InvalidRecord { problem });
            }
        };
    }
    Ok(bytes)
}

fn unzstd(bytes: &[u8], limit: usize) -> io::Result<Option<Vec<u8>>> {
    bounded(&mut ZstdDecoder::with_buffer(bytes)?, limit)
}

/// Whether `bytes` begin with the header of a zlib stream.
fn is_zlib(bytes: &[u8]) -> bool {
    matches!(bytes, [first, second, ..]
        if first & 0x0f == 8
            && (u16::from(*first) << 8 | u16::from(*second)).is_multiple_of(31))
}

/// Whether `bytes` begin like text, which compressed bytes do not.
fn is_text(bytes: &[u8]) -> bool {
    let start = bytes.get(..256).unwrap_or(bytes);
    start.iter().all(|byte| !matches!(byte, 0..=8 | 14..=26 | 28..=31 | 127))
}

/// Joins the chunks of a body; `None` when it is not made of chunks. A body that ends
/// early keeps what is there.
fn without_chunks(body: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut rest = body;
    let mut is_first = true;
    while !rest.is_empty() {
        let end = rest.iter().take(1024).position(|&byte| byte == b'\n');
        let line =
            end.and_then(|end| rest.get(..end)).and_then(|l| std::str::from_utf8(l).ok());
        let len = line.and_then(|line| {
            let digits = line.split(';').next().unwrap_or_default().trim();
            usize::from_str_radix(digits, 16).ok()
        });
        let (Some(len), Some(end)) = (len, end) else {
            return (!is_first).then_some(bytes);
        };
        is_first = false;
        if len == 0 {
            break;
        }
        let chunk = rest.get(end + 1..).unwrap_or_default();
        bytes.extend(chunk.iter().take(len));
        rest = chunk.get(len..).unwrap_or_default();
        rest = rest.strip_prefix(b"\r").unwrap_or(rest);
        rest = rest.strip_prefix(b"\n").unwrap_or(rest);
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::{Answer, decode, without_chunks};

    #[test]
    fn chunks_are_joined() {
        for (body, expected) in [
            (&b"3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n"[..], Some(&b"abcde"[..])),
            (b"3\nabc\n0\n\n", Some(b"abc")),
            (b"ff\r\ncut", Some(b"cut")),
            (b"3\r\nabc\r\nzz", Some(b"abc")),
            (b"<p>no chunks\r\n", None),
            (b"-1\r\nabc", None),
            (b"", Some(b"")),
        ] {
            assert_eq!(without_chunks(body).as_deref(), expected, "{body:?}");
        }
    }

    #[test]
    fn brotli_is_decoded() {
        let body =
            b"\x1b\x43\x00\xe0\x8d\x54\xb5\xbf\xe6\xf1\x81\xbb\x93\x20\x65\x6c\xe0\
            \x90\x03\xf6\x7f\x11\x26\x9e\x60\xb0\x01\x27\x93\xad\x8d\x43\x4f\x3a\xbc\xf6\
            \xa6\xdc\xe0\x3d\x6a\x66\x92\x56\x04\x24\x80\x30\x52\x00";
        let answer =
            Answer::parse(b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\n").unwrap();
        let expected =
            "<p>The curlew returns in March, and the curlew leaves in August.</p>";
        assert_eq!(decode(&answer, body).unwrap(), expected.as_bytes());
        assert!(decode(&answer, &body[..20]).is_err());
    }

    #[test]
    fn a_body_that_is_not_encoded_as_it_says_is_kept() {
        for encoding in ["gzip", "deflate", "br", "zstd", "gzip, br", "unheard-of"] {
            let header =
                format!("HTTP/1.1 200 OK\r\nContent-Encoding: {encoding}\r\n\r\n");
            let answer = Answer::parse(header.as_bytes()).unwrap();
            assert_eq!(decode(&answer, b"<p>plain").unwrap(), b"<p>plain", "{encoding}");
        }
    }
}
