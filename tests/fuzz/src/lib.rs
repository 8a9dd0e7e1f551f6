//! Fuzz targets: functions that take any bytes and may fail only where the product is wrong.
//!
//! A fuzzer calls them (`cargo xtask fuzz`), and the tests replay every input under `seeds/`,
//! a folder for each target. An input that once broke something is added there.
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a target ends with a panic where something is wrong"
)]

mod archive;
mod assets;
mod forge;
mod pages;
mod query;

use std::collections::BTreeMap;

use vitrine_bundle::Section;

use crate::forge::Codec;

/// A function to be fuzzed.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// Its name, also that of its folder of seeds.
    pub name: &'static str,
    /// Runs it on an input; panics where an invariant does not hold.
    pub run: fn(&[u8]),
}

const fn target_of(name: &'static str, run: fn(&[u8])) -> Target {
    Target { name, run }
}

/// All targets.
pub const TARGETS: &[Target] = &[
    target_of("asset", assets::asset),
    target_of("clean_dump", pages::dump),
    target_of("clean_html", pages::html),
    target_of("clean_metadata", pages::metadata),
    target_of("columns", archive::columns),
    target_of("dictionary", archive::dictionary),
    target_of("directory", archive::directory),
    target_of("documents", archive::documents),
    target_of("envelope", archive::envelope),
    target_of("folding", archive::folding),
    target_of("frame", archive::frame),
    target_of("ids", archive::ids),
    target_of("ingest_gzip", pages::gzip),
    target_of("ingest_json", pages::json),
    target_of("ingest_lines", pages::lines),
    target_of("ingest_markdown", pages::markdown),
    target_of("ingest_mhtml", pages::mhtml),
    target_of("ingest_page", pages::page),
    target_of("ingest_table", pages::table),
    target_of("ingest_tar", pages::tar),
    target_of("ingest_warc", pages::warc),
    target_of("ingest_zip", pages::zip),
    target_of("lexicon", archive::lexicon),
    target_of("postings", archive::postings),
    target_of("query", query::query),
    target_of("root", archive::root),
    target_of("texts", archive::texts),
    target_of("values", archive::values),
];

/// Returns the target of this name.
///
/// # Panics
///
/// When there is none.
pub fn target(name: &str) -> &'static Target {
    TARGETS
        .iter()
        .find(|target| target.name == name)
        .unwrap_or_else(|| panic!("there is no fuzz target named {name:?}"))
}

/// Returns inputs that are right, for the targets that read parts of an archive: what the
/// newest archive that every version has to read holds there.
pub fn fixture() -> Vec<(&'static str, Vec<u8>)> {
    let sample = forge::Sample::get();
    let sections = [
        ("folding", Section::Folding),
        ("lexicon", Section::Lexicon),
        ("postings", Section::Postings),
        ("documents", Section::Documents),
        ("ids", Section::Ids),
        ("texts", Section::Texts),
        ("columns", Section::Columns),
        ("values", Section::Values),
    ];
    let contents = sections.into_iter().flat_map(|(name, section)| {
        sample.contents(section).into_iter().map(move |content| (name, content))
    });
    let texts = sample.contents(Section::Texts);
    let frames =
        texts.iter().map(|text| forge::chunk(Section::Texts, Codec::Stored, text));
    let root = sample.root_content(&BTreeMap::new());
    let mut inputs: Vec<_> = contents.collect();
    inputs.extend(frames.map(|frame| ("frame", frame)));
    inputs.push(("directory", sample.page_content(Section::Documents)));
    inputs.push(("envelope", vitrine_bundle::envelope::wrap(&root).into_bytes()));
    inputs.push(("root", root));
    inputs
}
