//! What the reader's browser has to fetch, against the budget.

use std::io::Write as _;
use std::path::Path;

use anyhow::{Context as _, bail};
use flate2::Compression;
use flate2::write::GzEncoder;

use super::settings::Settings;

/// Prints the size of each part, raw and gzipped, and fails when the scripts to begin with,
/// which have the name of a file, exceed the budget. Those that come `later` have none.
pub(super) fn report(
    settings: &Settings,
    begin: &[(&str, &[u8])],
    later: &[(&str, &[u8])],
) -> anyhow::Result<()> {
    println!("{:>10} {:>10}", "bytes", "gzip");
    let mut sum = 0;
    for (name, bytes) in begin {
        let gzip = line(name, bytes)?;
        // The core holds module and glue.
        if Path::new(name).extension().is_some() {
            sum += gzip;
        }
    }
    let budget = settings.budget_gzip_bytes;
    println!("{:>10} {sum:>10}  to begin with, budget {budget}", "");
    for (name, bytes) in later {
        line(&format!("{name}, later"), bytes)?;
    }
    if sum > budget {
        bail!(
            "the scripts take {sum} bytes gzipped, {} above the budget in wasm-pack.toml",
            sum - budget
        );
    }
    Ok(())
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
