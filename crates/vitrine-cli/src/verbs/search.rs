//! `vitrine search`: the engine of the viewer, on the terminal.

use std::{fs, process::ExitCode};

use anyhow::{Context, bail};
use serde::Serialize;
use unicode_normalization::UnicodeNormalization;
use vitrine_reader::{
    Archive, ChunkSource, Correction, FacetCount, Facets, HitView, SearchRequest,
    SearchResults, Sort, Span, all_read,
};

use crate::{
    archive_folder,
    args::{SearchArgs, SearchFormat, SortOrder},
    output,
};

/// What `--json` prints for each query.
#[derive(Serialize)]
struct QueryResults<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    qid: Option<&'a str>,
    query: &'a str,
    #[serde(flatten)]
    results: &'a SearchResults,
}

/// Runs the verb.
pub(crate) fn run(args: &SearchArgs) -> anyhow::Result<ExitCode> {
    let archive = archive_folder::open(&args.archive)?;
    let file = match &args.queries {
        Some(path) => fs::read_to_string(path)
            .with_context(|| format!("cannot read the queries {}", path.display()))?,
        None => String::new(),
    };
    let queries = match &args.query {
        Some(query) => vec![(None, query.as_str())],
        None => parse_queries(&file)?,
    };
    for (qid, query) in queries {
        let results = search(&archive, query, args)?;
        if args.json {
            output::print_json(&QueryResults { qid, query, results: &results })?;
        } else if args.format == SearchFormat::Trec {
            print_trec(qid.unwrap_or("1"), &results)?;
        } else {
            print_text(&results)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Splits a file of queries into ids and queries.
fn parse_queries(file: &str) -> anyhow::Result<Vec<(Option<&str>, &str)>> {
    let mut queries = Vec::new();
    for (index, line) in file.lines().enumerate().filter(|(_, line)| !line.is_empty()) {
        let Some((qid, query)) = line.split_once('\t') else {
            bail!(
                "line {} of the queries has no tab; write each as id, tab, query",
                index + 1
            );
        };
        queries.push((Some(qid), query));
    }
    Ok(queries)
}

fn search<S: ChunkSource>(
    archive: &Archive<S>,
    query: &str,
    args: &SearchArgs,
) -> anyhow::Result<SearchResults> {
    let request = SearchRequest {
        filter: args.filter.join(" ").nfc().collect(),
        sort: match args.sort {
            SortOrder::Relevance => Sort::Relevance,
            SortOrder::Newest => Sort::Newest,
            SortOrder::Oldest => Sort::Oldest,
            SortOrder::Title => Sort::Title,
        },
        wants_facets: args.facets,
        limit: args.limit,
        ..SearchRequest::new(query.nfc().collect::<String>())
    };
    let mut results = pollster::block_on(archive.search(&request))?;
    results.hits = all_read(results.hits)?;
    Ok(results)
}

fn print_trec(qid: &str, results: &SearchResults) -> anyhow::Result<()> {
    for (index, hit) in results.hits.iter().enumerate() {
        let HitView { id, score, .. } = hit;
        let id = id.replace(char::is_whitespace, "_");
        output::print(&format!("{qid} Q0 {id} {} {score} vitrine", index + 1))?;
    }
    Ok(())
}

fn print_text(results: &SearchResults) -> anyhow::Result<()> {
    let SearchResults { total, hits, corrections, is_relaxed, facets } = results;
    let noun = if *total == 1 { "article" } else { "articles" };
    output::print(&format!("{total} {noun}"))?;
    for Correction { from, to } in corrections {
        output::print(&format!("searched {to} for {from}; +{from} is taken literally"))?;
    }
    if *is_relaxed {
        output::print("the phrase occurs nowhere; its words were searched")?;
    }
    if let Some(facets) = facets {
        let Facets { years, langs, authors, sources, sections, types } = facets;
        for (field, counts) in [
            ("year", years),
            ("lang", langs),
            ("author", authors),
            ("source", sources),
            ("section", sections),
            ("type", types),
        ] {
            print_facet(field, counts)?;
        }
    }
    for (index, hit) in hits.iter().enumerate() {
        let title = if hit.title.is_empty() {
            "(untitled)".to_owned()
        } else {
            marked(&hit.title)
        };
        output::print(&format!("\n{:>3}  {title}", index + 1))?;
        let date = hit.date.map(|date| date.to_string());
        let facts: Vec<String> =
            date.into_iter().chain(hit.authors.iter().cloned()).collect();
        if !facts.is_empty() {
            output::print(&format!("     {}", facts.join(" · ")))?;
        }
        output::print(&format!("     {}", marked(&hit.snippet)))?;
        output::print(&format!("     id: {}", hit.id))?;
    }
    Ok(())
}

fn print_facet(field: &str, counts: &[FacetCount]) -> anyhow::Result<()> {
    let counts: Vec<String> = counts
        .iter()
        .map(|FacetCount { value, count }| format!("{value} ({count})"))
        .collect();
    if counts.is_empty() {
        return Ok(());
    }
    output::print(&format!("{field}: {}", counts.join(", ")))
}

/// Returns a text whose matches stand between brackets.
fn marked(spans: &[Span]) -> String {
    spans
        .iter()
        .map(
            |span| {
                if span.is_match { format!("[{}]", span.text) } else { span.text.clone() }
            },
        )
        .collect()
}
