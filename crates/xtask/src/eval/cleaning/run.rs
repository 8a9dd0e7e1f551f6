//! The folders of a set, and the run of the command over them.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, bail};
use flate2::read::GzDecoder;
use serde::{Deserialize, de::DeserializeOwned};

/// What the pages of a set are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Text dumps in one folder for each site.
    Dumps,
    /// Single HTML pages, `html/<id>.html.gz`.
    Pages,
}

/// What `vitrine clean --per-file` says of an input.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Found {
    pub(super) path: String,
    pub(super) article: bool,
    pub(super) title: Option<String>,
    pub(super) date: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) source: Option<String>,
    pub(super) lang: Option<String>,
    pub(super) paragraphs: Vec<String>,
    pub(super) cluster: Option<String>,
}

/// Returns what the pages of `folder` are.
pub(super) fn kind_of(folder: &Path) -> Kind {
    if folder.join("html").is_dir() { Kind::Pages } else { Kind::Dumps }
}

/// Cleans `folder`.
pub(super) fn clean(program: &Path, folder: &Path) -> anyhow::Result<Vec<Found>> {
    let output = Command::new(program)
        .args(["clean", "--per-file"])
        .arg(folder)
        .output()
        .with_context(|| format!("cannot run {}", program.display()))?;
    // 1: some inputs could not be read.
    if !matches!(output.status.code(), Some(0 | 1)) {
        bail!(
            "{} can't be cleaned: {}",
            folder.display(),
            String::from_utf8_lossy(&output.stderr)
        );
    }
    let lines = String::from_utf8(output.stdout)
        .context("the records of vitrine clean are not UTF-8")?;
    parse_lines(&lines).context("a record of vitrine clean is no record")
}

/// Reads a file of one JSON object a line.
pub(super) fn read_lines<T: DeserializeOwned>(path: &Path) -> anyhow::Result<Vec<T>> {
    let text = fs::read_to_string(path)
        .with_context(|| format!("cannot read {}", path.display()))?;
    parse_lines(&text).with_context(|| format!("cannot read {}", path.display()))
}

fn parse_lines<T: DeserializeOwned>(text: &str) -> serde_json::Result<Vec<T>> {
    text.lines()
        .filter(|line| !line.trim().is_empty())
        .map(serde_json::from_str)
        .collect()
}

/// Unpacks each page of `folder` into a folder of its own below `work`: the pages are of
/// different sites and tell nothing about one another.
pub(super) fn unpack(folder: &Path, work: &Path) -> anyhow::Result<PathBuf> {
    let out = work.join("cleaning").join(folder.file_name().unwrap_or_default());
    if out.is_dir() {
        fs::remove_dir_all(&out)
            .with_context(|| format!("cannot empty {}", out.display()))?;
    }
    let pages = folder.join("html");
    let entries = fs::read_dir(&pages)
        .with_context(|| format!("cannot read {}", pages.display()))?;
    for entry in entries {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let Some(id) = name.strip_suffix(".html.gz") else { continue };
        let packed =
            fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let mut page = Vec::new();
        GzDecoder::new(&*packed)
            .read_to_end(&mut page)
            .with_context(|| format!("cannot unpack {}", path.display()))?;
        let place = out.join(id);
        fs::create_dir_all(&place)
            .with_context(|| format!("cannot make {}", place.display()))?;
        fs::write(place.join("page.html"), page)
            .with_context(|| format!("cannot write into {}", place.display()))?;
    }
    Ok(out)
}

/// The id of a page that [`unpack`] wrote.
pub(super) fn page_id(path: &str) -> String {
    let mut parts = path.rsplit('/');
    parts.next();
    parts.next().unwrap_or_default().to_owned()
}
