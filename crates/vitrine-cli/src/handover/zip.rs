//! The archive as one ZIP file, with the folder inside.

use std::{
    fs::File,
    io::{self, Seek, Write},
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
    let mut file = NewFile::create(target)?;
    write_members(&files(folder)?, &folder_name(target), &mut file.out)
        .with_context(|| format!("cannot write {}", target.display()))?;
    file.publish()
}

/// Writes a ZIP file of `files` in the folder `name`.
///
/// With more members than 65,535, or behind 4 GiB, the format has larger fields, which are used
/// only then: some programs know the old ones alone.
fn write_members(
    files: &[ArchiveFile],
    name: &str,
    out: &mut (impl Write + Seek),
) -> anyhow::Result<()> {
    let mut zip = ZipWriter::new(out);
    for ArchiveFile { path, place: source } in files {
        let from = || format!("cannot read {}", source.display());
        let mut content = File::open(source).with_context(from)?;
        let len_bytes = content.metadata().with_context(from)?.len();
        let options = SimpleFileOptions::default()
            .compression_method(method(path))
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644)
            .large_file(len_bytes >= LARGE);
        zip.start_file(format!("{name}/{path}"), options)?;
        io::copy(&mut content, &mut zip)?;
    }
    Ok(zip.finish()?.flush()?)
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
    use std::{fs, fs::File, io::BufWriter, path::Path, process::Command};

    use super::{ArchiveFile, folder_name, write_members};

    /// Writes a ZIP file of so many short members; returns whether it has the larger fields.
    fn write(count: usize, folder: &Path) -> bool {
        let place = folder.join("member");
        fs::write(&place, "tide").unwrap();
        let file = |number| ArchiveFile {
            // Not compressed: that would be most of the time.
            path: format!("assets/{number:05}.gif"),
            place: place.clone(),
        };
        let files: Vec<_> = (0..count).map(file).collect();
        let mut out = BufWriter::new(File::create(folder.join("many.zip")).unwrap());
        write_members(&files, "papers", &mut out).unwrap();
        drop(out);
        let bytes = fs::read(folder.join("many.zip")).unwrap();
        // The end of its table of members.
        bytes.windows(4).rev().take(200).any(|four| four == b"PK\x06\x06")
    }

    #[test]
    fn other_programs_read_more_members_than_the_old_fields_can_count() {
        let folder = tempfile::tempdir().unwrap();
        assert!(!write(65_534, folder.path()));
        assert!(write(65_600, folder.path()));
        let zip = folder.path().join("many.zip");
        let script = "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); \
                      assert len(z.namelist()) == 65600; \
                      sys.stdout.write(z.read(sys.argv[2]).decode())";
        let mut tried = 0;
        for (program, arguments) in
            [("python3", &["-c", script][..]), ("unzip", &["-p"]), ("bsdtar", &["-xOf"])]
        {
            let mut command = Command::new(program);
            command.args(arguments).arg(&zip).arg("papers/assets/65599.gif");
            let Ok(output) = command.output() else { continue };
            assert!(output.status.success(), "{program}: {output:?}");
            assert_eq!(output.stdout, b"tide", "{program}");
            tried += 1;
        }
        assert!(tried > 0, "there is no program to unzip with");
    }

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
