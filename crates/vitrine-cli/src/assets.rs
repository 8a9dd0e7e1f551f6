//! Pictures and other files of articles, copied from the inputs into the archive.

use std::{collections::BTreeSet, fs::File, io};

use vitrine_article::AssetFile;
use vitrine_clean::{Carried, Cleaned, wanted_files};
use vitrine_ingest::{FileSink, pick};
use vitrine_pack::{Output, inspect_asset};

use crate::{
    input::{Files, InputFile},
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
    let Files { read, beside, names } = files;
    let mut wanted = BTreeSet::new();
    for article in cleaned.articles() {
        wanted.extend(wanted_files(&article?, &names));
    }
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
            && let Ok(mut file) = File::open(path)
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
    let is_carried = |file: &InputFile| carried.files.contains_key(&file.name);
    let found = beside.iter().filter(|file| is_carried(file));
    let found: Vec<String> = found.map(|file| file.name.clone()).collect();
    carried.beside.clone_from(&found);
    carried.names = names;
    cleaned.carry(carried);
    Ok(found)
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
