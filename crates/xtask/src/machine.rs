//! What the tests need of the machine: real browsers with their drivers.

use std::path::Path;
use std::process::Command;

use anyhow::bail;

use crate::command;

/// A Debian package and the program that it brings.
const PACKAGES: [(&str, &str); 3] = [
    ("chromium", "chromium"),
    ("chromium-driver", "chromedriver"),
    ("firefox-esr", "firefox-esr"),
];

/// Installs the browsers that are missing, where Debian's packages can be installed without
/// asking; otherwise says what to install.
pub(crate) fn install_browsers() -> anyhow::Result<()> {
    let missing: Vec<&str> = PACKAGES
        .iter()
        .filter(|(_, program)| !is_on_path(program))
        .map(|&(package, _)| package)
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let names = missing.join(" ");
    let Some(prefix) = privilege() else {
        bail!(
            "the browser tests need {names}; on Debian or Ubuntu install them with \
             `sudo apt-get install {names}`, elsewhere install Chromium, ChromeDriver and \
             Firefox ESR and put them on the PATH (or name them in VITRINE_CHROMIUM, \
             VITRINE_CHROMEDRIVER and VITRINE_FIREFOX)"
        );
    };
    let apt = |arguments: &[&str]| {
        let mut words = prefix.to_vec();
        words.extend(["apt-get", "-q"]);
        words.extend(arguments);
        let mut apt = Command::new(words.remove(0));
        apt.args(words).env("DEBIAN_FRONTEND", "noninteractive");
        apt
    };
    command::run(&mut apt(&["update"]))?;
    let mut install = apt(&["install", "-y", "--no-install-recommends"]);
    command::run(install.args(&missing))
}

/// Returns the words that make apt-get work without a question, if there are any.
fn privilege() -> Option<&'static [&'static str]> {
    if !is_on_path("apt-get") {
        return None;
    }
    let is_root = Command::new("id")
        .arg("-u")
        .output()
        .is_ok_and(|output| output.stdout.trim_ascii() == b"0");
    if is_root {
        return Some(&[]);
    }
    let can_sudo = Command::new("sudo")
        .args(["-n", "true"])
        .output()
        .is_ok_and(|output| output.status.success());
    can_sudo.then_some(&["sudo", "-n"])
}

/// Whether a program of this name stands on the PATH.
fn is_on_path(program: &str) -> bool {
    let folders = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&folders)
        .any(|folder| Path::new(&folder).join(program).is_file())
}
