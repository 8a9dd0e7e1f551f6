//! The one reader of bytes that nobody vouches for, and the writers that mirror it.

/// Bytes that do not hold what a structure asks for.
///
/// It is a pointer: every number that is read may be one instead, and moves as many bytes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(transparent)]
pub struct CursorError(Box<CursorErrorKind>);

impl CursorError {
    /// Returns what is wrong with the bytes.
    pub fn kind(&self) -> &CursorErrorKind {
        &self.0
    }
}

impl From<CursorErrorKind> for CursorError {
    fn from(kind: CursorErrorKind) -> Self {
        Self(Box::new(kind))
    }
}

/// What is wrong with bytes that do not hold what a structure asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CursorErrorKind {
    /// The bytes end early.
    #[error(
        "{expected_bytes} bytes expected at offset {offset}, {available_bytes} are there"
    )]
    Truncated {
        /// Offset in bytes from the start of the cursor's bytes.
        offset: usize,
        /// Bytes asked for.
        expected_bytes: usize,
        /// Bytes left.
        available_bytes: usize,
    },
    /// A variable-length number is longer than 64 bits.
    #[error("a number at offset {offset} has more than 64 bits")]
    Overlong {
        /// Offset in bytes from the start of the cursor's bytes.
        offset: usize,
    },
    /// Text that is not UTF-8.
    #[error("the text at offset {offset} is not UTF-8")]
    NotUtf8 {
        /// Offset in bytes from the start of the cursor's bytes.
        offset: usize,
    },
    /// A value that the structure does not allow.
    #[error("{what} at offset {offset} is not allowed")]
    Invalid {
        /// What the value is.
        what: &'static str,
        /// Offset in bytes from the start of the cursor's bytes.
        offset: usize,
    },
}

/// Reads numbers, bytes and texts in order, and checks every length before use.
#[derive(Debug, Clone)]
pub struct Cursor<'a> {
    bytes: &'a [u8],
    offset: usize,
}

