//! Pictures and other files of articles, copied from the inputs into the archive.

use std::{
    collections::{BTreeMap, BTreeSet},
    io,
    path::Path,
};

use anyhow::bail;
use vitrine_article::{Article, AssetFile};
use vitrine_clean::{Carried, Cleaned, wanted_files};
use vitrine_ingest::{FileSink, pick};
use vitrine_pack::{Output, inspect_asset};

use crate::{
    input::{self, Files, InputFile},
    output,
};

/// Most bytes of files that an archive carries: 16 GiB.
const MAX_TOTAL_LEN: u64 = 16 << 30;

/// Copies the files that the articles show or offer into `out`, one after another, and
/// tells `cleaned` what was found.
///
/// Returns the names of those that lie beside the pages of a folder, sorted.
pub(crate) fn carry(
    cleaned: &mut Cleaned,
    files: Files,
    out: &mut impl Output<Error = io::Error>,
) -> anyhow::Result<Vec<String>> {
    let Files { mut read, beside, names } = files;
    let mut wanted = BTreeSet::new();
    let mut exported = BTreeMap::new();
    for (number, article) in cleaned.articles().enumerate() {
        let article = article?;
        match cleaned.exported_in(number) {
            Some(input) => exported.extend(exported_files(input, &article)),
            None => wanted.extend(wanted_files(&article, &names)),
        }
    }
    wanted.extend(exported.keys().cloned());
    read.extend(files_of_single_exports(&exported, &read, &beside));
    let mut copier = Copier {
        wanted,
        carried: Carried::default(),
        digests: BTreeSet::new(),
        total: 0,
        failure: None,
        out,
    };
    let bar = output::progress("copying", read.len() + beside.len());
    for InputFile { name, path } in read.iter().chain(&beside) {
        if (copier.wants(name) || copier.wants_from(name))
            && let Ok(mut file) = input::open(path)
        {
            pick(name, &mut file, &mut copier);
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    let Copier { mut carried, failure, .. } = copier;
    if let Some(error) = failure {
        return Err(error.into());
    }
    if let Some(missing) = exported.iter().find(|(path, file)| {
        carried.files.get(*path).map(AssetFile::path).as_ref() != Some(*file)
    }) {
        bail!(
            "a file of an exported article is not there, or is another one; copy the folder \
             `assets` of the export beside it, or pack with --no-assets: {}",
            missing.0
        );
    }
    carried.keeps_exported = true;
    let is_carried = |file: &InputFile| carried.files.contains_key(&file.name);
    let found = beside.iter().filter(|file| is_carried(file));
    let found: Vec<String> = found.map(|file| file.name.clone()).collect();
    carried.beside.clone_from(&found);
    carried.names = names;
    cleaned.carry(carried);
    Ok(found)
}

/// Returns where the files of an exported article are, and their paths in the archive; an
/// export has them in a folder beside it.
fn exported_files(input: &str, article: &Article) -> Vec<(String, String)> {
    let export = input.rsplit_once('#').map_or(input, |(export, _)| export);
    let folder = export.rfind(['/', '!']).map_or("", |end| &export[..=end]);
    let files = article.assets.iter().filter_map(|asset| asset.file.as_ref());
    files.map(|file| (format!("{folder}{}", file.path()), file.path())).collect()
}

/// Returns the files of exports that were named by themselves, and not by their folder.
fn files_of_single_exports(
    exported: &BTreeMap<String, String>,
    read: &BTreeSet<InputFile>,
    beside: &BTreeSet<InputFile>,
) -> Vec<InputFile> {
    let known: BTreeSet<&str> =
        read.iter().chain(beside).map(|file| file.name.as_str()).collect();
    let folders: Vec<&Path> = read.iter().filter_map(|file| file.path.parent()).collect();
    let unknown = exported.iter().filter(|(name, path)| {
        // Of an input that was named by itself the name has no folder.
        name == path && !known.contains(name.as_str())
    });
    unknown
        .filter_map(|(name, path)| {
            let places = folders.iter().map(|folder| folder.join(path));
            let path = places.into_iter().find(|place| place.is_file())?;
            Some(InputFile { name: name.clone(), path })
        })
        .collect()
}

/// Takes files out of the inputs and puts them into the archive.
struct Copier<'a, O> {
    /// Paths of the files that are still to be found.
    wanted: BTreeSet<String>,
    carried: Carried,
    /// Digests of the files that are in the archive.
    digests: BTreeSet<String>,
    /// Bytes of these files.
    total: u64,
    failure: Option<io::Error>,
    out: &'a mut O,
}

impl<O: Output<Error = io::Error>> Copier<'_, O> {
    /// Copies a file into the archive, unless it is there already.
    fn copy(&mut self, path: &str, bytes: Option<Vec<u8>>) -> Result<AssetFile, String> {
        let bytes = bytes.ok_or("it is longer than 64 MiB, or cut off")?;
        let file = inspect_asset(path, &bytes).map_err(|error| error.to_string())?;
        if self.digests.contains(&file.digest) {
            return Ok(file);
        }
        let total = self.total.saturating_add(file.len_bytes);
        if total > MAX_TOTAL_LEN {
            return Err("the files of the archive would be more than 16 GiB".to_owned());
        }
        if let Err(error) = self.out.write(&file.path(), &bytes) {
            let problem = error.to_string();
            self.failure.get_or_insert(error);
            return Err(problem);
        }
        self.total = total;
        self.digests.insert(file.digest.clone());
        Ok(file)
    }
}

impl<O: Output<Error = io::Error>> FileSink for Copier<'_, O> {
    fn wants(&self, path: &str) -> bool {
        self.wanted.contains(path)
    }

    fn wants_from(&self, path: &str) -> bool {
        let inside = format!("{path}!");
        let first = self.wanted.range(inside.clone()..).next();
        first.is_some_and(|path| path.starts_with(&inside))
    }

    fn take(&mut self, path: &str, bytes: Option<Vec<u8>>) {
        match self.copy(path, bytes) {
            Ok(file) => {
                // Of several answers to the same address the first counts.
                self.wanted.remove(path);
                self.carried.refused.remove(path);
                self.carried.files.insert(path.to_owned(), file);
            }
            Err(reason) => {
                let reason = format!("an article names it, but {reason}");
                self.carried.refused.insert(path.to_owned(), reason);
            }
        }
    }
}
