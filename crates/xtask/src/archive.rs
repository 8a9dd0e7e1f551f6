//! The sample archive: `data/sample`, packed by the command that people run.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, bail};

use crate::command;
use crate::workspace::Workspace;

/// Where a build of the command lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    /// Optimized, as people get it.
    Release,
    /// The build that the tests share.
    Dev,
}

/// The path of the built command.
pub(crate) fn program(workspace: &Workspace, profile: Profile) -> PathBuf {
    let folder = match profile {
        Profile::Release => "release",
        Profile::Dev => "debug",
    };
    let name = format!("vitrine{}", std::env::consts::EXE_SUFFIX);
    workspace.target().join(folder).join(name)
}

/// Packs the sample into the folder, in place of what is there.
pub(crate) fn pack(
    workspace: &Workspace,
    program: &Path,
    out: &Path,
) -> anyhow::Result<()> {
    let mut pack = Command::new(program);
    pack.arg("pack").arg(workspace.root().join("data/sample"));
    pack.arg("--config").arg(workspace.root().join("data/vitrine.toml"));
    pack.arg("--out").arg(out).arg("--keep-originals");
    let status =
        command::status(&mut pack).context("cannot run the command that was built")?;
    // 1: some inputs could not be read; the sample has such a file on purpose.
    match status.code() {
        Some(0 | 1) => Ok(()),
        _ => bail!("the sample cannot be packed: vitrine ended with {status}"),
    }
}
