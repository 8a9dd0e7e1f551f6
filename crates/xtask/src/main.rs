//! The tasks of this repository: `cargo xtask <verb>`, one file a verb.
//!
//! Verbs can stand in a row, `cargo xtask test check`, and run in that order; continuous
//! integration calls the same verbs as people do.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "xtask talks to the person who runs it"
)]

mod args;

mod ci;

mod demo;

mod test;

mod e2e;

mod eval;

mod bench;

mod fuzz;

mod trust;

mod reproducible;

mod screenshots;

mod dist;

mod check;

mod wasm;

mod npm;

mod examples;

mod browsers;

mod archive;

mod tools;

mod command;

mod workspace;

use std::process::ExitCode;

use crate::args::Verb;
use crate::workspace::Workspace;

fn main() -> ExitCode {
    let verbs = args::parse(std::env::args_os());
    match Workspace::find().and_then(|workspace| run(&workspace, &verbs)) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Runs the verbs in their order and stops at the first that does not succeed.
fn run(workspace: &Workspace, verbs: &[Verb]) -> anyhow::Result<ExitCode> {
    for verb in verbs {
        let code = match verb {
            Verb::Demo(args) => demo::run(workspace, args)?,
            Verb::Test(args) => test::run(workspace, args)?,
            Verb::Check(args) => check::run(workspace, args),
            Verb::Wasm(args) => wasm::run(workspace, args)?,
            Verb::Npm(args) => npm::run(workspace, args)?,
            Verb::E2e(args) => e2e::run(workspace, args)?,
            Verb::Eval(args) => eval::run(workspace, args)?,
            Verb::Bench(args) => bench::run(workspace, args)?,
            Verb::Fuzz(args) => fuzz::run(workspace, args)?,
            Verb::Trust(args) => trust::run(workspace, args)?,
            Verb::Screenshots(args) => screenshots::run(workspace, args)?,
            Verb::Dist(args) => dist::run(workspace, args)?,
            Verb::Ci(args) => ci::run(workspace, args)?,
        };
        if code != ExitCode::SUCCESS {
            return Ok(code);
        }
    }
    Ok(ExitCode::SUCCESS)
}
