//! Scripts without what only their readers need: comments, white space, long local names.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::Context as _;

use super::settings::Settings;
use crate::workspace::Workspace;
use crate::{command, tools};

/// Returns a classic script after terser, or as it is where Node is missing.
pub(super) fn minify(
    workspace: &Workspace,
    settings: &Settings,
    script: &str,
) -> anyhow::Result<String> {
    let terser = command::exists("node").then(|| {
        let npm = Path::new("npm");
        tools::npm_file(workspace, npm, "terser", &settings.terser, "bin/terser").ok()
    });
    let Some(terser) = terser.flatten() else {
        eprintln!("terser is left out: it needs node, npm and the npm registry");
        return Ok(script.to_owned());
    };
    let folder = workspace.target().join("terser");
    fs::create_dir_all(&folder)
        .with_context(|| format!("cannot create {}", folder.display()))?;
    let input = folder.join("in.js");
    fs::write(&input, script)
        .with_context(|| format!("cannot write {}", input.display()))?;
    let mut node = Command::new("node");
    node.arg(terser).arg(&input).args(["--ecma", "2022", "--mangle"]);
    node.args(["--compress", "passes=3,ecma=2022,unsafe_arrows"]);
    String::from_utf8(command::output(&mut node)?).context("terser writes no UTF-8")
}
