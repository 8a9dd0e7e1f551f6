//! An archive to be handed over: as one ZIP file, as one page, as a bag for preservation.
//!
//! All of them are made from the folder of a finished archive, file by file, so that none
//! needs the archive in memory.

mod articles;
mod bag;
mod new_file;
mod single_file;
mod time;
mod zip;

use std::path::{Path, PathBuf};

use anyhow::Context;
use ignore::WalkBuilder;

use serde::Serialize;

pub(crate) use self::{
    articles::{copy_assets, write_epub, write_markdown, write_static, write_zim},
    bag::BagInfo,
    new_file::NewFile,
    time::now,
};
use self::{bag::write_bag, single_file::write_single_file, zip::write_zip};
use crate::{args::HandoverArgs, output};

/// Length from which a page takes browsers long to open, in bytes.
const LONG_PAGE: u64 = 50_000_000;

/// What an archive was handed over as.
#[derive(Debug, Serialize)]
pub(crate) struct Written {
    /// The file or folder.
    pub(crate) path: PathBuf,
    /// Its format, as `vitrine export --format` names it.
    pub(crate) format: String,
    /// Its length; of a folder that of its files, of a bag that of the archive in it.
    pub(crate) bytes: u64,
}

impl Written {
    /// Says to a person what is where.
    pub(crate) fn print(&self) -> anyhow::Result<()> {
        let Self { path, bytes, .. } = self;
        output::print(&format!("{}: {}", output::bytes(*bytes), path.display()))
    }
}

/// Makes of the archive in `folder` what `args` ask for.
pub(crate) fn hand_over(
    folder: &Path,
    args: &HandoverArgs,
    about: &BagInfo,
) -> anyhow::Result<Vec<Written>> {
    let HandoverArgs { zip, single_file, bagit } = args;
    let mut written = Vec::new();
    let mut add = |path: &PathBuf, format: &str, bytes| {
        written.push(Written { path: path.clone(), format: format.to_owned(), bytes });
    };
    if let Some(path) = zip {
        add(path, "zip", write_zip(folder, path)?);
    }
    if let Some(path) = single_file {
        let bytes = write_single_file(folder, path)?;
        if bytes > LONG_PAGE {
            output::note(&format!(
                "the page has {}: browsers load all of it before they show anything, and \
                 some mail programs and hosts refuse it; --zip opens at once",
                output::bytes(bytes)
            ));
        }
        add(path, "single-file", bytes);
    }
    if let Some(path) = bagit {
        add(path, "bagit", write_bag(folder, path, about)?);
    }
    Ok(written)
}

/// Refuses places that nothing can be written to, before the long work and not after it.
pub(crate) fn check(args: &HandoverArgs) -> anyhow::Result<()> {
    let HandoverArgs { zip, single_file, bagit } = args;
    [zip, single_file].into_iter().flatten().try_for_each(|path| NewFile::check(path))?;
    bagit.iter().try_for_each(|path| bag::check_place(path))
}

/// A file of an archive.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ArchiveFile {
    /// Path below the archive folder, with `/` as separator.
    pub(crate) path: String,
    /// Where it is.
    pub(crate) place: PathBuf,
}

/// Returns the files of the archive in `folder`, sorted by path.
pub(crate) fn files(folder: &Path) -> anyhow::Result<Vec<ArchiveFile>> {
    let mut files = Vec::new();
    for entry in WalkBuilder::new(folder).standard_filters(false).build() {
        let entry = entry.with_context(|| format!("cannot list {}", folder.display()))?;
        if entry.file_type().is_none_or(|kind| kind.is_dir()) {
            continue;
        }
        let place = entry.into_path();
        let below = place.strip_prefix(folder).unwrap_or(&place);
        let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
        files.push(ArchiveFile { path: parts.join("/"), place });
    }
    files.sort_unstable();
    Ok(files)
}
