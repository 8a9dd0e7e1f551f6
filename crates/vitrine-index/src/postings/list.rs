//! One postings list and its bits.

use vitrine_bundle::{Cursor, CursorError};

use super::{bits::BitReader, level_code::LevelCode};
#[cfg(feature = "write")]
use super::{bits::BitWriter, level_code::LevelEncoder};

/// A document in a postings list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Posting {
    /// The document.
    pub(crate) doc: u32,
    /// How much the term says about it, quantized.
    pub(crate) impact: u8,
}

/// Reads a list of `count` postings of documents below `bound` and appends it to `out`.
///
/// # Errors
///
/// Fails when the bytes are no such list.
pub(super) fn decode_list(
    bytes: &[u8],
    count: u32,
    bound: u32,
    code: &LevelCode,
    out: &mut Vec<Posting>,
) -> Result<(), CursorError> {
    let damaged = || Cursor::new(bytes).invalid("a postings list");
    decode(bytes, count, bound, code, out).ok_or_else(damaged)
}

fn decode(
    bytes: &[u8],
    count: u32,
    bound: u32,
    code: &LevelCode,
    out: &mut Vec<Posting>,
) -> Option<()> {
    let mut bits = BitReader::new(bytes);
    // A level takes a bit at least.
    if count > bound || count as usize > bits.remaining() {
        return None;
    }
    let start = out.len();
    out.resize(start + count as usize, Posting { doc: 0, impact: 0 });
    let list = out.get_mut(start..)?;
    if decode_docs(&mut bits, 0, bound, list).is_none() {
        out.truncate(start);
        return None;
    }
    for posting in list {
        posting.impact = code.read(&mut bits)?;
    }
    Some(())
}

/// Reads documents from `low` to `end`, exclusive, in binary interpolative code (Moffat and
/// Stuiver 2000): the middle one first, as a number of the places that the others leave it.
fn decode_docs(
    bits: &mut BitReader<'_>,
    low: u32,
    end: u32,
    postings: &mut [Posting],
) -> Option<()> {
    let middle = postings.len() / 2;
    let places = (end - low) - postings.len() as u32;
    let (before, rest) = postings.split_at_mut(middle);
    let Some((posting, after)) = rest.split_first_mut() else { return Some(()) };
    posting.doc = low + middle as u32 + read_below(bits, places)?;
    decode_docs(bits, low, posting.doc, before)?;
    decode_docs(bits, posting.doc + 1, end, after)
}

/// Reads a number from 0 to `most` in truncated binary code.
fn read_below(bits: &mut BitReader<'_>, most: u32) -> Option<u32> {
    let (width, short) = truncated(most);
    let value = bits.bits(width)?;
    if u64::from(value) < short {
        return Some(value);
    }
    let value = (u64::from(value) << 1 | u64::from(bits.bits(1)?)) - short;
    u32::try_from(value).ok()
}

/// Returns the width of the shorter codes of the numbers from 0 to `most`, and how many
/// numbers have one; the others take a bit more.
fn truncated(most: u32) -> (u32, u64) {
    let numbers = u64::from(most) + 1;
    let width = numbers.ilog2();
    (width, (1 << (width + 1)) - numbers)
}

/// Appends the bits of a list; `postings` ascend by document, below `bound`.
#[cfg(feature = "write")]
pub(super) fn encode_list(
    postings: &[Posting],
    bound: u32,
    levels: &LevelEncoder,
    out: &mut Vec<u8>,
) {
    let mut bits = BitWriter::new(out);
    encode_docs(postings, 0, bound, &mut bits);
    for posting in postings {
        levels.write(posting.impact, &mut bits);
    }
    bits.finish();
}

#[cfg(feature = "write")]
fn encode_docs(postings: &[Posting], low: u32, end: u32, bits: &mut BitWriter<'_>) {
    let middle = postings.len() / 2;
    let places = (end - low) - postings.len() as u32;
    let (before, rest) = postings.split_at(middle);
    let Some((&Posting { doc, .. }, after)) = rest.split_first() else { return };
    let (width, short) = truncated(places);
    let value = u64::from(doc - low - middle as u32);
    if value < short {
        bits.bits(value as u32, width);
    } else {
        let value = value + short;
        bits.bits((value >> 1) as u32, width);
        bits.bits((value & 1) as u32, 1);
    }
    encode_docs(before, low, doc, bits);
    encode_docs(after, doc + 1, end, bits);
}

#[cfg(all(test, feature = "write"))]
mod tests {
    use super::{Posting, decode_list, encode_list};
    use crate::postings::level_code::{LevelCode, LevelEncoder};

    fn check(postings: &[(u32, u8)], bound: u32) {
        let postings: Vec<Posting> =
            postings.iter().map(|&(doc, impact)| Posting { doc, impact }).collect();
        let mut frequencies = vec![0; 256];
        for posting in &postings {
            frequencies[usize::from(posting.impact)] += 1;
        }
        let encoder = LevelEncoder::new(frequencies);
        let Some(code) = LevelCode::new(&encoder.lengths) else {
            unreachable!("an encoder makes codes");
        };
        let mut bytes = Vec::new();
        encode_list(&postings, bound, &encoder, &mut bytes);
        let count = postings.len() as u32;
        let mut decoded = Vec::new();
        let whole = decode_list(&bytes, count, bound, &code, &mut decoded);
        assert_eq!((whole, &decoded), (Ok(()), &postings));
        let more = count + 8 * bytes.len() as u32;
        let more = decode_list(&bytes, more, bound, &code, &mut decoded);
        assert!(more.is_err(), "there are not so many");
        for len in 0..bytes.len() {
            let cut = decode_list(&bytes[..len], count, bound, &code, &mut decoded);
            assert!(cut.is_err(), "{len} of {} bytes", bytes.len());
        }
    }

    #[test]
    fn lists_round_trip() {
        check(&[(0, 0)], 1);
        check(&[(0, 0)], u32::MAX);
        check(&[(u32::MAX - 1, 255)], u32::MAX);
        check(&[(0, 3), (1, 3), (2, 9), (1_000_000, 0)], 1_000_001);
        let many: Vec<(u32, u8)> =
            (0..5000_u32).map(|i| (i * i % 7 + i * 7, (i % 32) as u8)).collect();
        check(&many, 40_000);
    }

    #[test]
    fn any_bytes_are_read_without_panic() {
        let mut state = 1_u32;
        for len in 0..200 {
            let bytes: Vec<u8> = (0..len)
                .map(|_| {
                    state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    (state >> 24) as u8
                })
                .collect();
            let code = LevelCode::new(&[2, 2, 3, 3, 3]).unwrap();
            for (count, bound) in [(u32::MAX, u32::MAX), (40, 100), (40, 40), (3, 2)] {
                let mut out = Vec::new();
                _ = decode_list(&bytes, count, bound, &code, &mut out);
                assert!(out.len() <= len * 8);
            }
        }
    }
}
