//! The example pages of `docs/embedding`, with the libraries that they are written for.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use crate::workspace::Workspace;
use crate::{command, tools};

/// Copies the pages, bundles the one that has to be, and returns their folder.
pub(crate) fn make(workspace: &Workspace, npm: &Path) -> anyhow::Result<PathBuf> {
    let source = workspace.root().join("docs/embedding/examples");
    let folder = workspace.target().join("tmp").join("examples");
    for (from, to) in
        [(source.clone(), folder.clone()), (source.join("react"), folder.join("react"))]
    {
        fs::create_dir_all(&to)
            .with_context(|| format!("cannot create {}", to.display()))?;
        let entries = fs::read_dir(&from)
            .with_context(|| format!("cannot list {}", from.display()))?;
        for entry in entries {
            let path = entry?.path();
            if path.is_file() {
                copy(&path, &to.join(path.file_name().unwrap_or_default()))?;
            }
        }
    }
    let vue = tools::vue(workspace, npm)?;
    copy(&vue, &folder.join(vue.file_name().unwrap_or_default()))?;
    let mut bundle = tools::esbuild(workspace, npm)?;
    bundle.arg(source.join("react/main.jsx")).args(["--bundle", "--jsx=automatic"]);
    bundle.args(["--define:process.env.NODE_ENV=\"production\"", "--log-level=warning"]);
    let outfile = folder.join("react/main.js");
    bundle.arg(format!("--outfile={}", outfile.display()));
    command::run(&mut bundle)?;
    Ok(folder)
}

fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    fs::copy(from, to)
        .map(drop)
        .with_context(|| format!("cannot copy {} to {}", from.display(), to.display()))
}
