//! The report of a pack, as data and as a page for a person.

mod page;

use std::{
    fs::{self, File},
    io::{BufWriter, Write},
    path::Path,
};

use anyhow::Context;
use serde::{Serialize, Serializer, ser};
use vitrine_clean::{Report, ReportSummary};

/// What a report file holds.
#[derive(Debug)]
pub(crate) struct ReportFile<'a> {
    /// Program and version that wrote it.
    pub(crate) generator: String,
    /// Title of the archive.
    pub(crate) title: &'a str,
    /// Files that are of no page format and were left out.
    pub(crate) ignored: &'a [String],
    /// What became of each input.
    pub(crate) report: &'a Report<'a>,
}

/// The report as data; its rows are read one by one as they are written.
#[derive(Serialize)]
struct Data<'a> {
    generator: &'a str,
    title: &'a str,
    ignored: &'a [String],
    #[serde(flatten)]
    summary: &'a ReportSummary,
    #[serde(serialize_with = "rows")]
    files: &'a Report<'a>,
}

impl ReportFile<'_> {
    /// Writes the report: a page where `file` ends in `.html` or `.htm`, JSON elsewhere.
    pub(crate) fn write(&self, file: &Path) -> anyhow::Result<()> {
        let is_page = file.extension().is_some_and(|e| {
            e.eq_ignore_ascii_case("html") || e.eq_ignore_ascii_case("htm")
        });
        let place = || format!("cannot write the report {}", file.display());
        let folder = file.parent().unwrap_or(Path::new(""));
        fs::create_dir_all(folder).with_context(place)?;
        let mut out = BufWriter::new(File::create(file).with_context(place)?);
        if is_page {
            page::write(self, &mut out)?;
        } else {
            let Self { generator, title, ignored, report } = self;
            let summary = &report.summary;
            let data = Data { generator, title, ignored, summary, files: report };
            serde_json::to_writer_pretty(&mut out, &data).with_context(place)?;
        }
        out.flush().with_context(place)
    }
}

fn rows<S: Serializer>(report: &Report<'_>, serializer: S) -> Result<S::Ok, S::Error> {
    use ser::SerializeSeq;

    let mut rows = serializer.serialize_seq(None)?;
    for row in report.rows() {
        rows.serialize_element(&row.map_err(ser::Error::custom)?)?;
    }
    rows.end()
}
