//! `cargo xtask screenshots`: what people see, as pictures.

use std::fs;
use std::process::ExitCode;

use anyhow::Context as _;

use crate::args::ScreenshotsArgs;
use crate::command;
use crate::test::{self, Stage, Width};
use crate::workspace::Workspace;

/// Runs the tests of the looks and keeps a picture of each state that they pass through.
pub(crate) fn run(
    workspace: &Workspace,
    args: &ScreenshotsArgs,
) -> anyhow::Result<ExitCode> {
    let ScreenshotsArgs {} = args;
    let Some(stage) = Stage::prepare(workspace, Width::Browsers)? else {
        return Ok(ExitCode::from(2));
    };
    let folder = workspace.target().join("screenshots");
    if folder.is_dir() {
        fs::remove_dir_all(&folder)
            .with_context(|| format!("cannot empty {}", folder.display()))?;
    }
    let mut tests = test::runner(workspace, Width::Browsers);
    tests.arg("looks::").env("VITRINE_SCREENSHOTS", &folder);
    command::run(stage.tell(&mut tests))?;
    println!("{}", folder.display());
    Ok(ExitCode::SUCCESS)
}
