//! What goes to the terminal: data to standard output, talk to standard error.

use std::{
    io::{self, IsTerminal, Write},
    sync::OnceLock,
};

use anyhow::Context;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde::Serialize;

/// Writes a line to standard output.
pub(crate) fn print(line: &str) -> anyhow::Result<()> {
    writeln!(io::stdout().lock(), "{line}").context("cannot write to standard output")
}

/// Writes bytes to standard output as they are.
pub(crate) fn write(bytes: &[u8]) -> anyhow::Result<()> {
    io::stdout().lock().write_all(bytes).context("cannot write to standard output")
}

/// Length that few lines of JSON exceed, in bytes.
const USUAL_LINE_LEN: usize = 32 << 10;

/// Writes a value to standard output as one line of JSON.
pub(crate) fn print_json(value: &impl Serialize) -> anyhow::Result<()> {
    // Standard output looks for line ends in whatever it is given: once for all is enough.
    let mut line = Vec::with_capacity(USUAL_LINE_LEN);
    serde_json::to_writer(&mut line, value).map_err(io::Error::from)?;
    line.push(b'\n');
    write(&line)
}

/// How much is said beside data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Talk {
    Quiet,
    Usual,
    Verbose,
}

static TALK: OnceLock<Talk> = OnceLock::new();

/// Says at the start how much is said beside data.
pub(crate) fn set_talk(is_quiet: bool, is_verbose: bool) {
    let talk = match (is_quiet, is_verbose) {
        (true, _) => Talk::Quiet,
        (_, true) => Talk::Verbose,
        _ => Talk::Usual,
    };
    TALK.get_or_init(|| talk);
}

fn talk() -> Talk {
    TALK.get().copied().unwrap_or(Talk::Usual)
}

/// Writes a line to standard error, unless only what goes wrong is to be said.
pub(crate) fn note(line: &str) {
    if talk() != Talk::Quiet {
        warn(line);
    }
}

/// Writes a line of a conversation to standard error, however quiet the rest is.
pub(crate) fn say(line: &str) {
    warn(line);
}

/// Writes a line to standard error; there is nobody to tell if that fails.
fn warn(line: &str) {
    drop(writeln!(io::stderr().lock(), "{line}"));
}

/// Most unreadable inputs that are named on the terminal.
const MAX_NAMED: usize = 20;

/// Names the inputs that could not be read, given as path and reason; of many only the
/// first. Returns how many there are.
pub(crate) fn note_unreadable<'a>(
    inputs: impl Iterator<Item = (&'a str, &'a str)>,
) -> usize {
    let mut count = 0;
    for (path, reason) in inputs {
        count += 1;
        if count <= MAX_NAMED || talk() == Talk::Verbose {
            warn(&format!("unreadable: {path}: {reason}"));
        }
    }
    if count > MAX_NAMED && talk() != Talk::Verbose {
        warn(&format!("unreadable: {} more inputs", count - MAX_NAMED));
    }
    count
}

/// Tells what went wrong, from the outermost cause to the innermost.
pub(crate) fn complain(error: &anyhow::Error) {
    warn(&format!("vitrine: {error}"));
    for cause in error.chain().skip(1) {
        warn(&format!("  because {cause}"));
    }
}

/// Returns whether the reader of standard output has gone, which is no failure.
pub(crate) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<io::Error>()
            .is_some_and(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
    })
}

/// Returns a progress bar for `total` steps, which shows on a terminal only.
pub(crate) fn progress(what: &'static str, total: usize) -> ProgressBar {
    let target = if io::stderr().is_terminal() && talk() != Talk::Quiet {
        ProgressDrawTarget::stderr()
    } else {
        ProgressDrawTarget::hidden()
    };
    let bar = ProgressBar::with_draw_target(Some(total as u64), target);
    if let Ok(style) =
        ProgressStyle::with_template("{msg:10} {wide_bar} {pos}/{len} {eta}")
    {
        bar.set_style(style);
    }
    bar.set_message(what);
    bar
}

/// Returns a number of bytes for people: `1.4 MB`.
pub(crate) fn bytes(count: u64) -> String {
    match count {
        0..1_000 => format!("{count} B"),
        1_000..1_000_000 => format!("{:.1} kB", count as f64 / 1e3),
        1_000_000..1_000_000_000 => format!("{:.1} MB", count as f64 / 1e6),
        _ => format!("{:.2} GB", count as f64 / 1e9),
    }
}
