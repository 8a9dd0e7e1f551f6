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

/// Finds the browsers; installs them with apt-get where that can be done without asking. None
/// where they are missing, after saying what to install.
pub(crate) fn ensure() -> anyhow::Result<Option<Browsers>> {
    if let Some(browsers) = find() {
        return Ok(Some(browsers));
    }
    let packages = packages();
    let Some(apt_get) = apt_get() else {
        eprintln!(
            "The tests need Chromium, its chromedriver, Firefox and npm, and cannot install \
             them here. Install them, for instance\n\n  sudo apt-get install {}\n",
            packages.join(" ")
        );
        return Ok(None);
    };
    command::run(apt_get().arg("update"))?;
    let mut install = apt_get();
    install.args(["install", "--yes", "--no-install-recommends"]).args(packages);
    command::run(&mut install)?;
    let browsers = find();
    if browsers.is_none() {
        eprintln!("The packages {} brought no browsers.", packages.join(", "));
    }
    Ok(browsers)
}

fn find() -> Option<Browsers> {
    Some(Browsers {
        chromium: program(&[
            "chromium",
            "google-chrome",
            "google-chrome-stable",
            "chromium-browser",
        ])?,
        chromedriver: program(&["chromedriver"])?,
        firefox: program(&["firefox-esr", "firefox"])?,
        npm: program(&["npm"])?,
    })
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

/// The packages of this system, by its name in `/etc/os-release`.
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
