//! Files that travel with an article: pictures that it shows, documents that it offers.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A file that an article shows or links to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asset {
    /// Its address, as the [`Image`](crate::Image) or the link of the body has it.
    pub address: String,
    /// The file in the archive; `None` when it is not there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<AssetFile>,
}

/// A file of an archive, named by what is in it: the same file is there once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssetFile {
    /// First 16 bytes of the SHA-256 of its bytes, in lower-case hexadecimal.
    pub digest: String,
    /// What it is, told by its bytes.
    #[serde(rename = "type")]
    pub kind: AssetType,
    /// Its length in bytes.
    pub len_bytes: u64,
    /// Width of a picture in pixels as it is shown, 0 when it has none of its own.
    #[serde(default)]
    pub width: u32,
    /// Height of a picture in pixels as it is shown, 0 when it has none of its own.
    #[serde(default)]
    pub height: u32,
}

impl AssetFile {
    /// Returns where the file is, below the folder of the archive.
    pub fn path(&self) -> String {
        ["assets/", &self.digest, ".", self.kind.extension()].concat()
    }
}

/// What a file is: one of a closed list of types, none of which a browser opens as a page
/// that could run a script; an SVG picture is only ever shown as an image.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AssetType(u8);

/// The extension of each type, by its code. Pictures come first, SVG last of them.
const EXTENSIONS: [&str; 30] = [
    "png", "jpg", "gif", "webp", "avif", "bmp", "ico", "svg", "pdf", "epub", "rtf",
    "odt", "ods", "odp", "docx", "xlsx", "pptx", "doc", "xls", "ppt", "txt", "csv",
    "zip", "mp3", "m4a", "ogg", "wav", "flac", "mp4", "webm",
];

/// The code of SVG.
const SVG: u8 = 7;

impl AssetType {
    /// Returns the type whose files have this extension, in lower case.
    pub fn from_extension(extension: &str) -> Option<Self> {
        let extension = if extension == "jpeg" { "jpg" } else { extension };
        let code = EXTENSIONS.iter().position(|known| *known == extension)?;
        Some(Self(code as u8))
    }

    /// Returns the type that the name at the end of an address promises.
    pub fn from_address(address: &str) -> Option<Self> {
        let path = address.split(['?', '#']).next()?;
        let (_, extension) = path.rsplit('/').next()?.rsplit_once('.')?;
        Self::from_extension(&extension.to_ascii_lowercase())
    }

    /// Returns the type of a code of the format, or `None` when this version knows none.
    pub fn from_code(code: u8) -> Option<Self> {
        (usize::from(code) < EXTENSIONS.len()).then_some(Self(code))
    }

    /// Returns the number that stands for the type in the format.
    pub fn code(self) -> u8 {
        self.0
    }

    /// Returns the extension of its files.
    pub fn extension(self) -> &'static str {
        EXTENSIONS.get(usize::from(self.0)).copied().unwrap_or_default()
    }

    /// Returns whether an article shows it as a picture.
    pub fn is_image(self) -> bool {
        self.0 <= SVG
    }

    /// Returns whether a link may open it: anything but an SVG picture, which would run
    /// its scripts then.
    pub fn is_linkable(self) -> bool {
        self.0 != SVG
    }
}

impl Serialize for AssetType {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.extension())
    }
}

impl<'de> Deserialize<'de> for AssetType {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let extension = String::deserialize(deserializer)?;
        Self::from_extension(&extension)
            .ok_or_else(|| de::Error::custom("no type of an asset"))
    }
}

#[cfg(test)]
mod tests {
    use super::AssetType;

    #[test]
    fn codes_and_extensions_name_the_same_types() {
        for code in 0..=u8::MAX {
            let Some(kind) = AssetType::from_code(code) else { continue };
            assert_eq!(kind.code(), code);
            assert_eq!(AssetType::from_extension(kind.extension()), Some(kind));
        }
        let of = |address| AssetType::from_address(address).map(AssetType::extension);
        assert_eq!(of("https://example.org/a.b/Paper.PDF?x=1.zip#p.2"), Some("pdf"));
        assert_eq!(of("photo.JPEG"), Some("jpg"));
        for address in ["a.html", "a.js", "pdf", "https://example.org/a.pdf/", ""] {
            assert_eq!(of(address), None, "{address:?}");
        }
        let svg = AssetType::from_extension("svg").unwrap();
        assert!(svg.is_image() && !svg.is_linkable());
        let pdf = AssetType::from_extension("pdf").unwrap();
        assert!(!pdf.is_image() && pdf.is_linkable());
    }
}
