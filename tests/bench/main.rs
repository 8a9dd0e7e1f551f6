//! Measures archives: `cargo xtask bench` runs this and says how.
//!
//! `reading` counts natively what a search loads, `wire` does the same in Chromium with the
//! viewer's code, `query` takes the time of warm searches there, `ui` what people wait for, `embed`
//! what the page around an archive waits for, `scale` packs made-up articles or pages.
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::needless_pass_by_value,
    reason = "this is a tool for developers: it fails by panicking, and prints its figures"
)]

mod embed;

mod figures;

mod folder;

mod reading;

mod recall;

mod scale;

mod ui;

mod wire;

#[path = "../web/bidi.rs"]
mod bidi;

#[path = "../web/browser/mod.rs"]
mod browser;

#[path = "../web/page.rs"]
#[expect(dead_code, reason = "the browser tests use more of it")]
mod page;

#[path = "../web/server.rs"]
mod server;

#[path = "../web/session.rs"]
mod session;

use std::path::Path;

const USAGE: &str = "\
usage: cargo xtask bench VERB
  reading ARCHIVE QUERIES   files and bytes that searches load, by section
  wire ARCHIVE QUERIES      the same in Chromium, with the viewer's code, over HTTP
  query ARCHIVE QUERIES     time of warm searches in Chromium
  recall ARCHIVE QUERIES    what prefixes find, and whether results depend on earlier searches
  ui ARCHIVE                time from a key or a click to its picture in Chromium, and the
                            longest task while one types on a slow computer
  embed ARCHIVE             how long the page around it waits while it starts, is searched and read,
                            in Chromium and Firefox
  pack CORPUS               time, memory and output of packing, beside Pagefind
  clean DIR                 pages a second of cleaning, beside other extractors
  scale [--pages] COUNT...
                            packs so many made-up articles, or cleans and packs so many raw
                            pages; time, memory, bytes, files that differ after a change
All but clean write their figures with --json FILE. QUERIES has a query on each line, CORPUS a JSON record with title, lang and body.";

fn main() {
    // Paths are meant from where the task was called; cargo runs benches elsewhere.
    if let Some(folder) = std::env::var_os("VITRINE_BENCH_FOLDER") {
        std::env::set_current_dir(folder).expect("the folder of the caller is there");
    }
    // Cargo adds --bench.
    let args: Vec<String> =
        std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let mut args: Vec<&str> = args.iter().map(String::as_str).collect();
    let json = args.iter().position(|arg| *arg == "--json").map(|at| {
        args.remove(at);
        assert!(at < args.len(), "--json takes a file");
        args.remove(at)
    });
    let figures = match args.as_slice() {
        ["reading", archive, queries] => {
            reading::run(Path::new(archive), &read_queries(queries))
        }
        ["wire", archive, queries] => {
            wire::bytes(Path::new(archive), &read_queries(queries))
        }
        ["query", archive, queries] => {
            wire::times(Path::new(archive), &read_queries(queries))
        }
        ["recall", archive, queries] => {
            recall::run(Path::new(archive), &read_queries(queries))
        }
        ["ui", archive] => ui::run(Path::new(archive)),
        ["embed", archive] => embed::run(Path::new(archive)),
        ["scale", "--pages", counts @ ..] if !counts.is_empty() => {
            scale::run(scale::Scale::Pages, &numbers(counts))
        }
        ["scale", counts @ ..] if !counts.is_empty() => {
            scale::run(scale::Scale::Articles, &numbers(counts))
        }
        // `cargo test --all-targets` runs benches too, without arguments.
        _ => {
            println!("{USAGE}");
            return;
        }
    };
    if let Some(json) = json {
        let text = format!("{figures:#}\n");
        std::fs::write(json, text).expect("the file of the figures can be written");
    }
}

fn numbers(counts: &[&str]) -> Vec<usize> {
    counts.iter().map(|count| count.parse().expect("COUNT is a number")).collect()
}

fn read_queries(path: &str) -> Vec<String> {
    let text = std::fs::read_to_string(path)
        .unwrap_or_else(|error| panic!("cannot read {path}: {error}"));
    text.lines().map(str::to_owned).filter(|line| !line.is_empty()).collect()
}
