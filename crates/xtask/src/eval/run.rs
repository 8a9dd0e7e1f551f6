//! Packing a corpus and asking it many queries, with the command that people run.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, bail};

use crate::command;

/// Results that are asked for; the measures look at the first ten and the mean reciprocal
/// rank at all.
const LIMIT: &str = "100";

/// An archive of one corpus.
#[derive(Debug)]
pub(super) struct Packed<'a> {
    program: &'a Path,
    archive: PathBuf,
    queries: PathBuf,
}

impl<'a> Packed<'a> {
    /// Packs `corpus` into a folder of this name below `work`.
    pub(super) fn new(
        program: &'a Path,
        corpus: &Path,
        work: &Path,
        name: &str,
    ) -> anyhow::Result<Self> {
        fs::create_dir_all(work)
            .with_context(|| format!("cannot make {}", work.display()))?;
        let archive = work.join(name);
        let mut pack = Command::new(program);
        pack.arg("pack").arg(corpus).arg("--out").arg(&archive).arg("--json");
        // 1: some inputs could not be read, as the empty documents of some sets.
        match command::status(pack.stdout(Stdio::null()))?.code() {
            Some(0 | 1) => {}
            _ => bail!("{} can't be packed", corpus.display()),
        }
        Ok(Self { program, archive, queries: work.join(format!("{name}.tsv")) })
    }

    /// Returns the ids of the articles that answer each query, best first.
    pub(super) fn search(
        &self,
        queries: &[(String, String)],
    ) -> anyhow::Result<BTreeMap<String, Vec<String>>> {
        let mut lines = String::new();
        for (id, query) in queries {
            lines.extend([id, "\t", query, "\n"]);
        }
        fs::write(&self.queries, lines)
            .with_context(|| format!("cannot write {}", self.queries.display()))?;
        let mut search = Command::new(self.program);
        search.arg("search").arg(&self.archive).arg("--queries").arg(&self.queries);
        search.args(["--limit", LIMIT, "--format", "trec"]);
        let run = String::from_utf8(command::output(&mut search)?)
            .context("the run of vitrine search is not UTF-8")?;
        let mut rankings = BTreeMap::<String, Vec<String>>::new();
        for line in run.lines() {
            let [query, _, id, _, _, _] = line.split(' ').collect::<Vec<_>>()[..] else {
                bail!(
                    "vitrine search wrote a line that is no line of a TREC run: {line:?}"
                );
            };
            rankings.entry(query.to_owned()).or_default().push(id.to_owned());
        }
        Ok(rankings)
    }
}

/// Reads a file of lines with tabs, as pairs of what is before the first tab and after.
pub(super) fn read_pairs(path: &Path) -> anyhow::Result<Vec<(String, String)>> {
    let text = fs::read_to_string(path)
        .with_context(|| format!("cannot read {}", path.display()))?;
    text.lines()
        .filter(|line| !line.is_empty())
        .map(|line| {
            let pair = line.split_once('\t').with_context(|| {
                format!("{} has a line without a tab: {line:?}", path.display())
            })?;
            Ok((pair.0.to_owned(), pair.1.to_owned()))
        })
        .collect()
}
