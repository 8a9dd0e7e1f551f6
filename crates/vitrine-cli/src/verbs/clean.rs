//! `vitrine clean`: articles as JSON, one a line.

use std::process::ExitCode;

use anyhow::{Context, bail};
use vitrine_clean::{CleanOptions, Decision, ExplainedLine, OutcomeKind};
use vitrine_ingest::Page;

use crate::{args::CleanArgs, config::Config, exit_code, input, output};

/// Runs the verb.
pub(crate) fn run(args: &CleanArgs) -> anyhow::Result<ExitCode> {
    let config = Config::load(args.input.config.as_deref())?;
    let options = config.clean.options()?;
    let inputs = input::read(&args.input, &config)?;
    if let Some(path) = &args.explain {
        return explain(inputs.pages, path, &options);
    }
    let cleaned = vitrine_clean::clean(inputs.pages, &options);
    if args.per_file {
        cleaned.file_records().try_for_each(|record| output::print_json(&record))?;
    } else {
        cleaned.article_records().try_for_each(|record| output::print_json(&record))?;
    }
    let unreadable = cleaned.outcomes.iter().filter_map(|outcome| match &outcome.kind {
        OutcomeKind::Unreadable { reason } => {
            Some((outcome.path.as_str(), reason.as_str()))
        }
        _ => None,
    });
    Ok(exit_code(output::note_unreadable(unreadable)))
}

/// Prints the lines of the page at `path` with what became of each; exits with 1 where
/// one is not accounted for.
fn explain(
    pages: Vec<Page>,
    path: &str,
    options: &CleanOptions,
) -> anyhow::Result<ExitCode> {
    let page = pages
        .iter()
        .filter_map(|page| page.as_ref().ok())
        .find(|page| page.path == path)
        .cloned()
        .with_context(|| {
            format!("no page that could be read is named {path:?}; --per-file lists them")
        })?;
    let cleaned = vitrine_clean::clean(pages, options);
    let Some(lines) = cleaned.explain(&page) else {
        let record = cleaned.file_records().find(|record| record.path == path);
        let reason = record.and_then(|record| record.reason).unwrap_or_default();
        bail!("{path} holds no article: {reason}");
    };
    let mut unknown = 0;
    for ExplainedLine { text, decision } in &lines {
        unknown += usize::from(*decision == Decision::Unknown);
        output::print(&format!("{:<28}  {text}", decision.to_string()))?;
    }
    Ok(exit_code(unknown))
}
