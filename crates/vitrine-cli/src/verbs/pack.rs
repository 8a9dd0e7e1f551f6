//! `vitrine pack`: pages in, an archive folder out.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Context;
use indicatif::ProgressBar;
use serde::Serialize;
use tempfile::TempDir;
use vitrine_article::Article;
use vitrine_bundle::envelope;
use vitrine_clean::{Carried, Cleaner, Totals};
use vitrine_pack::{Output, PackOptions};
use vitrine_spool::Spool;

use crate::{
    about, archive_folder,
    args::{HandoverArgs, PackArgs},
    assets,
    config::Config,
    exit_code,
    handover::{self, BagInfo, Written, hand_over},
    input::{self, Inputs, Products},
    manifest,
    originals::{Keeping, Originals},
    output,
    publish::Draft,
    report::ReportFile,
    signature,
    static_pages::{self, Place},
    viewer,
};

/// What `--json` prints.
#[derive(Serialize)]
struct Summary<'a> {
    archive: Option<&'a Path>,
    /// What the archive was handed over as.
    written: &'a [Written],
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
    let config = Config::load(args.input.config.as_deref())?;
    let option =
        if args.out.is_some() { "--out" } else { "folder of [output] in vitrine.toml" };
    let args = &config.complete(args);
    let workplace = Workplace::of(args, &config)?;
    handover::check(&args.handover)?;
    let draft = Draft::create(&workplace.target, archive_folder::is_archive, option)?;
    let about = about::of(&args.about, &config)?;
    let pages = Cleaner::new(config.clean_options()?, draft.spool());
    let originals = args.keep_originals.then(|| Originals::new(draft.spool()));
    let keeping = Keeping { pages, originals };
    let inputs = input::read(&args.input, &config, &products(args), keeping)?;
    let Inputs { pages: Keeping { pages, originals }, mut ignored, files } = inputs;
    let mut cleaned = pages.finish()?;
    let bar = ProgressBar::hidden();
    let mut counted =
        Counted { draft, originals, bar, sizes: BTreeMap::new(), missing: 0 };
    if let Some((path, bytes)) = about.logo {
        counted.write(&path, &bytes)?;
    }
    if args.no_assets {
        cleaned.carry(Carried::default());
    } else {
        let carried = assets::carry(&mut cleaned, files, &mut counted)?;
        ignored.retain(|path| carried.binary_search(path).is_err());
    }
    let title = match about.title {
        Some(title) => title,
        None => name(&config.inputs(&args.input.inputs)?),
    };
    let options = PackOptions {
        title,
        about: about.about,
        generator: generator(),
        plain_page: args.static_pages.then(|| vitrine_pages::START.to_owned()),
    };
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
    if args.static_pages {
        let draft = counted.draft.path().to_owned();
        let archive = archive_folder::open(&draft)?;
        static_pages::write(&archive, Place::BesideViewer, &mut counted)?;
    }
    let list = counted.draft.take_manifest().text();
    counted.write(manifest::FILE_NAME, list.as_bytes())?;
    // Not in the list: signing writes it anew.
    counted.write(signature::SCRIPT, envelope::wrap(&[]).as_bytes())?;
    let info = BagInfo {
        title: options.title.clone(),
        institution: Some(options.about.institution.clone()).filter(|it| !it.is_empty()),
        root: packed.root.to_string(),
    };
    let written = hand_over(counted.draft.path(), &args.handover, &info)?;
    if args.out.is_some() {
        note_added(&counted.draft.take_over_added()?);
        counted.draft.publish()?;
    }

    let totals = cleaned.totals();
    let summary = Summary {
        archive: args.out.as_deref(),
        written: &written,
        root: packed.root.to_string(),
        totals,
        ignored: ignored.len(),
        missing: counted.missing,
        files: counted.sizes.len(),
        bytes: counted.sizes.values().sum(),
    };
    if args.json {
        output::print_json(&summary)?;
    } else {
        summary.print()?;
    }
    note_left_out(args, &options, counted.missing, ignored.len());
    output::note_unreadable(cleaned.unreadable());
    Ok(exit_code(totals.unreadable))
}

