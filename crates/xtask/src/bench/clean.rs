//! `cargo xtask bench clean`: how fast pages are cleaned, beside other extractors.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context as _, ensure};

use crate::archive::{self, Profile};
use crate::workspace::Workspace;
use crate::{command, tools};

/// How often our own command runs; the fastest run counts, because others use the machine.
const RUNS: usize = 3;

/// Pages that are measured, and how long they are together.
struct Pages {
    paths: Vec<PathBuf>,
    len_bytes: u64,
}

/// Measures `vitrine clean --per-file` on `folder`, on one core and on all, and the
/// extractors that can be installed on the HTML pages in it.
pub(super) fn run(workspace: &Workspace, folder: &Path) -> anyhow::Result<()> {
    let folder = folder
        .canonicalize()
        .with_context(|| format!("there is no folder {}", folder.display()))?;
    let mut build = workspace.cargo();
    build.args(["build", "--locked", "--release", "--package", "vitrine-cli"]);
    command::run(&mut build)?;
    let program = archive::program(workspace, Profile::Release);

    let all = pages(&folder, &["html", "htm", "txt"])?;
    ensure!(!all.paths.is_empty(), "no page (.html, .txt) in {}", folder.display());
    println!("{} pages, {} bytes", all.paths.len(), all.len_bytes);
    let own = print("vitrine, one core", &all, own_time(&program, &folder, Some("1"))?);
    print("vitrine, all cores", &all, own_time(&program, &folder, None)?);

    let html = pages(&folder, &["html", "htm"])?;
    if html.paths.len() < all.paths.len() {
        println!("the other extractors read HTML only");
        return Ok(());
    }
    let list = workspace.target().join("bench-pages.txt");
    let lines: Vec<_> = html.paths.iter().map(|path| path.to_string_lossy()).collect();
    fs::write(&list, lines.join("\n"))
        .with_context(|| format!("cannot write {}", list.display()))?;
    let peers = [
        (
            "Trafilatura",
            tools::trafilatura(workspace),
            include_str!("trafilatura.py"),
            "py",
        ),
        (
            "Readability.js",
            tools::readability(workspace),
            include_str!("readability.js"),
            "js",
        ),
    ];
    for (name, installed, script, extension) in peers {
        let peer = installed.and_then(|peer| peer_time(peer, script, extension, &list));
        match peer {
            Ok(seconds) => {
                let speed = print(name, &html, seconds);
                println!("{:24} {:.1} times as fast", "  vitrine, one core", own / speed);
            }
            Err(error) => println!("{name}: not measured: {error:#}"),
        }
    }
    Ok(())
}

/// Prints a line of figures and returns the pages a second.
fn print(name: &str, pages: &Pages, seconds: f64) -> f64 {
    let speed = pages.paths.len() as f64 / seconds;
    let megabytes = pages.len_bytes as f64 / 1e6 / seconds;
    println!("{name:24} {speed:8.1} pages/s {megabytes:8.1} MB/s");
    speed
}

/// Seconds that our own command takes, from its start to the last record.
fn own_time(program: &Path, folder: &Path, cores: Option<&str>) -> anyhow::Result<f64> {
    let mut best = f64::INFINITY;
    for _ in 0..RUNS {
        let mut clean = Command::new(program);
        clean.args(["clean", "--per-file"]).arg(folder);
        clean.stdout(Stdio::null()).stderr(Stdio::null());
        if let Some(cores) = cores {
            clean.env("RAYON_NUM_THREADS", cores);
        }
        let start = Instant::now();
        let status = clean.status().context("cannot run vitrine")?;
        // 1: some inputs could not be read.
        ensure!(matches!(status.code(), Some(0 | 1)), "vitrine clean: {status}");
        best = best.min(start.elapsed().as_secs_f64());
    }
    Ok(best)
}

/// Seconds that another extractor takes for its pages, without its own start.
fn peer_time(
    mut peer: Command,
    script: &str,
    extension: &str,
    list: &Path,
) -> anyhow::Result<f64> {
    let path = list.with_file_name("bench-peer").with_extension(extension);
    fs::write(&path, script)
        .with_context(|| format!("cannot write {}", path.display()))?;
    let output = command::output(peer.arg(path).arg(list))?;
    let text = String::from_utf8_lossy(&output);
    text.trim().parse().with_context(|| format!("it printed {text:?}"))
}

/// The files below `folder` with one of `extensions`, in order.
fn pages(folder: &Path, extensions: &[&str]) -> anyhow::Result<Pages> {
    let mut pages = Pages { paths: Vec::new(), len_bytes: 0 };
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder)
            .with_context(|| format!("cannot read {}", folder.display()))?;
        for entry in entries {
            let path = entry?.path();
            let extension = path.extension().unwrap_or_default().to_string_lossy();
            if path.is_dir() {
                folders.push(path);
            } else if extensions.contains(&extension.as_ref()) {
                pages.len_bytes += path.metadata()?.len();
                pages.paths.push(path);
            }
        }
    }
    pages.paths.sort_unstable();
    Ok(pages)
}
