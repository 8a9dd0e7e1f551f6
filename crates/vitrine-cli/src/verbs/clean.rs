//! `vitrine clean`: articles as JSON, one a line.

use std::process::ExitCode;

use anyhow::{Context, bail};
use vitrine_clean::{Cleaner, Decision, ExplainedLine, OutcomeKind};
use vitrine_ingest::{Page, PageSink, RawPage, Unreadable};

use crate::{
    args::CleanArgs,
    config::Config,
    exit_code,
    input::{self, Products},
    output, scratch,
};

/// Runs the verb.
pub(crate) fn run(args: &CleanArgs) -> anyhow::Result<ExitCode> {
    let config = Config::load(args.input.config.as_deref())?;
    let pages = Cleaner::new(config.clean_options()?, scratch::spool(None));
    if let Some(path) = &args.explain {
        return explain(args, &config, pages, path);
    }
    let cleaned =
        input::read(&args.input, &config, &Products::default(), pages)?.pages.finish()?;
    let owned = |(path, reason): (&str, &str)| (path.to_owned(), reason.to_owned());
    let unreadable: Vec<_> = cleaned.unreadable().map(owned).collect();
    if args.per_file {
        cleaned.file_records().try_for_each(|record| output::print_json(&record?))?;
    } else {
        cleaned.article_records().try_for_each(|record| output::print_json(&record?))?;
    }
    let unreadable = unreadable.iter().map(|(path, reason)| (&**path, &**reason));
    Ok(exit_code(output::note_unreadable(unreadable)))
}

/// Hands the pages on and keeps the one that is to be explained.
struct Lookout<'a> {
    pages: Cleaner,
    path: &'a str,
    page: Option<RawPage>,
}

impl PageSink for Lookout<'_> {
    fn take(&mut self, page: Page) {
        if let Ok(page) = &page
            && page.path == self.path
            && self.page.is_none()
        {
            self.page = Some(page.clone());
        }
        self.pages.take(page);
    }

    fn replace(&mut self, number: usize, refusal: Unreadable) {
        self.pages.replace(number, refusal);
    }
}

/// Prints the lines of the page at `path` with what became of each; exits with 1 where
/// one is not accounted for.
fn explain(
    args: &CleanArgs,
    config: &Config,
    pages: Cleaner,
    path: &str,
) -> anyhow::Result<ExitCode> {
    let lookout = Lookout { pages, path, page: None };
    let inputs = input::read(&args.input, config, &Products::default(), lookout)?;
    let Lookout { pages, page, .. } = inputs.pages;
    let page = page.with_context(|| {
        format!("no page that could be read is named {path:?}; --per-file lists them")
    })?;
    let cleaned = pages.finish()?;
    let Some(lines) = cleaned.explain(&page)? else {
        let outcome = cleaned.outcomes().iter().find(|outcome| outcome.path == path);
        let reason = match outcome.map(|outcome| &outcome.kind) {
            Some(OutcomeKind::NotAnArticle { reason, .. }) => reason.to_string(),
            Some(
                OutcomeKind::Skipped { reason } | OutcomeKind::Unreadable { reason },
            ) => reason.clone(),
            _ => String::new(),
        };
        bail!("{path} holds no article: {reason}");
    };
    let mut unknown = 0;
    for ExplainedLine { text, decision } in &lines {
        unknown += usize::from(*decision == Decision::Unknown);
        output::print(&format!("{:<28}  {text}", decision.to_string()))?;
    }
    Ok(exit_code(unknown))
}
