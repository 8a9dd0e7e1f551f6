//! `cargo xtask demo`: from a fresh clone to an archive that one can click on.

use std::path::Path;
use std::process::{Command, ExitCode};

use crate::archive::{self, Profile};
use crate::args::{DemoArgs, WasmArgs};
use crate::workspace::Workspace;
use crate::{command, wasm};

/// Builds everything, packs the sample and says how to look at it.
pub(crate) fn run(workspace: &Workspace, args: &DemoArgs) -> anyhow::Result<ExitCode> {
    let DemoArgs { open, serve } = *args;
    wasm::run(workspace, &WasmArgs {})?;
    let mut build = workspace.cargo();
    build.args(["build", "--locked", "--release", "--package", "vitrine-cli"]);
    command::run(&mut build)?;

    let program = archive::program(workspace, Profile::Release);
    let folder = workspace.target().join("demo").join("archive");
    archive::pack(workspace, &program, &folder)?;

    let index = folder.join("index.html");
    println!(
        "\nThe sample archive is ready. Open it by a double click, or by its address:\n"
    );
    println!("  {}\n", file_url(&index));
    println!("Or serve it on this computer, as a web host would:\n");
    println!("  {} serve {}\n", quoted(&program), quoted(&folder));
    if open {
        show(&index)?;
    }
    if serve {
        command::run(Command::new(&program).arg("serve").arg(&folder))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Opens the file with the program that the desktop has for it.
fn show(index: &Path) -> anyhow::Result<()> {
    let mut opener = if cfg!(target_os = "macos") {
        Command::new("open")
    } else if cfg!(windows) {
        let mut cmd = Command::new("cmd");
        cmd.args(["/C", "start", ""]);
        cmd
    } else {
        Command::new("xdg-open")
    };
    command::run(opener.arg(index))
}

/// The path as a shell takes it.
fn quoted(path: &Path) -> String {
    let path = path.display().to_string();
    if path.chars().all(|c| c.is_alphanumeric() || "/._-".contains(c)) {
        path
    } else {
        format!("'{}'", path.replace('\'', r"'\''"))
    }
}

/// The address of a file, with everything escaped that is not plain.
fn file_url(path: &Path) -> String {
    use std::fmt::Write as _;

    let path = path.to_string_lossy().replace('\\', "/");
    // A path with a drive letter has no slash before it.
    let mut url =
        String::from(if path.starts_with('/') { "file://" } else { "file:///" });
    for byte in path.bytes() {
        match byte {
            b'/' | b'.' | b'-' | b'_' | b':' => url.push(byte.into()),
            _ if byte.is_ascii_alphanumeric() => url.push(byte.into()),
            // Writing to a String does not fail.
            _ => write!(url, "%{byte:02X}").unwrap_or_default(),
        }
    }
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_have_no_character_that_ends_them() {
        let path = Path::new("/home/ï x/#1/index.html");
        assert_eq!(file_url(path), "file:///home/%C3%AF%20x/%231/index.html");
    }

    #[test]
    fn paths_with_spaces_are_quoted() {
        assert_eq!(quoted(Path::new("/a/b")), "/a/b");
        assert_eq!(quoted(Path::new("/a b")), "'/a b'");
    }
}
