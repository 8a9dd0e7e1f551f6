//! `vitrine pack`: pages in, an archive folder out.

use std::{io, path::Path, process::ExitCode};

use indicatif::ProgressBar;
use serde::Serialize;
use vitrine_article::Article;
use vitrine_clean::{Carried, Cleaner, Totals};
use vitrine_pack::{Output, PackOptions};
use vitrine_spool::Spool;

use crate::{
    about,
    args::PackArgs,
    assets,
    config::Config,
    exit_code,
    input::{self, Inputs},
    originals::{Keeping, Originals},
    output,
    publish::Draft,
    report::ReportFile,
    viewer,
};

/// What `--json` prints.
#[derive(Serialize)]
struct Summary<'a> {
    archive: &'a Path,
    root: String,
    totals: Totals,
    ignored: usize,
    /// Pictures and files that articles name and that are not in the archive.
    missing: usize,
    files: usize,
    bytes: u64,
}

/// Runs the verb.
pub(crate) fn run(args: &PackArgs) -> anyhow::Result<ExitCode> {
    let viewer = viewer::assets()?;
    let draft = Draft::create(&args.out)?;
    let config = Config::load(args.input.config.as_deref())?;
    let about = about::of(&args.about, &config)?;
    let pages = Cleaner::new(config.clean.options()?, draft.spool());
    let originals = args.keep_originals.then(|| Originals::new(draft.spool()));
    let inputs = input::read(&args.input, &config, Keeping { pages, originals })?;
    let Inputs { pages: Keeping { pages, originals }, mut ignored, files } = inputs;
    let mut cleaned = pages.finish()?;
    let bar = ProgressBar::hidden();
    let mut counted = Counted { draft, originals, bar, files: 0, bytes: 0, missing: 0 };
    if let Some((path, bytes)) = about.logo {
        counted.write(&path, &bytes)?;
    }
    if args.no_assets {
        cleaned.carry(Carried::default());
    } else {
        let carried = assets::carry(&mut cleaned, files, &mut counted)?;
        ignored.retain(|path| carried.binary_search(path).is_err());
    }
    let title = about.title.unwrap_or_else(|| name(args));
    let options = PackOptions { title, about: about.about, generator: generator() };
    if !args.report.is_empty() {
        let content = ReportFile {
            generator: generator(),
            title: &options.title,
            ignored: &ignored,
            report: &cleaned.report()?,
        };
        args.report.iter().try_for_each(|file| content.write(file))?;
    }
    counted.bar = output::progress("packing", cleaned.article_count());
    let packed = vitrine_pack::pack(&cleaned, &options, &viewer, &mut counted)?;
    counted.bar.finish_and_clear();
    counted.draft.publish()?;

    let totals = cleaned.totals();
    if args.json {
        output::print_json(&Summary {
            archive: &args.out,
            root: packed.root.to_string(),
            totals,
            ignored: ignored.len(),
            missing: counted.missing,
            files: counted.files,
            bytes: counted.bytes,
        })?;
    } else {
        output::print(&format!(
            "{} articles from {} inputs ({} duplicates, {} shown or offered by them, {} without \
             an article, {} skipped, {} unreadable)",
            totals.articles,
            totals.inputs,
            totals.duplicates,
            totals.assets,
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
    if counted.missing > 0 && !args.no_assets {
        output::note(&format!(
            "named by articles but not among the inputs, or unable to travel: {} pictures \
             and files; --report lists them",
            counted.missing
        ));
    }
    if !ignored.is_empty() {
        output::note(&format!(
            "of no page format and left out: {} files; --report lists them",
            ignored.len()
        ));
    }
    output::note_unreadable(cleaned.unreadable());
    Ok(exit_code(totals.unreadable))
}

fn generator() -> String {
    format!("vitrine {}", env!("CARGO_PKG_VERSION"))
}

/// The title of an archive that nobody gave one.
fn name(args: &PackArgs) -> String {
    let name = || {
        let path = args.input.inputs.first()?.canonicalize().ok()?;
        Some(path.file_stem()?.to_string_lossy().into_owned())
    };
    name().unwrap_or_else(|| "Archive".to_owned())
}

/// A draft whose files and progress are counted.
struct Counted {
    draft: Draft,
    originals: Option<Originals>,
    bar: ProgressBar,
    files: usize,
    bytes: u64,
    /// Files that articles name and that are not in the archive.
    missing: usize,
}

impl Output for Counted {
    type Error = io::Error;

    fn write(&mut self, path: &str, bytes: &[u8]) -> io::Result<()> {
        self.files += 1;
        self.bytes += bytes.len() as u64;
        self.draft.write(path, bytes)
    }

    fn original(&mut self, article: &Article) -> io::Result<Option<Vec<u8>>> {
        let missing = article.assets.iter().filter(|asset| asset.file.is_none()).count();
        self.missing += missing;
        self.originals.as_mut().map_or(Ok(None), |originals| originals.of(article))
    }

    fn spool(&mut self) -> Spool {
        self.draft.spool()
    }

    fn progress(&mut self, done: usize, _: usize) {
        self.bar.set_position(done as u64);
    }
}
