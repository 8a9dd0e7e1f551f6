//! Streams of bits, least significant bit of each byte first.

/// Reads bits; beyond the end there is nothing.
pub(super) struct BitReader<'a> {
    bytes: &'a [u8],
    /// Bits taken from `bytes` and not read yet, lowest first.
    buffer: u64,
    buffered: u32,
}

impl<'a> BitReader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, buffer: 0, buffered: 0 }
    }

    fn refill(&mut self) {
        while self.buffered <= 56
            && let Some((&byte, rest)) = self.bytes.split_first()
        {
            self.buffer |= u64::from(byte) << self.buffered;
            self.buffered += 8;
            self.bytes = rest;
        }
    }

    /// Reads `width` bits, at most 32.
    pub(super) fn bits(&mut self, width: u32) -> Option<u32> {
        if self.buffered < width {
            self.refill();
        }
        if self.buffered < width || width > 32 {
            return None;
        }
        let value = self.buffer & ((1 << width) - 1);
        self.buffer >>= width;
        self.buffered -= width;
        Some(value as u32)
    }

    /// Returns how many bits are left.
    pub(super) fn remaining(&self) -> usize {
        self.bytes.len() * 8 + self.buffered as usize
    }
}

/// Writes bits; the last byte is filled with zeros.
#[cfg(feature = "write")]
pub(super) struct BitWriter<'a> {
    out: &'a mut Vec<u8>,
    buffer: u64,
    buffered: u32,
}

#[cfg(feature = "write")]
impl<'a> BitWriter<'a> {
    pub(super) fn new(out: &'a mut Vec<u8>) -> Self {
        Self { out, buffer: 0, buffered: 0 }
    }

    /// Writes the lowest `width` bits of `value`, at most 32; the others are zero.
    pub(super) fn bits(&mut self, value: u32, width: u32) {
        self.buffer |= u64::from(value) << self.buffered;
        self.buffered += width;
        while self.buffered >= 8 {
            self.out.push(self.buffer as u8);
            self.buffer >>= 8;
            self.buffered -= 8;
        }
    }

    /// Writes the bits that do not fill a byte yet.
    pub(super) fn finish(self) {
        if self.buffered > 0 {
            self.out.push(self.buffer as u8);
        }
    }
}
