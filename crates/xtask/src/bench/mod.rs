//! `cargo xtask bench`: the measurements of `tests/bench`, built as people get the command,
//! the speed of cleaning, and what packing takes.

mod clean;
mod pack;

use std::ffi::OsStr;
use std::path::Path;
use std::process::ExitCode;

use crate::args::BenchArgs;
use crate::workspace::Workspace;
use crate::{browsers, command};

/// Runs a measurement; exits with 2 where it needs a browser that cannot be had.
pub(crate) fn run(workspace: &Workspace, args: &BenchArgs) -> anyhow::Result<ExitCode> {
    let BenchArgs { what } = args;
    let words: Vec<&str> = what.iter().filter_map(|word| word.to_str()).collect();
    let measured = match *words.as_slice() {
        ["clean", folder] => Some(clean::run(workspace, Path::new(folder))),
        ["pack", corpus] => Some(pack::run(workspace, Path::new(corpus), None)),
        ["pack", corpus, "--json", json] | ["pack", "--json", json, corpus] => {
            Some(pack::run(workspace, Path::new(corpus), Some(Path::new(json))))
        }
        _ => None,
    };
    if let Some(measured) = measured {
        return measured.map(|()| ExitCode::SUCCESS);
    }
    let mut bench = workspace.cargo();
    bench.args(["bench", "--locked", "--quiet", "--package", "vitrine-tests"]);
    bench.args(["--bench", "archive", "--"]).args(what);
    // cargo runs it in the folder of its package.
    bench.env("VITRINE_BENCH_FOLDER", std::env::current_dir()?);
    let in_browsers = ["wire", "query", "ui", "embed"].map(OsStr::new);
    if what.first().is_some_and(|verb| in_browsers.contains(&&**verb)) {
        let Some(browsers) = browsers::ensure()? else {
            return Ok(ExitCode::from(2));
        };
        bench.env("VITRINE_CHROMIUM", &browsers.chromium);
        bench.env("VITRINE_CHROMEDRIVER", &browsers.chromedriver);
        bench.env("VITRINE_FIREFOX", &browsers.firefox);
    }
    command::run(&mut bench)?;
    Ok(ExitCode::SUCCESS)
}
