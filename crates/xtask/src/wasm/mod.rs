//! `cargo xtask wasm`: Rust in, classic scripts out, measured and loaded once.

mod settings;

mod bind;
mod columns;
mod compile;
mod core_script;
mod declarations;
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
    let mut later = Vec::new();
    for folder in &settings.later_crate_dirs {
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        let module = Module::build(workspace, &settings, folder)?;
        later.push((name.into_owned(), module));
    }
    let minified = |name: &str| {
        let script = workspace.root().join("www").join(name);
        minify::minify(workspace, &settings, &read(&script)?)
    };
    let loader = minified("vitrine.js")?;
    let mut others = Vec::new();
    for name in ["vitrine-embed.js", "vitrine-offline.js", "sw.js"] {
        others.push((name, minified(name)?));
    }
    let folders: Vec<_> = std::iter::once(&settings.crate_dir)
        .chain(&settings.later_crate_dirs)
        .map(|folder| workspace.root().join(folder))
        .filter(|folder| folder.join("words").is_dir())
        .collect();
    let words = words::scripts(&folders)?;

    let out_dir = workspace.root().join(&settings.out_dir);
    fs::create_dir_all(&out_dir)
        .with_context(|| format!("cannot create {}", out_dir.display()))?;
    let script = |name: &str| out_dir.join(name).with_extension("js");
    let core_path = script(&settings.out_name);
    write(&core_path, &core.script)?;
    load_check::check(&core_path)?;
    for (name, module) in &later {
        write(&script(name), &module.script)?;
        load_check::check(&script(name))?;
    }
    let api = later.iter().find(|(name, _)| name == "vitrine-api");
    let (_, api) = api.context("wasm-pack.toml does not name the crate of the API")?;
    let page = read(&workspace.root().join("www/vitrine.d.ts"))?;
    let declarations = declarations::declarations(&api.declarations, &page)?;
    write(&out_dir.join("vitrine.d.ts"), &declarations)?;
    write(&script("vitrine"), &loader)?;
    for (name, script) in &others {
        write(&out_dir.join(name), script)?;
    }
    for (name, script) in &words {
        write(&out_dir.join(name), script)?;
    }

    let core_name = format!("{}.js", settings.out_name);
    let begin = [
        ("module", core.wasm.as_slice()),
        ("glue", core.call.as_bytes()),
        (core_name.as_str(), core.script.as_bytes()),
        ("vitrine.js", loader.as_bytes()),
    ];
    let modules =
        later.iter().map(|(name, module)| (name.as_str(), module.script.as_bytes()));
    let others = others.iter().map(|(name, script)| (*name, script.as_bytes()));
    let later: Vec<_> = modules.chain(others).collect();
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
    /// What it exports, as TypeScript.
    declarations: String,
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
        Ok(Self { wasm: bound.wasm, call, script, declarations: bound.declarations })
    }
}

fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}

fn read(path: &Path) -> anyhow::Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}
