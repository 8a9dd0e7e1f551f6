//! The `vitrine` command: the only crate that touches files and the terminal.

mod about;
mod archive_folder;
mod args;
mod assets;
mod config;
mod doctor;
mod handover;
mod input;
mod manifest;
mod media_type;
mod originals;
mod output;
mod publish;
mod report;
mod scratch;
mod signature;
mod static_pages;
mod verbs;
mod viewer;

use std::process::ExitCode;

use clap::Parser;

use crate::args::{Args, Verb};

/// Exit code of a run in which some of the input failed.
const SOME_FAILED: u8 = 1;
/// Exit code of a run that could not do its work.
const COULD_NOT_RUN: u8 = 2;

fn main() -> ExitCode {
    let Args { verb, quiet, verbose } = Args::parse();
    output::set_talk(quiet, verbose);
    let result = match &verb {
        Verb::Init(args) => verbs::init::run(args),
        Verb::Pack(args) => verbs::pack::run(args),
        Verb::Clean(args) => verbs::clean::run(args),
        Verb::Search(args) => verbs::search::run(args),
        Verb::Show(args) => verbs::show::run(args),
        Verb::Verify(args) => verbs::verify::run(args),
        Verb::Sign(args) => verbs::sign::run(args),
        Verb::Watch(args) => verbs::watch::run(args),
        Verb::Completions(args) => verbs::shell::completions(args),
        Verb::Manual(args) => verbs::shell::manual(args),
        Verb::Inspect(args) => verbs::inspect::run(args),
        Verb::Export(args) => verbs::export::run(args),
        Verb::Doctor(args) => verbs::doctor::run(args),
        Verb::Serve(args) => verbs::serve::run(args),
    };
    match result {
        Ok(code) => code,
        Err(error) if output::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            output::complain(&error);
            ExitCode::from(COULD_NOT_RUN)
        }
    }
}

/// Returns the exit code of a run with `failures` failed inputs.
fn exit_code(failures: usize) -> ExitCode {
    if failures == 0 { ExitCode::SUCCESS } else { ExitCode::from(SOME_FAILED) }
}
