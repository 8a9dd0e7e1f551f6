//! `vitrine verify`: every file against its digest, every article decoded.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use ignore::WalkBuilder;
use serde::Serialize;
use vitrine_reader::{ChunkFile, Listing, ReadError};

use crate::{archive_folder, args::ArchiveArgs, exit_code, output};

/// What was found.
#[derive(Debug, Default, Serialize)]
struct Verification {
    /// Files that were checked.
    files: usize,
    /// Articles that were decoded.
    articles: u32,
    /// What is wrong.
    problems: Vec<Problem>,
}

#[derive(Debug, Serialize)]
struct Problem {
    path: String,
    what: String,
}

impl Verification {
    fn add(&mut self, path: &str, what: &str) {
        self.problems.push(Problem { path: path.to_owned(), what: what.to_owned() });
    }

    fn add_error(&mut self, error: &ReadError) {
        let cause = std::error::Error::source(error).map(|c| format!(": {c}"));
        self.add(error.path(), &format!("{error}{}", cause.unwrap_or_default()));
    }
}

/// Runs the verb.
pub(crate) fn run(args: &ArchiveArgs) -> anyhow::Result<ExitCode> {
    let archive = archive_folder::open(&args.archive)?;
    let mut found = Verification::default();
    let Listing { files, errors } = pollster::block_on(archive.list());
    for error in &errors {
        found.add_error(error);
    }

    let bar = output::progress("checking", files.len());
    for (file, _) in &files {
        if let Err(error) = pollster::block_on(archive.check(file)) {
            found.add_error(&error);
        }
        found.files += 1;
        bar.inc(1);
    }
    bar.finish_and_clear();

    if found.problems.is_empty() {
        let count = archive.info().article_count;
        let bar = output::progress("decoding", count as usize);
        for doc in 0..count {
            match pollster::block_on(archive.article_at(doc)) {
                Ok(Some(_)) => found.articles += 1,
                Ok(None) => found.add("data/texts", &format!("article {doc} is missing")),
                Err(error) => found.add_error(&error),
            }
            bar.inc(1);
        }
        bar.finish_and_clear();
    }
    let listed = files.iter().map(|(file, _)| file.path());
    let listed: BTreeSet<String> = listed.chain([ChunkFile::pointer().path()]).collect();
    for path in unlisted(&args.archive, &listed) {
        found.add(&path, "the file does not belong to this archive; remove it");
    }
    check_page(&args.archive, &files, &mut found);
    found.problems.sort_by(|a, b| (&a.path, &a.what).cmp(&(&b.path, &b.what)));
    found.problems.dedup_by(|a, b| a.path == b.path && a.what == b.what);
    report(args, &found)
}

/// Returns the files under `data/` that the archive does not list.
fn unlisted(archive: &Path, listed: &BTreeSet<String>) -> Vec<String> {
    let data: PathBuf = archive.join("data");
    WalkBuilder::new(&data)
        .standard_filters(false)
        .build()
        .flatten()
        .filter(|entry| entry.file_type().is_some_and(|kind| kind.is_file()))
        .filter_map(|entry| {
            let below = entry.path().strip_prefix(archive).ok()?;
            let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
            Some(parts.join("/"))
        })
        .filter(|path| !listed.contains(path))
        .collect()
}

/// Checks that `index.html` and the root pointer speak of the same root.
fn check_page(archive: &Path, files: &[(ChunkFile, u32)], found: &mut Verification) {
    let root = files.iter().find_map(|(file, _)| {
        (file.path().starts_with("data/root.")).then(|| file.digest())?
    });
    match (fs::read_to_string(archive.join("index.html")), root) {
        (Err(error), _) => found.add("index.html", &error.to_string()),
        (Ok(page), Some(root)) if !page.contains(&root.to_string()) => found.add(
            "index.html",
            "it opens another state of the archive; copy the whole folder again",
        ),
        _ => {}
    }
}

fn report(args: &ArchiveArgs, found: &Verification) -> anyhow::Result<ExitCode> {
    if args.json {
        output::print_json(found)?;
    } else {
        for problem in &found.problems {
            output::print(&format!("{}: {}", problem.path, problem.what))?;
        }
        let verdict = if found.problems.is_empty() { "whole" } else { "damaged" };
        output::print(&format!(
            "{verdict}: {} files checked, {} articles decoded, {} problems",
            found.files,
            found.articles,
            found.problems.len()
        ))?;
    }
    Ok(exit_code(found.problems.len()))
}
