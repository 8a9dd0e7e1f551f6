//! `vitrine completions` and `vitrine manual`: the command line for shells and readers of
//! manuals, from its own definition.

use std::{fs, process::ExitCode};

use anyhow::Context;
use clap::CommandFactory;

use crate::args::{Args, CompletionsArgs, ManualArgs};

/// Prints the completions for a shell.
pub(crate) fn completions(args: &CompletionsArgs) -> anyhow::Result<ExitCode> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "vitrine", &mut script);
    crate::output::write(&script)?;
    Ok(ExitCode::SUCCESS)
}

/// Writes a manual page for the command and for each verb.
pub(crate) fn manual(args: &ManualArgs) -> anyhow::Result<ExitCode> {
    let folder = &args.folder;
    fs::create_dir_all(folder).with_context(|| {
        format!("cannot create the folder {}; name another", folder.display())
    })?;
    clap_mangen::generate_to(Args::command(), folder)
        .with_context(|| format!("cannot write to {}", folder.display()))?;
    Ok(ExitCode::SUCCESS)
}
