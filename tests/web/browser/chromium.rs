//! Chromium, started by chromedriver, which speaks BiDi for it.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use serde_json::{Value, json};

use super::process::Process;
use super::{Preferences, Scheme, program};
use crate::bidi::Bidi;

/// A running chromedriver; dropping it closes Chromium first, which would outlive its driver
/// otherwise.
pub(super) struct Driver {
    _process: Process,
    port: u16,
}

/// Starts chromedriver and Chromium.
pub(super) fn start(profile: &Path, preferences: Preferences) -> (Driver, Bidi) {
    let (process, port) = driver(profile);
    let driver = Driver { _process: process, port };
    let answer = request(port, "POST", "/session", &capabilities(profile, preferences));
    let value = &answer["value"];
    let url = value["capabilities"]["webSocketUrl"].as_str().unwrap_or_else(|| {
        panic!("chromedriver starts no Chromium with BiDi: {}", value["message"])
    });
    let bidi = Bidi::connect(url);
    (driver, bidi)
}

/// Starts chromedriver on a port of its choice.
///
/// It takes a free port of IPv6 and then the same one of IPv4, and ends where another program
/// has that by then: a free port is not refused to it several times in a row.
fn driver(profile: &Path) -> (Process, u16) {
    let mut refusals = Vec::new();
    for _ in 0..5 {
        let process = Process::start(
            Command::new(program("VITRINE_CHROMEDRIVER", "chromedriver"))
                .arg("--port=0")
                // What Chromium leaves in the folder of temporary files goes with the profile.
                .env("TMPDIR", profile),
        );
        match process.announced("started successfully on port") {
            Ok(port) => {
                let port = port
                    .trim_end_matches('.')
                    .parse()
                    .unwrap_or_else(|_| panic!("chromedriver's port is {port:?}"));
                return (process, port);
            }
            Err(refusal) => {
                let is_port_taken = refusal.contains("port not available");
                refusals.push(refusal);
                if !is_port_taken {
                    break;
                }
            }
        }
    }
    panic!("{}", refusals.join("\n\n"))
}

fn capabilities(profile: &Path, Preferences { language, scheme }: Preferences) -> Value {
    let mut args = vec![
        "--headless=new".to_owned(),
        "--disable-gpu".to_owned(),
        "--no-first-run".to_owned(),
        "--disable-background-networking".to_owned(),
        "--disable-component-update".to_owned(),
        "--disable-sync".to_owned(),
        "--disable-quic".to_owned(),
        // /dev/shm is 64 MB in containers.
        "--disable-dev-shm-usage".to_owned(),
        format!("--accept-lang={language}"),
        format!("--user-data-dir={}", profile.display()),
    ];
    if scheme == Scheme::Dark {
        args.push("--force-dark-mode".to_owned());
    }
    if runs_as_root() {
        // Chromium's sandbox refuses to run as root.
        args.push("--no-sandbox".to_owned());
    }
    json!({ "capabilities": { "alwaysMatch": {
        "webSocketUrl": true,
        "unhandledPromptBehavior": "ignore",
        "goog:chromeOptions": {
            "binary": program_path(),
            "args": args,
            "prefs": { "intl.accept_languages": language },
        },
    } } })
}

/// chromedriver wants a path, not a name.
fn program_path() -> String {
    let program = program("VITRINE_CHROMIUM", "chromium");
    let folders = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&folders)
        .map(|folder| folder.join(&program))
        .find(|path| path.is_file())
        .unwrap_or(program)
        .to_string_lossy()
        .into_owned()
}

#[cfg(target_os = "linux")]
fn runs_as_root() -> bool {
    use std::os::unix::fs::MetadataExt as _;
    std::fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
}

#[cfg(not(target_os = "linux"))]
fn runs_as_root() -> bool {
    false
}

impl Drop for Driver {
    fn drop(&mut self) {
        // During a panic too: a second panic here would abort the test without its message.
        exchange(self.port, "GET", "/shutdown", "").ok();
    }
}

fn request(port: u16, method: &str, path: &str, body: &Value) -> Value {
    let answer = exchange(port, method, path, &body.to_string())
        .unwrap_or_else(|error| panic!("chromedriver does not answer: {error}"));
    serde_json::from_str(&answer)
        .unwrap_or_else(|error| panic!("chromedriver sent no JSON ({error}): {answer}"))
}

/// One HTTP request of the classic WebDriver protocol; returns the body.
fn exchange(port: u16, method: &str, path: &str, body: &str) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_read_timeout(Some(Duration::from_mins(1)))?;
    let length = body.len();
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\
         Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
    )?;
    // chromedriver keeps the connection open: the end of the answer is where it says.
    let mut reader = BufReader::new(stream);
    let mut length = 0;
    loop {
        let mut header = String::new();
        reader.read_line(&mut header)?;
        let header = header.trim().to_ascii_lowercase();
        if let Some(value) = header.strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or(0);
        } else if header.is_empty() {
            break;
        }
    }
    let mut answer = String::new();
    reader.take(length).read_to_string(&mut answer)?;
    Ok(answer)
}
