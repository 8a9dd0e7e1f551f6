//! One chunk's bytes: a header and a compressed payload.

use crate::{CursorError, FORMAT_VERSION, FormatVersion, Section, cursor::Cursor, lzma};

/// First bytes of every chunk.
const MAGIC: [u8; 3] = *b"VTR";

/// Most bytes that a chunk may have uncompressed: 64 MiB.
///
/// Far above what writers aim at, it bounds what a forged chunk can make a reader hold.
pub const MAX_RAW_LEN: usize = 64 << 20;

/// The payload stands as it is.
const CODEC_STORED: u8 = 0;
/// The payload is a raw LZMA stream.
const CODEC_LZMA: u8 = 1;
/// The payload is a raw LZMA stream that repeats what stands in the section's dictionary.
const CODEC_LZMA_DICTIONARY: u8 = 2;

/// Where the codec stands in a chunk.
const CODEC_OFFSET: usize = 6;

/// Why a chunk's bytes can't be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ChunkError {
    NotAChunk,
    Version(FormatVersion),
    OtherSection,
    Codec,
    TooLarge,
    Compression,
    Dictionary,
    Length,
    Structure(CursorError),
}

impl ChunkError {
    /// Returns what is wrong, for [`crate::ReadError::Damaged`].
    pub(crate) fn what(&self) -> &'static str {
        match self {
            Self::NotAChunk => "it is no chunk",
            Self::Version(_) => "it has another format version than the root",
            Self::OtherSection => "it belongs to another section",
            Self::Codec => "its compression method is unknown",
            Self::TooLarge => "its stated size is not allowed",
            Self::Compression => "it can't be decompressed",
            Self::Dictionary => "the dictionary of its section can't be used",
            Self::Length => "it has another size than stated",
            Self::Structure(_) => "its header is cut off",
        }
    }
}

impl From<CursorError> for ChunkError {
    fn from(error: CursorError) -> Self {
        Self::Structure(error)
    }
}

/// Returns whether the chunk is compressed with the dictionary of its section.
pub(crate) fn needs_dictionary(bytes: &[u8]) -> bool {
    bytes.get(CODEC_OFFSET) == Some(&CODEC_LZMA_DICTIONARY)
}

/// Returns the uncompressed payload of a chunk of `section`; `dictionary` is that of the
/// section, empty when it has none.
pub(crate) fn decode(
    bytes: &[u8],
    section: Section,
    dictionary: &[u8],
) -> Result<Vec<u8>, ChunkError> {
    let mut cursor = Cursor::new(bytes);
    if cursor.bytes(MAGIC.len())? != MAGIC {
        return Err(ChunkError::NotAChunk);
    }
    let version = FormatVersion { major: cursor.u8()?, minor: cursor.u8()? };
    if version.major != FORMAT_VERSION.major {
        return Err(ChunkError::Version(version));
    }
    if cursor.u8()? != section.code() {
        return Err(ChunkError::OtherSection);
    }
    let codec = cursor.u8()?;
    let raw_len = cursor.varint_u32()? as usize;
    if raw_len > MAX_RAW_LEN {
        return Err(ChunkError::TooLarge);
    }
    let payload = cursor.bytes(cursor.remaining())?;
    let unpack = |dictionary| {
        lzma::unpack(payload, dictionary, raw_len).ok_or(ChunkError::Compression)
    };
    match codec {
        CODEC_STORED if payload.len() == raw_len => Ok(payload.to_vec()),
        CODEC_STORED => Err(ChunkError::Length),
        CODEC_LZMA => unpack(b""),
        CODEC_LZMA_DICTIONARY if dictionary.is_empty() => Err(ChunkError::Dictionary),
        CODEC_LZMA_DICTIONARY => unpack(dictionary),
        _ => Err(ChunkError::Codec),
    }
}

