//! Files and folders of the command line become raw pages.

use std::{
    collections::BTreeSet,
    ffi::OsStr,
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use anyhow::bail;
use globset::GlobSet;
use ignore::{DirEntry, WalkBuilder};
use vitrine_clean::FileNames;
use vitrine_ingest::{
    Collection, EXTENSIONS, Page, PageSink, Unreadable, UnreadableReason,
};

use crate::{archive_folder, args::InputArgs, config::Config, output};

/// What was read of all inputs.
#[derive(Debug)]
pub(crate) struct Inputs<S> {
    /// What took the pages.
    pub(crate) pages: S,
    /// Files of folders that are of no format that holds pages, such as images.
    pub(crate) ignored: Vec<String>,
    /// All files, to look for pictures and other files of pages.
    pub(crate) files: Files,
}

/// The files of all inputs.
#[derive(Debug, Default)]
pub(crate) struct Files {
    /// Those that were read.
    pub(crate) read: BTreeSet<InputFile>,
    /// What lies beside them in folders, and is not left out by the settings.
    pub(crate) beside: BTreeSet<InputFile>,
    /// Their names, and the names of what is in them.
    pub(crate) names: FileNames,
}

/// Counts the pages on their way, and takes their names.
struct Counted<S> {
    count: usize,
    names: FileNames,
    sink: S,
}

impl<S: PageSink> PageSink for Counted<S> {
    fn take(&mut self, page: Page) {
        self.count += 1;
        self.names.observe(&page);
        self.sink.take(page);
    }

    fn replace(&mut self, number: usize, refusal: Unreadable) {
        self.sink.replace(number, refusal);
    }
}

/// A file to read, and the name under which it is known from then on.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct InputFile {
    pub(crate) name: String,
    pub(crate) path: PathBuf,
}

/// What this command writes, and does not read again when it lies among the inputs.
#[derive(Debug, Default, Clone)]
pub(crate) struct Products(Vec<PathBuf>);

impl Products {
    /// Takes note of files and folders that will be written, or were.
    pub(crate) fn new<'a>(paths: impl IntoIterator<Item = &'a PathBuf>) -> Self {
        Self(paths.into_iter().cloned().collect())
    }

    /// Walks through a folder, past what is a product: archives of any name, the files and
    /// folders that were noted, and what only stays while something is written.
    pub(crate) fn leave_out(&self, folder: &Path) -> ignore::Walk {
        let products = self.clone();
        WalkBuilder::new(folder)
            .standard_filters(false)
            .follow_links(true)
            .filter_entry(move |entry| entry.depth() == 0 || !products.has(entry))
            .build()
    }

    fn has(&self, entry: &DirEntry) -> bool {
        let (path, name) = (entry.path(), entry.file_name());
        let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
        let shown = name.to_string_lossy();
        let is_draft = shown.starts_with('.') && shown.contains(".vitrine-");
        let is_named = || {
            self.0.iter().any(|product| {
                product.file_name() == Some(name)
                    && matches!(
                        (product.canonicalize(), path.canonicalize()),
                        (Ok(product), Ok(path)) if product == path
                    )
            })
        };
        is_draft || (is_folder && archive_folder::is_archive(path)) || is_named()
    }
}

/// Which files of folders are read.
struct Choice {
    include: Option<GlobSet>,
    exclude: GlobSet,
}

impl Choice {
    fn takes(&self, below: &str) -> bool {
        let extension = Path::new(below).extension().map(|e| e.to_string_lossy());
        let is_included = match &self.include {
            Some(include) => include.is_match(below),
            None => extension.is_some_and(|extension| {
                EXTENSIONS.contains(&extension.to_ascii_lowercase().as_str())
            }),
        };
        is_included && !self.leaves_out(below)
    }

    fn leaves_out(&self, below: &str) -> bool {
        self.exclude.is_match(below)
    }
}

