//! The sample archive's pages against the truth that stands beside them.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use serde_json::Value;
use vitrine_clean::{CleanOptions, Concern, Decision, ExplainedLine, clean};
use vitrine_ingest::{RawPage, Unreadable, read};

/// Rows of a tab-separated table as maps from column to value.
fn table(text: &str) -> Vec<BTreeMap<&str, &str>> {
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().unwrap().split('\t').collect();
    lines.map(|line| header.iter().copied().zip(line.split('\t')).collect()).collect()
}

fn read_folder(folder: &Path, prefix: &str, out: &mut Vec<(String, Vec<u8>)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{prefix}{}", path.file_name().unwrap().to_string_lossy());
        if path.is_dir() {
            read_folder(&path, &format!("{name}/"), out);
        } else if path.extension().is_some_and(|e| e != "png" && e != "pdf") {
            // The files that a page shows or offers are no records.
            out.push((name, fs::read(&path).unwrap()));
        }
    }
}

/// The folder that holds the sample, and what is in its files.
fn sample() -> (PathBuf, Vec<Result<RawPage, Unreadable>>) {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data");
    let mut files = Vec::new();
    read_folder(&data.join("sample"), "", &mut files);
    let pages = files.iter().flat_map(|(name, bytes)| read(name, bytes)).collect();
    (data, pages)
}

#[test]
fn no_line_and_no_sentence_of_the_sample_is_lost() {
    let (_, pages) = sample();
    let cleaned = clean(pages.clone(), &CleanOptions::default()).unwrap();
    let mut explained = 0;
    for page in pages.iter().flatten() {
        for ExplainedLine { text, decision } in
            cleaned.explain(page).unwrap().unwrap_or_default()
        {
            assert_ne!(decision, Decision::Unknown, "{}: {text}", page.path);
            explained += 1;
        }
    }
    assert!(explained > 1_000, "only {explained} lines were explained");
    for row in cleaned.report().unwrap().rows() {
        let row = row.unwrap();
        let lost = row.concerns.iter().find(|concern| {
            matches!(concern, Concern::RemovedText { .. } | Concern::RejectedText)
        });
        assert_eq!(lost, None, "{}: {:#?}", row.path, row.removed);
    }
}

#[test]
fn the_sample_is_cleaned_as_its_table_says() {
    let (data, pages) = sample();
    let cleaned = clean(pages, &CleanOptions::default()).unwrap();
    let report = cleaned.report().unwrap();
    let totals = report.summary.totals;
    let outcomes: BTreeMap<String, &str> =
        report.rows().map(Result::unwrap).map(|row| (row.path, row.outcome)).collect();
    let found: BTreeMap<String, Value> = cleaned
        .file_records()
        .map(Result::unwrap)
        .map(|record| (record.path.clone(), serde_json::to_value(&record).unwrap()))
        .collect();
    let truth = fs::read_to_string(data.join("expected.tsv")).unwrap();
    let rows = table(&truth);
    assert_eq!(rows.len(), found.len());
    let mut failures = Vec::new();
    for row in &rows {
        let path = row["path"];
        let (Some(record), Some(&outcome)) = (found.get(path), outcomes.get(path)) else {
            failures.push(format!("{path}: no outcome"));
            continue;
        };
        // Which of several copies stands for the others is up to the cleaner.
        let is_copied = |path: &str| {
            outcomes[path] == "duplicate"
                || rows.iter().any(|other| {
                    other["outcome"] == "duplicate" && other["title"] == row["title"]
                })
        };
        let is_right = match row["outcome"] {
            "not_article" => outcome == "non_article",
            "article" | "duplicate" if is_copied(path) => {
                outcome == "article" || outcome == "duplicate"
            }
            expected => outcome == expected,
        };
        if !is_right {
            failures.push(format!("{path}: {outcome}, not {}", row["outcome"]));
        }
        if !matches!(row["outcome"], "article" | "duplicate") {
            continue;
        }
        for field in ["title", "date", "authors", "source", "lang"] {
            let value = match &record[field] {
                Value::String(text) => text.clone(),
                Value::Array(names) => {
                    names.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("; ")
                }
                _ => String::new(),
            };
            if value != row[field] {
                failures.push(format!("{path}: {field} {value:?}, not {:?}", row[field]));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    let expected =
        |outcome: &str| rows.iter().filter(|row| row["outcome"] == outcome).count();
    assert_eq!(totals.articles, expected("article"));
    assert_eq!(totals.duplicates, expected("duplicate"));
}