/// Says what the archive has not, and what would change that.
fn note_left_out(args: &PackArgs, options: &PackOptions, missing: usize, ignored: usize) {
    if args.static_pages && options.about.url.is_empty() {
        output::note(
            "the plain pages have no sitemap, feed, search description and records, which name \
             whole addresses; --url, or url in [archive], says where the archive will be found",
        );
    }
    if missing > 0 && !args.no_assets {
        output::note(&format!(
            "named by articles but not among the inputs, or unable to travel: {missing} pictures \
             and files; --report lists them"
        ));
    }
    if ignored > 0 {
        output::note(&format!(
            "of no page format and left out: {ignored} files; --report lists them"
        ));
    }
}

/// Returns what will be written, as far as it may lie among the inputs.
pub(super) fn products(args: &PackArgs) -> Products {
    let HandoverArgs { zip, single_file, bagit } = &args.handover;
    let files = [&args.out, zip, single_file, bagit].into_iter().flatten();
    Products::new(files.chain(&args.report))
}

fn note_added(names: &[String]) {
    if !names.is_empty() {
        let names = names.join(", ");
        output::note(&format!("in the folder, not of the archive, and kept: {names}"));
    }
}

impl Summary<'_> {
    /// Prints it for people.
    fn print(&self) -> anyhow::Result<()> {
        let totals = &self.totals;
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
        if let Some(out) = self.archive {
            output::print(&format!(
                "{} in {} files: {}",
                output::bytes(self.bytes),
                self.files,
                out.join("index.html").display()
            ))?;
        }
        self.written.iter().try_for_each(Written::print)
    }
}

/// Where the archive is written, which may be a place that goes with the process.
struct Workplace {
    target: PathBuf,
    _scratch: Option<TempDir>,
}

impl Workplace {
    fn of(args: &PackArgs, config: &Config) -> anyhow::Result<Self> {
        let HandoverArgs { zip, single_file, bagit } = &args.handover;
        if let Some(out) = &args.out {
            return Ok(Self { target: out.clone(), _scratch: None });
        }
        // On the disk that the result is for: there is room for it.
        let result = [zip, single_file, bagit].into_iter().flatten().next();
        if result.is_none() {
            let target = config.folder(None)?;
            return Ok(Self { target, _scratch: None });
        }
        let folder = result
            .and_then(|path| path.parent())
            .filter(|folder| !folder.as_os_str().is_empty())
            .unwrap_or(Path::new("."));
        let scratch = fs::create_dir_all(folder)
            .and_then(|()| {
                tempfile::Builder::new().prefix(".vitrine-").tempdir_in(folder)
            })
            .with_context(|| format!("cannot write in {}", folder.display()))?;
        Ok(Self { target: scratch.path().join("archive"), _scratch: Some(scratch) })
    }
}

fn generator() -> String {
    format!("vitrine {}", env!("CARGO_PKG_VERSION"))
}

/// The title of an archive that nobody gave one.
/// Returns the name of the first input.
fn name(inputs: &[PathBuf]) -> String {
    let name = || {
        let path = inputs.first()?.canonicalize().ok()?;
        Some(path.file_stem()?.to_string_lossy().into_owned())
    };
    name().unwrap_or_else(|| "Archive".to_owned())
}

/// A draft whose files and progress are counted.
struct Counted {
    draft: Draft,
    originals: Option<Originals>,
    bar: ProgressBar,
    /// Bytes by path: what is the same in two places is written twice under one name.
    sizes: BTreeMap<String, u64>,
    /// Files that articles name and that are not in the archive.
    missing: usize,
}

impl Output for Counted {
    type Error = io::Error;

    fn write(&mut self, path: &str, bytes: &[u8]) -> io::Result<()> {
        self.sizes.insert(path.to_owned(), bytes.len() as u64);
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
