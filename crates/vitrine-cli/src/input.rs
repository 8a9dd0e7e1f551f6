//! Files and folders of the command line become raw pages.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use anyhow::bail;
use ignore::WalkBuilder;
use vitrine_ingest::{RawPage, Unreadable, UnreadableReason};

use crate::output;

/// Extensions that are read in folders; a file that is named itself is read whatever its
/// name.
const EXTENSIONS: [&str; 7] = ["txt", "text", "html", "htm", "xhtml", "jsonl", "ndjson"];

/// The pages of all inputs.
#[derive(Debug, Default)]
pub(crate) struct Inputs {
    /// What was read, and what could not be.
    pub(crate) pages: Vec<Result<RawPage, Unreadable>>,
    /// Files of folders that are of no format that holds pages, such as images.
    pub(crate) ignored: Vec<String>,
}

/// A file to read, and the name under which it is known from then on.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct InputFile {
    name: String,
    path: PathBuf,
}

/// Reads every input.
///
/// Pages are named by their path below the folder that was given; with several inputs,
/// the folder's own name stands before it.
pub(crate) fn read(inputs: &[PathBuf]) -> anyhow::Result<Inputs> {
    let mut read = Inputs::default();
    let mut files = BTreeSet::new();
    for input in inputs {
        if !input.exists() {
            bail!("there is no such file or folder: {}", input.display());
        }
        let base = input
            .canonicalize()
            .ok()
            .and_then(|path| Some(path.file_name()?.to_string_lossy().into_owned()))
            .unwrap_or_default();
        if input.is_dir() {
            let prefix =
                if inputs.len() > 1 { format!("{base}/") } else { String::new() };
            walk(input, &prefix, &mut files, &mut read);
        } else {
            files.insert(InputFile { name: base, path: input.clone() });
        }
    }
    let bar = output::progress("reading", files.len());
    for InputFile { name, path } in &files {
        match fs::read(path) {
            Ok(bytes) => read.pages.extend(vitrine_ingest::read(name, &bytes)),
            Err(error) => read.pages.push(Err(unreadable(name.clone(), &error))),
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    if read.pages.is_empty() {
        bail!(
            "no page was found; folders are searched for files ending in {}",
            EXTENSIONS.map(|extension| format!(".{extension}")).join(" ")
        );
    }
    Ok(read)
}

fn walk(folder: &Path, prefix: &str, files: &mut BTreeSet<InputFile>, read: &mut Inputs) {
    let walk =
        WalkBuilder::new(folder).standard_filters(false).follow_links(true).build();
    for entry in walk {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                read.pages.push(Err(unreadable(format!("{prefix}?"), &error)));
                continue;
            }
        };
        if entry.file_type().is_none_or(|kind| kind.is_dir()) {
            continue;
        }
        let path = entry.into_path();
        let below = path.strip_prefix(folder).unwrap_or(&path);
        let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
        let name = format!("{prefix}{}", parts.join("/"));
        let extension =
            path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase());
        if extension.is_some_and(|extension| EXTENSIONS.contains(&extension.as_str())) {
            files.insert(InputFile { name, path });
        } else {
            read.ignored.push(name);
        }
    }
    read.ignored.sort_unstable();
}

fn unreadable(path: String, error: &impl ToString) -> Unreadable {
    let reason = UnreadableReason::Io { problem: error.to_string() };
    Unreadable { path, sha256: String::new(), reason }
}
