//! `cargo xtask eval`: how good the product is, in figures, against judgements by people.

mod cleaning;
mod known_item;
mod metrics;
mod relevance;
mod run;
mod table;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::bail;

use crate::archive::{self, Profile};
use crate::args::{EvalArgs, EvalCleaningArgs, EvalSearchArgs, EvalWhat};
use crate::command;
use crate::workspace::Workspace;

/// Measures what the flags ask for.
pub(crate) fn run(workspace: &Workspace, args: &EvalArgs) -> anyhow::Result<ExitCode> {
    match &args.what {
        EvalWhat::Search(args) => search(workspace, args),
        EvalWhat::Cleaning(args) => cleaning(workspace, args),
    }
}

/// Measures the search on sets of judged queries and on files of known items.
fn search(workspace: &Workspace, args: &EvalSearchArgs) -> anyhow::Result<ExitCode> {
    if args.sets.is_empty() && args.known.is_empty() {
        bail!(
            "nothing to measure; name a folder with docs.jsonl, or --corpus and --known"
        );
    }
    let program = build(workspace)?;
    let work = workspace.target().join("eval");

    let mut rows = Vec::new();
    for folder in &args.sets {
        rows.extend(relevance::measure(&program, folder, &work)?);
    }
    if let Some(corpus) = &args.corpus {
        rows.extend(known_item::measure(&program, corpus, &args.known, &work)?);
    }
    if args.json {
        println!("{}", serde_json::to_string(&rows)?);
    } else {
        table::print(&rows);
    }
    Ok(ExitCode::SUCCESS)
}

/// Measures the cleaning on folders of pages.
fn cleaning(workspace: &Workspace, args: &EvalCleaningArgs) -> anyhow::Result<ExitCode> {
    let program = build(workspace)?;
    cleaning::measure(&program, &workspace.target().join("eval"), args)?;
    Ok(ExitCode::SUCCESS)
}

/// Builds the command as people run it and says where it is.
fn build(workspace: &Workspace) -> anyhow::Result<PathBuf> {
    let mut build = workspace.cargo();
    build.args(["build", "--locked", "--release", "--package", "vitrine-cli"]);
    command::run(&mut build)?;
    Ok(archive::program(workspace, Profile::Release))
}
