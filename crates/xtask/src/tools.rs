//! Programs that the checks need, pinned and installed into the build folder.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context as _;

use crate::command;
use crate::workspace::Workspace;

/// The spelling checker; `PyPI` and crates.io have the same versions.
const TYPOS: &str = "1.52.0";

/// The extractors that cleaning is measured beside.
const TRAFILATURA: &str = "2.3.1";
const READABILITY: &str = "0.6.0";
const JSDOM: &str = "26.1.0";

/// The search that packing is measured beside.
const PAGEFIND: &str = "1.6.0";

/// The checker of dependencies.
const CARGO_DENY: &str = "0.20.2";

/// The driver of the fuzzer.
const CARGO_FUZZ: &str = "0.13.2";

/// The search library that elasticlunr-rs writes indexes for.
const ELASTICLUNR: &str = "0.9.5";

/// The accessibility checker.
const AXE: &str = "4.14.1";

/// The compiler that checks the declarations of the API.
const TYPESCRIPT: &str = "5.9.3";

/// What the examples of embedding are written for, and what bundles one of them.
const REACT_DOM: &str = "19.3.1";
const VUE: &str = "3.5.45";
const ESBUILD: &str = "0.28.2";

/// The path of typos: a ready wheel where Python can install it, else compiled.
pub(crate) fn typos(workspace: &Workspace) -> anyhow::Result<PathBuf> {
    let folder = workspace.tools().join(format!("typos-{TYPOS}"));
    let program = folder.join("bin").join(executable("typos"));
    if program.is_file() {
        return Ok(program);
    }
    for python in ["python3", "python"] {
        if !command::succeeds(Command::new(python).args(["-m", "pip", "--version"])) {
            continue;
        }
        let mut pip = Command::new(python);
        pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
        pip.args(["--no-deps", "--only-binary=:all:", "--target"]).arg(&folder);
        pip.arg(format!("typos=={TYPOS}"));
        if command::run(&mut pip).is_ok() && program.is_file() {
            return Ok(program);
        }
    }
    cargo_install(workspace, "typos-cli", TYPOS, &folder)?;
    Ok(program)
}

/// The path of cargo-deny.
pub(crate) fn cargo_deny(workspace: &Workspace) -> anyhow::Result<PathBuf> {
    let folder = workspace.tools().join(format!("cargo-deny-{CARGO_DENY}"));
    let program = folder.join("bin").join(executable("cargo-deny"));
    if !program.is_file() {
        cargo_install(workspace, "cargo-deny", CARGO_DENY, &folder)?;
    }
    Ok(program)
}

/// The path of cargo-fuzz.
pub(crate) fn cargo_fuzz(workspace: &Workspace) -> anyhow::Result<PathBuf> {
    let folder = workspace.tools().join(format!("cargo-fuzz-{CARGO_FUZZ}"));
    let program = folder.join("bin").join(executable("cargo-fuzz"));
    if !program.is_file() {
        cargo_install(workspace, "cargo-fuzz", CARGO_FUZZ, &folder)?;
    }
    Ok(program)
}

/// The path of the accessibility checker, a script for browsers.
pub(crate) fn axe(workspace: &Workspace, npm: &Path) -> anyhow::Result<PathBuf> {
    npm_file(workspace, npm, "axe-core", AXE, "axe.min.js")
}

/// The path of elasticlunr.js, which reads the index that `vitrine export` writes.
pub(crate) fn elasticlunr(workspace: &Workspace, npm: &Path) -> anyhow::Result<PathBuf> {
    npm_file(workspace, npm, "elasticlunr", ELASTICLUNR, "elasticlunr.js")
}

/// The path of TypeScript's compiler, a script for Node.
pub(crate) fn typescript(workspace: &Workspace, npm: &Path) -> anyhow::Result<PathBuf> {
    npm_file(workspace, npm, "typescript", TYPESCRIPT, "bin/tsc")
}

/// The path of Vue, a script for browsers.
pub(crate) fn vue(workspace: &Workspace, npm: &Path) -> anyhow::Result<PathBuf> {
    npm_file(workspace, npm, "vue", VUE, "dist/vue.global.prod.js")
}

/// The bundler, which finds React.
pub(crate) fn esbuild(workspace: &Workspace, npm: &Path) -> anyhow::Result<Command> {
    // npm installs react beside react-dom, which asks for it.
    let react = npm_file(workspace, npm, "react-dom", REACT_DOM, "client.js")?;
    let esbuild = npm_file(workspace, npm, "esbuild", ESBUILD, "bin/esbuild")?;
    let mut command = Command::new("node");
    let modules = react.ancestors().nth(2).context("a package is in a folder")?;
    command.arg(esbuild).env("NODE_PATH", modules);
    Ok(command)
}

