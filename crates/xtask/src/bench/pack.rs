//! `cargo xtask bench pack`: what packing a corpus takes, beside Pagefind on the same articles.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use serde::{Deserialize, Serialize};

use crate::archive::{self, Profile};
use crate::workspace::Workspace;
use crate::{command, tools};

/// Between two looks at the memory of a program.
const LOOK: Duration = Duration::from_millis(10);

/// Pages in a folder of the site that Pagefind indexes.
const PAGES_IN_FOLDER: usize = 500;

/// An article of a corpus.
#[derive(Debug, Deserialize)]
struct Record {
    title: String,
    #[serde(default)]
    lang: String,
    body: String,
}

/// Packs `corpus`, a file with a record on each line, and indexes a page of each article with
/// Pagefind; prints the time of the processor, the time, the peak of memory and the output of
/// both, and writes them to `json`.
pub(super) fn run(
    workspace: &Workspace,
    corpus: &Path,
    json: Option<&Path>,
) -> anyhow::Result<()> {
    let corpus = corpus
        .canonicalize()
        .with_context(|| format!("there is no file {}", corpus.display()))?;
    let mut build = workspace.cargo();
    build.args(["build", "--locked", "--release", "--package", "vitrine-cli"]);
    command::run(&mut build)?;
    let folder = workspace.target().join("bench-pack");
    drop(fs::remove_dir_all(&folder));

    let archive = folder.join("archive");
    let mut pack = Command::new(archive::program(workspace, Profile::Release));
    pack.arg("pack").arg(&corpus).arg("--out").arg(&archive);
    let mut costs = vec![print("vitrine", measure(&mut pack)?, &archive)?];

    match tools::pagefind(workspace) {
        Ok(program) => {
            let site = folder.join("site");
            write_pages(&corpus, &site)?;
            let index = folder.join("pagefind");
            let mut pagefind = Command::new(program);
            pagefind.arg("--site").arg(&site).arg("--output-path").arg(&index);
            costs.push(print("pagefind", measure(&mut pagefind)?, &index)?);
        }
        Err(error) => println!("pagefind: not measured: {error:#}"),
    }
    if let Some(json) = json {
        fs::write(json, format!("{}\n", serde_json::to_string_pretty(&costs)?))
            .with_context(|| format!("cannot write {}", json.display()))?;
    }
    fs::remove_dir_all(&folder)
        .with_context(|| format!("cannot remove {}", folder.display()))
}

/// What a program took.
#[derive(Debug, Clone, Copy, Default, Serialize)]
struct Cost {
    program: &'static str,
    processor_seconds: f64,
    seconds: f64,
    /// 0 where the system does not say.
    peak_megabytes: u64,
    /// What it has written.
    files: usize,
    bytes: u64,
}

/// Runs a program to its end.
fn measure(program: &mut Command) -> anyhow::Result<Cost> {
    let start = Instant::now();
    let processor = processor_seconds_of_children();
    let mut child = program
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .with_context(|| format!("cannot run {program:?}"))?;
    let mut peak_megabytes = 0;
    let status = loop {
        // The peak never falls: the last look before the end tells it.
        peak_megabytes = peak_megabytes.max(peak_of(child.id()));
        match child.try_wait()? {
            Some(status) => break status,
            None => thread::sleep(LOOK),
        }
    };
    ensure!(matches!(status.code(), Some(0 | 1)), "{program:?}: {status}");
    Ok(Cost {
        processor_seconds: processor_seconds_of_children() - processor,
        seconds: start.elapsed().as_secs_f64(),
        peak_megabytes,
        ..Cost::default()
    })
}

/// Returns the most megabytes that a process has had so far.
fn peak_of(process: u32) -> u64 {
    let path = format!("/proc/{process}/status");
    let status = fs::read_to_string(path).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
    kilobytes.map_or(0, |kilobytes: u64| kilobytes * 1024 / 1_000_000)
}

/// Returns the seconds that processors have worked for the programs that this one has run,
/// in user mode and for the system; 0 where the system does not say.
fn processor_seconds_of_children() -> f64 {
    let status = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The name of the program is in parentheses and may have spaces.
    let fields = status.rsplit(')').next().unwrap_or_default().split_whitespace();
    let ticks: f64 = fields.skip(13).take(2).filter_map(|n| n.parse::<f64>().ok()).sum();
    // A tick of this file is a hundredth of a second on every Linux.
    ticks / 100.0
}

/// Prints a line of figures and returns them; `output` is what the program has written.
fn print(program: &'static str, cost: Cost, output: &Path) -> anyhow::Result<Cost> {
    let (files, bytes) = size(output)?;
    let Cost { processor_seconds, seconds, peak_megabytes, .. } = cost;
    println!(
        "{program:9} processor {processor_seconds:6.1} s  time {seconds:6.1} s  memory \
         {peak_megabytes:5} MB  output {:6.1} MB in {files} files",
        bytes as f64 / 1e6
    );
    Ok(Cost { program, files, bytes, ..cost })
}

/// Returns the number of files below `folder` and their bytes.
fn size(folder: &Path) -> anyhow::Result<(usize, u64)> {
    let (mut files, mut len_bytes) = (0, 0);
    let mut folders: Vec<PathBuf> = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder)
            .with_context(|| format!("cannot read {}", folder.display()))?;
        for entry in entries {
            let entry = entry?;
            let metadata = entry.metadata()?;
            if metadata.is_dir() {
                folders.push(entry.path());
            } else {
                files += 1;
                len_bytes += metadata.len();
            }
        }
    }
    Ok((files, len_bytes))
}

/// Writes a page of each article: title and paragraphs, nothing around them.
fn write_pages(corpus: &Path, site: &Path) -> anyhow::Result<()> {
    let file = fs::File::open(corpus)
        .with_context(|| format!("cannot read {}", corpus.display()))?;
    for (number, line) in BufReader::new(file).lines().enumerate() {
        let record: Record = serde_json::from_str(&line?).with_context(|| {
            format!("line {} of {} is no record", number + 1, corpus.display())
        })?;
        let folder = site.join((number / PAGES_IN_FOLDER).to_string());
        if number % PAGES_IN_FOLDER == 0 {
            fs::create_dir_all(&folder)
                .with_context(|| format!("cannot create {}", folder.display()))?;
        }
        let path = folder.join(format!("{number}.html"));
        fs::write(&path, page(&record))
            .with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

fn page(record: &Record) -> String {
    let Record { title, lang, body } = record;
    let lang = if lang.is_empty() { "en" } else { lang };
    let (title, lang) = (escape(title), escape(lang));
    let mut page = format!(
        "<!doctype html><html lang=\"{lang}\"><meta charset=\"utf-8\">\
         <title>{title}</title><main data-pagefind-body><h1>{title}</h1>\n"
    );
    for paragraph in body.split("\n\n") {
        page.extend(["<p>", &escape(paragraph), "</p>\n"]);
    }
    page.push_str("</main></html>\n");
    page
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::{Record, page};

    #[test]
    fn a_page_has_the_text_of_its_article() {
        let record = Record {
            title: "Tides & <moons>".to_owned(),
            lang: String::new(),
            body: "It rises.\n\nIt falls: 1 < 2.".to_owned(),
        };
        let page = page(&record);
        assert!(page.contains("lang=\"en\""), "{page}");
        assert!(page.contains("<h1>Tides &amp; &lt;moons></h1>"), "{page}");
        assert!(page.contains("<p>It rises.</p>\n<p>It falls: 1 &lt; 2.</p>"), "{page}");
    }
}
