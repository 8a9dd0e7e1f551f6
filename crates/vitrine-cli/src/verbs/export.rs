//! `vitrine export`: an archive in the formats of other programs.

use std::{
    fs::File,
    io::{self, BufWriter, Write},
    process::ExitCode,
};

use anyhow::Context;
use vitrine_article::Article;
use vitrine_cite::{CslItem, Reference, bibtex, ris};
use vitrine_index::ElasticlunrIndex;
use vitrine_reader::{Archive, ChunkSource};

use crate::{
    archive_folder,
    args::{ExportArgs, ExportFormat},
};

/// Runs the verb.
pub(crate) fn run(args: &ExportArgs) -> anyhow::Result<ExitCode> {
    let archive = archive_folder::open(&args.archive)?;
    let Some(path) = &args.out else {
        write(&archive, args.format, &mut BufWriter::new(io::stdout().lock()))?;
        return Ok(ExitCode::SUCCESS);
    };
    let create = || format!("cannot write {}", path.display());
    let mut file = BufWriter::new(File::create(path).with_context(create)?);
    write(&archive, args.format, &mut file).with_context(create)?;
    Ok(ExitCode::SUCCESS)
}

fn write(
    archive: &Archive<impl ChunkSource>,
    format: ExportFormat,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    let title = archive.info().title.clone();
    let reference = |article: &Article| Reference::new(article, &title, None, None);
    match format {
        ExportFormat::Jsonl => articles(archive, |article| {
            serde_json::to_writer(&mut *out, &article).map_err(io::Error::from)?;
            Ok(writeln!(out)?)
        })?,
        ExportFormat::Csv => table(archive, out)?,
        ExportFormat::Bibtex => articles(archive, |article| {
            Ok(writeln!(out, "{}", bibtex(&reference(&article)))?)
        })?,
        ExportFormat::Ris => articles(archive, |article| {
            Ok(out.write_all(ris(&reference(&article)).as_bytes())?)
        })?,
        ExportFormat::CslJson => {
            let mut separator = "[\n";
            articles(archive, |article| {
                out.write_all(std::mem::replace(&mut separator, ",\n").as_bytes())?;
                let item = CslItem::from(&reference(&article));
                Ok(serde_json::to_writer(&mut *out, &item).map_err(io::Error::from)?)
            })?;
            out.write_all(if separator == "[\n" { b"[]\n" } else { b"\n]\n" })?;
        }
        ExportFormat::Elasticlunr => {
            let mut index = ElasticlunrIndex::new();
            articles(archive, |article| {
                index.add(&article);
                Ok(())
            })?;
            out.write_all(index.to_json().as_bytes())?;
        }
    }
    Ok(out.flush()?)
}

/// Calls `each` with every article, newest first and undated last.
fn articles(
    archive: &Archive<impl ChunkSource>,
    mut each: impl FnMut(Article) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    for doc in 0..archive.info().article_count {
        if let Some(article) = pollster::block_on(archive.article_at(doc))? {
            each(article)?;
        }
    }
    Ok(())
}

/// Gives the errors of the `csv` crate, which hide those of what is written to.
fn io_error(error: csv::Error) -> io::Error {
    error.into()
}

/// Writes a table of the articles: RFC 4180, several values in a cell with semicolons.
fn table(
    archive: &Archive<impl ChunkSource>,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    let mut table = csv::WriterBuilder::new();
    let mut table = table.terminator(csv::Terminator::CRLF).from_writer(out);
    table
        .write_record([
            "id", "title", "authors", "date", "source", "section", "lang", "url", "path",
            "sha256",
        ])
        .map_err(io_error)?;
    articles(archive, |article| {
        let Article { id, metadata, provenance, .. } = &article;
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        Ok(table
            .write_record([
                id,
                &metadata.title,
                &metadata.authors.join("; "),
                &metadata.date.map(|date| date.to_string()).unwrap_or_default(),
                &text(&metadata.source),
                &text(&metadata.section),
                &metadata.lang,
                &text(&metadata.url),
                &provenance.path,
                &provenance.sha256,
            ])
            .map_err(io_error)?)
    })?;
    Ok(table.flush()?)
}
