//! Running other programs: said first, checked after.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, ExitStatus, Stdio};

use anyhow::{Context as _, bail};

/// Says the command, runs it, and fails when it fails.
pub(crate) fn run(command: &mut Command) -> anyhow::Result<()> {
    let status = status(command)?;
    if !status.success() {
        bail!("{} ended with {status}", line(command));
    }
    Ok(())
}

/// Says the command, runs it, and returns how it ended.
pub(crate) fn status(command: &mut Command) -> anyhow::Result<ExitStatus> {
    eprintln!("$ {}", line(command));
    command.status().with_context(|| format!("cannot run {}", line(command)))
}

/// Says the command, runs it, hands on what it writes to stderr, a line at a time also to
/// `hear`, and returns how it ended.
pub(crate) fn heard(
    command: &mut Command,
    mut hear: impl FnMut(&str),
) -> anyhow::Result<ExitStatus> {
    eprintln!("$ {}", line(command));
    let cannot = format!("cannot run {}", line(command));
    let mut child = command.stderr(Stdio::piped()).spawn().context(cannot.clone())?;
    let stderr = child.stderr.take().context(cannot.clone())?;
    for said in BufReader::new(stderr).split(b'\n') {
        let said = said.context(cannot.clone())?;
        let said = String::from_utf8_lossy(&said);
        eprintln!("{said}");
        hear(&said);
    }
    child.wait().context(cannot)
}

/// Runs the command quietly and returns what it wrote to stdout; stderr goes to the terminal.
pub(crate) fn output(command: &mut Command) -> anyhow::Result<Vec<u8>> {
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("cannot run {}", line(command)))?;
    if !output.status.success() {
        bail!("{} ended with {}", line(command), output.status);
    }
    Ok(output.stdout)
}

/// Whether a program of this name can be started and answers `--version`.
pub(crate) fn exists(program: &str) -> bool {
    succeeds(Command::new(program).arg("--version"))
}

/// Whether the command can be run and succeeds; nothing of it is shown.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

fn line(command: &Command) -> String {
    let program = command.get_program().to_string_lossy();
    let name = program.rsplit('/').next().unwrap_or(&program);
    let mut line = name.to_owned();
    for arg in command.get_args() {
        line.push(' ');
        line.push_str(&arg.to_string_lossy());
    }
    line
}
