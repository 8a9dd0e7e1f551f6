//! What the root carries about the whole archive, beside its counts.

use vitrine_article::{About, AssetFile, AssetType};

use crate::{Cursor, CursorError, Digest, digest::hex};
#[cfg(feature = "write")]
use crate::{write_str, write_varint};

/// Tag of what the owner says about the archive, among the extensions of the root.
pub const ABOUT_TAG: u8 = 2;

/// Tag of the articles of each language by year, among the extensions of the root.
pub const LANGUAGE_YEARS_TAG: u8 = 3;

/// Most numbers that are written of the articles of each language by year.
#[cfg(feature = "write")]
const MAX_LANGUAGE_YEARS: usize = 4096;

/// Number of texts that begin what the owner says.
const TEXTS: usize = 7;

/// Reads what [`encode_about`] writes; bytes that follow are of later versions and skipped.
///
/// # Errors
///
/// Fails when the bytes are something else.
pub fn decode_about(bytes: &[u8]) -> Result<About, CursorError> {
    let cursor = &mut Cursor::new(bytes);
    let mut texts = Vec::new();
    for _ in 0..TEXTS {
        texts.push(cursor.string()?);
    }
    let languages = cursor.list(Cursor::string)?;
    let logo = cursor.list(decode_file)?.pop().flatten();
    let logo = logo.filter(|file| file.kind.is_image());
    // From the last to the first.
    let mut next = || texts.pop().unwrap_or_default();
    Ok(About {
        accent: next(),
        license_url: next(),
        license: next(),
        url: next(),
        institution_url: next(),
        institution: next(),
        description: next(),
        languages,
        logo,
    })
}

/// Returns the bytes of extension [`ABOUT_TAG`].
#[cfg(feature = "write")]
pub fn encode_about(about: &About) -> Vec<u8> {
    let mut out = Vec::new();
    let texts: [&str; TEXTS] = [
        &about.description,
        &about.institution,
        &about.institution_url,
        &about.url,
        &about.license,
        &about.license_url,
        &about.accent,
    ];
    for text in texts {
        write_str(&mut out, text);
    }
    write_varint(&mut out, about.languages.len() as u64);
    for language in &about.languages {
        write_str(&mut out, language);
    }
    write_varint(&mut out, u64::from(about.logo.is_some()));
    if let Some(logo) = &about.logo {
        encode_file(logo, &mut out);
    }
    out
}

/// Reads the articles of each of the languages of the root, one after the other, for each of
/// its years; the last languages may be missing.
///
/// # Errors
///
/// Fails when the bytes are something else.
pub fn decode_language_years(bytes: &[u8]) -> Result<Vec<u32>, CursorError> {
    let cursor = &mut Cursor::new(bytes);
    let mut counts = Vec::new();
    while !cursor.is_empty() {
        counts.push(cursor.varint_u32()?);
    }
    Ok(counts)
}

/// Returns the bytes of extension [`LANGUAGE_YEARS_TAG`]: as many languages as fit.
#[cfg(feature = "write")]
pub fn encode_language_years(rows: &[Vec<u32>]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut left = MAX_LANGUAGE_YEARS;
    for row in rows {
        let Some(rest) = left.checked_sub(row.len()) else { break };
        left = rest;
        for &count in row {
            write_varint(&mut out, u64::from(count));
        }
    }
    out
}

/// Reads what the archive says of a file under `assets/`; `None` when this version does not
/// know its type, which is then shown as if the file were not there.
pub(crate) fn decode_file(
    cursor: &mut Cursor<'_>,
) -> Result<Option<AssetFile>, CursorError> {
    let kind = AssetType::from_code(cursor.u8()?);
    let digest = hex(cursor.bytes(Digest::LEN)?);
    let len_bytes = cursor.varint()?;
    let (width, height) = (cursor.varint_u32()?, cursor.varint_u32()?);
    Ok(kind.map(|kind| AssetFile { digest, kind, len_bytes, width, height }))
}

/// Writes what [`decode_file`] reads.
#[cfg(feature = "write")]
pub(crate) fn encode_file(file: &AssetFile, out: &mut Vec<u8>) {
    out.push(file.kind.code());
    let digest = file.digest.parse().unwrap_or(Digest::of(b""));
    out.extend_from_slice(digest.as_bytes());
    write_varint(out, file.len_bytes);
    write_varint(out, u64::from(file.width));
    write_varint(out, u64::from(file.height));
}
