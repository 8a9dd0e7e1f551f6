//! The archive as a bag for preservation: `BagIt` 1.0, RFC 8493.

use std::{
    fs::{self, File},
    io::{self, Read, Write},
    path::Path,
};

use anyhow::Context;

use super::{ArchiveFile, files, now};
use crate::{
    manifest::{self, Manifest},
    output,
    publish::{self, Draft},
};

/// Where the folder of a bag is named.
const OPTION: &str = "--bagit";

/// What a bag says of itself beside its files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BagInfo {
    /// Title of the archive.
    pub(crate) title: String,
    /// Who is responsible for it, where that is known.
    pub(crate) institution: Option<String>,
    /// Digest of the archive's root.
    pub(crate) root: String,
}

/// Makes the bag `target` of the archive in `folder`; returns the bytes of its payload.
///
/// The date of the bag is today, or that of the environment's `SOURCE_DATE_EPOCH`.
pub(crate) fn write_bag(
    folder: &Path,
    target: &Path,
    about: &BagInfo,
) -> anyhow::Result<u64> {
    let draft = Draft::create(target, is_bag, OPTION)?;
    let bag = draft.path();
    let (mut payload, mut tags) = (Manifest::default(), Manifest::default());
    let (mut len_bytes, mut count) = (0, 0);
    for ArchiveFile { path, place } in files(folder)? {
        let path = format!("data/{path}");
        let copy = bag.join(&path);
        let (digest, len) = copy_hashed(&place, &copy)
            .with_context(|| format!("cannot copy {}", place.display()))?;
        payload.digests.insert(encoded(&path), digest);
        len_bytes += len;
        count += 1;
    }
    let declaration = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
    let info = info(about, len_bytes, count)?;
    for (name, text) in [
        ("bagit.txt", declaration),
        ("bag-info.txt", &info),
        (manifest::FILE_NAME, &payload.text()),
    ] {
        write(&bag.join(name), text)?;
        tags.add(name, text.as_bytes());
    }
    write(&bag.join("tagmanifest-sha256.txt"), &tags.text())?;
    draft.publish()?;
    Ok(len_bytes)
}

/// Refuses a place that a bag cannot take.
pub(super) fn check_place(target: &Path) -> anyhow::Result<()> {
    publish::check_place(target, is_bag, OPTION)
}

/// Returns whether a folder is a bag, which another may replace.
fn is_bag(folder: &Path) -> bool {
    folder.join("bagit.txt").is_file() && folder.join("data/index.html").is_file()
}

fn info(about: &BagInfo, len_bytes: u64, count: usize) -> anyhow::Result<String> {
    let BagInfo { title, institution, root } = about;
    let mut text = String::new();
    let mut label = |label: &str, value: &str| {
        // A value is one line.
        let value: Vec<&str> = value.split_whitespace().collect();
        text.extend([label, ": ", &value.join(" "), "\n"]);
    };
    if let Some(institution) = institution {
        label("Source-Organization", institution);
    }
    label("External-Description", title);
    label("External-Identifier", &format!("vitrine:{root}"));
    // The day of a time in RFC 3339.
    label("Bagging-Date", now()?.get(..10).unwrap_or_default());
    label("Bag-Size", &output::bytes(len_bytes));
    label("Payload-Oxum", &format!("{len_bytes}.{count}"));
    label("Bag-Software-Agent", &format!("vitrine {}", env!("CARGO_PKG_VERSION")));
    Ok(text)
}

/// Writes a path as a manifest has it: RFC 8493 encodes what would end its line.
fn encoded(path: &str) -> String {
    path.replace('%', "%25").replace('\n', "%0A").replace('\r', "%0D")
}

fn copy_hashed(from: &Path, to: &Path) -> io::Result<(String, u64)> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    let (mut source, mut copy) = (File::open(from)?, File::create(to)?);
    let mut len = 0;
    let digest = manifest::sha256_hex(Tee {
        source: &mut source,
        copy: &mut copy,
        len: &mut len,
    })?;
    Ok((digest, len))
}

/// Hands on what it reads, and writes a copy.
struct Tee<'a> {
    source: &'a mut File,
    copy: &'a mut File,
    len: &'a mut u64,
}

impl Read for Tee<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let len = self.source.read(buffer)?;
        self.copy.write_all(buffer.get(..len).unwrap_or_default())?;
        *self.len += len as u64;
        Ok(len)
    }
}

fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}
