//! Packs and unpacks raw LZMA streams, as the LZMA specification of Igor Pavlov (LZMA SDK,
//! `lzma-specification.txt`) describes them: the compression of chunks.
//!
//! LZMA learns while it goes and brings no tables, so that short chunks pack well; and what
//! unpacks it is a page of code, which every visitor loads.

/// Bits of the byte before on which the odds of a literal depend. Of the position nothing
/// depends on: texts are not aligned.
const LITERAL_CONTEXT_BITS: usize = 2;

// Where the odds of each kind of decision begin. Most depend on the state, one of 12.
const IS_MATCH: usize = 0;
const IS_REPEATED: usize = 12;
const IS_FAR: usize = 24;
const IS_FARTHER: usize = 36;
const IS_FARTHEST: usize = 48;
const IS_LONG: usize = 60;
const SLOT: usize = 72;
const NEAR: usize = SLOT + 4 * 64;
const ALIGN: usize = NEAR + 128;
const RUN: usize = ALIGN + 16;
const REPEATED_RUN: usize = RUN + 274;
const LITERAL: usize = REPEATED_RUN + 274;
const ODDS: usize = LITERAL + (0x300 << LITERAL_CONTEXT_BITS);

/// Returns the `len` bytes that the stream `input` packs, which may repeat what stands in
/// `dictionary`; `None` when it is damaged, or packs another number of bytes.
pub(crate) fn unpack(input: &[u8], dictionary: &[u8], len: usize) -> Option<Vec<u8>> {
    let (&first, rest) = input.split_first()?;
    let (code, rest) = rest.split_first_chunk::<4>()?;
    let mut decoder = Decoder {
        input: rest.iter(),
        range: u32::MAX,
        code: u32::from_be_bytes(*code),
        is_damaged: first != 0,
        odds: [1024; ODDS],
        state: 0,
        distances: [0; 4],
        output: dictionary.to_vec(),
    };
    let end = dictionary.len().checked_add(len)?;
    while decoder.output.len() < end && !decoder.is_damaged {
        decoder.step(end);
    }
    // What packs flushes exactly what unpacking reads.
    let is_whole = decoder.code == 0 && decoder.input.len() == 0;
    (is_whole && !decoder.is_damaged).then(|| decoder.output.split_off(dictionary.len()))
}

struct Decoder<'a> {
    input: std::slice::Iter<'a, u8>,
    range: u32,
    /// The place in the range.
    code: u32,
    /// Whether the stream says something impossible.
    is_damaged: bool,
    /// Odds, of 2048, that the next bit is 0.
    odds: [u16; ODDS],
    state: usize,
    /// How far back the last four copies began, less one; the newest is the first.
    distances: [usize; 4],
    /// The dictionary and what has been unpacked.
    output: Vec<u8>,
}

impl Decoder<'_> {
    /// Unpacks a literal or a copy, up to `end` bytes of output.
    fn step(&mut self, end: usize) {
        let state = self.state;
        if self.bit(IS_MATCH + state) == 0 {
            return self.literal();
        }
        let [d0, d1, d2, d3] = self.distances;
        let len;
        if self.bit(IS_REPEATED + state) == 0 {
            len = self.run(RUN);
            let slot = self.number(SLOT + 64 * (len - 2).min(3), 6);
            self.distances = [self.distance(slot), d0, d1, d2];
            self.state = 7;
        } else if self.bit(IS_FAR + state) == 0 {
            let is_long = self.bit(IS_LONG + state) == 1;
            len = if is_long { self.run(REPEATED_RUN) } else { 1 };
            self.state = if is_long { 8 } else { 9 };
        } else {
            self.distances = if self.bit(IS_FARTHER + state) == 0 {
                [d1, d0, d2, d3]
            } else if self.bit(IS_FARTHEST + state) == 0 {
                [d2, d0, d1, d3]
            } else {
                [d3, d0, d1, d2]
            };
            len = self.run(REPEATED_RUN);
            self.state = 8;
        }
        if state >= 7 {
            self.state = if self.state == 7 { 10 } else { 11 };
        }
        self.is_damaged |= len > end - self.output.len();
        for _ in 0..len {
            let Some(byte) = self.byte_back() else { return };
            self.output.push(byte);
        }
    }

    fn literal(&mut self) {
        let before = self.output.last().copied().unwrap_or(0);
        let context = usize::from(before) >> (8 - LITERAL_CONTEXT_BITS);
        let odds = LITERAL + 0x300 * context;
        let mut node = 1_usize;
        if self.state >= 7 {
            // After a copy the byte differs from the one that would have come next.
            let next = usize::from(self.byte_back().unwrap_or(0));
            while node < 0x100 {
                let expected = (next >> (7 - node.ilog2())) & 1;
                let bit = self.bit(odds + 0x100 * (1 + expected) + node);
                node = node * 2 + bit;
                if bit != expected {
                    break;
                }
            }
        }
        while node < 0x100 {
            node = node * 2 + self.bit(odds + node);
        }
        self.output.push(node as u8);
        self.state = self.state.saturating_sub(if self.state < 10 { 3 } else { 6 });
    }

    /// Returns the byte that the newest distance leads to.
    fn byte_back(&mut self) -> Option<u8> {
        let [distance, ..] = self.distances;
        let place = self.output.len().checked_sub(distance.saturating_add(1));
        let byte = place.and_then(|place| self.output.get(place)).copied();
        self.is_damaged |= byte.is_none();
        byte
    }

    /// Reads the length of a copy.
    fn run(&mut self, odds: usize) -> usize {
        if self.bit(odds) == 0 {
            2 + self.number(odds + 2, 3)
        } else if self.bit(odds + 1) == 0 {
            10 + self.number(odds + 10, 3)
        } else {
            18 + self.number(odds + 18, 8)
        }
    }

    /// Reads the rest of a distance that was not among the last four.
    fn distance(&mut self, slot: usize) -> usize {
        if slot < 4 {
            return slot;
        }
        let bits = (slot >> 1) as u32 - 1;
        let start = (2 | (slot & 1)) << bits;
        if slot < 14 {
            return start + self.reversed(NEAR + start - slot, bits);
        }
        let mut high = 0;
        for _ in 4..bits {
            self.range >>= 1;
            let bit = usize::from(self.code >= self.range);
            if bit == 1 {
                self.code -= self.range;
            }
            self.refill();
            high = high * 2 + bit;
        }
        start + high * 16 + self.reversed(ALIGN, 4)
    }

    /// Reads a number, its highest bit first.
    fn number(&mut self, odds: usize, bits: u32) -> usize {
        let mut node = 1;
        while node >> bits == 0 {
            node = node * 2 + self.bit(odds + node);
        }
        node - (1 << bits)
    }

    /// Reads a number, its lowest bit first.
    fn reversed(&mut self, odds: usize, bits: u32) -> usize {
        let (mut node, mut value) = (1, 0);
        for place in 0..bits {
            let bit = self.bit(odds + node);
            node = node * 2 + bit;
            value |= bit << place;
        }
        value
    }

    /// Reads a decision, and adapts its odds.
    fn bit(&mut self, place: usize) -> usize {
        let Some(odds) = self.odds.get_mut(place) else {
            self.is_damaged = true;
            return 0;
        };
        let bound = (self.range >> 11) * u32::from(*odds);
        let bit = usize::from(self.code >= bound);
        if bit == 0 {
            self.range = bound;
            *odds += (2048 - *odds) >> 5;
        } else {
            self.range -= bound;
            self.code -= bound;
            *odds -= *odds >> 5;
        }
        self.refill();
        bit
    }

    fn refill(&mut self) {
        if self.range >> 24 == 0 {
            let next = self.input.next();
            self.is_damaged |= next.is_none();
            self.range <<= 8;
            self.code = self.code << 8 | u32::from(next.copied().unwrap_or(0));
        }
    }
}

