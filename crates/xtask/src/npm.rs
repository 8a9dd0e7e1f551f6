//! `cargo xtask npm`: the package for people who build pages with npm.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::Context as _;

use crate::args::{NpmArgs, WasmArgs};
use crate::workspace::Workspace;
use crate::{command, wasm};

/// Builds the scripts, makes the package and has npm look at it.
pub(crate) fn run(workspace: &Workspace, args: &NpmArgs) -> anyhow::Result<ExitCode> {
    let NpmArgs {} = args;
    wasm::run(workspace, &WasmArgs {})?;
    let folder = make(workspace)?;
    let mut pack = Command::new("npm");
    pack.args(["pack", "--dry-run"]).current_dir(&folder);
    command::run(&mut pack)?;
    println!("\nThe package is in {}", folder.display());
    Ok(ExitCode::SUCCESS)
}

/// Makes the package of the scripts that were built, and returns its folder.
pub(crate) fn make(workspace: &Workspace) -> anyhow::Result<PathBuf> {
    let folder = workspace.target().join("npm");
    if folder.is_dir() {
        fs::remove_dir_all(&folder)
            .with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    let scripts = folder.join("dist");
    fs::create_dir_all(&scripts)
        .with_context(|| format!("cannot create {}", scripts.display()))?;
    let built = workspace.root().join("www/pkg");
    let entries = fs::read_dir(&built).with_context(|| {
        format!("cannot list {}; `cargo xtask wasm` makes it", built.display())
    })?;
    for entry in entries {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name == "vitrine.d.ts" {
            let index = read(&workspace.root().join("www/npm/index.d.ts"))?;
            let types = [read(&path)?, index].concat();
            write(&folder.join("index.d.ts"), &types)?;
        } else if path.extension().is_some_and(|extension| extension == "js") {
            write(&scripts.join(&name), &read(&path)?)?;
        }
    }
    for name in ["index.js", "README.md"] {
        write(&folder.join(name), &read(&workspace.root().join("www/npm").join(name))?)?;
    }
    for name in ["LICENSE-MIT", "LICENSE-APACHE"] {
        write(&folder.join(name), &read(&workspace.root().join(name))?)?;
    }
    let package = serde_json::json!({
        "name": "vitrine-archive",
        "version": env!("CARGO_PKG_VERSION"),
        "description": "Search and read a Vitrine archive in any page: a custom element and an API.",
        "license": "MIT OR Apache-2.0",
        "type": "module",
        "main": "index.js",
        "types": "index.d.ts",
        "exports": {
            ".": { "types": "./index.d.ts", "default": "./index.js" },
            "./dist/*": "./dist/*",
            "./package.json": "./package.json",
        },
        "files": ["index.js", "index.d.ts", "dist"],
        "sideEffects": false,
        "keywords": ["archive", "search", "custom-element", "webassembly"],
    });
    let package = serde_json::to_string_pretty(&package).context("cannot write JSON")?;
    write(&folder.join("package.json"), &(package + "\n"))?;
    Ok(folder)
}

fn read(path: &Path) -> anyhow::Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}
