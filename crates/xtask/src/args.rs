//! The definitions of the verbs and their flags; nothing here does any work.

use std::{ffi::OsString, path::PathBuf};

use clap::{Args, Parser, Subcommand};

/// Build, test and check this repository.
///
/// Several verbs can stand in a row and run in that order: cargo xtask test check
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", disable_help_subcommand = true)]
pub(crate) enum Verb {
    /// Build everything, pack the sample archive and say where to click.
    Demo(DemoArgs),
    /// Make this machine ready and run all tests, those in browsers too.
    Test(TestArgs),
    /// Everything that needs no running: format, lints, documentation, spelling, licenses.
    Check(CheckArgs),
    /// Build the browser part into www/pkg, as wasm-pack.toml says, and measure it.
    Wasm(WasmArgs),
    /// Make the npm package in target/npm: the element, the API and their types.
    Npm(NpmArgs),
    /// Run only the tests in browsers.
    E2e(E2eArgs),
    /// Measure quality on judged data.
    Eval(EvalArgs),
    /// Measure archives: bytes, files, time, memory and how long people wait.
    Bench(BenchArgs),
    /// Try random inputs on everything that reads bytes from elsewhere.
    Fuzz(FuzzArgs),
    /// Run what is too long for the tests: damage, faults, hostile input and bad networks.
    Trust(TrustArgs),
    /// Write pictures of the main states in both browsers to target/screenshots.
    Screenshots(ScreenshotsArgs),
    /// Build the command as people download it, with its bill of materials, into target/dist.
    Dist(DistArgs),
    /// What continuous integration runs: test, then check.
    Ci(CiArgs),
}

/// Flags of `cargo xtask demo`.
#[derive(Debug, Args)]
pub(crate) struct DemoArgs {
    /// Open the archive in the default browser.
    #[arg(long)]
    pub(crate) open: bool,
    /// Serve the archive on 127.0.0.1 until interrupted.
    #[arg(long)]
    pub(crate) serve: bool,
}

/// Flags of `cargo xtask dist`.
#[derive(Debug, Args)]
pub(crate) struct DistArgs {
    /// Target to build for [default: on Linux one that needs no libraries, where it is
    /// installed].
    #[arg(long, value_name = "TRIPLE")]
    pub(crate) target: Option<String>,
}

/// Flags of `cargo xtask test`.
#[derive(Debug, Args)]
pub(crate) struct TestArgs {}

/// Flags of `cargo xtask check`.
#[derive(Debug, Args)]
pub(crate) struct CheckArgs {}

/// Flags of `cargo xtask wasm`.
#[derive(Debug, Args)]
pub(crate) struct WasmArgs {}

/// Flags of `cargo xtask npm`.
#[derive(Debug, Args)]
pub(crate) struct NpmArgs {}

/// Flags of `cargo xtask e2e`.
#[derive(Debug, Args)]
pub(crate) struct E2eArgs {
    /// Runs only tests whose names contain this, such as `firefox`.
    #[arg(last = true)]
    pub(crate) filter: Option<String>,
}

/// Flags of `cargo xtask eval`.
#[derive(Debug, Args)]
pub(crate) struct EvalArgs {
    #[command(subcommand)]
    pub(crate) what: EvalWhat,
}

/// What `cargo xtask eval` measures.
#[derive(Debug, Subcommand)]
pub(crate) enum EvalWhat {
    /// The search: pack documents with the release build, ask queries, print nDCG@10,
    /// success@1, success@10 and MRR.
    Search(EvalSearchArgs),
    /// The cleaning: clean folders of pages with the release build and compare what comes
    /// out with what people say is right.
    Cleaning(EvalCleaningArgs),
}