/// Length of a match that ends the search for a longer one: with 64, as the preset has it, texts
/// take a tenth of a percent less and an eighth more time.
#[cfg(feature = "write")]
const NICE_LEN: u32 = 32;

/// Returns `raw` as a stream that [`unpack`] reads with the same dictionary.
///
/// # Errors
///
/// None that is known: memory takes everything.
#[cfg(feature = "write")]
pub(crate) fn pack(raw: &[u8], dictionary: &[u8]) -> std::io::Result<Vec<u8>> {
    use std::io::Write as _;

    use lzma_rust2::{LzmaOptions, LzmaWriter};

    let window = (dictionary.len() + raw.len()).max(4096).next_power_of_two();
    let options = LzmaOptions {
        dict_size: window as u32,
        lc: LITERAL_CONTEXT_BITS as u32,
        lp: 0,
        pb: 0,
        nice_len: NICE_LEN,
        preset_dict: (!dictionary.is_empty()).then(|| dictionary.to_vec()),
        ..LzmaOptions::with_preset(6)
    };
    let mut packer = LzmaWriter::new_no_header(Vec::new(), &options, false)?;
    packer.write_all(raw)?;
    packer.finish()
}

#[cfg(test)]
mod tests {
    use super::{pack, unpack};

    /// A text with many repetitions, near and far, and bytes of all values.
    fn sample() -> Vec<u8> {
        let line = |n: u32| format!("line {} of {}: the tide, the moon. ", n % 97, n * n);
        let mut sample: Vec<u8> = (0..4_000).flat_map(|n| line(n).into_bytes()).collect();
        sample.extend((0..60_000_u32).map(|n| (n.wrapping_mul(n) >> 7) as u8));
        sample.extend_from_within(1_000..40_000);
        sample
    }

    #[test]
    fn what_is_packed_is_unpacked() {
        for raw in [b"".as_slice(), b"a", b"aaaaaaaaaaaaaaaaaaaaaaaaa", &sample()] {
            for dictionary in [b"".as_slice(), b"a", b"the tide and the moon"] {
                let packed = pack(raw, dictionary).unwrap();
                let unpacked = unpack(&packed, dictionary, raw.len());
                assert!(unpacked.as_deref() == Some(raw), "{} bytes", raw.len());
            }
        }
    }

    #[test]
    fn a_dictionary_saves_what_stands_in_it() {
        let (dictionary, raw) = (sample(), &sample()[70_000..72_000]);
        assert!(pack(raw, &dictionary).unwrap().len() < 40);
    }

    #[test]
    fn another_length_is_refused() {
        let raw = b"the tide, the moon, the tide, the moon".repeat(50);
        let packed = pack(&raw, b"").unwrap();
        for len in (0..raw.len()).chain(raw.len() + 1..raw.len() + 300) {
            assert_eq!(unpack(&packed, b"", len), None, "{len} bytes");
        }
    }

    #[test]
    fn a_distance_before_the_beginning_is_refused() {
        let dictionary = b"the tide rises and the tide falls again";
        let packed = pack(dictionary, dictionary).unwrap();
        assert_eq!(unpack(&packed, b"", dictionary.len()), None);
    }
}
