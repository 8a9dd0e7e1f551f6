//! `cargo xtask wasm`: Rust in, classic scripts out, measured and loaded once.

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

/// Builds the scripts in `www/pkg`; fails when a result does not load or is too large.
pub(crate) fn run(workspace: &Workspace, args: &WasmArgs) -> anyhow::Result<ExitCode> {
    let WasmArgs {} = args;
    let settings = Settings::read(workspace)?;
    let core = Module::build(workspace, &settings, &settings.crate_dir)?;
    let later = Module::build(workspace, &settings, &settings.later_crate_dir)?;
    let loader = workspace.root().join("www/vitrine.js");
    let loader = minify::minify(workspace, &settings, &read(&loader)?)?;
    let folders = [&settings.crate_dir, &settings.later_crate_dir];
    let words = words::scripts(&folders.map(|folder| workspace.root().join(folder)))?;

    let out_dir = workspace.root().join(&settings.out_dir);
    fs::create_dir_all(&out_dir)
        .with_context(|| format!("cannot create {}", out_dir.display()))?;
    let script = |name: &str| out_dir.join(name).with_extension("js");
    let (core_path, later_path) =
        (script(&settings.out_name), script(&settings.later_out_name));
    write(&core_path, &core.script)?;
    write(&later_path, &later.script)?;
    write(&script("vitrine"), &loader)?;
    for (name, script) in &words {
        write(&out_dir.join(name), script)?;
    }

    load_check::check(&core_path)?;
    load_check::check(&later_path)?;
    let [core_name, later_name] =
        [&settings.out_name, &settings.later_out_name].map(|name| format!("{name}.js"));
    let begin = [
        ("module", core.wasm.as_slice()),
        ("glue", core.call.as_bytes()),
        (core_name.as_str(), core.script.as_bytes()),
        ("vitrine.js", loader.as_bytes()),
    ];
    let later = [(later_name.as_str(), later.script.as_bytes())];
    sizes::report(&settings, &begin, &later)?;
    Ok(ExitCode::SUCCESS)
}

/// A crate as a script.
struct Module {
    wasm: Vec<u8>,
    /// Glue, and the function that unpacks the module.
    call: String,
    /// All of it.
    script: String,
}

impl Module {
    fn build(
        workspace: &Workspace,
        settings: &Settings,
        crate_dir: &Path,
    ) -> anyhow::Result<Self> {
        let compiled = compile::compile(workspace, settings, crate_dir)?;
        let bound = optimize::optimize(workspace, settings, bind::bind(&compiled)?)?;
        let unpack = read(&workspace.root().join("www/unpack.js"))?;
        let call = core_script::call(&bound.glue, &unpack);
        let call = minify::minify(workspace, settings, &call)?;
        let script = core_script::write(&call, &bound.wasm)?;
        Ok(Self { wasm: bound.wasm, call, script })
    }
}

fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}

fn read(path: &Path) -> anyhow::Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}
