//! The archive as one ZIP file, with the folder inside.

use std::{
    fs::File,
    io::{self, Write},
    path::Path,
};

use anyhow::Context;
use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

use super::{ArchiveFile, files, new_file::NewFile};

/// Files that are compressed by themselves.
const COMPRESSED: [&str; 21] = [
    "avif", "docx", "epub", "flac", "gif", "jpg", "m4a", "mp3", "mp4", "odp", "ods",
    "odt", "ogg", "pdf", "png", "pptx", "webm", "webp", "xlsx", "zip", "gz",
];

/// Length from which a member needs Zip64, in bytes: with room for what deflate adds.
const LARGE: u64 = u32::MAX as u64 - (16 << 20);

/// Writes the archive in `folder` as the ZIP file `target`; returns its length in bytes.
///
/// The same archive gives the same bytes: members are sorted by path and have the first
/// date that the format knows. The name of the folder inside is that of the file.
pub(crate) fn write_zip(folder: &Path, target: &Path) -> anyhow::Result<u64> {
    let name = folder_name(target);
    let mut file = NewFile::create(target)?;
    let place = || format!("cannot write {}", target.display());
    let mut zip = ZipWriter::new(&mut file.out);
    for ArchiveFile { path, place: source } in files(folder)? {
        let from = || format!("cannot read {}", source.display());
        let mut content = File::open(&source).with_context(from)?;
        let len_bytes = content.metadata().with_context(from)?.len();
        let options = SimpleFileOptions::default()
            .compression_method(method(&path))
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644)
            .large_file(len_bytes >= LARGE);
        zip.start_file(format!("{name}/{path}"), options).with_context(place)?;
        io::copy(&mut content, &mut zip).with_context(place)?;
    }
    zip.finish().with_context(place)?.flush().with_context(place)?;
    file.publish()
}

/// Chunks are base64 of compressed bytes: deflate takes back what base64 adds.
fn method(path: &str) -> CompressionMethod {
    let extension = path.rsplit_once('.').map(|(_, extension)| extension);
    if extension.is_some_and(|extension| COMPRESSED.contains(&extension)) {
        CompressionMethod::Stored
    } else {
        CompressionMethod::Deflated
    }
}

/// Returns the name of the folder inside: one that every system can have.
fn folder_name(target: &Path) -> String {
    let stem = target.file_stem().unwrap_or_default().to_string_lossy();
    let is_bad = |c: char| c.is_control() || "\u{fffd}/\\:*?\"<>|".contains(c);
    let name: String = stem.chars().map(|c| if is_bad(c) { '-' } else { c }).collect();
    let name = name.trim_matches(['.', ' ']);
    if name.is_empty() { "archive".to_owned() } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::folder_name;

    #[test]
    fn the_folder_inside_has_a_name_that_every_system_can_have() {
        for (file, name) in [
            ("out/Harbour Papers.zip", "Harbour Papers"),
            ("港口文集.zip", "港口文集"),
            ("a:b?.zip", "a-b-"),
            ("...zip", "archive"),
        ] {
            assert_eq!(folder_name(Path::new(file)), name, "{file}");
        }
    }
}
