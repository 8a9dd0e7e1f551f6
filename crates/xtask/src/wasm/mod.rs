//! `cargo xtask wasm`: Rust in, one classic script out, measured and loaded once.

mod settings;

mod bind;
mod compile;
mod core_script;
mod load_check;
mod optimize;
mod sizes;

use std::fs;
use std::process::ExitCode;

use anyhow::Context as _;

use crate::args::WasmArgs;
use crate::workspace::Workspace;

use settings::Settings;

pub(crate) use compile::{TARGET, ensure_target};

/// Builds `www/pkg/vitrine-core.js`; fails when the result does not load or is too large.
pub(crate) fn run(workspace: &Workspace, args: &WasmArgs) -> anyhow::Result<ExitCode> {
    let WasmArgs {} = args;
    let settings = Settings::read(workspace)?;
    let compiled = compile::compile(workspace, &settings)?;
    let bound = bind::bind(&compiled)?;
    let wasm = optimize::optimize(workspace, &settings, bound.wasm)?;
    let script = core_script::write(&bound.glue, &wasm)?;

    let out_dir = workspace.root().join(&settings.out_dir);
    fs::create_dir_all(&out_dir)
        .with_context(|| format!("cannot create {}", out_dir.display()))?;
    let path = out_dir.join(&settings.out_name).with_extension("js");
    fs::write(&path, &script)
        .with_context(|| format!("cannot write {}", path.display()))?;

    load_check::check(&path)?;
    sizes::report(workspace, &settings, &wasm, &bound.glue, &script)?;
    Ok(ExitCode::SUCCESS)
}