/// Flags of `cargo xtask eval search`.
#[derive(Debug, Args)]
pub(crate) struct EvalSearchArgs {
    /// Folders with `docs.jsonl`, `queries.tsv` (id, tab, query), `qrels.tsv` (query, tab,
    /// document, tab, grade) and, if there is one, `queries_typo.tsv`.
    #[arg(value_name = "DIR")]
    pub(crate) sets: Vec<PathBuf>,
    /// Documents in which the known items are.
    #[arg(long, value_name = "FILE", requires = "known")]
    pub(crate) corpus: Option<PathBuf>,
    /// Files of known items: query, tab, id of the only right document.
    #[arg(long, value_name = "FILE", requires = "corpus", num_args = 1..)]
    pub(crate) known: Vec<PathBuf>,
    /// Print the figures as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

/// Flags of `cargo xtask bench`.
#[derive(Debug, Args)]
pub(crate) struct BenchArgs {
    /// What to measure and on what; without it, the list of what there is.
    #[arg(trailing_var_arg = true, value_name = "WHAT")]
    pub(crate) what: Vec<OsString>,
}

/// Flags of `cargo xtask eval cleaning`.
#[derive(Debug, Args)]
pub(crate) struct EvalCleaningArgs {
    /// Folders with `gold.jsonl` and either text dumps, a folder for each site, or HTML
    /// pages as `html/<id>.html.gz`.
    #[arg(value_name = "DIR", required = true)]
    pub(crate) folders: Vec<PathBuf>,
    /// The right bodies begin with the title.
    #[arg(long)]
    pub(crate) headline: bool,
    /// Print the figures as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

/// Flags of `cargo xtask fuzz`.
#[derive(Debug, Args)]
pub(crate) struct FuzzArgs {
    /// Which targets, by the names of the folders in tests/fuzz/seeds; all without any.
    #[arg(value_name = "TARGET")]
    pub(crate) targets: Vec<String>,
    /// Minutes for each target.
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub(crate) minutes: u32,
}

/// Flags of `cargo xtask trust`.
#[derive(Debug, Args)]
pub(crate) struct TrustArgs {
    /// Which parts; all without any.
    #[arg(value_name = "PART", value_parser = ["damage", "faults", "fuzzing", "hostile", "load", "reproducible"])]
    pub(crate) parts: Vec<String>,
    /// How often what happens at random is tried, such as the end of a pack that is killed.
    #[arg(long, value_name = "N", default_value_t = 200)]
    pub(crate) rounds: u32,
    /// Minutes for each fuzz target.
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub(crate) minutes: u32,
    /// Write the figures to a file, too.
    #[arg(long, value_name = "FILE")]
    pub(crate) json: Option<PathBuf>,
}

/// Flags of `cargo xtask screenshots`.
#[derive(Debug, Args)]
pub(crate) struct ScreenshotsArgs {}

/// Flags of `cargo xtask ci`.
#[derive(Debug, Args)]
pub(crate) struct CiArgs {}

/// Every verb's name, to see where one verb's arguments end and the next verb starts.
const NAMES: &[&str] = &[
    "demo",
    "test",
    "check",
    "wasm",
    "npm",
    "e2e",
    "eval",
    "bench",
    "fuzz",
    "trust",
    "screenshots",
    "dist",
    "ci",
];

/// Splits the command line at verb names and parses each part; exits with clap's own message
/// when a part is wrong. Everything after `--` belongs to the verb before it.
pub(crate) fn parse(line: impl IntoIterator<Item = OsString>) -> Vec<Verb> {
    split(line).into_iter().map(Verb::parse_from).collect()
}

fn split(line: impl IntoIterator<Item = OsString>) -> Vec<Vec<OsString>> {
    let mut line = line.into_iter();
    let program = line.next().unwrap_or_else(|| "cargo xtask".into());
    let mut parts = vec![vec![program.clone()]];
    let mut verbatim = false;
    for word in line {
        verbatim |= word == "--";
        let starts_verb = !verbatim && NAMES.iter().any(|name| word == *name);
        match parts.last_mut() {
            Some(part) if !starts_verb || part.len() == 1 => part.push(word),
            _ => parts.push(vec![program.clone(), word]),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(line: &str) -> Vec<String> {
        split(line.split(' ').map(OsString::from))
            .into_iter()
            .map(|part| part.join(" ".as_ref()).to_string_lossy().into_owned())
            .collect()
    }

    #[test]
    fn verbs_in_a_row_are_split_and_keep_their_flags() {
        assert_eq!(parts("x demo --open check"), ["x demo --open", "x check"]);
        assert_eq!(parts("x --help"), ["x --help"]);
    }

    #[test]
    fn no_value_of_an_argument_is_taken_for_a_verb() {
        use clap::CommandFactory as _;
        for verb in Verb::command().get_subcommands() {
            for value in verb.get_arguments().flat_map(clap::Arg::get_possible_values) {
                assert!(!NAMES.contains(&value.get_name()), "{}", value.get_name());
            }
        }
    }

    #[test]
    fn nothing_is_split_after_the_double_dash() {
        assert_eq!(parts("x e2e -- check"), ["x e2e -- check"]);
    }

    #[test]
    fn every_verb_can_start_a_part() {
        use clap::CommandFactory as _;
        let verbs: Vec<_> = Verb::command()
            .get_subcommands()
            .map(|verb| verb.get_name().to_owned())
            .collect();
        assert_eq!(verbs, NAMES);
    }
}
