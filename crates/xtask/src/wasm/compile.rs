//! The compiler's part: the crate as wasm, the same bytes on every machine.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, bail};

use super::settings::Settings;
use crate::command;
use crate::workspace::Workspace;

/// The only target that browsers run.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// Compiles the crate and returns the path of the wasm file.
pub(super) fn compile(
    workspace: &Workspace,
    settings: &Settings,
    crate_dir: &Path,
) -> anyhow::Result<PathBuf> {
    ensure_target(workspace)?;
    // Named like its folder.
    let package = crate_dir.file_name().and_then(|name| name.to_str());
    let package = package.context("a crate in wasm-pack.toml names no folder")?;
    let mut cargo = workspace.cargo();
    cargo.args(["build", "--locked", "--lib", "--target", TARGET]);
    cargo.args(["--package", package, "--profile", &settings.profile]);
    if !settings.build_std.is_empty() {
        ensure_std_source(workspace)?;
        cargo.arg(format!("-Zbuild-std={}", settings.build_std.join(",")));
        let features = settings.build_std_features.join(",");
        cargo.arg(format!("-Zbuild-std-features={features}"));
        // What is unstable here changes no language, only how std is compiled.
        cargo.env("RUSTC_BOOTSTRAP", "1");
    }
    let flags = [remapped_paths(workspace)?, settings.rustflags.clone()].concat();
    cargo.env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"));
    command::run(&mut cargo)?;
    let file = format!("{}.wasm", package.replace('-', "_"));
    Ok(workspace.target().join(TARGET).join(&settings.profile).join(file))
}

/// Adds the wasm target to the toolchain when it is missing.
pub(crate) fn ensure_target(workspace: &Workspace) -> anyhow::Result<()> {
    if sysroot(workspace)?.join("lib/rustlib").join(TARGET).is_dir() {
        return Ok(());
    }
    rustup_add(workspace, ["target", "add", TARGET])
}

/// Adds the source of the standard library to the toolchain when it is missing: rustup does so
/// by itself as rust-toolchain.toml says, but not where it may install nothing unasked.
fn ensure_std_source(workspace: &Workspace) -> anyhow::Result<()> {
    let library = sysroot(workspace)?.join("lib/rustlib/src/rust/library");
    if library.join("Cargo.lock").is_file() {
        return Ok(());
    }
    rustup_add(workspace, ["component", "add", "rust-src"])
}

fn rustup_add(workspace: &Workspace, arguments: [&str; 3]) -> anyhow::Result<()> {
    let [kind, _, name] = arguments;
    if !command::exists("rustup") {
        bail!(
            "this Rust toolchain has no {kind} {name} and rustup is not there to add it; \
             install Rust with rustup (https://rustup.rs) or add your distribution's package \
             of it"
        );
    }
    let mut rustup = Command::new("rustup");
    rustup.current_dir(workspace.root()).args(arguments);
    command::run(&mut rustup)
}

/// Flags that replace this machine's folders in panic messages by fixed names: without them
/// the same sources give other bytes in another folder, and the wasm tells whose machine it was.
fn remapped_paths(workspace: &Workspace) -> anyhow::Result<Vec<String>> {
    let mut flags = Vec::new();
    let mut remap = |from: &Path, to: &str| {
        flags.push(format!("--remap-path-prefix={}={to}", from.display()));
    };
    // The last that fits wins: folders inside others come later.
    if let Some(home) = cargo_home() {
        remap(&home, "/cargo");
        for registry in registries(&home)? {
            remap(&registry, "/crates");
        }
    }
    remap(&sysroot(workspace)?.join("lib/rustlib/src/rust"), "/rust");
    remap(workspace.root(), "/vitrine");
    remap(workspace.target(), "/target");
    Ok(flags)
}

fn cargo_home() -> Option<PathBuf> {
    std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::home_dir().map(|home| home.join(".cargo")))
}

/// The folders with unpacked packages; their names hold a hash of the registry's address,
/// which differs where a mirror is used.
fn registries(cargo_home: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let sources = cargo_home.join("registry/src");
    if !sources.is_dir() {
        return Ok(Vec::new());
    }
    let mut registries = Vec::new();
    for entry in fs::read_dir(&sources)
        .with_context(|| format!("cannot list {}", sources.display()))?
    {
        registries.push(entry?.path());
    }
    registries.sort();
    Ok(registries)
}

fn sysroot(workspace: &Workspace) -> anyhow::Result<PathBuf> {
    let mut rustc = Command::new("rustc");
    rustc.current_dir(workspace.root()).args(["--print", "sysroot"]);
    let sysroot = command::output(&mut rustc)?;
    let sysroot = String::from_utf8(sysroot).context("rustc's sysroot is not UTF-8")?;
    Ok(PathBuf::from(sysroot.trim_end()))
}
