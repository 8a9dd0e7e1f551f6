//! The browsers that the tests drive, and npm: found, or installed by the system's packages.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::command;

/// The programs.
#[derive(Debug)]
pub(crate) struct Browsers {
    pub(crate) chromium: PathBuf,
    pub(crate) chromedriver: PathBuf,
    pub(crate) firefox: PathBuf,
    /// Fetches the accessibility checker that runs inside them.
    pub(crate) npm: PathBuf,
}

/// Finds the programs; installs those that are missing with apt-get where that can be done
/// without asking. None where they are missing, after saying what to install.
pub(crate) fn ensure() -> anyhow::Result<Option<Browsers>> {
    let missing = missing();
    if !missing.is_empty() {
        let Some(apt_get) = apt_get() else {
            eprintln!(
                "The tests need Chromium, its chromedriver, Firefox and npm, and cannot \
                 install what is missing here. Install it, for instance\n\n  \
                 sudo apt-get install {}\n",
                missing.join(" ")
            );
            return Ok(None);
        };
        command::run(apt_get().arg("update"))?;
        let mut install = apt_get();
        // Only what is missing: a program that came from elsewhere, such as npm with Node.js,
        // may be at odds with the system's package of it.
        install.args(["install", "--yes", "--no-install-recommends"]).args(&missing);
        command::run(&mut install)?;
    }
    let browsers = find();
    if browsers.is_none() {
        eprintln!("The packages {} brought no browsers.", missing.join(", "));
    }
    Ok(browsers)
}

const CHROMIUM: &[&str] =
    &["chromium", "google-chrome", "google-chrome-stable", "chromium-browser"];
const CHROMEDRIVER: &[&str] = &["chromedriver"];
const FIREFOX: &[&str] = &["firefox-esr", "firefox"];
const NPM: &[&str] = &["npm"];

fn find() -> Option<Browsers> {
    Some(Browsers {
        chromium: program(CHROMIUM)?,
        chromedriver: program(CHROMEDRIVER)?,
        firefox: program(FIREFOX)?,
        npm: program(NPM)?,
    })
}

/// The packages of the programs that are not here. A browser comes with its driver and the
/// other way round: they must be of one version.
fn missing() -> Vec<&'static str> {
    let [chromium, chromedriver, firefox, npm] = packages();
    let is_missing = |names: &[&str]| program(names).is_none();
    let mut missing = Vec::new();
    if is_missing(CHROMIUM) || is_missing(CHROMEDRIVER) {
        missing.extend([chromium, chromedriver]);
    }
    if is_missing(FIREFOX) {
        missing.push(firefox);
    }
    if is_missing(NPM) {
        missing.push(npm);
    }
    missing
}

/// The first of these names that is on the path, or in the folder where GitHub's machines
/// keep chromedriver.
fn program(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<_> = std::env::split_paths(&path)
        .chain(std::env::var_os("CHROMEWEBDRIVER").map(PathBuf::from))
        .collect();
    names.iter().find_map(|name| {
        let name = format!("{name}{}", std::env::consts::EXE_SUFFIX);
        folders.iter().map(|folder| folder.join(&name)).find(|path| path.is_file())
    })
}

/// The packages of Chromium, its driver, Firefox and npm on this system, by its name in
/// `/etc/os-release`.
fn packages() -> [&'static str; 4] {
    let system = fs::read_to_string("/etc/os-release").unwrap_or_default();
    if system.lines().any(|line| line == "ID=ubuntu") {
        ["chromium-browser", "chromium-chromedriver", "firefox", "npm"]
    } else {
        ["chromium", "chromium-driver", "firefox-esr", "npm"]
    }
}

/// Makes apt-get commands, where it is there and may install without a question.
fn apt_get() -> Option<fn() -> Command> {
    fn plain() -> Command {
        let mut command = Command::new("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive");
        command
    }
    fn with_sudo() -> Command {
        let mut command = Command::new("sudo");
        command.args(["--non-interactive", "DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        command
    }
    if !command::exists("apt-get") {
        return None;
    }
    if is_root() {
        return Some(plain);
    }
    let may = command::succeeds(Command::new("sudo").args(["--non-interactive", "true"]));
    may.then_some(with_sudo)
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output();
    id.is_ok_and(|id| id.stdout.trim_ascii() == b"0")
}
