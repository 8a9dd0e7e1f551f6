//! `vitrine init`: a commented file of settings to begin with.

use std::{fs::File, io::Write, process::ExitCode};

use anyhow::Context;

use crate::{args::InitArgs, output};

/// The settings that a corpus begins with: none, each shown in a comment.
pub(crate) const TEMPLATE: &str = include_str!("vitrine.toml");

/// Runs the verb.
pub(crate) fn run(args: &InitArgs) -> anyhow::Result<ExitCode> {
    let path = args.file.display();
    let mut file = File::create_new(&args.file).with_context(|| {
        format!("cannot write {path}; a file that is there is not replaced")
    })?;
    file.write_all(TEMPLATE.as_bytes())
        .with_context(|| format!("cannot write {path}"))?;
    output::print(&format!(
        "{path} is written; `vitrine pack` reads it from its folder"
    ))?;
    Ok(ExitCode::SUCCESS)
}
