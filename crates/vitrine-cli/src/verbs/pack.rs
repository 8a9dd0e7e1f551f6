//! `vitrine pack`: pages in, an archive folder out.

use std::{io, path::Path, process::ExitCode};

use indicatif::ProgressBar;
use serde::Serialize;
use vitrine_clean::{Cleaner, Totals};
use vitrine_pack::{Output, PackOptions};

use crate::{
    args::PackArgs, config::Config, exit_code, input, output, publish::Draft,
    report::ReportFile, scratch, viewer,
};

/// What `--json` prints.
#[derive(Serialize)]
struct Summary<'a> {
    archive: &'a Path,
    root: String,
    totals: Totals,
    ignored: usize,
    files: usize,
    bytes: u64,
}

/// Runs the verb.
pub(crate) fn run(args: &PackArgs) -> anyhow::Result<ExitCode> {
    let assets = viewer::assets()?;
    let draft = Draft::create(&args.out)?;
    let config = Config::load(args.input.config.as_deref())?;
    let spool = scratch::spool(Some(draft.parent()));
    let inputs = Cleaner::new(config.clean.options()?, spool);
    let inputs = input::read(&args.input, &config, inputs)?;
    let cleaned = inputs.pages.finish()?;
    let options = PackOptions { title: title(args), lang: None, generator: generator() };
    if !args.report.is_empty() {
        let content = ReportFile {
            generator: generator(),
            title: &options.title,
            ignored: &inputs.ignored,
            report: &cleaned.report()?,
        };
        args.report.iter().try_for_each(|file| content.write(file))?;
    }
    let bar = output::progress("packing", cleaned.headings().len());
    let mut counted = Counted { draft, bar, files: 0, bytes: 0 };
    let packed = vitrine_pack::pack(
        cleaned.articles().collect::<Result<_, _>>()?,
        &options,
        &assets,
        &mut counted,
    )?;
    counted.bar.finish_and_clear();
    counted.draft.publish()?;

    let totals = cleaned.totals();
    if args.json {
        output::print_json(&Summary {
            archive: &args.out,
            root: packed.root.to_string(),
            totals,
            ignored: inputs.ignored.len(),
            files: counted.files,
            bytes: counted.bytes,
        })?;
    } else {
        output::print(&format!(
            "{} articles from {} inputs ({} duplicates, {} without an article, {} skipped, \
             {} unreadable)",
            totals.articles,
            totals.inputs,
            totals.duplicates,
            totals.non_articles,
            totals.skipped,
            totals.unreadable
        ))?;
        output::print(&format!(
            "{} in {} files: {}",
            output::bytes(counted.bytes),
            counted.files,
            args.out.join("index.html").display()
        ))?;
    }
    if !inputs.ignored.is_empty() {
        output::note(&format!(
            "{} files are of no page format and were left out; --report lists them",
            inputs.ignored.len()
        ));
    }
    output::note_unreadable(cleaned.unreadable());
    Ok(exit_code(totals.unreadable))
}

fn generator() -> String {
    format!("vitrine {}", env!("CARGO_PKG_VERSION"))
}

fn title(args: &PackArgs) -> String {
    let name = || {
        let path = args.input.inputs.first()?.canonicalize().ok()?;
        Some(path.file_stem()?.to_string_lossy().into_owned())
    };
    args.title.clone().or_else(name).unwrap_or_else(|| "Archive".to_owned())
}

/// A draft whose files and progress are counted.
struct Counted {
    draft: Draft,
    bar: ProgressBar,
    files: usize,
    bytes: u64,
}

impl Output for Counted {
    type Error = io::Error;

    fn write(&mut self, path: &str, bytes: &[u8]) -> io::Result<()> {
        self.files += 1;
        self.bytes += bytes.len() as u64;
        self.draft.write(path, bytes)
    }

    fn progress(&mut self, done: usize, _: usize) {
        self.bar.set_position(done as u64);
    }
}
