//! The report as a page: what to look at first, then every input.
//!
//! The page needs no script and loads nothing. What stands in it comes from the inputs;
//! the template escapes all of it.

use std::{cmp::Reverse, collections::BTreeMap, fmt::Display, io::Write};

use maud::{DOCTYPE, Markup, PreEscaped, html};
use vitrine_article::{Asset, Removal};
use vitrine_clean::{ArticleSummary, ReportRow, ReportSummary};

use super::ReportFile;
use crate::output;

/// Most lines of removed text that a row shows; the report as JSON has them all.
const MAX_REMOVED_LINES: usize = 40;

const STYLE: &str = include_str!("page.css");

/// Writes the report, row by row: of a large corpus it is longer than what fits in memory.
pub(super) fn write(file: &ReportFile<'_>, out: &mut impl Write) -> anyhow::Result<()> {
    let mut urgent = Vec::new();
    let mut count = 0;
    for row in file.report.rows() {
        let urgency = row?.urgency();
        if urgency > 0 {
            urgent.push((Reverse(urgency), count));
        }
        count += 1;
    }
    urgent.sort_unstable();
    out.write_all(beginning(file).into_string().as_bytes())?;
    section(out, &format!("To look at first: {}", urgent.len()), |out| {
        if urgent.is_empty() {
            let nothing = html! { p { "Nothing in this pack calls for a second look." } };
            out.write_all(nothing.into_string().as_bytes())?;
        }
        for &(_, number) in &urgent {
            if let Some(row) = file.report.row(number)? {
                out.write_all(row_of(&row).into_string().as_bytes())?;
            }
        }
        Ok(())
    })?;
    section(out, &format!("All inputs: {count}"), |out| {
        for row in file.report.rows() {
            out.write_all(row_of(&row?).into_string().as_bytes())?;
        }
        Ok(())
    })?;
    if !file.ignored.is_empty() {
        let title = format!("Files that are no pages: {}", file.ignored.len());
        section(out, &title, |out| {
            let list = html! { ul { @for path in file.ignored { li { (path) } } } };
            Ok(out.write_all(list.into_string().as_bytes())?)
        })?;
    }
    Ok(out.write_all(b"</body></html>")?)
}

fn section<W: Write>(
    out: &mut W,
    title: &str,
    content: impl FnOnce(&mut W) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    write!(out, "<section>{}", html! { h2 { (title) } }.into_string())?;
    content(out)?;
    Ok(out.write_all(b"</section>")?)
}

/// Everything before the rows; `html` and `body` stay open.
fn beginning(file: &ReportFile<'_>) -> Markup {
    let ReportFile { generator, title, ignored, report } = file;
    html! {
        (DOCTYPE)
        (PreEscaped("<html lang=\"en\">"))
        head {
            meta charset="utf-8";
            meta http-equiv="Content-Security-Policy"
                content="default-src 'none'; style-src 'unsafe-inline'";
            meta name="viewport" content="width=device-width, initial-scale=1";
            title { "Cleaning report: " (title) }
            style { (PreEscaped(STYLE)) }
        }
        (PreEscaped("<body>"))
        header {
            h1 { (title) }
            p { "Cleaning report, by " (generator) ". A row opens to show what was "
                "kept and what was left out." }
        }
        section.overview {
            (totals(&report.summary, ignored.len()))
            (coverage(&report.summary))
        }
    }
}

fn totals(report: &ReportSummary, ignored: usize) -> Markup {
    let totals = report.totals;
    let parts = [
        ("articles", totals.articles),
        ("copies of them", totals.duplicates),
        ("pictures and files that they show or offer", totals.assets),
        ("without an article", totals.non_articles),
        ("skipped: redirects, older captures, other formats", totals.skipped),
        ("unreadable", totals.unreadable),
    ];
    html! {
        table.totals {
            caption { "What became of the inputs" }
            @for (name, count) in parts {
                tr { td { (count) } th scope="row" { (name) } }
            }
            tr.sum { td { (totals.inputs) } th scope="row" { "inputs in all" } }
            @if ignored > 0 {
                tr { td { (ignored) } th scope="row" { "files of other formats, not read" } }
            }
        }
    }
}

