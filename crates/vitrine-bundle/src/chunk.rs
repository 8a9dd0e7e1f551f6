//! One chunk's bytes: a header and a compressed payload.

use ruzstd::decoding::{BlockDecodingStrategy, Dictionary, FrameDecoder};

#[cfg(feature = "write")]
use zstd::{bulk::Compressor, dict::EncoderDictionary};

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
/// The payload is one Zstandard frame with the dictionary of its section.
const CODEC_ZSTD_DICTIONARY: u8 = 2;

/// Where the codec stands in a chunk.
const CODEC_OFFSET: usize = 6;

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
    Dictionary,
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
    bytes.get(CODEC_OFFSET) == Some(&CODEC_ZSTD_DICTIONARY)
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
    let raw = match codec {
        CODEC_STORED => payload.to_vec(),
        CODEC_ZSTD => decompress(payload, raw_len, None)?,
        CODEC_ZSTD_DICTIONARY => {
            let dictionary = Dictionary::decode_dict(dictionary)
                .map_err(|_cause| ChunkError::Dictionary)?;
            decompress(payload, raw_len, Some(dictionary))?
        }
        _ => return Err(ChunkError::Codec),
    };
    if raw.len() == raw_len { Ok(raw) } else { Err(ChunkError::Length) }
}

/// Decompresses step by step, so that no more than `raw_len` (and a step) is ever held,
/// whatever the frame pretends.
fn decompress(
    payload: &[u8],
    raw_len: usize,
    dictionary: Option<Dictionary>,
) -> Result<Vec<u8>, ChunkError> {
    let mut source = payload;
    let mut decoder = FrameDecoder::new();
    decoder.set_max_window_size(MAX_RAW_LEN as u64);
    if let Some(dictionary) = dictionary {
        decoder.add_dict(dictionary).map_err(|_cause| ChunkError::Dictionary)?;
    }
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
    dictionary: Option<&EncoderDictionary<'_>>,
) -> Result<Vec<u8>, crate::error::WriteError> {
    use crate::error::WriteError;

    if raw.len() > MAX_RAW_LEN {
        return Err(WriteError::TooLarge {
            section: section.name(),
            got_bytes: raw.len(),
            max_bytes: MAX_RAW_LEN,
        });
    }
    let compressed = match dictionary {
        Some(dictionary) => Compressor::with_prepared_dictionary(dictionary)
            .and_then(|mut compressor| compressor.compress(raw)),
        None => zstd::bulk::compress(raw, ZSTD_LEVEL),
    };
    let compressed = compressed
        .map_err(|source| WriteError::Compress { section: section.name(), source })?;
    let zstd = if dictionary.is_some() { CODEC_ZSTD_DICTIONARY } else { CODEC_ZSTD };
    let (codec, payload) = if compressed.len() < raw.len() {
        (zstd, compressed.as_slice())
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
pub(crate) const ZSTD_LEVEL: i32 = 19;

#[cfg(test)]
mod tests {
    use zstd::dict::EncoderDictionary;

    use super::{ChunkError, decode, encode, needs_dictionary};
    use crate::Section;

    fn sample() -> Vec<u8> {
        (0..3_000_u32).flat_map(|n| (n / 7).to_le_bytes()).collect()
    }

    #[test]
    fn chunks_round_trip() {
        for raw in [vec![], b"a".to_vec(), sample()] {
            let bytes = encode(&raw, Section::Texts, None).unwrap();
            assert_eq!(decode(&bytes, Section::Texts, b""), Ok(raw));
        }
    }

    #[test]
    fn a_dictionary_is_used_and_a_wrong_one_refused() {
        let samples: Vec<Vec<u8>> = (0..500_u32)
            .map(|n| {
                format!("article {n} has the title of number {}", n * 7).into_bytes()
            })
            .collect();
        let dictionary = zstd::dict::from_samples(&samples, 1024).unwrap();
        let prepared = EncoderDictionary::copy(&dictionary, super::ZSTD_LEVEL);
        let raw = samples.concat();
        let bytes = encode(&raw, Section::Texts, Some(&prepared)).unwrap();
        assert!(needs_dictionary(&bytes));
        assert_eq!(decode(&bytes, Section::Texts, &dictionary), Ok(raw.clone()));
        assert_eq!(decode(&bytes, Section::Texts, b""), Err(ChunkError::Dictionary));
        for len in 0..dictionary.len() {
            let got = decode(&bytes, Section::Texts, &dictionary[..len]);
            assert!(got != Ok(raw.clone()) || len + 64 > dictionary.len(), "{len} bytes");
        }
        for at in 0..dictionary.len() {
            let mut damaged = dictionary.clone();
            damaged[at] ^= 0x41;
            drop(decode(&bytes, Section::Texts, &damaged));
        }
    }

    #[test]
    fn a_chunk_of_another_section_is_refused() {
        let bytes = encode(b"abc", Section::Texts, None).unwrap();
        assert_eq!(decode(&bytes, Section::Ids, b""), Err(ChunkError::OtherSection));
    }

    #[test]
    fn every_truncation_is_an_error() {
        let bytes = encode(&sample(), Section::Texts, None).unwrap();
        for len in 0..bytes.len() {
            assert!(decode(&bytes[..len], Section::Texts, b"").is_err(), "cut at {len}");
        }
    }

    #[test]
    fn no_flipped_byte_makes_it_panic() {
        let bytes = encode(&sample(), Section::Texts, None).unwrap();
        for at in 0..bytes.len() {
            for bit in 0..8 {
                let mut damaged = bytes.clone();
                damaged[at] ^= 1 << bit;
                drop(decode(&damaged, Section::Texts, b""));
            }
        }
    }

    #[test]
    fn a_frame_that_grows_beyond_its_stated_size_is_refused() {
        let mut bytes = encode(&vec![0; 8 << 20], Section::Texts, None).unwrap();
        // The size follows magic, version, section and codec; 8 MiB takes four bytes.
        bytes.splice(7..11, [1]);
        assert_eq!(decode(&bytes, Section::Texts, b""), Err(ChunkError::Length));
    }
}
