//! `vitrine show`: one article.

use std::process::ExitCode;

use anyhow::bail;
use vitrine_article::Asset;

use crate::{archive_folder, args::ShowArgs, output};

/// Runs the verb.
pub(crate) fn run(args: &ShowArgs) -> anyhow::Result<ExitCode> {
    let archive = archive_folder::open(&args.archive)?;
    let Some(view) = pollster::block_on(archive.article(&args.id, ""))? else {
        bail!(
            "the archive has no article with the id {:?}; `vitrine search` prints ids",
            args.id
        );
    };
    if args.original {
        let Some(page) = pollster::block_on(archive.original(&args.id))? else {
            bail!("the archive has no original pages; pack it with --keep-originals");
        };
        return output::write(&page).map(|()| ExitCode::SUCCESS);
    }
    let article = &view.article;
    if args.json {
        output::print_json(article)?;
        return Ok(ExitCode::SUCCESS);
    }
    let metadata = &article.metadata;
    output::print(&metadata.title)?;
    let facts = metadata.date.map(|date| date.to_string()).into_iter();
    let facts = facts.chain(metadata.authors.iter().cloned());
    let facts: Vec<String> = facts.chain(metadata.source.clone()).collect();
    if !facts.is_empty() {
        output::print(&facts.join(" · "))?;
    }
    output::print(&format!("\n{}\n", article.whole_text()))?;
    for Asset { address, file } in &article.assets {
        if let Some(file) = file {
            let len = output::bytes(file.len_bytes);
            output::print(&format!("with {address} ({}, {len})", file.path()))?;
        }
    }
    output::print(&format!(
        "from {} (SHA-256 {})",
        article.provenance.path, article.provenance.sha256
    ))?;
    Ok(ExitCode::SUCCESS)
}
