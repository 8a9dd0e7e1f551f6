//! `cargo xtask trust`: the tests of damage, faults, hostile input and bad networks with all
//! their rounds, the fuzz targets, a second build of the viewer, and a table of what was tried.

use std::fs;
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::Context as _;
use serde_json::json;

use crate::args::{FuzzArgs, TrustArgs};
use crate::command;
use crate::fuzz;
use crate::reproducible;
use crate::test::{self, Stage, Width};
use crate::workspace::Workspace;

/// How a part is tried.
#[derive(Clone, Copy)]
enum Way {
    /// By tests, as a filter of nextest.
    Tests(&'static str),
    /// By building the viewer again.
    Build,
    /// By the fuzz targets.
    Fuzz,
}

/// The parts, by name.
const PARTS: &[(&str, Way)] = &[
    ("reproducible", Way::Build),
    ("faults", Way::Tests("binary(it) & test(/^faults::/)")),
    ("damage", Way::Tests("test(/^damage::/)")),
    ("hostile", Way::Tests("test(/^(hostile|vectors)::/)")),
    ("load", Way::Tests("binary(web) & test(/^load::/)")),
    ("fuzzing", Way::Fuzz),
];

/// A part that ran.
struct Outcome {
    part: &'static str,
    succeeded: bool,
    seconds: u64,
    /// What was tried or seen, and how much of it.
    figures: Vec<(String, u64)>,
}

/// Runs the parts one after another, also after one failed, and says which did.
pub(crate) fn run(workspace: &Workspace, args: &TrustArgs) -> anyhow::Result<ExitCode> {
    let wants =
        |part: &str| args.parts.is_empty() || args.parts.iter().any(|name| name == part);
    let needs_stage =
        PARTS.iter().any(|(part, way)| wants(part) && matches!(way, Way::Tests(_)));
    let stage = if needs_stage {
        match Stage::prepare(workspace, Width::Workspace)? {
            Some(stage) => Some(stage),
            None => return Ok(ExitCode::from(2)),
        }
    } else {
        None
    };
    let path = workspace.target().join("tmp").join("trust-figures");
    let mut outcomes = Vec::new();
    for &(part, way) in PARTS.iter().filter(|(part, _)| wants(part)) {
        fs::write(&path, "")
            .with_context(|| format!("cannot write {}", path.display()))?;
        let begun = Instant::now();
        let mut figures = Vec::new();
        let succeeded = match (way, &stage) {
            (Way::Tests(tests), Some(stage)) => {
                let mut runner = test::long_runner(workspace, tests)?;
                runner.env("VITRINE_TRUST_ROUNDS", args.rounds.to_string());
                runner.env("VITRINE_TRUST_FIGURES", &path);
                command::status(stage.tell(&mut runner))?.success()
            }
            (Way::Tests(_), None) => false,
            (Way::Build, _) => build_again(workspace, &mut figures)?,
            (Way::Fuzz, _) => fuzz_all(workspace, args.minutes, &mut figures)?,
        };
        figures.extend(self::figures(&path)?);
        let seconds = begun.elapsed().as_secs();
        outcomes.push(Outcome { part, succeeded, seconds, figures });
    }
    print(&outcomes);
    if let Some(path) = &args.json {
        write(path, &outcomes)?;
    }
    let all = outcomes.iter().all(|outcome| outcome.succeeded);
    Ok(if all { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Builds the viewer from another clone. Returns whether it is the same.
fn build_again(
    workspace: &Workspace,
    figures: &mut Vec<(String, u64)>,
) -> anyhow::Result<bool> {
    let compared = reproducible::compare(workspace)?;
    let same = "files of the viewer that are the same from another clone";
    figures.push((same.to_owned(), compared.same as u64));
    let different = compared.different.iter();
    figures.extend(different.map(|name| (format!("differs: www/pkg/{name}"), 1)));
    Ok(compared.different.is_empty())
}

/// Fuzzes all targets. Returns whether nothing was found.
fn fuzz_all(
    workspace: &Workspace,
    minutes: u32,
    figures: &mut Vec<(String, u64)>,
) -> anyhow::Result<bool> {
    let fuzzed = fuzz::fuzz(workspace, &FuzzArgs { targets: Vec::new(), minutes })?;
    let tried = fuzzed.tried.into_iter();
    figures.extend(tried.map(|(name, count)| (format!("inputs tried on {name}"), count)));
    let found = fuzzed.found.iter();
    figures.extend(found.map(|name| (format!("found: tests/fuzz/artifacts/{name}"), 1)));
    Ok(fuzzed.found.is_empty())
}

/// Reads the lines that the tests left.
fn figures(path: &Path) -> anyhow::Result<Vec<(String, u64)>> {
    let text = fs::read_to_string(path)
        .with_context(|| format!("cannot read {}", path.display()))?;
    let figure = |line: &str| {
        let (count, what) = line.split_once('\t')?;
        Some((what.to_owned(), count.parse().ok()?))
    };
    let mut figures: Vec<_> = text.lines().filter_map(figure).collect();
    figures.sort();
    Ok(figures)
}

fn print(outcomes: &[Outcome]) {
    for Outcome { part, succeeded, seconds, figures } in outcomes {
        let end = if *succeeded { "passed" } else { "FAILED" };
        println!("{part:<10} {end} in {} min {} s", seconds / 60, seconds % 60);
        for (what, count) in figures {
            println!("{count:>12} {what}");
        }
    }
}

fn write(path: &Path, outcomes: &[Outcome]) -> anyhow::Result<()> {
    let part = |outcome: &Outcome| {
        let figures: serde_json::Map<_, _> = outcome
            .figures
            .iter()
            .map(|(what, count)| (what.clone(), json!(count)))
            .collect();
        json!({
            "part": outcome.part,
            "passed": outcome.succeeded,
            "seconds": outcome.seconds,
            "figures": figures,
        })
    };
    let parts: Vec<_> = outcomes.iter().map(part).collect();
    let text = serde_json::to_string_pretty(&parts).context("the figures are no JSON")?;
    fs::write(path, text + "\n")
        .with_context(|| format!("cannot write {}", path.display()))
}
