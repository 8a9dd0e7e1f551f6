//! Archives of many articles: made up, packed by the library, and read.

mod page;
mod process;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    time::Instant,
};

use serde_json::{Value, json};
use vitrine_article::{About, Articles};
use vitrine_clean::{CleanOptions, Cleaned, Cleaner};
use vitrine_ingest::PageSink;
use vitrine_pack::{Output, PackOptions, ViewerAssets, pack};
use vitrine_spool::Spool;
use vitrine_tests::made_up::{MadeUp, Random, TOPIC_WORDS, TOPICS, topic_word};

use crate::{
    folder::CountingFolder,
    reading::{self, open, search, total},
};

/// What is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scale {
    /// Articles.
    Articles,
    /// Raw pages, which are cleaned first.
    Pages,
}

/// Up to so many articles, the archive is packed again with one of them changed.
const MAX_CHANGED: usize = 20_000;

/// Packs and reads archives of these numbers of articles.
pub(crate) fn run(scale: Scale, counts: &[usize]) -> Value {
    counts.iter().map(|&count| measure(scale, count)).collect()
}

fn measure(scale: Scale, count: usize) -> Value {
    let folder =
        tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder can be made");
    let mut output = Folder::new(Some(folder.path()));
    process::reset_peak();
    let start = Instant::now();
    let processor = process::processor_seconds();
    let mut seconds_cleaning = 0.0;
    let packed = match scale {
        Scale::Articles => {
            write(MadeUp::new(count, None), &mut output);
            count
        }
        Scale::Pages => {
            let cleaned = clean(count);
            seconds_cleaning = start.elapsed().as_secs_f64();
            let packed = cleaned.article_count();
            write(&cleaned, &mut output);
            packed
        }
    };
    let seconds = start.elapsed().as_secs_f64();
    let processor = process::processor_seconds() - processor;
    let peak = process::peak_megabytes();
    println!(
        "{count} {scale:?}: {seconds:.1} s, of these cleaning {seconds_cleaning:.1} s, of \
         processors {processor:.1} s; \
         {packed} articles in {} files, {:.0} MB; peak of memory {peak} MB",
        output.paths.len(),
        output.bytes as f64 / 1e6,
    );
    let largest = output.largest.iter();
    let largest: Vec<_> = largest
        .map(|(section, bytes)| format!("{section} {:.1}", *bytes as f64 / 1e3))
        .collect();
    println!("  largest file of each section, KB: {}", largest.join(", "));
    let (ready, searches) = read(folder.path());
    let mut figures = json!({
        "inputs": count,
        "articles": packed,
        "seconds": seconds,
        "seconds_cleaning": seconds_cleaning,
        "processor_seconds": processor,
        "peak_megabytes": peak,
        "files": output.paths.len(),
        "bytes": output.bytes,
        "largest_bytes": output.largest,
        "ready_kilobytes": ready,
        "searches": searches,
    });
    if scale == Scale::Articles && count <= MAX_CHANGED {
        let mut again = Folder::new(None);
        write(MadeUp::new(count, Some(count / 2)), &mut again);
        let differ = differing(&output.paths, &again.paths);
        let all: usize = differ.values().sum();
        println!("  files that differ after a change of one article: {all}, {differ:?}");
        figures["changed_files"] = json!(differ);
    }
    figures
}

/// Counts the paths that are new, by section.
fn differing<'a>(
    before: &'a BTreeSet<String>,
    after: &'a BTreeSet<String>,
) -> BTreeMap<&'a str, usize> {
    let mut counts = BTreeMap::new();
    for path in after.difference(before) {
        // What lies in no folder of a section is the root.
        let section = path.split('/').nth_back(1).unwrap_or_default();
        *counts.entry(section).or_default() += 1;
    }
    counts
}

fn write<A: Articles<Error: std::fmt::Debug>>(articles: A, output: &mut Folder) {
    let options = PackOptions {
        title: "Scale".to_owned(),
        about: About::default(),
        generator: "bench".to_owned(),
        plain_page: None,
    };
    let assets = ViewerAssets {
        index_html: "",
        vitrine_css: b"",
        vitrine_js: b"",
        vitrine_panels_js: b"",
        vitrine_api_js: b"",
        vitrine_embed_js: b"",
        vitrine_offline_js: b"",
        sw_js: "",
        icons: &[],
        vitrine_core_js: b"",
        words: &[],
    };
    pack(articles, &options, &assets, output).expect("the articles can be packed");
}

fn clean(count: usize) -> Cleaned {
    let mut pages = Cleaner::new(CleanOptions::default(), spool());
    for number in 0..count {
        let (path, bytes) = page::page(number);
        vitrine_ingest::read(&path, &bytes).for_each(|page| pages.take(page));
    }
    pages.finish().expect("pages can be put aside")
}

fn spool() -> Spool {
    let folder = env!("CARGO_TARGET_TMPDIR");
    Spool::new(tempfile::spooled_tempfile_in(64 << 20, folder))
}

/// Returns the kilobytes until ready, and what searches load one after another.
fn read(archive: &Path) -> (f64, Value) {
    let queries: Vec<String> = (0..40_u64)
        .map(|n| {
            let mut random = Random(n.wrapping_mul(0x9e37_79b9) + 17);
            let (topic, is_chinese) = (random.below(TOPICS), n % 4 == 3);
            let mut word = || topic_word(topic, random.below(TOPIC_WORDS), is_chinese);
            if is_chinese { word() + &word() } else { word() + " " + &word() }
        })
        .collect();
    let folder = CountingFolder::new(archive);
    let opened = open(&folder);
    let ready = total(&folder.take());
    println!("  until ready: {ready:.1} KB");
    let loads = queries.iter().map(|query| {
        search(&opened, query);
        folder.take()
    });
    let loads: Vec<_> = loads.collect();
    let searches = reading::print("  each search of one visit", &loads);
    (ready, searches)
}

/// Takes files and remembers their names.
struct Folder {
    /// Where they are written, if anywhere.
    path: Option<PathBuf>,
    paths: BTreeSet<String>,
    bytes: usize,
    /// Bytes of the largest file of each section.
    largest: BTreeMap<String, usize>,
}

impl Folder {
    fn new(path: Option<&Path>) -> Self {
        Self {
            path: path.map(Path::to_owned),
            paths: BTreeSet::new(),
            bytes: 0,
            largest: BTreeMap::new(),
        }
    }
}

impl Output for Folder {
    type Error = std::io::Error;

    fn write(&mut self, path: &str, bytes: &[u8]) -> Result<(), Self::Error> {
        self.bytes += bytes.len();
        // What lies in no folder of a section is the root, or the page around it.
        if let Some((_, rest)) = path.split_once("data/")
            && let Some((section, _)) = rest.split_once('/')
        {
            let largest = self.largest.entry(section.to_owned()).or_default();
            *largest = bytes.len().max(*largest);
        }
        self.paths.insert(path.to_owned());
        let Some(folder) = &self.path else { return Ok(()) };
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap_or(folder))?;
        fs::write(path, bytes)
    }

    fn spool(&mut self) -> Spool {
        spool()
    }
}
