//! `cargo xtask e2e`: only the tests in browsers.

use std::process::ExitCode;

use crate::args::E2eArgs;
use crate::command;
use crate::test::{self, Stage, Width};
use crate::workspace::Workspace;

/// Builds what the browsers open and runs the tests whose names contain the filter.
pub(crate) fn run(workspace: &Workspace, args: &E2eArgs) -> anyhow::Result<ExitCode> {
    let E2eArgs { filter } = args;
    let Some(stage) = Stage::prepare(workspace, Width::Browsers)? else {
        return Ok(ExitCode::from(2));
    };
    let mut tests = test::runner(workspace, Width::Browsers);
    tests.args(filter);
    command::run(stage.tell(&mut tests))?;
    Ok(ExitCode::SUCCESS)
}
