//! wasm-opt's part: fewer bytes after compression. A pinned version, from npm, since others
//! gave modules that browsers refuse.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context as _;

use super::bind::Bound;
use super::names::Names;
use super::settings::Settings;
use crate::workspace::Workspace;
use crate::{command, tools};

/// Returns module and glue after `wasm-opt`, or as they are where Node is missing.
pub(super) fn optimize(
    workspace: &Workspace,
    settings: &Settings,
    bound: Bound,
) -> anyhow::Result<Bound> {
    let Some(wasm_opt) = installed(workspace, &settings.binaryen) else {
        eprintln!(
            "wasm-opt is left out: it needs node, npm and the npm registry; the module works \
             and is larger"
        );
        return Ok(bound);
    };
    let Bound { wasm, glue, declarations } = bound;
    let folder = workspace.target().join("wasm-opt");
    fs::create_dir_all(&folder)
        .with_context(|| format!("cannot create {}", folder.display()))?;
    let (input, output) = (folder.join("in.wasm"), folder.join("out.wasm"));
    fs::write(&input, &wasm)
        .with_context(|| format!("cannot write {}", input.display()))?;
    let mut node = Command::new("node");
    node.arg(wasm_opt).args(&settings.wasm_opt);
    node.arg("--minify-imports-and-exports-and-modules");
    node.arg(&input).arg("-o").arg(&output);
    let names = Names::read(&command::output(&mut node)?)?;
    let wasm =
        fs::read(&output).with_context(|| format!("cannot read {}", output.display()))?;
    Ok(Bound { wasm, glue: names.shorten(&glue), declarations })
}

/// The path of wasm-opt in this version, fetched when it is not there yet.
fn installed(workspace: &Workspace, version: &str) -> Option<PathBuf> {
    if !command::exists("node") {
        return None;
    }
    tools::npm_file(workspace, Path::new("npm"), "binaryen", version, "bin/wasm-opt").ok()
}
