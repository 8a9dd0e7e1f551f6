//! Digests: the name of a chunk and the proof of its bytes.

use std::{fmt, str::FromStr};

use sha2::{Digest as _, Sha256};

/// The first 128 bits of the SHA-256 (FIPS 180-4) of a chunk's bytes.
///
/// 128 bits keep directories small and still resist a second preimage, which is what
/// passing off other bytes under a known digest takes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest([u8; Digest::LEN]);

/// A text that is not 32 lower-case hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a digest of 32 lower-case hexadecimal digits: {text:?}")]
pub struct ParseDigestError {
    text: String,
}

impl Digest {
    /// Length in bytes.
    pub const LEN: usize = 16;

    /// Returns the digest of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        let mut digest = [0; Self::LEN];
        digest.copy_from_slice(&Sha256::digest(bytes)[..Self::LEN]);
        Self(digest)
    }

    /// Returns the digest that these bytes are.
    pub fn from_bytes(bytes: [u8; Self::LEN]) -> Self {
        Self(bytes)
    }

    /// Returns the bytes of the digest.
    pub fn as_bytes(&self) -> &[u8; Self::LEN] {
        &self.0
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({self})")
    }
}

/// Returns `bytes` as lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let digit = |nibble: u8| char::from(b"0123456789abcdef"[usize::from(nibble & 15)]);
    bytes.iter().flat_map(|&byte| [digit(byte >> 4), digit(byte)]).collect()
}

impl FromStr for Digest {
    type Err = ParseDigestError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let error = || ParseDigestError { text: text.chars().take(80).collect() };
        let nibble = |byte: u8| match byte {
            b'0'..=b'9' => Ok(byte - b'0'),
            b'a'..=b'f' => Ok(byte - b'a' + 10),
            _ => Err(error()),
        };
        let digits = text.as_bytes();
        if digits.len() != 2 * Self::LEN {
            return Err(error());
        }
        let mut digest = [0; Self::LEN];
        for (byte, pair) in digest.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = nibble(pair[0])? << 4 | nibble(pair[1])?;
        }
        Ok(Self(digest))
    }
}

#[cfg(test)]
mod tests {
    use super::Digest;

    #[test]
    fn a_digest_is_truncated_sha256_and_round_trips_as_text() {
        let digest = Digest::of(b"abc");
        assert_eq!(digest.to_string(), "ba7816bf8f01cfea414140de5dae2223");
        assert_eq!(digest.to_string().parse(), Ok(digest));
        assert!("BA7816bf8f01cfea414140de5dae2223".parse::<Digest>().is_err());
        assert!("ba78".parse::<Digest>().is_err());
    }
}
