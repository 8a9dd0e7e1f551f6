//! Whether the viewer is the same, to the byte, when it is built from another clone.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, bail};

use crate::args::WasmArgs;
use crate::workspace::Workspace;
use crate::{command, wasm};

/// What two builds came to.
pub(crate) struct Compared {
    /// The files that are the same.
    pub(crate) same: usize,
    /// The names of those that are not, or that only one of them has.
    pub(crate) different: Vec<String>,
}

/// Builds the viewer here and in a clone that has a folder of its own, and nothing built in it.
pub(crate) fn compare(workspace: &Workspace) -> anyhow::Result<Compared> {
    let git = || {
        let mut git = Command::new("git");
        git.current_dir(workspace.root());
        git
    };
    let sources = ["Cargo.lock", "Cargo.toml", "crates", "wasm-pack.toml", "www"];
    let changed =
        command::output(git().args(["status", "--porcelain", "--"]).args(sources))?;
    if !changed.is_empty() {
        bail!("a clone has what is committed only; commit what is changed first");
    }
    wasm::run(workspace, &WasmArgs {})?;
    // Neither as long as this one nor as deep.
    let clone = workspace.target().join("tmp").join("another").join("clone-of-it");
    remove(&clone)?;
    command::run(
        git().args(["clone", "--quiet", "--local"]).arg(workspace.root()).arg(&clone),
    )?;
    wasm::run(&Workspace::at(clone.clone()), &WasmArgs {})?;
    let here = files(&workspace.root().join("www/pkg"))?;
    let there = files(&clone.join("www/pkg"))?;
    remove(&clone)?;
    let names = here.keys().chain(there.keys().filter(|name| !here.contains_key(*name)));
    let (same, different): (Vec<_>, Vec<_>) =
        names.cloned().partition(|name| here.get(name) == there.get(name));
    Ok(Compared { same: same.len(), different })
}

fn remove(folder: &Path) -> anyhow::Result<()> {
    if folder.is_dir() {
        fs::remove_dir_all(folder)
            .with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    Ok(())
}

/// Reads the files of a folder, by name.
fn files(folder: &Path) -> anyhow::Result<BTreeMap<String, Vec<u8>>> {
    let list = fs::read_dir(folder)
        .with_context(|| format!("cannot list {}", folder.display()))?;
    let mut files = BTreeMap::new();
    for entry in list {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let bytes =
            fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        files.insert(name, bytes);
    }
    Ok(files)
}
