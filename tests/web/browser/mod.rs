//! The browsers: starting them as people have them, ending them whatever happens.

mod chromium;

mod firefox;

mod process;

use std::path::PathBuf;

use tempfile::TempDir;

use crate::bidi::Bidi;

/// The browsers that the archive is tried in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Browser {
    Chromium,
    Firefox,
}

/// What a person has set in the browser.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Preferences {
    /// BCP 47 tag of the browser's language.
    pub(crate) language: &'static str,
    pub(crate) scheme: Scheme,
}

/// The system's colors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scheme {
    Light,
    Dark,
}

impl Default for Preferences {
    fn default() -> Self {
        Self { language: "en-US", scheme: Scheme::Light }
    }
}

/// A running browser; dropping it ends all its processes and removes its profile.
pub(crate) struct Running {
    // In the order of dropping: first the process, then the folder that it writes to.
    _process: Ending,
    _profile: TempDir,
}

enum Ending {
    Chromium { _driver: chromium::Driver },
    Firefox { _browser: process::Process },
}

/// Starts the browser with an empty profile; returns it with an open BiDi session.
pub(crate) fn start(browser: Browser, preferences: Preferences) -> (Running, Bidi) {
    let profile = tempfile::Builder::new()
        .prefix("profile-")
        .tempdir_in(env!("CARGO_TARGET_TMPDIR"))
        .expect("a profile folder can be made");
    let (ending, bidi) = match browser {
        Browser::Chromium => {
            let (driver, bidi) = chromium::start(profile.path(), preferences);
            (Ending::Chromium { _driver: driver }, bidi)
        }
        Browser::Firefox => {
            let (browser, bidi) = firefox::start(profile.path(), preferences);
            (Ending::Firefox { _browser: browser }, bidi)
        }
    };
    (Running { _process: ending, _profile: profile }, bidi)
}

/// The program that the environment names, or else the one of this name on the path.
fn program(variable: &str, name: &str) -> PathBuf {
    std::env::var_os(variable).map_or_else(|| name.into(), PathBuf::from)
}
