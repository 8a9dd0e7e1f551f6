//! `vitrine completions` and `vitrine manual`: the command line for shells and readers of
//! manuals, from its own definition.

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Context;
use clap::CommandFactory;
use clap_mangen::Man;
use serde::Serialize;

use crate::{
    args::{Args, CompletionsArgs, ManualArgs},
    output,
};

/// What `vitrine completions --json` prints.
#[derive(Serialize)]
struct Completions {
    shell: String,
    script: String,
}

/// What `vitrine manual --json` prints.
#[derive(Serialize)]
struct Manual<'a> {
    folder: &'a Path,
    pages: Vec<PathBuf>,
}

/// Prints the completions for a shell.
pub(crate) fn completions(args: &CompletionsArgs) -> anyhow::Result<ExitCode> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "vitrine", &mut script);
    if args.json {
        output::print_json(&Completions {
            shell: args.shell.to_string(),
            script: String::from_utf8_lossy(&script).into_owned(),
        })?;
    } else {
        output::write(&script)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Writes a manual page for the command and for each verb.
pub(crate) fn manual(args: &ManualArgs) -> anyhow::Result<ExitCode> {
    let folder = &args.folder;
    fs::create_dir_all(folder).with_context(|| {
        format!("cannot create the folder {}; name another", folder.display())
    })?;
    let mut command = Args::command().disable_help_subcommand(true);
    // Gives each verb its whole name, such as vitrine-pack.
    command.build();
    let mut pages = Vec::new();
    for command in std::iter::once(&command).chain(command.get_subcommands()) {
        let page = Man::new(command.clone()).generate_to(folder).with_context(|| {
            format!("cannot write to {}; name another folder", folder.display())
        })?;
        pages.push(page);
    }
    if args.json {
        output::print_json(&Manual { folder, pages })?;
    }
    Ok(ExitCode::SUCCESS)
}
