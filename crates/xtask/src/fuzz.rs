//! `cargo xtask fuzz`: random inputs for everything that reads bytes from elsewhere.

use std::fs;
use std::process::{Command, ExitCode};

use anyhow::Context as _;

use crate::args::FuzzArgs;
use crate::workspace::Workspace;
use crate::{command, tools};

/// Longest time for one input, in seconds; one that takes longer counts as found.
const SECONDS_PER_INPUT: u32 = 10;

/// Most memory that an input may take, in MiB; one that takes more counts as found.
const MEMORY: u32 = 2048;

/// Longest input, in bytes.
const INPUT_LEN: u32 = 64 << 10;

/// Before the number of inputs that were tried, in what the fuzzer says at its end.
const TRIED: &str = "stat::number_of_executed_units:";

/// What fuzzing came to.
pub(crate) struct Fuzzed {
    /// The targets, with the number of inputs that were tried on each.
    pub(crate) tried: Vec<(String, u64)>,
    /// The targets in which something was found.
    pub(crate) found: Vec<String>,
}

/// Fuzzes the targets and says in which something was found.
pub(crate) fn run(workspace: &Workspace, args: &FuzzArgs) -> anyhow::Result<ExitCode> {
    let Fuzzed { found, .. } = fuzz(workspace, args)?;
    if found.is_empty() {
        println!("nothing was found");
        return Ok(ExitCode::SUCCESS);
    }
    eprintln!(
        "inputs that fail are in tests/fuzz/artifacts, for: {}. Mend the cause and move them \
         to tests/fuzz/seeds",
        found.join(", ")
    );
    Ok(ExitCode::FAILURE)
}

/// Fuzzes the targets one after another, also after something was found.
pub(crate) fn fuzz(workspace: &Workspace, args: &FuzzArgs) -> anyhow::Result<Fuzzed> {
    let folder = workspace.root().join("tests").join("fuzz");
    let mut targets = Vec::new();
    for entry in fs::read_dir(folder.join("seeds")).context("cannot read the seeds")? {
        targets.push(entry?.file_name().to_string_lossy().into_owned());
    }
    targets.sort();
    if let Some(name) = args.targets.iter().find(|name| !targets.contains(name)) {
        anyhow::bail!("there is no target {name:?}; there are {}", targets.join(", "));
    }
    let cargo_fuzz = tools::cargo_fuzz(workspace)?;
    let mut fuzzed = Fuzzed { tried: Vec::new(), found: Vec::new() };
    targets.retain(|name| args.targets.is_empty() || args.targets.contains(name));
    for name in targets {
        let corpus = folder.join("corpus").join(&name);
        let artifacts = folder.join("artifacts").join(&name);
        for folder in [&corpus, &artifacts] {
            fs::create_dir_all(folder)
                .with_context(|| format!("cannot create {}", folder.display()))?;
        }
        let mut fuzz = Command::new(&cargo_fuzz);
        fuzz.current_dir(workspace.root()).env("VITRINE_FUZZ_TARGET", &name);
        fuzz.args(["fuzz", "run", "--fuzz-dir"]).arg(&folder);
        fuzz.arg("--target-dir").arg(workspace.target().join("fuzz"));
        // There is no unsafe code for a sanitizer to watch, and without one the compiler
        // that builds everything else does.
        fuzz.args(["--features", "libfuzzer", "--sanitizer", "none"]);
        fuzz.args(["--debug-assertions", "target"]);
        fuzz.args([corpus, folder.join("seeds").join(&name)]).arg("--");
        fuzz.arg(format!("-max_total_time={}", args.minutes.saturating_mul(60)));
        fuzz.arg(format!("-timeout={SECONDS_PER_INPUT}"));
        fuzz.arg(format!("-rss_limit_mb={MEMORY}"));
        fuzz.arg(format!("-max_len={INPUT_LEN}"));
        fuzz.arg(format!("-artifact_prefix={}/", artifacts.display()));
        fuzz.arg("-print_final_stats=1");
        let mut count = 0;
        let status = command::heard(&mut fuzz, |line| {
            count =
                line.strip_prefix(TRIED).map_or(count, |n| n.trim().parse().unwrap_or(0));
        })?;
        fuzzed.tried.push((name.clone(), count));
        if !status.success() {
            fuzzed.found.push(name);
        }
    }
    Ok(fuzzed)
}