/// The path of a file of an npm package, fetched when it is not there yet.
pub(crate) fn npm_file(
    workspace: &Workspace,
    npm: &Path,
    package: &str,
    version: &str,
    file: &str,
) -> anyhow::Result<PathBuf> {
    let folder = workspace.tools().join(format!("{package}-{version}"));
    let path = folder.join("node_modules").join(package).join(file);
    if path.is_file() {
        return Ok(path);
    }
    fs::create_dir_all(&folder)
        .with_context(|| format!("cannot create {}", folder.display()))?;
    let mut install = Command::new(npm);
    install.arg("install").arg("--prefix").arg(&folder);
    install.args(["--no-audit", "--no-fund", "--ignore-scripts", "--save-exact"]);
    install.args(["--loglevel=error", &format!("{package}@{version}")]);
    command::run(&mut install)?;
    anyhow::ensure!(path.is_file(), "{package} {version} has no file {file}");
    Ok(path)
}

/// The path of Pagefind, the build that knows Chinese.
pub(crate) fn pagefind(workspace: &Workspace) -> anyhow::Result<PathBuf> {
    let npm = Path::new("npm");
    npm_file(workspace, npm, "pagefind", PAGEFIND, "package.json")?;
    let folder = workspace.tools().join(format!("pagefind-{PAGEFIND}"));
    // There is a package of programs for each system, and only that of this one is installed.
    let builds = folder.join("node_modules/@pagefind");
    let entries = fs::read_dir(&builds)
        .with_context(|| format!("cannot read {}", builds.display()))?;
    let programs = entries
        .flatten()
        .map(|entry| entry.path().join("bin").join(executable("pagefind_extended")));
    let mut programs: Vec<PathBuf> = programs.filter(|path| path.is_file()).collect();
    programs.sort_unstable();
    programs.pop().with_context(|| format!("{} has no program", builds.display()))
}

/// Python with Trafilatura, in an environment of its own.
pub(crate) fn trafilatura(workspace: &Workspace) -> anyhow::Result<Command> {
    let folder = workspace.tools().join(format!("trafilatura-{TRAFILATURA}"));
    let bin = folder.join(if cfg!(windows) { "Scripts" } else { "bin" });
    let python = bin.join(executable("python"));
    if !python.is_file() {
        let mut venv = Command::new("python3");
        command::run(venv.args(["-m", "venv"]).arg(&folder))?;
        let mut pip = Command::new(&python);
        pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
        // lxml has it apart now, and its own dependency does not say so.
        pip.arg("lxml_html_clean");
        command::run(pip.arg(format!("trafilatura=={TRAFILATURA}")))?;
    }
    Ok(Command::new(python))
}

/// Node that finds Readability and the tree it works on.
pub(crate) fn readability(workspace: &Workspace) -> anyhow::Result<Command> {
    let folder = workspace.tools().join(format!("readability-{READABILITY}"));
    let modules = folder.join("node_modules");
    if !modules.join("@mozilla").is_dir() {
        let mut install = Command::new("npm");
        install.arg("install").arg("--prefix").arg(&folder);
        install.args(["--no-audit", "--no-fund", "--ignore-scripts", "--save-exact"]);
        install.arg("--loglevel=error").arg(format!("jsdom@{JSDOM}"));
        command::run(install.arg(format!("@mozilla/readability@{READABILITY}")))?;
    }
    let mut node = Command::new("node");
    node.env("NODE_PATH", modules);
    Ok(node)
}

fn cargo_install(
    workspace: &Workspace,
    package: &str,
    version: &str,
    folder: &PathBuf,
) -> anyhow::Result<()> {
    fs::create_dir_all(folder)
        .with_context(|| format!("cannot create {}", folder.display()))?;
    let mut cargo = workspace.cargo();
    // Unoptimized: it runs for seconds and would compile for minutes.
    cargo.args(["install", "--locked", "--debug", "--quiet", "--no-track", "--root"]);
    cargo.arg(folder).arg("--target-dir").arg(folder.join("build"));
    cargo.args(["--version", version, package]);
    cargo.env("CARGO_PROFILE_DEV_DEBUG", "0");
    command::run(&mut cargo)?;
    // Objects of a program that is never built again.
    fs::remove_dir_all(folder.join("build")).ok();
    Ok(())
}

fn executable(name: &str) -> String {
    format!("{name}{}", std::env::consts::EXE_SUFFIX)
}
