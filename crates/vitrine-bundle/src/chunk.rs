//! One chunk's bytes: a header and a compressed payload.

use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use crate::{CursorError, FORMAT_VERSION, FormatVersion, Section, cursor::Cursor};

/// First bytes of every chunk.
const MAGIC: [u8; 3] = *b"VTR";

/// Most bytes that a chunk may have uncompressed: 64 MiB.
///
/// Far above what writers aim at, it bounds what a forged chunk can make a reader hold.
pub const MAX_RAW_LEN: usize = 64 << 20;

/// The payload stands as it is.
const CODEC_STORED: u8 = 0;
/// The payload is one Zstandard frame (RFC 8878) without a dictionary.
const CODEC_ZSTD: u8 = 1;

/// Uncompressed bytes decoded between two checks of the size.
const STEP: usize = 128 << 10;

/// Why a chunk's bytes can't be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ChunkError {
    NotAChunk,
    Version(FormatVersion),
    OtherSection,
    Codec,
    TooLarge,
    Compression,
    Length,
    Structure(CursorError),
}

impl ChunkError {
    /// Returns what is wrong, for [`crate::ReadError::Damaged`].
    pub(crate) fn what(self) -> &'static str {
        match self {
            Self::NotAChunk => "it is no chunk",
            Self::Version(_) => "it has another format version than the root",
            Self::OtherSection => "it belongs to another section",
            Self::Codec => "its compression method is unknown",
            Self::TooLarge => "its stated size is not allowed",
            Self::Compression => "it can't be decompressed",
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

/// Returns the uncompressed payload of a chunk of `section`.
pub(crate) fn decode(bytes: &[u8], section: Section) -> Result<Vec<u8>, ChunkError> {
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
    let raw = match codec {
        CODEC_STORED => payload.to_vec(),
        CODEC_ZSTD => decompress(payload, raw_len)?,
        _ => return Err(ChunkError::Codec),
    };
    if raw.len() == raw_len { Ok(raw) } else { Err(ChunkError::Length) }
}

/// Decompresses step by step, so that no more than `raw_len` (and a step) is ever held,
/// whatever the frame pretends.
fn decompress(payload: &[u8], raw_len: usize) -> Result<Vec<u8>, ChunkError> {
    let mut source = payload;
    let mut decoder = FrameDecoder::new();
    decoder.set_max_window_size(MAX_RAW_LEN as u64);
    decoder.init(&mut source).map_err(|_cause| ChunkError::Compression)?;
    let mut raw = Vec::new();
    loop {
        decoder
            .decode_blocks(&mut source, BlockDecodingStrategy::UptoBytes(STEP))
            .map_err(|_cause| ChunkError::Compression)?;
        raw.extend_from_slice(&decoder.collect().unwrap_or_default());
        if raw.len() > raw_len {
            return Err(ChunkError::Length);
        }
        if decoder.is_finished() {
            break;
        }
    }
    if source.is_empty() { Ok(raw) } else { Err(ChunkError::Length) }
}

/// Returns the bytes of a chunk of `section` that holds `raw`.
#[cfg(feature = "write")]
pub(crate) fn encode(
    raw: &[u8],
    section: Section,
) -> Result<Vec<u8>, crate::error::WriteError> {
    use crate::error::WriteError;

    if raw.len() > MAX_RAW_LEN {
        return Err(WriteError::TooLarge {
            section: section.name(),
            got_bytes: raw.len(),
            max_bytes: MAX_RAW_LEN,
        });
    }
    let compressed = zstd::bulk::compress(raw, ZSTD_LEVEL)
        .map_err(|source| WriteError::Compress { section: section.name(), source })?;
    let (codec, payload) = if compressed.len() < raw.len() {
        (CODEC_ZSTD, compressed.as_slice())
    } else {
        (CODEC_STORED, raw)
    };
    let mut bytes = MAGIC.to_vec();
    bytes.extend([FORMAT_VERSION.major, FORMAT_VERSION.minor, section.code(), codec]);
    crate::write_varint(&mut bytes, raw.len() as u64);
    bytes.extend_from_slice(payload);
    Ok(bytes)
}

/// Fixed, because the same articles must give the same bytes.
#[cfg(feature = "write")]
const ZSTD_LEVEL: i32 = 19;

#[cfg(test)]
mod tests {
    use super::{ChunkError, decode, encode};
    use crate::Section;

    fn sample() -> Vec<u8> {
        (0..3_000_u32).flat_map(|n| (n / 7).to_le_bytes()).collect()
    }

    #[test]
    fn chunks_round_trip() {
        for raw in [vec![], b"a".to_vec(), sample()] {
            let bytes = encode(&raw, Section::Texts).unwrap();
            assert_eq!(decode(&bytes, Section::Texts), Ok(raw));
        }
    }

    #[test]
    fn a_chunk_of_another_section_is_refused() {
        let bytes = encode(b"abc", Section::Texts).unwrap();
        assert_eq!(decode(&bytes, Section::Ids), Err(ChunkError::OtherSection));
    }

    #[test]
    fn every_truncation_is_an_error() {
        let bytes = encode(&sample(), Section::Texts).unwrap();
        for len in 0..bytes.len() {
            assert!(decode(&bytes[..len], Section::Texts).is_err(), "cut at {len}");
        }
    }

    #[test]
    fn no_flipped_byte_makes_it_panic() {
        let bytes = encode(&sample(), Section::Texts).unwrap();
        for at in 0..bytes.len() {
            for bit in 0..8 {
                let mut damaged = bytes.clone();
                damaged[at] ^= 1 << bit;
                drop(decode(&damaged, Section::Texts));
            }
        }
    }

    #[test]
    fn a_frame_that_grows_beyond_its_stated_size_is_refused() {
        let mut bytes = encode(&vec![0; 8 << 20], Section::Texts).unwrap();
        // The size follows magic, version, section and codec; 8 MiB takes four bytes.
        bytes.splice(7..11, [1]);
        assert_eq!(decode(&bytes, Section::Texts), Err(ChunkError::Length));
    }
}
