//! `vitrine inspect`: what an archive holds and where its bytes go.

use std::{collections::BTreeMap, fs, path::Path, process::ExitCode};

use ignore::WalkBuilder;
use serde::Serialize;
use vitrine_article::{About, AssetFile};
use vitrine_reader::ArchiveInfo;

use crate::{archive_folder, args::ArchiveArgs, output};

/// What `--json` prints.
#[derive(Serialize)]
struct Inspection<'a> {
    #[serde(flatten)]
    info: &'a ArchiveInfo,
    sections: &'a BTreeMap<&'static str, Size>,
    /// Pictures and other files of articles.
    assets: Size,
    folder: Size,
}

/// Files and bytes.
#[derive(Debug, Clone, Copy, Default, Serialize)]
struct Size {
    files: usize,
    /// Bytes of the chunks, as they are after base64 is decoded.
    chunk_bytes: u64,
    /// Bytes on disk.
    disk_bytes: u64,
}

impl Size {
    /// Counts a file that is no chunk.
    fn add(&mut self, disk_bytes: u64) {
        self.files += 1;
        self.disk_bytes += disk_bytes;
    }
}

/// Runs the verb.
pub(crate) fn run(args: &ArchiveArgs) -> anyhow::Result<ExitCode> {
    let archive = archive_folder::open(&args.archive)?;
    let listing = pollster::block_on(archive.list());
    let mut sections = BTreeMap::<&'static str, Size>::new();
    for (file, len_bytes) in &listing.files {
        let size = sections.entry(file.section().name()).or_default();
        size.files += 1;
        size.chunk_bytes += u64::from(*len_bytes);
        size.disk_bytes += disk_bytes(&args.archive.join(file.path()));
    }
    let (mut folder, mut assets) = (Size::default(), Size::default());
    for entry in WalkBuilder::new(&args.archive).standard_filters(false).build().flatten()
    {
        if entry.file_type().is_some_and(|kind| kind.is_file()) {
            let len_bytes = disk_bytes(entry.path());
            folder.add(len_bytes);
            if entry.path().starts_with(args.archive.join("assets")) {
                assets.add(len_bytes);
            }
        }
    }
    folder.chunk_bytes = sections.values().map(|size| size.chunk_bytes).sum();
    let info = archive.info();
    if args.json {
        output::print_json(&Inspection { info, sections: &sections, assets, folder })?;
        return Ok(ExitCode::SUCCESS);
    }
    output::print(&info.title)?;
    print_about(&info.about)?;
    let languages: Vec<String> = info
        .languages
        .iter()
        .map(|l| format!("{} {}", l.article_count, l.lang))
        .collect();
    output::print(&format!(
        "{} articles ({})",
        info.article_count,
        languages.join(", ")
    ))?;
    if let (Some(first), Some(last)) = (info.first_date, info.last_date) {
        output::print(&format!("{first} to {last}"))?;
    }
    output::print(&format!("packed by {}\n", info.generator))?;
    output::print(&format!(
        "{:<12} {:>6} {:>12} {:>12}",
        "section", "files", "chunks", "disk"
    ))?;
    let total = [("assets", assets), ("folder", folder)];
    for (name, size) in sections.into_iter().chain(total) {
        output::print(&format!(
            "{name:<12} {:>6} {:>12} {:>12}",
            size.files,
            output::bytes(size.chunk_bytes),
            output::bytes(size.disk_bytes)
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Prints what the owner says about the archive, where anything is said.
fn print_about(about: &About) -> anyhow::Result<()> {
    let logo = about.logo.as_ref().map(AssetFile::path).unwrap_or_default();
    let languages = about.languages.join(", ");
    for (name, value) in [
        ("description", &about.description),
        ("institution", &about.institution),
        ("its address", &about.institution_url),
        ("logo", &logo),
        ("languages", &languages),
        ("hosted at", &about.url),
        ("license", &about.license),
        ("license at", &about.license_url),
        ("accent", &about.accent),
    ] {
        if !value.is_empty() {
            let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
            output::print(&format!("  {name:<12} {value}"))?;
        }
    }
    Ok(())
}

fn disk_bytes(path: &Path) -> u64 {
    fs::metadata(path).map_or(0, |metadata| metadata.len())
}