/// Reads every input, as the settings of the corpus say, and hands the pages to `sink`.
///
/// Pages are named by their path below the folder that was given; with several inputs,
/// the folder's own name stands before it.
pub(crate) fn read<S: PageSink>(
    args: &InputArgs,
    config: &Config,
    products: &Products,
    sink: S,
) -> anyhow::Result<Inputs<S>> {
    let inputs = &config.inputs(&args.inputs)?;
    if let Some(archive) = inputs.iter().find(|input| archive_folder::is_archive(input)) {
        bail!(
            "this is an archive, not pages; `vitrine export {0} --format jsonl --out FILE` \
             writes what can be packed again: {0}",
            archive.display()
        );
    }
    let (include, exclude) = config.patterns()?;
    let choice = Choice { include, exclude };
    let counted = Counted { count: 0, names: FileNames::default(), sink };
    let mut pages = Collection::new(config.input.field_names(), counted);
    let mut ignored = Vec::new();
    let (mut files, mut beside) = (BTreeSet::new(), BTreeSet::new());
    for input in inputs {
        let base = input
            .canonicalize()
            .ok()
            .and_then(|path| Some(readable(path.file_name()?)))
            .unwrap_or_default();
        if input.is_dir() {
            let prefix =
                if inputs.len() > 1 { format!("{base}/") } else { String::new() };
            walk(input, &prefix, &choice, products, |found| match found {
                Walked::File(file) => drop(files.insert(file)),
                Walked::Beside(file) => {
                    ignored.push(file.name.clone());
                    beside.insert(file);
                }
                Walked::LeftOut(name) => ignored.push(name),
                Walked::Failed(unreadable) => pages.refuse(unreadable),
            });
        } else {
            files.insert(InputFile { name: base, path: input.clone() });
        }
    }
    let bar = output::progress("reading", files.len());
    for InputFile { name, path } in &files {
        match open(path) {
            Ok(mut file) => pages.read(name, &mut file),
            Err(error) => pages.refuse(unreadable(name.clone(), &error)),
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    ignored.sort_unstable();
    let Counted { count, mut names, sink } = pages.finish();
    for file in &beside {
        names.insert(&file.name);
    }
    if count == 0 {
        bail!(
            "no page was found in {}; folders are searched for files ending in {}, or for those \
             that [input] include in vitrine.toml names",
            inputs
                .iter()
                .map(|it| it.display().to_string())
                .collect::<Vec<_>>()
                .join(", "),
            EXTENSIONS.map(|extension| format!(".{extension}")).join(" ")
        );
    }
    let files = Files { read: files, beside, names };
    Ok(Inputs { pages: sink, ignored, files })
}

/// What a folder holds.
enum Walked {
    File(InputFile),
    /// A file that holds no page.
    Beside(InputFile),
    /// One that the settings leave out.
    LeftOut(String),
    Failed(Unreadable),
}

fn walk(
    folder: &Path,
    prefix: &str,
    choice: &Choice,
    products: &Products,
    mut take: impl FnMut(Walked),
) {
    for entry in products.leave_out(folder) {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let place =
                    place_of(&error).and_then(|path| path.strip_prefix(folder).ok());
                let place = place.map_or_else(|| "?".to_owned(), name_below);
                take(Walked::Failed(unreadable(format!("{prefix}{place}"), &error)));
                continue;
            }
        };
        if entry.file_type().is_none_or(|kind| kind.is_dir()) {
            continue;
        }
        let path = entry.into_path();
        let below = path.strip_prefix(folder).unwrap_or(&path);
        let below = name_below(below);
        let name = format!("{prefix}{below}");
        take(if choice.takes(&below) {
            Walked::File(InputFile { name, path })
        } else if choice.leaves_out(&below) {
            Walked::LeftOut(name)
        } else {
            Walked::Beside(InputFile { name, path })
        });
    }
}

/// Returns the file or folder that could not be looked at, as far as the error says.
fn place_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::Loop { child, .. } => Some(child),
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } => place_of(err),
        _ => None,
    }
}

/// Returns a path below a folder, with slashes on every system.
fn name_below(path: &Path) -> String {
    path.iter().map(readable).collect::<Vec<_>>().join("/")
}

/// Opens a file; refuses pipes, devices and what else may never end or never begin.
pub(crate) fn open(path: &Path) -> io::Result<File> {
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::other("it is no regular file"));
    }
    File::open(path)
}

/// Returns the name of a file as text. Bytes that are no UTF-8 are written as `\xFF`, so that
/// different names stay different.
fn readable(name: &OsStr) -> String {
    let mut text = String::new();
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|byte| format!("\\x{byte:02X}")));
    }
    text
}

fn unreadable(path: String, error: &impl ToString) -> Unreadable {
    let reason = UnreadableReason::Io { problem: error.to_string() };
    Unreadable { path, sha256: String::new(), reason }
}
