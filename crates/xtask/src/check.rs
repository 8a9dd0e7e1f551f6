//! `cargo xtask check`: what can be judged without running the product.

use std::process::{Command, ExitCode};

use crate::args::CheckArgs;
use crate::wasm::TARGET;
use crate::workspace::Workspace;
use crate::{command, tools, wasm};

type Check = fn(&Workspace) -> anyhow::Result<()>;

/// The packages that run in the browser.
const IN_THE_BROWSER: [&str; 11] = [
    "vitrine-api",
    "vitrine-article",
    "vitrine-bundle",
    "vitrine-cite",
    "vitrine-dom",
    "vitrine-index",
    "vitrine-loader",
    "vitrine-reader",
    "vitrine-panels",
    "vitrine-viewer",
    "vitrine-words",
];

/// Runs every check, also after one has failed, and says which did.
pub(crate) fn run(workspace: &Workspace, args: &CheckArgs) -> ExitCode {
    let CheckArgs {} = args;
    let checks: [(&str, Check); 7] = [
        ("format", format),
        ("lints", lints),
        ("lints for wasm32", lints_for_wasm),
        ("documentation", documentation),
        ("spelling", spelling),
        ("dependencies", dependencies),
        ("advisories", advisories),
    ];
    let mut failed = Vec::new();
    for (name, check) in checks {
        if let Err(error) = check(workspace) {
            eprintln!("{name}: {error:#}");
            failed.push(name);
        }
    }
    if failed.is_empty() {
        println!("all checks are clean");
        return ExitCode::SUCCESS;
    }
    eprintln!("not clean: {}", failed.join(", "));
    ExitCode::FAILURE
}

fn format(workspace: &Workspace) -> anyhow::Result<()> {
    command::run(workspace.cargo().args(["fmt", "--all", "--check"]))
}

fn lints(workspace: &Workspace) -> anyhow::Result<()> {
    let mut clippy = workspace.cargo();
    clippy.args(["clippy", "--locked", "--workspace", "--all-targets"]);
    command::run(clippy.args(["--", "-D", "warnings"]))
}

fn lints_for_wasm(workspace: &Workspace) -> anyhow::Result<()> {
    wasm::ensure_target(workspace)?;
    let mut clippy = workspace.cargo();
    clippy.args(["clippy", "--locked", "--lib", "--target", TARGET]);
    clippy.args(IN_THE_BROWSER.iter().flat_map(|package| ["--package", package]));
    command::run(clippy.args(["--", "-D", "warnings"]))
}

fn documentation(workspace: &Workspace) -> anyhow::Result<()> {
    let mut doc = workspace.cargo();
    doc.args(["doc", "--locked", "--workspace", "--no-deps"]);
    command::run(doc.env("RUSTDOCFLAGS", "-D warnings"))
}

fn spelling(workspace: &Workspace) -> anyhow::Result<()> {
    let typos = tools::typos(workspace)?;
    command::run(Command::new(typos).current_dir(workspace.root()))
}

fn dependencies(workspace: &Workspace) -> anyhow::Result<()> {
    let mut deny = deny(workspace)?;
    command::run(deny.args(["check", "bans", "licenses", "sources"]))
}

/// Known vulnerabilities, where the database of them can be fetched.
fn advisories(workspace: &Workspace) -> anyhow::Result<()> {
    if let Err(error) = command::run(deny(workspace)?.args(["fetch", "db"])) {
        eprintln!(
            "advisories were NOT checked: their database cannot be fetched here ({error:#})"
        );
        return Ok(());
    }
    let mut deny = deny(workspace)?;
    command::run(deny.args(["check", "--disable-fetch", "advisories"]))
}

fn deny(workspace: &Workspace) -> anyhow::Result<Command> {
    let mut deny = Command::new(tools::cargo_deny(workspace)?);
    deny.current_dir(workspace.root()).arg("--locked");
    Ok(deny)
}
