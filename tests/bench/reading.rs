//! What a reader of an archive loads: until it is ready, for a first search, for each search
//! of a longer visit.

use std::{collections::BTreeMap, path::Path};

use pollster::block_on;
use serde_json::{Value, json};
use vitrine_reader::{Archive, SearchRequest};

use crate::{
    figures,
    folder::{CountingFolder, Load},
};

/// Results of a page, as the viewer shows them.
const PAGE: u32 = 10;

/// Prints the figures of an archive.
pub(crate) fn run(archive: &Path, queries: &[String]) -> Value {
    let folder = CountingFolder::new(archive);
    let opened = open(&folder);
    let ready = folder.take();
    println!("until ready: {:.1} KB ({})", total(&ready), by_section(&ready, 1));

    let firsts = queries.iter().map(|query| {
        let folder = CountingFolder::new(archive);
        let opened = open(&folder);
        search(&opened, query);
        folder.take()
    });
    let first = print("first search, ready included", &firsts.collect::<Vec<_>>());

    let further = queries.iter().map(|query| {
        search(&opened, query);
        folder.take()
    });
    let further = print("each search of one visit", &further.collect::<Vec<_>>());
    json!({ "ready_kilobytes": total(&ready), "first_search": first, "further_search": further })
}

/// Opens the archive and lists the newest articles, as the viewer does at first.
pub(crate) fn open(folder: &CountingFolder) -> Archive<&CountingFolder> {
    let archive = block_on(Archive::open(folder, None)).expect("the archive opens");
    block_on(archive.latest(0, PAGE));
    archive
}

/// Asks as someone who pressed Enter.
pub(crate) fn search(archive: &Archive<&CountingFolder>, query: &str) {
    let request = SearchRequest { limit: PAGE, ..SearchRequest::new(query) };
    block_on(archive.search(&request)).expect("the archive can be searched");
}

/// Returns all kilobytes of some loads.
pub(crate) fn total(loads: &BTreeMap<&'static str, Load>) -> f64 {
    loads.values().map(|load| load.bytes as f64 / 1000.0).sum()
}

/// Prints bytes and files of some loads, and from which sections they are on average.
pub(crate) fn print(name: &str, loads: &[BTreeMap<&'static str, Load>]) -> Value {
    let bytes = figures::print(name, "KB", &loads.iter().map(total).collect::<Vec<_>>());
    let files = |loads: &BTreeMap<_, Load>| {
        loads.values().map(|load| load.files as f64).sum::<f64>()
    };
    figures::print("", "files", &loads.iter().map(files).collect::<Vec<_>>());
    let mut sum = BTreeMap::<&'static str, Load>::new();
    for (section, load) in loads.iter().flatten() {
        let all = sum.entry(section).or_default();
        all.files += load.files;
        all.bytes += load.bytes;
    }
    println!("  mean: {}", by_section(&sum, loads.len()));
    bytes
}

fn by_section(loads: &BTreeMap<&'static str, Load>, count: usize) -> String {
    let count = count.max(1) as f64;
    let part = |(section, load): (&&'static str, &Load)| {
        let (bytes, files) =
            (load.bytes as f64 / 1000.0 / count, load.files as f64 / count);
        format!("{section} {bytes:.1} KB in {files:.1}")
    };
    loads.iter().map(part).collect::<Vec<_>>().join(", ")
}
