//! Sets of queries with judgements: a folder with `docs.jsonl`, `queries.tsv`, `qrels.tsv`
//! and, where somebody mistyped the queries, `queries_typo.tsv`.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context as _;

use super::metrics::{Judged, Metrics};
use super::run::{Packed, read_pairs};
use super::table::Row;

/// Packs the documents of a set and measures its queries.
pub(super) fn measure(
    program: &Path,
    folder: &Path,
    work: &Path,
) -> anyhow::Result<Vec<Row>> {
    let name = folder.file_name().context("a set is a folder with a name")?;
    let name = name.to_string_lossy();
    let packed = Packed::new(program, &folder.join("docs.jsonl"), work, &name)?;
    let judgements = judgements(&folder.join("qrels.tsv"))?;
    let mut rows = Vec::new();
    for (file, variant) in [("queries.tsv", ""), ("queries_typo.tsv", "typos")] {
        let path = folder.join(file);
        if path.is_file() {
            let rankings = packed.search(&read_pairs(&path)?)?;
            rows.push(Row {
                set: name.to_string(),
                variant,
                metrics: Metrics::new(&judgements, &rankings),
            });
        }
    }
    Ok(rows)
}

/// Reads lines of query, document and grade.
fn judgements(path: &Path) -> anyhow::Result<BTreeMap<String, Judged>> {
    let mut judgements = BTreeMap::<String, Judged>::new();
    for (query, rest) in read_pairs(path)? {
        let (document, grade) = rest.split_once('\t').unwrap_or((&rest, "1"));
        let grade: f64 = grade
            .trim()
            .parse()
            .with_context(|| format!("{} has a grade {grade:?}", path.display()))?;
        if grade > 0.0 {
            judgements.entry(query).or_default().insert(document.to_owned(), grade);
        }
    }
    Ok(judgements)
}
