//! What a file is, by its name and its first bytes.

/// Format of an input, as far as its name and its first bytes tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Text,
    Html,
    Markdown,
    Mhtml,
    Lines,
    Json,
    /// A table with this delimiter; `None`: by the first line.
    Table(Option<u8>),
    Warc,
    Gzip,
    Zip,
    Tar,
}

/// How many bytes of a file are looked at to tell its format.
pub(crate) const SNIFFED_LEN: usize = 1024;

/// How many of them are looked at for markup, from the first that is no space.
const MARKUP_LEN: usize = 256;

/// Tells the format of a file by its name and its first [`SNIFFED_LEN`] bytes.
///
/// What begins like a container is one, whatever its name.
pub(crate) fn format_of(name: &str, bytes: &[u8]) -> Format {
    if let Some(container) = container_of(bytes) {
        return container;
    }
    match extension(name).as_deref() {
        Some("html" | "htm" | "xhtml") => Format::Html,
        Some("jsonl" | "ndjson") => Format::Lines,
        Some("json") => Format::Json,
        Some("csv") => Format::Table(None),
        Some("tsv") => Format::Table(Some(b'\t')),
        Some("md" | "markdown" | "mdown" | "mkd") => Format::Markdown,
        Some("mhtml" | "mht") => Format::Mhtml,
        // Pages saved under the wrong name are common; a document type is proof enough.
        Some("txt") if starts_like_html(bytes) => Format::Html,
        Some("txt") => Format::Text,
        _ if starts_like_html(bytes) => Format::Html,
        _ if starts_like_record(bytes) => Format::Lines,
        _ => Format::Text,
    }
}

/// Returns the extension of the last part of `name`, in lower case.
pub(crate) fn extension(name: &str) -> Option<String> {
    let name = name.rsplit('/').next().unwrap_or(name);
    name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase())
}

/// The extensions of files that hold pages; folders and archives are searched for them.
pub const EXTENSIONS: [&str; 22] = [
    "txt", "text", "html", "htm", "xhtml", "md", "markdown", "mdown", "mkd", "mhtml",
    "mht", "jsonl", "ndjson", "json", "csv", "tsv", "warc", "wacz", "gz", "tgz", "zip",
    "tar",
];

fn container_of(bytes: &[u8]) -> Option<Format> {
    let has = |at: usize, magic: &[u8]| {
        bytes.get(at..).is_some_and(|rest| rest.starts_with(magic))
    };
    if has(0, b"\x1f\x8b\x08") {
        Some(Format::Gzip)
    } else if has(0, b"PK\x03\x04") || has(0, b"PK\x05\x06") {
        Some(Format::Zip)
    } else if has(0, b"WARC/") {
        Some(Format::Warc)
    } else if has(257, b"ustar") {
        Some(Format::Tar)
    } else {
        None
    }
}

pub(crate) fn starts_like_html(bytes: &[u8]) -> bool {
    let start = leading_ascii(bytes);
    let start = start.strip_prefix("<?xml").map_or(start.as_str(), |rest| {
        rest.split_once("?>").map_or("", |(_, rest)| rest.trim_start())
    });
    ["<!doctype html", "<html", "<head", "<body"].iter().any(|tag| start.starts_with(tag))
}

fn starts_like_record(bytes: &[u8]) -> bool {
    let start = leading_ascii(bytes);
    start.strip_prefix('{').is_some_and(|rest| rest.trim_start().starts_with('"'))
}

/// The first bytes as lower-case ASCII, without a byte order mark and leading space; the
/// zero bytes of UTF-16 are left out.
fn leading_ascii(bytes: &[u8]) -> String {
    let ascii = bytes.iter().take(SNIFFED_LEN).filter(|&&b| b.is_ascii() && b != 0);
    let text = ascii.skip_while(|b| b.is_ascii_whitespace() || **b == 0xb);
    text.take(MARKUP_LEN).map(|&b| char::from(b.to_ascii_lowercase())).collect()
}

/// Names the kind of a binary file by its first bytes.
pub(crate) fn binary_kind(bytes: &[u8]) -> Option<&'static str> {
    const SIGNATURES: [(&[u8], &str); 14] = [
        (b"%PDF-", "a PDF document"),
        (b"PK\x03\x04", "a ZIP archive or office document"),
        (b"\x1f\x8b", "gzip data"),
        (b"\x28\xb5\x2f\xfd", "zstd data"),
        (b"BZh", "bzip2 data"),
        (b"\xfd7zXZ\0", "xz data"),
        (b"\x89PNG\r\n", "a PNG image"),
        (b"GIF8", "a GIF image"),
        (b"\xff\xd8\xff", "a JPEG image"),
        (b"RIFF", "a RIFF media file"),
        (b"\xd0\xcf\x11\xe0", "an office document"),
        (b"\x7fELF", "a program"),
        (b"MZ\x90\0", "a program"),
        (b"SQLite format 3\0", "a database"),
    ];
    SIGNATURES.iter().find(|(start, _)| bytes.starts_with(start)).map(|&(_, kind)| kind)
}
