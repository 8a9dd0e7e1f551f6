//! `cargo xtask wasm`: Rust in, two classic scripts out, measured and loaded once.

mod settings;

mod bind;
mod compile;
mod core_script;
mod load_check;
mod minify;
mod names;
mod optimize;
mod sizes;
mod words;

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context as _;

use crate::args::WasmArgs;
use crate::workspace::Workspace;

use settings::Settings;

pub(crate) use compile::{TARGET, ensure_target};

/// Builds `vitrine-core.js` and `vitrine.js` in `www/pkg`; fails when the result does not load or is too large.
pub(crate) fn run(workspace: &Workspace, args: &WasmArgs) -> anyhow::Result<ExitCode> {
    let WasmArgs {} = args;
    let settings = Settings::read(workspace)?;
    let compiled = compile::compile(workspace, &settings)?;
    let bound = optimize::optimize(workspace, &settings, bind::bind(&compiled)?)?;
    let www = workspace.root().join("www");
    let call = core_script::call(&bound.glue, &read(&www.join("unpack.js"))?);
    let call = minify::minify(workspace, &settings, &call)?;
    let script = core_script::write(&call, &bound.wasm)?;

    let out_dir = workspace.root().join(&settings.out_dir);
    fs::create_dir_all(&out_dir)
        .with_context(|| format!("cannot create {}", out_dir.display()))?;
    let path = out_dir.join(&settings.out_name).with_extension("js");
    fs::write(&path, &script)
        .with_context(|| format!("cannot write {}", path.display()))?;
    let loader = minify::minify(workspace, &settings, &read(&www.join("vitrine.js"))?)?;
    let loader_path = out_dir.join("vitrine.js");
    fs::write(&loader_path, &loader)
        .with_context(|| format!("cannot write {}", loader_path.display()))?;

    let words =
        words::scripts(&workspace.root().join(&settings.crate_dir).join("words"))?;
    for (name, script) in &words {
        let path = out_dir.join(name);
        fs::write(&path, script)
            .with_context(|| format!("cannot write {}", path.display()))?;
    }

    load_check::check(&path)?;
    let sizes = [
        ("wasm", bound.wasm.as_slice()),
        ("glue", call.as_bytes()),
        ("vitrine-core.js (both)", script.as_bytes()),
        ("vitrine.js", loader.as_bytes()),
    ];
    sizes::report(&settings, &sizes)?;
    Ok(ExitCode::SUCCESS)
}

fn read(path: &Path) -> anyhow::Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}
