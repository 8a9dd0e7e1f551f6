//! `cargo xtask demo`: from a fresh clone to an archive that opens by double click.

use std::path::PathBuf;
use std::process::{Command, ExitCode};

use crate::args::{DemoArgs, WasmArgs};
use crate::workspace::Workspace;
use crate::{command, wasm};

/// Title of the sample archive.
const TITLE: &str = "Lanmore Institute of Seas and Cities";

/// Builds the viewer and the command, packs the sample, says where to click.
pub(crate) fn run(workspace: &Workspace, args: &DemoArgs) -> anyhow::Result<ExitCode> {
    wasm::run(workspace, &WasmArgs {})?;
    let mut build = workspace.cargo();
    command::run(build.args(["build", "--release", "--locked", "-p", "vitrine-cli"]))?;
    let vitrine = program(workspace);
    let archive = workspace.target().join("demo").join("archive");
    let mut pack = Command::new(&vitrine);
    pack.arg("pack").arg(workspace.root().join("data/sample"));
    pack.arg("--out").arg(&archive).args(["--title", TITLE]);
    pack.arg("--report").arg(workspace.target().join("demo").join("report.json"));
    eprintln!("$ vitrine pack data/sample --out {}", archive.display());
    let status = pack.status()?;
    // 1 says that some of the input failed: the sample has a damaged file on purpose.
    if !matches!(status.code(), Some(0 | 1)) {
        anyhow::bail!("vitrine pack ended with {status}");
    }
    let page = archive.join("index.html");
    println!("\nThe archive is ready. Double-click this file, or open its address:");
    println!("  {}", page.display());
    println!("  {}", file_url(&page.display().to_string()));
    println!("To look at it as a web site:");
    println!("  {} serve {}", vitrine.display(), archive.display());
    if args.open {
        let opener = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
        command::run(Command::new(opener).arg(&page))?;
    }
    if args.serve {
        command::run(Command::new(&vitrine).arg("serve").arg(&archive))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn program(workspace: &Workspace) -> PathBuf {
    let name = format!("vitrine{}", std::env::consts::EXE_SUFFIX);
    workspace.target().join("release").join(name)
}

/// Returns the `file:` address of an absolute path.
fn file_url(path: &str) -> String {
    let mut url = String::from("file://");
    for byte in path.replace('\\', "/").bytes() {
        match byte {
            b'A'..=b'Z'
            | b'a'..=b'z'
            | b'0'..=b'9'
            | b'/'
            | b'-'
            | b'_'
            | b'.'
            | b'~' => {
                url.push(char::from(byte));
            }
            byte => url.push_str(&format!("%{byte:02X}")),
        }
    }
    url
}