impl<'a> Cursor<'a> {
    /// Returns a cursor at the start of `bytes`.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, offset: 0 }
    }

    /// Returns the offset in bytes from the start.
    pub fn offset(&self) -> usize {
        self.offset
    }

    /// Returns the number of bytes left.
    pub fn remaining(&self) -> usize {
        self.bytes.len() - self.offset
    }

    /// Returns whether no byte is left.
    pub fn is_empty(&self) -> bool {
        self.remaining() == 0
    }

    /// Reads `len` bytes.
    ///
    /// # Errors
    ///
    /// [`CursorErrorKind::Truncated`] when fewer are left.
    pub fn bytes(&mut self, len: usize) -> Result<&'a [u8], CursorError> {
        let end = self.offset.checked_add(len);
        match end.and_then(|end| self.bytes.get(self.offset..end)) {
            Some(slice) => {
                self.offset += len;
                Ok(slice)
            }
            None => Err(self.truncated(len)),
        }
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], CursorError> {
        let mut array = [0; N];
        array.copy_from_slice(self.bytes(N)?);
        Ok(array)
    }

    /// Reads a byte.
    ///
    /// # Errors
    ///
    /// [`CursorErrorKind::Truncated`].
    pub fn u8(&mut self) -> Result<u8, CursorError> {
        Ok(self.array::<1>()?[0])
    }

    /// Reads a 16-bit number, least significant byte first.
    ///
    /// # Errors
    ///
    /// [`CursorErrorKind::Truncated`].
    pub fn u16_le(&mut self) -> Result<u16, CursorError> {
        self.array().map(u16::from_le_bytes)
    }

    /// Reads a 32-bit number, least significant byte first.
    ///
    /// # Errors
    ///
    /// [`CursorErrorKind::Truncated`].
    pub fn u32_le(&mut self) -> Result<u32, CursorError> {
        self.array().map(u32::from_le_bytes)
    }

    /// Reads a variable-length number (unsigned LEB128, at most 10 bytes).
    ///
    /// # Errors
    ///
    /// [`CursorErrorKind::Truncated`], [`CursorErrorKind::Overlong`].
    pub fn varint(&mut self) -> Result<u64, CursorError> {
        let start = self.offset;
        let mut value = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.u8()?;
            let bits = u64::from(byte & 0x7f);
            if shift == 63 && bits > 1 {
                break;
            }
            value |= bits << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(CursorErrorKind::Overlong { offset: start }.into())
    }

    /// Reads a variable-length number that must fit in 32 bits.
    ///
    /// # Errors
    ///
    /// As [`Cursor::varint`], and [`CursorErrorKind::Invalid`] when it doesn't fit.
    pub fn varint_u32(&mut self) -> Result<u32, CursorError> {
        let offset = self.offset;
        let value = self.varint()?;
        u32::try_from(value).map_err(|_too_large| {
            CursorErrorKind::Invalid { what: "a number", offset }.into()
        })
    }

    /// Reads a number of items, each of which takes at least one byte: what is returned
    /// is never more than the bytes left, so that it may size an allocation.
    ///
    /// # Errors
    ///
    /// As [`Cursor::varint`], and [`CursorErrorKind::Truncated`] when the bytes left are too
    /// few.
    pub fn count(&mut self) -> Result<usize, CursorError> {
        let value = self.varint()?;
        match usize::try_from(value) {
            Ok(count) if count <= self.remaining() => Ok(count),
            _ => Err(self.truncated(usize::try_from(value).unwrap_or(usize::MAX))),
        }
    }

    /// Reads bytes that follow their length.
    ///
    /// # Errors
    ///
    /// As [`Cursor::count`].
    pub fn len_bytes(&mut self) -> Result<&'a [u8], CursorError> {
        let len = self.count()?;
        self.bytes(len)
    }

    /// Reads UTF-8 text that follows its length in bytes.
    ///
    /// # Errors
    ///
    /// As [`Cursor::count`], and [`CursorErrorKind::NotUtf8`].
    pub fn str(&mut self) -> Result<&'a str, CursorError> {
        let bytes = self.len_bytes()?;
        let offset = self.offset - bytes.len();
        std::str::from_utf8(bytes)
            .map_err(|_cause| CursorErrorKind::NotUtf8 { offset }.into())
    }

    /// Reads UTF-8 text that follows its length in bytes, and copies it.
    ///
    /// # Errors
    ///
    /// As [`Cursor::str`].
    pub fn string(&mut self) -> Result<String, CursorError> {
        self.str().map(str::to_owned)
    }

    /// Reads a number of items, and as many items.
    ///
    /// # Errors
    ///
    /// As [`Cursor::count`], and what `item` returns.
    pub fn list<T>(
        &mut self,
        mut item: impl FnMut(&mut Self) -> Result<T, CursorError>,
    ) -> Result<Vec<T>, CursorError> {
        let mut items = Vec::new();
        // Collecting results instead is several times the code for each kind of item.
        for _ in 0..self.count()? {
            items.push(item(self)?);
        }
        Ok(items)
    }

    /// Returns the error that `what`, read just before, is not allowed.
    pub fn invalid(&self, what: &'static str) -> CursorError {
        CursorErrorKind::Invalid { what, offset: self.offset }.into()
    }

    fn truncated(&self, expected_bytes: usize) -> CursorError {
        let available_bytes = self.remaining();
        CursorErrorKind::Truncated {
            offset: self.offset,
            expected_bytes,
            available_bytes,
        }
        .into()
    }
}

/// Appends `value` as unsigned LEB128.
pub fn write_varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Appends `bytes` after their length.
pub fn write_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    write_varint(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

/// Appends `text` as UTF-8 after its length in bytes.
pub fn write_str(out: &mut Vec<u8>, text: &str) {
    write_bytes(out, text.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::{Cursor, CursorErrorKind, write_str, write_varint};

    #[test]
    fn numbers_round_trip() {
        for value in [0, 1, 127, 128, 16_383, 16_384, u64::from(u32::MAX), u64::MAX] {
            let mut bytes = Vec::new();
            write_varint(&mut bytes, value);
            let mut cursor = Cursor::new(&bytes);
            assert_eq!(cursor.varint(), Ok(value));
            assert!(cursor.is_empty());
        }
    }

    #[test]
    fn numbers_of_more_than_64_bits_are_refused() {
        for bytes in [[0xff; 11], [0x80; 11]] {
            assert_eq!(
                Cursor::new(&bytes).varint(),
                Err(CursorErrorKind::Overlong { offset: 0 }.into())
            );
        }
    }

    #[test]
    fn a_length_beyond_the_bytes_is_refused_before_use() {
        let mut bytes = Vec::new();
        write_varint(&mut bytes, u64::MAX);
        let error = Cursor::new(&bytes).str().unwrap_err();
        assert!(matches!(
            error.kind(),
            CursorErrorKind::Truncated { available_bytes: 0, .. }
        ));
    }

    #[test]
    fn text_must_be_utf8() {
        let mut bytes = Vec::new();
        write_str(&mut bytes, "é");
        bytes[1] = 0xff;
        assert_eq!(
            Cursor::new(&bytes).str(),
            Err(CursorErrorKind::NotUtf8 { offset: 1 }.into())
        );
    }
}
