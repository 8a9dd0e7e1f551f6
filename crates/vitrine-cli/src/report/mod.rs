//! The report of a pack, as data and as a page for a person.

mod page;

use std::{fs, path::Path};

use anyhow::Context;
use serde::Serialize;
use vitrine_clean::Report;

/// What a report file holds.
#[derive(Debug, Serialize)]
pub(crate) struct ReportFile<'a> {
    /// Program and version that wrote it.
    pub(crate) generator: String,
    /// Title of the archive.
    pub(crate) title: &'a str,
    /// Files that are of no page format and were left out.
    pub(crate) ignored: &'a [String],
    /// What became of each input.
    #[serde(flatten)]
    pub(crate) report: &'a Report,
}

impl ReportFile<'_> {
    /// Writes the report: a page where `file` ends in `.html` or `.htm`, JSON elsewhere.
    pub(crate) fn write(&self, file: &Path) -> anyhow::Result<()> {
        let is_page = file.extension().is_some_and(|e| {
            e.eq_ignore_ascii_case("html") || e.eq_ignore_ascii_case("htm")
        });
        let content = if is_page {
            page::render(self).into_string()
        } else {
            serde_json::to_string_pretty(self)?
        };
        fs::write(file, content)
            .with_context(|| format!("cannot write the report {}", file.display()))
    }
}
