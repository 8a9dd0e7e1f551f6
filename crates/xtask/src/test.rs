//! `cargo xtask test`: makes the machine ready, builds everything once, runs all tests.

use std::process::{Command, ExitCode};

use anyhow::Context as _;

use crate::archive::{self, Profile};
use crate::args::{TestArgs, WasmArgs};
use crate::browsers::{self, Browsers};
use crate::workspace::Workspace;
use crate::{command, examples, npm, tools, wasm};

/// Runs doctests, then all other tests; exits with 2 where browsers are missing and cannot be
/// installed.
pub(crate) fn run(workspace: &Workspace, args: &TestArgs) -> anyhow::Result<ExitCode> {
    let TestArgs {} = args;
    let Some(stage) = Stage::prepare(workspace, Width::Workspace)? else {
        return Ok(ExitCode::from(2));
    };
    let mut doctests = workspace.cargo();
    doctests.args(["test", "--locked", "--quiet", "--workspace", "--doc"]);
    command::run(&mut doctests)?;
    let mut tests = runner(workspace, Width::Workspace);
    command::run(stage.tell(&mut tests))?;
    Ok(ExitCode::SUCCESS)
}

/// Which tests run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Width {
    /// All but doctests.
    Workspace,
    /// Only those in browsers.
    Browsers,
}

/// The test runner: cargo-nextest where it is installed, else cargo's own.
pub(crate) fn runner(workspace: &Workspace, width: Width) -> Command {
    let mut tests = workspace.cargo();
    if has_nextest(workspace) {
        tests.args(["nextest", "run"]);
    } else {
        tests.arg("test");
    }
    tests.arg("--locked");
    match width {
        // Of what was built before, all but the benches, which list no tests.
        Width::Workspace => tests.args(["--workspace", "--tests"]),
        // Of the whole workspace, whose features are those of what was built before.
        Width::Browsers => tests.args(["--workspace", "--test", "web"]),
    };
    tests
}

/// The test runner for tests that take long, which a filter of cargo-nextest picks.
pub(crate) fn long_runner(
    workspace: &Workspace,
    filter: &str,
) -> anyhow::Result<Command> {
    if !has_nextest(workspace) {
        anyhow::bail!("this needs cargo-nextest: cargo install --locked cargo-nextest");
    }
    let mut tests = workspace.cargo();
    tests.args(["nextest", "run", "--locked", "--workspace", "--tests"]);
    tests.args(["--profile", "long", "-E", filter]);
    Ok(tests)
}

fn has_nextest(workspace: &Workspace) -> bool {
    let mut nextest = workspace.cargo();
    nextest.args(["nextest", "--version"]);
    command::succeeds(&mut nextest)
}

/// What the browser tests need: browsers, and the sample packed by this build's command.
pub(crate) struct Stage {
    browsers: Browsers,
    program: std::path::PathBuf,
    archive: std::path::PathBuf,
    axe: std::path::PathBuf,
    elasticlunr: std::path::PathBuf,
    typescript: std::path::PathBuf,
    package: std::path::PathBuf,
    examples: std::path::PathBuf,
}

impl Stage {
    /// Installs browsers where they are missing, builds everything, packs the sample; none
    /// where there is no browser to be had, which is said.
    pub(crate) fn prepare(
        workspace: &Workspace,
        width: Width,
    ) -> anyhow::Result<Option<Self>> {
        // First: what cannot be had is said at once, not after the build.
        let Some(browsers) = browsers::ensure()? else {
            return Ok(None);
        };
        let axe = tools::axe(workspace, &browsers.npm)?;
        let elasticlunr = tools::elasticlunr(workspace, &browsers.npm)?;
        let typescript = tools::typescript(workspace, &browsers.npm)?;
        let examples = examples::make(workspace, &browsers.npm)?;
        wasm::run(workspace, &WasmArgs {})?;
        let package = npm::make(workspace)?;
        let mut build = workspace.cargo();
        build.args(["build", "--locked", "--workspace"]);
        build.args(match width {
            Width::Workspace => &["--all-targets"][..],
            Width::Browsers => &["--bins", "--test", "web"],
        });
        command::run(&mut build)?;

        let program = archive::program(workspace, Profile::Dev);
        let archive = workspace.target().join("tmp").join("sample");
        archive::pack(workspace, &program, &archive)
            .context("the browser tests have nothing to open")?;
        Ok(Some(Self {
            browsers,
            program,
            archive,
            axe,
            elasticlunr,
            typescript,
            package,
            examples,
        }))
    }

    /// Tells a test runner where everything is.
    pub(crate) fn tell<'c>(&self, tests: &'c mut Command) -> &'c mut Command {
        let Self { browsers, program, archive, axe, elasticlunr, .. } = self;
        tests.env("VITRINE_BIN", program).env("VITRINE_TEST_ARCHIVE", archive);
        tests.env("VITRINE_AXE", axe).env("VITRINE_ELASTICLUNR", elasticlunr);
        tests.env("VITRINE_TSC", &self.typescript);
        tests.env("VITRINE_NPM", &self.package).env("VITRINE_EXAMPLES", &self.examples);
        tests.env("VITRINE_CHROMIUM", &browsers.chromium);
        tests.env("VITRINE_CHROMEDRIVER", &browsers.chromedriver);
        tests.env("VITRINE_FIREFOX", &browsers.firefox)
    }
}
