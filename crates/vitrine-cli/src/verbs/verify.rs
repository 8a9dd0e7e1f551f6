//! `vitrine verify`: every file against its digest, every article decoded.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Context;
use ignore::WalkBuilder;
use serde::Serialize;
use vitrine_article::{Article, AssetFile};
use vitrine_reader::{Archive, ChunkFile, Listing, ReadError};

use crate::{
    archive_folder::{self, ArchiveFolder},
    args::{ArchiveArgs, VerifyArgs},
    exit_code,
    manifest::{self, Manifest, sha256_hex},
    output, signature,
};

/// What was found.
#[derive(Debug, Default, Serialize)]
struct Verification {
    /// Files that were checked.
    files: usize,
    /// Articles that were decoded.
    articles: u32,
    /// Who signed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    signer: Option<String>,
    /// Whether the signature was checked with a key, and is right.
    is_signature_checked: bool,
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
pub(crate) fn run(
    VerifyArgs { archive: args, key }: &VerifyArgs,
) -> anyhow::Result<ExitCode> {
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

    let mut assets = BTreeMap::new();
    let logo = archive.info().about.logo.clone();
    assets.extend(logo.map(|file| (file.path(), file)));
    if found.problems.is_empty() {
        let count = archive.info().article_count;
        let bar = output::progress("decoding", count as usize);
        for doc in 0..count {
            match pollster::block_on(archive.article_at(doc)) {
                Ok(Some(article)) => {
                    found.articles += 1;
                    check_original(&archive, doc, &article, &mut found);
                    let carried =
                        article.assets.into_iter().filter_map(|asset| asset.file);
                    assets.extend(carried.map(|file| (file.path(), file)));
                }
                Ok(None) => found.add("data/texts", &format!("article {doc} is missing")),
                Err(error) => found.add_error(&error),
            }
            bar.inc(1);
        }
        bar.finish_and_clear();
    }
    let mut listed: BTreeSet<String> =
        files.iter().map(|(file, _)| file.path()).collect();
    listed.insert(ChunkFile::pointer().path());
    listed.insert(signature::name());
    let are_known = found.problems.is_empty();
    for (path, file) in assets {
        check_asset(&args.archive, &path, &file, &mut found);
        listed.insert(path);
    }
    let folders = if are_known { &["data", "assets"][..] } else { &["data"] };
    for path in folders.iter().flat_map(|name| unlisted(&args.archive, name, &listed)) {
        found.add(&path, "the file does not belong to this archive; remove it");
    }
    check_page(&args.archive, &files, &mut found);
    check_manifest(&args.archive, &mut found)?;
    check_signature(&args.archive, key.as_deref(), &mut found)?;
    found.problems.sort_by(|a, b| (&a.path, &a.what).cmp(&(&b.path, &b.what)));
    found.problems.dedup_by(|a, b| a.path == b.path && a.what == b.what);
    report(args, &found)
}

/// Checks the page that an article was cleaned from, where it is kept.
fn check_original(
    archive: &Archive<ArchiveFolder>,
    doc: u32,
    article: &Article,
    found: &mut Verification,
) {
    match pollster::block_on(archive.original_at(doc)) {
        Ok(None) => {}
        Ok(Some(page)) => {
            let is_same = sha256_hex(page.as_slice())
                .is_ok_and(|digest| digest == article.provenance.sha256);
            if !is_same {
                let what =
                    format!("the original page of {:?} is another one", article.id);
                found.add("data/originals", &what);
            }
        }
        Err(error) => found.add_error(&error),
    }
}

/// Checks a file that an article shows or offers, without holding it in memory.
fn check_asset(archive: &Path, path: &str, file: &AssetFile, found: &mut Verification) {
    found.files += 1;
    match File::open(archive.join(path)).and_then(sha256_hex) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            found.add(path, "the file is missing; copy the whole folder again");
        }
        Err(error) => found.add(path, &error.to_string()),
        Ok(digest) if !digest.starts_with(&file.digest) => {
            found.add(path, "the file is not what was packed; copy it again");
        }
        Ok(_) => {}
    }
}

/// Returns the files of a folder of the archive that it does not list.
fn unlisted(archive: &Path, name: &str, listed: &BTreeSet<String>) -> Vec<String> {
    let folder: PathBuf = archive.join(name);
    WalkBuilder::new(&folder)
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

/// Checks every file against the list beside them, where there is one.
fn check_manifest(archive: &Path, found: &mut Verification) -> anyhow::Result<()> {
    let path = archive.join(manifest::FILE_NAME);
    let text = match fs::read_to_string(&path) {
        // Archives of earlier versions have none.
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        text => text.with_context(|| format!("cannot read {}", path.display()))?,
    };
    let manifest = match Manifest::parse(&text) {
        Ok(manifest) => manifest,
        Err(error) => {
            found.add(manifest::FILE_NAME, &error.to_string());
            return Ok(());
        }
    };
    for (path, expected) in &manifest.digests {
        match File::open(archive.join(path)).and_then(sha256_hex) {
            Ok(digest) if digest == *expected => {}
            Ok(_) => found.add(path, "the file is not what was packed; copy it again"),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                found.add(path, "the file is missing; copy the whole folder again");
            }
            Err(error) => found.add(path, &error.to_string()),
        }
    }
    Ok(())
}

/// Checks who signed, where a key is given; else says who is named.
fn check_signature(
    archive: &Path,
    key: Option<&str>,
    found: &mut Verification,
) -> anyhow::Result<()> {
    let name = signature::name();
    let Some(key) = key else {
        match signature::read(archive) {
            Ok(signed) => found.signer = signed.map(|(_, signed)| signed.signer),
            Err(error) => found.add(&name, &format!("{error:#}")),
        }
        return Ok(());
    };
    let key = signature::public_key(key)?;
    match signature::check(archive, &key) {
        Ok(signer) => {
            found.signer = Some(signer);
            found.is_signature_checked = true;
        }
        Err(error) => found.add(&name, &format!("{error:#}")),
    }
    Ok(())
}

fn report(args: &ArchiveArgs, found: &Verification) -> anyhow::Result<ExitCode> {
    if args.json {
        output::print_json(found)?;
    } else {
        for problem in &found.problems {
            output::print(&format!("{}: {}", problem.path, problem.what))?;
        }
        match (&found.signer, found.is_signature_checked) {
            (Some(signer), true) => {
                output::print(&format!(
                    "signed by {signer}, with the key that was given"
                ))?;
            }
            (Some(signer), false) if found.problems.is_empty() => output::print(
                &format!("says that it is signed by {signer}; --key checks that"),
            )?,
            _ => {}
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
