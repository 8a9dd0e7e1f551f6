//! A child process that ends with its owner.

use std::io::{BufRead as _, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

/// How long a browser may take to start on a busy machine.
const PATIENCE: Duration = Duration::from_mins(1);

/// A running program; dropping it kills it.
pub(super) struct Process {
    child: Child,
    lines: Receiver<String>,
}

impl Process {
    /// Starts the program. It stays in the group of the test, so that a runner that gives up
    /// on the test ends it too.
    pub(super) fn start(command: &mut Command) -> Self {
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| {
                panic!(
                    "cannot start {} ({error}); `cargo xtask e2e` installs the browsers",
                    command.get_program().display()
                )
            });
        let (send, lines) = mpsc::channel();
        let outputs: [Option<Box<dyn Read + Send>>; 2] = [
            child.stdout.take().map(|output| Box::new(output) as _),
            child.stderr.take().map(|output| Box::new(output) as _),
        ];
        for output in outputs.into_iter().flatten() {
            let send = send.clone();
            // Reads to the end even when nobody listens: a full pipe would stop the program.
            std::thread::spawn(move || {
                for line in BufReader::new(output).lines().map_while(Result::ok) {
                    send.send(line).ok();
                }
            });
        }
        Self { child, lines }
    }

    /// Waits for a line with this text and returns what follows the text.
    ///
    /// # Errors
    ///
    /// What the program said, where it ended or was silent for too long before it said this.
    pub(super) fn announced(&self, text: &str) -> Result<String, String> {
        let deadline = Instant::now() + PATIENCE;
        let mut said = Vec::new();
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.lines.recv_timeout(left) {
                Ok(line) => {
                    if let Some((_, rest)) = line.split_once(text) {
                        return Ok(rest.trim().to_owned());
                    }
                    said.push(line);
                }
                Err(error) => {
                    return Err(format!(
                        "the browser did not say {text:?} ({error}); it said:\n{}",
                        said.join("\n")
                    ));
                }
            }
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
