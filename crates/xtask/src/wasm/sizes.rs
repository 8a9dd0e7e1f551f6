//! What the reader's browser has to fetch, against the budget.

use std::fs;
use std::io::Write as _;

use anyhow::{Context as _, bail};
use flate2::Compression;
use flate2::write::GzEncoder;

use super::settings::Settings;
use crate::workspace::Workspace;

/// Prints every part's size, raw and gzipped, and fails when core and loader exceed the budget.
pub(super) fn report(
    workspace: &Workspace,
    settings: &Settings,
    wasm: &[u8],
    glue: &str,
    script: &str,
) -> anyhow::Result<()> {
    println!("{:>10} {:>10}", "bytes", "gzip");
    line("wasm", wasm)?;
    line("glue", glue.as_bytes())?;
    let core = line("vitrine-core.js (both)", script.as_bytes())?;
    let loader = file(workspace, "vitrine.js")?;
    file(workspace, "vitrine.css")?;
    let sum = core + loader;
    let budget = settings.budget_gzip_bytes;
    println!("{:>10} {sum:>10}  vitrine-core.js + vitrine.js, budget {budget}", "");
    if sum > budget {
        bail!(
            "wasm, glue and loader take {sum} bytes gzipped, {} above the budget in \
             wasm-pack.toml",
            sum - budget
        );
    }
    Ok(())
}

fn file(workspace: &Workspace, name: &str) -> anyhow::Result<u64> {
    let path = workspace.root().join("www").join(name);
    if !path.is_file() {
        return Ok(0);
    }
    let bytes =
        fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    line(name, &bytes)
}

fn line(name: &str, bytes: &[u8]) -> anyhow::Result<u64> {
    let gzip = gzip_len(bytes)?;
    println!("{:>10} {gzip:>10}  {name}", bytes.len());
    Ok(gzip)
}

fn gzip_len(bytes: &[u8]) -> anyhow::Result<u64> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(bytes).context("cannot compress")?;
    Ok(gzip.finish().context("cannot compress")?.len() as u64)
}
