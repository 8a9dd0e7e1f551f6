//! One postings list and its bits.

use vitrine_bundle::{Cursor, CursorError};

use super::bits::BitReader;
#[cfg(feature = "write")]
use super::bits::BitWriter;

/// Bits of the Rice parameter, of the lowest impact, and of the width of an impact.
const PARAMETER_BITS: u32 = 5;
const IMPACT_BITS: u32 = 8;
const WIDTH_BITS: u32 = 4;

/// A document in a postings list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Posting {
    /// The document.
    pub(crate) doc: u32,
    /// How much the term says about it, quantized.
    pub(crate) impact: u8,
}

/// Reads a list of `count` postings and appends it to `out`.
///
/// # Errors
///
/// Fails when the bytes are no such list.
pub(super) fn decode_list(
    bytes: &[u8],
    count: u32,
    out: &mut Vec<Posting>,
) -> Result<(), CursorError> {
    let damaged = || Cursor::new(bytes).invalid("a postings list");
    decode(bytes, count, out).ok_or_else(damaged)
}

fn decode(bytes: &[u8], count: u32, out: &mut Vec<Posting>) -> Option<()> {
    let mut bits = BitReader::new(bytes);
    let parameter = bits.bits(PARAMETER_BITS)?;
    let lowest = bits.bits(IMPACT_BITS)?;
    let width = bits.bits(WIDTH_BITS)?;
    // A posting takes a bit at least.
    out.reserve((count as usize).min(bits.remaining()));
    let mut next = 0_u32;
    for _ in 0..count {
        let high = bits.unary()?;
        let low = bits.bits(parameter)?;
        let gap = high.checked_mul(1 << parameter)?.checked_add(low)?;
        let doc = next.checked_add(gap)?;
        let impact = u8::try_from(lowest + bits.bits(width)?).ok()?;
        out.push(Posting { doc, impact });
        next = doc.checked_add(1)?;
    }
    Some(())
}

/// Appends the bits of a list; `postings` ascend by document.
#[cfg(feature = "write")]
pub(super) fn encode_list(postings: &[Posting], out: &mut Vec<u8>) {
    let parameter = best_parameter(postings);
    let lowest = postings.iter().map(|posting| posting.impact).min().unwrap_or(0);
    let highest = postings.iter().map(|posting| posting.impact).max().unwrap_or(0);
    let width = u8::BITS - (highest - lowest).leading_zeros();
    let mut bits = BitWriter::new(out);
    bits.bits(parameter, PARAMETER_BITS);
    bits.bits(u32::from(lowest), IMPACT_BITS);
    bits.bits(width, WIDTH_BITS);
    for (gap, impact) in gaps(postings) {
        bits.unary(gap >> parameter);
        bits.bits(gap & ((1 << parameter) - 1), parameter);
        bits.bits(u32::from(impact - lowest), width);
    }
    bits.finish();
}

#[cfg(feature = "write")]
fn gaps(postings: &[Posting]) -> impl Iterator<Item = (u32, u8)> {
    postings.iter().scan(0, |next, posting| {
        let gap = posting.doc - *next;
        *next = posting.doc + 1;
        Some((gap, posting.impact))
    })
}

/// Returns the Rice parameter that makes the list shortest.
#[cfg(feature = "write")]
fn best_parameter(postings: &[Posting]) -> u32 {
    let cost = |parameter: u32| -> u64 {
        gaps(postings)
            .map(|(gap, _)| u64::from(gap >> parameter) + u64::from(parameter))
            .sum()
    };
    // The cost has one minimum; it lies near the logarithm of the mean gap.
    let last = postings.last().map_or(0, |posting| posting.doc);
    let mean = last / postings.len().max(1) as u32;
    let center = mean.checked_ilog2().unwrap_or(0);
    (center.saturating_sub(3)..=(center + 1).min(31))
        .min_by_key(|&p| cost(p))
        .unwrap_or(0)
}

#[cfg(all(test, feature = "write"))]
mod tests {
    use super::{Posting, decode_list, encode_list};

    fn check(postings: &[(u32, u8)]) {
        let postings: Vec<Posting> =
            postings.iter().map(|&(doc, impact)| Posting { doc, impact }).collect();
        let mut bytes = Vec::new();
        encode_list(&postings, &mut bytes);
        let mut decoded = Vec::new();
        let whole = decode_list(&bytes, postings.len() as u32, &mut decoded);
        assert_eq!((whole, &decoded), (Ok(()), &postings));
        let more = decode_list(&bytes, postings.len() as u32 + 64, &mut decoded);
        assert!(more.is_err(), "there are not so many");
        for len in 0..bytes.len() {
            let cut = decode_list(&bytes[..len], postings.len() as u32, &mut decoded);
            assert!(cut.is_err(), "{len} of {} bytes", bytes.len());
        }
    }

    #[test]
    fn lists_round_trip() {
        check(&[(0, 0)]);
        check(&[(u32::MAX - 1, 255)]);
        check(&[(0, 3), (1, 3), (2, 9), (1_000_000, 0)]);
        let many: Vec<(u32, u8)> =
            (0..5000_u32).map(|i| (i * i % 7 + i * 7, (i % 32) as u8)).collect();
        check(&many);
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
            let mut out = Vec::new();
            _ = decode_list(&bytes, u32::MAX, &mut out);
            assert!(out.len() <= len * 8);
        }
    }
}
