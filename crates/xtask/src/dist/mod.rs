//! `cargo xtask dist`: the command as people download it.

mod bill;

use std::{
    fs::{self, File},
    io::Write as _,
    path::Path,
    process::{Command, ExitCode},
};

use anyhow::Context as _;
use flate2::{Compression, GzBuilder};

use crate::args::{DistArgs, WasmArgs};
use crate::workspace::Workspace;
use crate::{command, wasm};

/// Shells that completions are made for.
const SHELLS: [&str; 5] = ["bash", "elvish", "fish", "powershell", "zsh"];

/// Builds the release archive, its bill of materials and checksums into `target/dist`.
pub(crate) fn run(workspace: &Workspace, args: &DistArgs) -> anyhow::Result<ExitCode> {
    let host = host()?;
    let target = args.target.clone().unwrap_or_else(|| usual_target(&host));
    wasm::run(workspace, &WasmArgs {})?;
    let mut build = workspace.cargo();
    build.args(["build", "--locked", "--release", "--package", "vitrine-cli"]);
    build.args(["--target", &target]);
    command::run(&mut build)?;

    let program =
        format!("vitrine{}", if target.contains("windows") { ".exe" } else { "" });
    let program_path = workspace.target().join(&target).join("release").join(&program);
    let version = env!("CARGO_PKG_VERSION");
    let name = format!("vitrine-{version}-{target}");
    let dist = workspace.target().join("dist");
    let folder = dist.join(&name);
    if folder.exists() {
        fs::remove_dir_all(&folder)
            .with_context(|| format!("cannot empty {}", folder.display()))?;
    }
    fs::create_dir_all(folder.join("completions"))?;
    fs::copy(&program_path, folder.join(&program))
        .context("the command was not built")?;
    for file in ["README.md", "CHANGELOG.md", "LICENSE-APACHE", "LICENSE-MIT"] {
        fs::copy(workspace.root().join(file), folder.join(file))
            .with_context(|| format!("cannot copy {file}"))?;
    }
    // What was built for another system cannot be asked; its command line is the same.
    if target.split('-').next() == host.split('-').next() {
        for shell in SHELLS {
            let script = command::output(
                Command::new(&program_path).args(["completions", shell]),
            )?;
            fs::write(
                folder.join("completions").join(format!("vitrine.{shell}")),
                script,
            )?;
        }
        command::run(Command::new(&program_path).arg("manual").arg(folder.join("man")))?;
    }
    let bill = bill::of(workspace, &target)?;
    fs::write(folder.join("vitrine.cdx.json"), &bill)?;
    let archive = dist.join(format!("{name}.tar.gz"));
    pack(&folder, &name, &archive)?;
    let sum = sha256(&archive)?;
    let line = format!("{sum}  {name}.tar.gz\n");
    fs::write(dist.join(format!("{name}.tar.gz.sha256")), &line)?;
    println!("\n{}\n{line}", archive.display());
    Ok(ExitCode::SUCCESS)
}

/// Returns the system that this program runs on.
fn host() -> anyhow::Result<String> {
    let answer = command::output(Command::new("rustc").args(["-vV"]))?;
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let host = answer.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(host.context("rustc does not say what it builds for")?.to_owned())
}

/// On Linux a command that needs no libraries of the system, where that can be built.
fn usual_target(host: &str) -> String {
    let musl = host.replace("-linux-gnu", "-linux-musl");
    let mut installed = Command::new("rustup");
    installed.args(["target", "list", "--installed"]);
    let has_musl = command::output(&mut installed).is_ok_and(|list| {
        String::from_utf8_lossy(&list).lines().any(|line| line == musl)
    });
    if has_musl && command::exists("musl-gcc") {
        return musl;
    }
    if musl != host {
        eprintln!(
            "note: for a command that runs on every Linux: rustup target add {musl}, and \
             install musl-tools"
        );
    }
    host.to_owned()
}

/// Packs a folder; the same files give the same bytes.
fn pack(folder: &Path, name: &str, archive: &Path) -> anyhow::Result<()> {
    let file = File::create(archive)
        .with_context(|| format!("cannot write {}", archive.display()))?;
    let mut tar = tar::Builder::new(GzBuilder::new().write(file, Compression::best()));
    let mut folders = vec![folder.to_owned()];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    for path in files {
        let below = path.strip_prefix(folder).unwrap_or(&path);
        let bytes = fs::read(&path)?;
        let is_program = below.file_stem().is_some_and(|stem| stem == "vitrine")
            && below.extension().is_none_or(|extension| extension == "exe");
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(if is_program { 0o755 } else { 0o644 });
        tar.append_data(&mut header, Path::new(name).join(below), bytes.as_slice())?;
    }
    tar.into_inner()?.finish()?.flush()?;
    Ok(())
}

fn sha256(path: &Path) -> anyhow::Result<String> {
    use sha2::{Digest as _, Sha256};
    use std::fmt::Write as _;

    let mut text = String::new();
    for byte in Sha256::digest(fs::read(path)?) {
        // Writing to a String does not fail.
        write!(text, "{byte:02x}").unwrap_or_default();
    }
    Ok(text)
}
