//! `cargo xtask test`, `e2e` and `screenshots`: every test, in real browsers too.

use std::process::{Command, ExitCode};

use crate::args::{TestArgs, WasmArgs};
use crate::workspace::Workspace;
use crate::{command, machine, wasm};

/// Makes the machine ready and runs every test.
pub(crate) fn all(workspace: &Workspace, args: &TestArgs) -> anyhow::Result<ExitCode> {
    prepare(workspace)?;
    let mut tests = runner(workspace);
    tests.args(["--locked", "--workspace"]);
    command::run(tests.args(&args.filter))?;
    let mut doc = workspace.cargo();
    command::run(doc.args(["test", "--doc", "--locked", "--workspace", "--quiet"]))?;
    Ok(ExitCode::SUCCESS)
}

/// Makes the machine ready and runs the browser tests.
pub(crate) fn browsers(
    workspace: &Workspace,
    args: &TestArgs,
) -> anyhow::Result<ExitCode> {
    prepare(workspace)?;
    command::run(web_tests(workspace).args(&args.filter))?;
    Ok(ExitCode::SUCCESS)
}

/// Runs the tests that look at the viewer's main states, and keeps their pictures.
pub(crate) fn screenshots(workspace: &Workspace) -> anyhow::Result<ExitCode> {
    prepare(workspace)?;
    let folder = workspace.target().join("screenshots");
    std::fs::create_dir_all(&folder)?;
    let mut tests = web_tests(workspace);
    command::run(tests.arg("looks").env("VITRINE_SCREENSHOTS", &folder))?;
    println!("the pictures are in {}", folder.display());
    Ok(ExitCode::SUCCESS)
}

/// Installs browsers, builds the viewer, and the command with the viewer in it.
fn prepare(workspace: &Workspace) -> anyhow::Result<()> {
    machine::install_browsers()?;
    wasm::run(workspace, &WasmArgs {})?;
    let mut build = workspace.cargo();
    // The whole workspace, so that the tests share what this compiles.
    command::run(build.args(["build", "--locked", "--workspace"]))
}

fn web_tests(workspace: &Workspace) -> Command {
    let mut tests = runner(workspace);
    tests.args(["--locked", "-p", "vitrine-tests", "--test", "web"]);
    tests
}

/// Returns cargo-nextest where it is installed, else cargo's own test runner.
fn runner(workspace: &Workspace) -> Command {
    let mut cargo = workspace.cargo();
    if command::exists("cargo-nextest") {
        cargo.args(["nextest", "run"]);
    } else {
        cargo.arg("test");
    }
    cargo
}
