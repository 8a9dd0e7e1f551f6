//! `cargo xtask check`: what a reviewer should not have to look for.

use std::path::PathBuf;
use std::process::{Command, ExitCode};

use crate::command;
use crate::workspace::Workspace;

/// The checkers that are installed, each at a version that is known to work.
const TYPOS: &str = "1.52.0";
const CARGO_DENY: &str = "0.20.2";

/// Crates that are built for the browser.
const WASM_CRATES: [&str; 5] = [
    "vitrine-article",
    "vitrine-bundle",
    "vitrine-index",
    "vitrine-reader",
    "vitrine-viewer",
];

/// Runs every check and stops at the first that finds something.
pub(crate) fn run(workspace: &Workspace) -> anyhow::Result<ExitCode> {
    let cargo = |arguments: &[&str]| {
        let mut cargo = workspace.cargo();
        cargo.args(arguments);
        cargo
    };
    command::run(&mut cargo(&["fmt", "--all", "--check"]))?;
    let clippy = ["clippy", "--locked", "--workspace", "--all-targets"];
    command::run(cargo(&clippy).args(["--", "-D", "warnings"]))?;
    let mut wasm = cargo(&["clippy", "--locked", "--target", "wasm32-unknown-unknown"]);
    for name in WASM_CRATES {
        wasm.args(["-p", name]);
    }
    command::run(wasm.args(["--", "-D", "warnings"]))?;
    let mut doc = cargo(&["doc", "--locked", "--workspace", "--no-deps"]);
    command::run(doc.env("RUSTDOCFLAGS", "-D warnings"))?;
    let mut typos = Command::new(install(workspace, "typos-cli", TYPOS, "typos")?);
    command::run(typos.current_dir(workspace.root()))?;
    let deny = install(workspace, "cargo-deny", CARGO_DENY, "cargo-deny")?;
    let mut check = Command::new(&deny);
    check.current_dir(workspace.root());
    command::run(check.args(["--all-features", "check", "bans", "licenses", "sources"]))?;
    let mut advisories = Command::new(&deny);
    advisories.current_dir(workspace.root()).args(["check", "advisories"]);
    if let Err(error) = fetch_advisories(&deny, workspace) {
        println!("advisories were not checked: {error:#}");
        return Ok(ExitCode::SUCCESS);
    }
    command::run(&mut advisories)?;
    Ok(ExitCode::SUCCESS)
}

/// Fetches the database of advisories, which needs its repository within reach.
fn fetch_advisories(deny: &PathBuf, workspace: &Workspace) -> anyhow::Result<()> {
    let mut fetch = Command::new(deny);
    fetch.current_dir(workspace.root()).args(["fetch", "db"]);
    command::run(&mut fetch)
}

/// Installs a program from the registry into the build folder, once.
fn install(
    workspace: &Workspace,
    package: &str,
    version: &str,
    program: &str,
) -> anyhow::Result<PathBuf> {
    let folder = workspace.tools().join(format!("{package}-{version}"));
    let name = format!("{program}{}", std::env::consts::EXE_SUFFIX);
    let path = folder.join("bin").join(name);
    if !path.is_file() {
        let mut cargo = workspace.cargo();
        cargo.args(["install", package, "--version", version, "--locked", "--debug"]);
        command::run(cargo.arg("--root").arg(&folder))?;
    }
    Ok(path)
}