fn coverage(report: &ReportSummary) -> Markup {
    let articles = report.totals.articles;
    html! {
        (bars("Languages", &report.languages))
        (bars(&format!("Years: {} of {articles} articles have a date", report.dated), &report.years))
    }
}

fn bars<K: Display>(caption: &str, counts: &BTreeMap<K, usize>) -> Markup {
    let most = counts.values().copied().max().unwrap_or(1).max(1);
    html! {
        table.bars {
            caption { (caption) }
            @for (name, &count) in counts {
                tr {
                    th scope="row" { (name) }
                    td { meter min="0" max=(most) value=(count) {} }
                    td { (count) }
                }
            }
        }
    }
}

fn row_of(row: &ReportRow) -> Markup {
    let title = row.article.as_ref().map(|article| article.title.as_str());
    html! {
        details class=(row.outcome) {
            summary {
                span.outcome { (row.outcome.replace('_', " ")) }
                span.title dir="auto" { (title.filter(|t| !t.is_empty()).unwrap_or("–")) }
                @if let Some(article) = &row.article { (facts(article)) }
                @for concern in &row.concerns { span.concern { (concern) } }
                span.path { (row.path) }
            }
            @if let Some(reason) = &row.reason { p { "Reason: " (reason) } }
            @if let Some(id) = &row.id { p { "Article: " code { (id) } } }
            @for warning in &row.warnings { p.concern { (warning) } }
            @if let Some(article) = &row.article {
                blockquote lang=(article.lang) dir="auto" {
                    (article.beginning)
                    @if !article.end.is_empty() { " … " (article.end) }
                }
            }
            @if let Some(article) = &row.article { (assets(&article.assets)) }
            (removed(&row.removed))
            p.path { "SHA-256 " (row.sha256) }
        }
    }
}

fn facts(article: &ArticleSummary) -> Markup {
    let date = article.date.map_or("no date".to_owned(), |date| date.to_string());
    html! {
        span.facts {
            (date) " · " (article.lang) " · " (article.characters) " characters"
            @if !article.authors.is_empty() { " · " (article.authors.join(", ")) }
            @if let Some(source) = &article.source { " · " (source) }
        }
    }
}

fn assets(assets: &[Asset]) -> Markup {
    let (found, missing): (Vec<_>, Vec<_>) =
        assets.iter().partition(|asset| asset.file.is_some());
    let list = |title: &str, assets: &[&Asset]| {
        html! {
            @if !assets.is_empty() {
                h3 { (title) " (" (assets.len()) ")" }
                ul { @for asset in assets.iter().take(MAX_REMOVED_LINES) {
                    li {
                        (asset.address)
                        @if let Some(file) = &asset.file {
                            " → " (file.path()) " (" (output::bytes(file.len_bytes)) ")"
                        }
                    }
                } }
            }
        }
    };
    html! {
        (list("Shown or offered", &found))
        (list("Not among the inputs, or not fit to travel", &missing))
    }
}

fn removed(removed: &[Removal]) -> Markup {
    let mut by_reason: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for removal in removed {
        by_reason.entry(&removal.reason).or_default().extend(removal.text.lines());
    }
    html! {
        @for (reason, lines) in by_reason {
            h3 { "Left out: " (reason) " (" (lines.len()) ")" }
            ul {
                @for line in lines.iter().take(MAX_REMOVED_LINES) { li dir="auto" { (line) } }
                @if lines.len() > MAX_REMOVED_LINES {
                    li { "… and " (lines.len() - MAX_REMOVED_LINES) " more lines" }
                }
            }
        }
    }
}
