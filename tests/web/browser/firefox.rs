//! Firefox, which speaks BiDi itself. No geckodriver: it would set preferences that no person
//! has, above all the one that lets a page read its neighbor files.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::json;

use super::process::Process;
use super::{Preferences, Scheme, program};
use crate::bidi::Bidi;

/// As people have it, and said again so that no automation default can change it.
const AS_PEOPLE_HAVE_IT: &str = r#"
user_pref("remote.prefs.recommended", false);
user_pref("security.fileuri.strict_origin_policy", true);
"#;

/// Keeps the browser itself quiet: no first-run pages, no updates, no telemetry.
///
/// No list of visited addresses either: Firefox takes some hundred kilobytes for each of them, and
/// what a long session takes is to be that of the archive.
const QUIET: &str = r#"
user_pref("app.normandy.enabled", false);
user_pref("app.update.disabledForTesting", true);
user_pref("browser.aboutwelcome.enabled", false);
user_pref("browser.newtabpage.enabled", false);
user_pref("browser.region.network.url", "");
user_pref("browser.safebrowsing.malware.enabled", false);
user_pref("browser.safebrowsing.phishing.enabled", false);
user_pref("browser.safebrowsing.update.enabled", false);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("browser.startup.homepage", "about:blank");
user_pref("browser.startup.page", 0);
user_pref("browser.tabs.warnOnClose", false);
user_pref("browser.termsofuse.bypassNotification", true);
user_pref("datareporting.healthreport.uploadEnabled", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("datareporting.usage.uploadEnabled", false);
user_pref("dom.push.connection.enabled", false);
user_pref("extensions.getAddons.cache.enabled", false);
user_pref("extensions.systemAddon.update.enabled", false);
user_pref("extensions.update.enabled", false);
user_pref("media.gmp-manager.updateEnabled", false);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("places.history.enabled", false);
user_pref("services.settings.server", "data:,#remote-settings-dummy/v1");
user_pref("startup.homepage_welcome_url", "about:blank");
user_pref("startup.homepage_welcome_url.additional", "");
user_pref("toolkit.telemetry.reportingpolicy.firstRun", false);
user_pref("toolkit.telemetry.server", "data:,");
"#;

/// Starts Firefox and opens its one BiDi session.
pub(super) fn start(
    profile: &Path,
    Preferences { language, scheme }: Preferences,
) -> (Process, Bidi) {
    let dark = match scheme {
        Scheme::Dark => 0,
        Scheme::Light => 1,
    };
    let person = format!(
        "user_pref(\"intl.accept_languages\", \"{language}\");\n\
         user_pref(\"layout.css.prefers-color-scheme.content-override\", {dark});\n"
    );
    fs::write(profile.join("user.js"), [AS_PEOPLE_HAVE_IT, QUIET, &person].concat())
        .expect("the profile can be written");
    let process = Process::start(
        Command::new(program("VITRINE_FIREFOX", "firefox-esr"))
            .args([
                "--headless",
                "--no-remote",
                "--remote-debugging-port",
                "0",
                "--profile",
            ])
            .arg(profile)
            .env("MOZ_CRASHREPORTER_DISABLE", "1")
            .env("TMPDIR", profile),
    );
    let url = process
        .announced("WebDriver BiDi listening on")
        .unwrap_or_else(|silence| panic!("{silence}"));
    let mut bidi = Bidi::connect(&format!("{url}/session"));
    bidi.call("session.new", json!({ "capabilities": {} }));
    (process, bidi)
}
