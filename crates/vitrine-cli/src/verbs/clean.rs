//! `vitrine clean`: articles as JSON, one a line.

use std::process::ExitCode;

use vitrine_clean::{CleanOptions, OutcomeKind};

use crate::{args::CleanArgs, exit_code, input, output};

/// Runs the verb.
pub(crate) fn run(args: &CleanArgs) -> anyhow::Result<ExitCode> {
    let inputs = input::read(&args.inputs)?;
    let cleaned = vitrine_clean::clean(inputs.pages, &CleanOptions::default());
    if args.per_file {
        cleaned.file_records().try_for_each(|record| output::print_json(&record))?;
    } else {
        cleaned.article_records().try_for_each(|record| output::print_json(&record))?;
    }
    let mut unreadable = 0;
    for outcome in &cleaned.outcomes {
        if let OutcomeKind::Unreadable { reason } = &outcome.kind {
            output::note(&format!("unreadable: {}: {reason}", outcome.path));
            unreadable += 1;
        }
    }
    Ok(exit_code(unreadable))
}
