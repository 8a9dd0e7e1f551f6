//! Which files may travel in an archive, told by their bytes.

mod pixels;
mod svg;

use vitrine_article::{AssetFile, AssetType};
use vitrine_bundle::Digest;

/// Pictures no wider and no higher than this are signs of the layout, in pixels.
const MAX_ICON: u32 = 31;

/// Pictures narrower or lower than this are lines and counting pixels, in pixels.
const MIN_SIDE: u32 = 8;

/// A file that no article may show or offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AssetError {
    /// It is none of the types that travel.
    #[error("its bytes are of no type that an archive carries")]
    Type,
    /// A picture that is too small to be one of the article.
    #[error("it is {width} × {height} pixels: a sign of the layout or a counting pixel")]
    Small {
        /// Width in pixels.
        width: u32,
        /// Height in pixels.
        height: u32,
    },
    /// An SVG picture that is more than a picture, or none.
    #[error("the SVG picture has {what} in it")]
    Svg {
        /// What makes it unfit.
        what: &'static str,
    },
}

/// Tells what a file is by its bytes; `name` only decides between kinds of plain text.
///
/// # Errors
///
/// [`AssetError`] when it may not travel.
pub fn inspect_asset(name: &str, bytes: &[u8]) -> Result<AssetFile, AssetError> {
    let (kind, [width, height]) = if svg::begins_like_svg(bytes) {
        ("svg", svg::size(bytes)?)
    } else {
        let kind = extension(name, bytes).ok_or(AssetError::Type)?;
        (kind, [0, 0])
    };
    let kind = AssetType::from_extension(kind).ok_or(AssetError::Type)?;
    let [width, height] = if kind.is_image() && kind.is_linkable() {
        pixels::size(bytes).ok_or(AssetError::Type)?
    } else {
        [width, height]
    };
    let is_raster = kind.is_image() && kind.is_linkable();
    let is_small = width.min(height) < MIN_SIDE || width.max(height) <= MAX_ICON;
    if is_raster && is_small {
        return Err(AssetError::Small { width, height });
    }
    let digest = Digest::of(bytes).to_string();
    Ok(AssetFile { digest, kind, len_bytes: bytes.len() as u64, width, height })
}

/// Returns the extension that the bytes ask for.
fn extension(name: &str, bytes: &[u8]) -> Option<&'static str> {
    // A file can be two things, such as a page with the sign of a PDF behind its beginning.
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if text.trim_ascii_start().starts_with(b"<") {
        return None;
    }
    match infer::get(bytes).map(|found| found.extension()) {
        Some("m4v" | "mov") => Some("mp4"),
        Some("oga" | "ogv" | "opus") => Some("ogg"),
        Some(extension) => Some(extension),
        None => {
            let named = AssetType::from_address(name)?.extension();
            let is_text = matches!(named, "txt" | "csv") && is_plain_text(bytes);
            is_text.then_some(named)
        }
    }
}

/// Whether the bytes are text, and nothing that a browser could take for a page.
fn is_plain_text(bytes: &[u8]) -> bool {
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    !start.is_empty() && !start.starts_with(b"<") && !bytes.contains(&0)
}

#[cfg(test)]
mod tests {
    use super::{AssetError, inspect_asset};

    fn kind(name: &str, bytes: &[u8]) -> Result<&'static str, AssetError> {
        inspect_asset(name, bytes).map(|file| file.kind.extension())
    }

    #[test]
    fn bytes_tell_the_type_and_not_the_name() {
        let png = png(64, 48);
        let file = inspect_asset("photo.html", &png).unwrap();
        assert_eq!((file.kind.extension(), file.width, file.height), ("png", 64, 48));
        assert_eq!(file.len_bytes, png.len() as u64);
        assert_eq!(kind("a.png", b"%PDF-1.4\n%%EOF"), Ok("pdf"));
        assert_eq!(kind("a.csv", b"year,tons\n2013,4\n"), Ok("csv"));
        assert_eq!(kind("a.pdf", b"year,tons\n2013,4\n"), Err(AssetError::Type));
    }

    #[test]
    fn what_a_browser_could_open_as_a_page_does_not_travel() {
        for (name, bytes) in [
            ("a.html", &b"<!doctype html><script>alert(1)</script>"[..]),
            ("a.txt", b"<script>alert(1)</script>"),
            ("a.pdf", b"<script>alert(1)</script>%PDF-1.4\n%%EOF"),
            ("a.csv", b"\xef\xbb\xbf  <html>"),
            ("a.xml", b"<?xml version='1.0'?><x/>"),
            ("a.js", b"alert(1)"),
            ("a.png", b"<html><body>not found"),
            ("a.txt", b""),
        ] {
            assert_eq!(kind(name, bytes), Err(AssetError::Type), "{name}");
        }
    }

    #[test]
    fn signs_of_the_layout_do_not_travel() {
        for (width, height) in [(1, 1), (600, 2), (16, 16), (31, 31)] {
            let refused = Err(AssetError::Small { width, height });
            assert_eq!(kind("a.png", &png(width, height)), refused);
        }
        assert_eq!(kind("a.png", &png(32, 8)), Ok("png"));
    }

    /// The start of a PNG picture: all that its size is read from.
    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        bytes.extend(width.to_be_bytes());
        bytes.extend(height.to_be_bytes());
        bytes.extend([8, 2, 0, 0, 0]);
        bytes
    }
}
