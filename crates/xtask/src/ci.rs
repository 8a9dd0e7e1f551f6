//! `cargo xtask ci`: what continuous integration runs.

use std::process::ExitCode;

use crate::args::{CheckArgs, CiArgs, TestArgs};
use crate::workspace::Workspace;
use crate::{check, test};

/// Runs the tests, then the checks; stops where something fails.
pub(crate) fn run(workspace: &Workspace, args: &CiArgs) -> anyhow::Result<ExitCode> {
    let CiArgs {} = args;
    let tested = test::run(workspace, &TestArgs {})?;
    if tested != ExitCode::SUCCESS {
        return Ok(tested);
    }
    Ok(check::run(workspace, &CheckArgs {}))
}