/// Returns the bytes of a chunk of `section` that holds `raw`; `dictionary` is that of the
/// section, empty when it has none.
#[cfg(feature = "write")]
pub(crate) fn encode(
    raw: &[u8],
    section: Section,
    dictionary: &[u8],
) -> Result<Vec<u8>, crate::error::WriteError> {
    use crate::error::WriteError;

    if raw.len() > MAX_RAW_LEN {
        return Err(WriteError::TooLarge {
            section: section.name(),
            got_bytes: raw.len(),
            max_bytes: MAX_RAW_LEN,
        });
    }
    let packed = lzma::pack(raw, dictionary)
        .map_err(|source| WriteError::Compress { section: section.name(), source })?;
    let (codec, payload) = if packed.len() >= raw.len() {
        (CODEC_STORED, raw)
    } else if dictionary.is_empty() {
        (CODEC_LZMA, packed.as_slice())
    } else {
        (CODEC_LZMA_DICTIONARY, packed.as_slice())
    };
    let mut bytes = MAGIC.to_vec();
    bytes.extend([FORMAT_VERSION.major, FORMAT_VERSION.minor, section.code(), codec]);
    crate::write_varint(&mut bytes, raw.len() as u64);
    bytes.extend_from_slice(payload);
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::{ChunkError, decode, encode, needs_dictionary};
    use crate::Section;

    fn sample() -> Vec<u8> {
        (0..3_000_u32).flat_map(|n| (n / 7).to_le_bytes()).collect()
    }

    #[test]
    fn chunks_round_trip() {
        for raw in [vec![], b"a".to_vec(), sample()] {
            let bytes = encode(&raw, Section::Texts, b"").unwrap();
            assert_eq!(decode(&bytes, Section::Texts, b""), Ok(raw));
        }
    }

    #[test]
    fn a_dictionary_is_used_and_a_wrong_one_refused() {
        let line = |n: u32| format!("article {n} has the title of number {}", n * 7);
        let raw: Vec<u8> = (0..500).flat_map(|n| line(n).into_bytes()).collect();
        let dictionary = &raw[..1024];
        let bytes = encode(&raw, Section::Texts, dictionary).unwrap();
        assert!(needs_dictionary(&bytes));
        assert_eq!(decode(&bytes, Section::Texts, dictionary), Ok(raw.clone()));
        assert_eq!(decode(&bytes, Section::Texts, b""), Err(ChunkError::Dictionary));
        for len in 0..dictionary.len() {
            let got = decode(&bytes, Section::Texts, &dictionary[..len]);
            assert!(got != Ok(raw.clone()), "{len} bytes");
        }
        for at in 0..dictionary.len() {
            let mut damaged = dictionary.to_vec();
            damaged[at] ^= 0x41;
            drop(decode(&bytes, Section::Texts, &damaged));
        }
    }

    #[test]
    fn a_chunk_of_another_section_is_refused() {
        let bytes = encode(b"abc", Section::Texts, b"").unwrap();
        assert_eq!(decode(&bytes, Section::Ids, b""), Err(ChunkError::OtherSection));
    }

    #[test]
    fn every_truncation_is_an_error() {
        let bytes = encode(&sample(), Section::Texts, b"").unwrap();
        for len in 0..bytes.len() {
            assert!(decode(&bytes[..len], Section::Texts, b"").is_err(), "cut at {len}");
        }
    }

    #[test]
    fn no_flipped_byte_makes_it_panic() {
        let bytes = encode(&sample(), Section::Texts, b"").unwrap();
        for at in 0..bytes.len() {
            for bit in 0..8 {
                let mut damaged = bytes.clone();
                damaged[at] ^= 1 << bit;
                drop(decode(&damaged, Section::Texts, b""));
            }
        }
    }

    #[test]
    fn a_payload_of_another_length_than_stated_is_refused() {
        let mut packed = encode(&vec![0; 8 << 20], Section::Texts, b"").unwrap();
        // The length follows magic, version, section and codec; 8 MiB takes four bytes.
        packed.splice(7..11, [1]);
        let got = decode(&packed, Section::Texts, b"");
        assert_eq!(got, Err(ChunkError::Compression));
        let mut stored = encode(b"abc", Section::Texts, b"").unwrap();
        stored.push(b'd');
        assert_eq!(decode(&stored, Section::Texts, b""), Err(ChunkError::Length));
    }
}
