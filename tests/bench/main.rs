//! Measures archives: `cargo xtask bench` runs this and says how.
//!
//! `reading` counts natively what a search loads, `wire` does the same in Chromium with the
//! viewer's code, `query` takes the time of warm searches there, `ui` what people wait for, `scale`
//! packs made-up articles or pages.
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::needless_pass_by_value,
    reason = "this is a tool for developers: it fails by panicking, and prints its figures"
)]

mod figures;

mod folder;

mod reading;

mod scale;

mod ui;

mod wire;

#[path = "../web/bidi.rs"]
mod bidi;

#[path = "../web/browser/mod.rs"]
#[expect(dead_code, reason = "the browser tests use more of it")]
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
  ui ARCHIVE [--json FILE]  time from a key or a click to its picture in Chromium, and the
                            longest task while one types on a slow computer
  pack CORPUS               time, memory and output of packing, beside Pagefind
  clean DIR                 pages a second of cleaning, beside other extractors
  scale [--pages] [--json FILE] COUNT...
                            packs so many made-up articles, or cleans and packs so many raw
                            pages; time, memory, bytes, files that differ after a change
QUERIES has a query on each line, CORPUS a JSON record with title, lang and body.";

fn main() {
    // Paths are meant from where the task was called; cargo runs benches elsewhere.
    if let Some(folder) = std::env::var_os("VITRINE_BENCH_FOLDER") {
        std::env::set_current_dir(folder).expect("the folder of the caller is there");
    }
    // Cargo adds --bench.
    let args: Vec<String> =
        std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args.as_slice() {
        ["reading", archive, queries] => {
            reading::run(Path::new(archive), &read_queries(queries));
        }
        ["wire", archive, queries] => {
            wire::bytes(Path::new(archive), &read_queries(queries));
        }
        ["query", archive, queries] => {
            wire::times(Path::new(archive), &read_queries(queries));
        }
        ["ui", archive] => ui::run(Path::new(archive), None),
        ["ui", archive, "--json", json] => {
            ui::run(Path::new(archive), Some(Path::new(json)));
        }
        ["scale", rest @ ..] if !rest.is_empty() => scale(rest),
        // `cargo test --all-targets` runs benches too, without arguments.
        _ => println!("{USAGE}"),
    }
}

fn scale(args: &[&str]) {
    let mut what = scale::Scale::Articles;
    let mut json = None;
    let mut counts = Vec::new();
    let mut args = args.iter();
    while let Some(&arg) = args.next() {
        match arg {
            "--pages" => what = scale::Scale::Pages,
            "--json" => json = args.next().map(Path::new),
            count => counts.push(count.parse().expect("COUNT is a number")),
        }
    }
    scale::run(what, &counts, json);
}

fn read_queries(path: &str) -> Vec<String> {
    let text = std::fs::read_to_string(path)
        .unwrap_or_else(|error| panic!("cannot read {path}: {error}"));
    text.lines().map(str::to_owned).filter(|line| !line.is_empty()).collect()
}
