//! `vitrine export`: an archive in the formats of other programs.

use std::{
    io::{self, BufWriter, Write},
    path::Path,
    process::ExitCode,
};

use anyhow::Context;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use clap::ValueEnum;
use serde::Serialize;
use vitrine_article::Article;
use vitrine_cite::{CslItem, Reference, bibtex, ris};
use vitrine_export::{PAGES_HEADER, crawl_page};
use vitrine_index::ElasticlunrIndex;
use vitrine_reader::{Archive, ChunkSource};

use crate::{
    archive_folder::{self, ArchiveFolder, each_article},
    args::{ExportArgs, ExportFormat, HandoverArgs},
    handover::{
        BagInfo, NewFile, Written, copy_assets, hand_over, write_epub, write_markdown,
        write_static, write_zim,
    },
    output,
};

/// What `--json` prints.
#[derive(Serialize)]
struct Done<'a> {
    archive: &'a Path,
    written: &'a [Written],
}

/// Runs the verb.
pub(crate) fn run(args: &ExportArgs) -> anyhow::Result<ExitCode> {
    let archive = archive_folder::open(&args.archive)?;
    let Some(written) = export(args, &archive)? else {
        // The text itself is what was printed.
        return Ok(ExitCode::SUCCESS);
    };
    if args.json {
        output::print_json(&Done { archive: &args.archive, written: &written })?;
    } else {
        written.iter().try_for_each(Written::print)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Writes what is asked for; returns `None` where it went to standard output.
fn export(
    args: &ExportArgs,
    archive: &Archive<ArchiveFolder>,
) -> anyhow::Result<Option<Vec<Written>>> {
    if let Some(handover) = handover_args(args)? {
        let about = BagInfo {
            title: archive.info().title.clone(),
            institution: Some(archive.info().about.institution.clone())
                .filter(|it| !it.is_empty()),
            root: archive.root().map(|root| root.to_string()).unwrap_or_default(),
        };
        return hand_over(&args.archive, &handover, &about).map(Some);
    }
    if let Some(write) = whole_writer(args.format) {
        let out = args.out.as_deref().with_context(needs_out)?;
        let bytes = write(archive, &args.archive, out)?;
        return Ok(Some(vec![done(args.format, out, bytes)]));
    }
    let Some(path) = &args.out else {
        write(archive, args.format, &mut BufWriter::new(io::stdout().lock()))?;
        return Ok(None);
    };
    let create = || format!("cannot write {}", path.display());
    let mut file = NewFile::create(path)?;
    write(archive, args.format, &mut file.out).with_context(create)?;
    let bytes = file.publish()?;
    if args.format == ExportFormat::Jsonl {
        copy_assets(&args.archive, path.parent().unwrap_or(Path::new("")))?;
    }
    Ok(Some(vec![done(args.format, path, bytes)]))
}

fn done(format: ExportFormat, path: &Path, bytes: u64) -> Written {
    let format = format.to_possible_value().map(|value| value.get_name().to_owned());
    Written { path: path.to_owned(), format: format.unwrap_or_default(), bytes }
}

/// Returns what is asked for, where it is the archive itself in another form.
fn handover_args(args: &ExportArgs) -> anyhow::Result<Option<HandoverArgs>> {
    let mut wanted = HandoverArgs::default();
    let place = match args.format {
        ExportFormat::Zip => &mut wanted.zip,
        ExportFormat::SingleFile => &mut wanted.single_file,
        ExportFormat::Bagit => &mut wanted.bagit,
        _ => return Ok(None),
    };
    *place = Some(args.out.clone().with_context(needs_out)?);
    Ok(Some(wanted))
}

fn needs_out() -> &'static str {
    "this format is no text: say with --out where to write it"
}

/// Writes the articles of an archive, which is in the folder that is given, to a place; returns
/// the bytes that are there.
type WholeWriter = fn(&Archive<ArchiveFolder>, &Path, &Path) -> anyhow::Result<u64>;

/// Returns what writes the formats that are no text.
fn whole_writer(format: ExportFormat) -> Option<WholeWriter> {
    match format {
        ExportFormat::Markdown => Some(write_markdown),
        ExportFormat::Epub => Some(write_epub),
        ExportFormat::Zim => Some(write_zim),
        ExportFormat::Static => Some(write_static),
        _ => None,
    }
}

/// An article with the page that it was cleaned from.
#[derive(Serialize)]
struct Line<'a> {
    #[serde(flatten)]
    article: &'a Article,
    /// As base64.
    #[serde(skip_serializing_if = "Option::is_none")]
    original: Option<String>,
}

/// Writes the articles as JSON, one a line, with all that an archive is made of.
fn lines(
    archive: &Archive<impl ChunkSource>,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    for doc in 0..archive.info().article_count {
        let Some(article) = pollster::block_on(archive.article_at(doc))? else {
            continue;
        };
        let original = pollster::block_on(archive.original_at(doc))?;
        let original = original.map(|page| STANDARD.encode(page.as_slice()));
        let line = Line { article: &article, original };
        serde_json::to_writer(&mut *out, &line).map_err(io::Error::from)?;
        writeln!(out)?;
    }
    Ok(())
}

fn write(
    archive: &Archive<impl ChunkSource>,
    format: ExportFormat,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    let title = archive.info().title.clone();
    let reference = |article: &Article| Reference::new(article, &title, None, None);
    match format {
        ExportFormat::Jsonl => lines(archive, out)?,
        ExportFormat::WaczPages => {
            writeln!(out, "{PAGES_HEADER}")?;
            each_article(archive, |article| {
                let Some(page) = crawl_page(&article) else { return Ok(()) };
                serde_json::to_writer(&mut *out, &page).map_err(io::Error::from)?;
                Ok(writeln!(out)?)
            })?;
        }
        ExportFormat::Csv => table(archive, out)?,
        ExportFormat::Bibtex => each_article(archive, |article| {
            Ok(writeln!(out, "{}", bibtex(&reference(&article)))?)
        })?,
        ExportFormat::Ris => each_article(archive, |article| {
            Ok(out.write_all(ris(&reference(&article)).as_bytes())?)
        })?,
        ExportFormat::CslJson => {
            let mut separator = "[\n";
            each_article(archive, |article| {
                out.write_all(std::mem::replace(&mut separator, ",\n").as_bytes())?;
                let item = CslItem::from(&reference(&article));
                Ok(serde_json::to_writer(&mut *out, &item).map_err(io::Error::from)?)
            })?;
            out.write_all(if separator == "[\n" { b"[]\n" } else { b"\n]\n" })?;
        }
        ExportFormat::Elasticlunr => {
            let mut index = ElasticlunrIndex::new();
            each_article(archive, |article| {
                index.add(&article);
                Ok(())
            })?;
            out.write_all(index.to_json().as_bytes())?;
        }
        // Written as a whole, not as a text.
        ExportFormat::Markdown
        | ExportFormat::Epub
        | ExportFormat::Zim
        | ExportFormat::Static
        | ExportFormat::Zip
        | ExportFormat::SingleFile
        | ExportFormat::Bagit => {}
    }
    Ok(out.flush()?)
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
            "id", "title", "authors", "date", "source", "section", "type", "abstract",
            "lang", "url", "path", "sha256",
        ])
        .map_err(io_error)?;
    each_article(archive, |article| {
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
                &text(&metadata.r#type),
                &text(&metadata.r#abstract),
                &metadata.lang,
                &text(&metadata.url),
                &provenance.path,
                &provenance.sha256,
            ])
            .map_err(io_error)?)
    })?;
    Ok(table.flush()?)
}
