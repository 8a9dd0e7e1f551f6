//! One browser for one test, and everything that it reports: errors and requests.

use std::cell::RefCell;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::bidi::{Bidi, Refusal};
use crate::browser::{self, Browser, Preferences, Running, Scheme};
use crate::page::Page;

/// Runs in every page before its own scripts: says in the console what browsers say only to
/// people, what a content policy refused; and remembers the element's events.
const WATCH: &str = r"() => {
    addEventListener('securitypolicyviolation', event =>
        console.error(`content policy ${event.effectiveDirective} refused ${event.blockedURI}`));
    window.vitrineEvents = [];
    window.vitrineDetails = [];
    for (const name of ['vitrine-ready', 'vitrine-search', 'vitrine-article', 'vitrine-error'])
        addEventListener(name, ({ detail }) => {
            window.vitrineEvents.push(name);
            window.vitrineDetails.push({ name, ...detail });
        }, { capture: true });
}";

/// A browser with its recorders running.
pub(crate) struct Session {
    pub(crate) browser: Browser,
    preferences: Preferences,
    // Before the process, so that it is dropped first.
    bidi: RefCell<Bidi>,
    traffic: RefCell<Traffic>,
    _running: Running,
}

/// What the pages of a session did.
#[derive(Debug, Clone, Default)]
pub(crate) struct Traffic {
    /// Errors in the console, uncaught exceptions, refusals of the content policy, and
    /// responses of status 400 and above.
    pub(crate) errors: Vec<String>,
    /// Addresses that were asked for.
    pub(crate) requests: Vec<String>,
}

impl Session {
    /// Starts a browser with the preferences of most people.
    pub(crate) fn start(browser: Browser) -> Self {
        Self::start_with(browser, Preferences::default())
    }

    /// Starts a browser.
    pub(crate) fn start_with(browser: Browser, preferences: Preferences) -> Self {
        let (running, mut bidi) = browser::start(browser, preferences);
        bidi.call(
            "session.subscribe",
            json!({ "events": [
                "log.entryAdded",
                "network.beforeRequestSent",
                "network.responseCompleted",
            ] }),
        );
        let session = Self {
            browser,
            preferences,
            bidi: RefCell::new(bidi),
            traffic: RefCell::default(),
            _running: running,
        };
        session.preload(WATCH);
        session.assert_files_are_apart();
        session
    }

    /// Runs a function in every page from now on, before the page's own scripts.
    pub(crate) fn preload(&self, function: &str) {
        self.call("script.addPreloadScript", json!({ "functionDeclaration": function }));
    }

    /// Opens an empty tab.
    pub(crate) fn tab(&self) -> Page<'_> {
        let tab = self.call("browsingContext.create", json!({ "type": "tab" }));
        let context = tab["context"].as_str().expect("a tab has an id").to_owned();
        let page = Page::new(self, context);
        if self.browser == Browser::Chromium {
            self.emulate_scheme(&page);
        }
        page
    }

    /// What happened so far.
    pub(crate) fn traffic(&self) -> Traffic {
        // Events come before the answer of a later command.
        self.call("session.status", json!({}));
        let mut traffic = self.traffic.borrow_mut();
        for event in self.bidi.borrow_mut().take_events() {
            traffic.record(&event.method, &event.params);
        }
        traffic.clone()
    }

    pub(crate) fn call(&self, method: &str, params: Value) -> Value {
        self.bidi.borrow_mut().call(method, params)
    }

    pub(crate) fn try_call(&self, method: &str, params: Value) -> Result<Value, Refusal> {
        self.bidi.borrow_mut().try_call(method, params)
    }

    /// Headless Chromium has no system whose colors it could follow.
    fn emulate_scheme(&self, page: &Page<'_>) {
        let value = match self.preferences.scheme {
            Scheme::Light => "light",
            Scheme::Dark => "dark",
        };
        let scheme = json!({ "name": "prefers-color-scheme", "value": value });
        page.devtools("Emulation.setEmulatedMedia", json!({ "features": [scheme] }));
    }

    /// Fails when this browser lets a page from a folder fetch the file next to it: people's
    /// browsers don't, and every other result would be worth nothing.
    fn assert_files_are_apart(&self) {
        let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))
            .expect("a folder can be made");
        let page = folder.path().join("page.html");
        fs::write(&page, "<!doctype html><title>page</title>")
            .expect("a page can be written");
        fs::write(folder.path().join("neighbor.txt"), "text")
            .expect("a file can be written");
        let tab = self.tab();
        tab.open(&file_url(&page));
        let outcome =
            tab.evaluate("fetch('neighbor.txt').then(() => 'read', () => 'refused')");
        assert_eq!(
            outcome, "refused",
            "this browser has file:// rights that people lack"
        );
        tab.close();
        self.traffic();
        self.traffic.take();
    }
}

impl Traffic {
    fn record(&mut self, method: &str, params: &Value) {
        match method {
            "log.entryAdded" if params["level"] == "error" => {
                let text = params["text"].as_str().unwrap_or_default();
                self.errors.push(text.to_owned());
            }
            "network.beforeRequestSent" => {
                let url = params["request"]["url"].as_str().unwrap_or_default();
                self.requests.push(url.to_owned());
            }
            "network.responseCompleted" => {
                let status = params["response"]["status"].as_u64().unwrap_or(0);
                if status >= 400 {
                    let url = params["response"]["url"].as_str().unwrap_or_default();
                    self.errors.push(format!("status {status} for {url}"));
                }
            }
            _ => {}
        }
    }
}

/// The address of a file, with everything escaped that is not plain.
pub(crate) fn file_url(path: &Path) -> String {
    let path = path.to_string_lossy();
    let escaped = path.bytes().map(|byte| match byte {
        b'/' | b'.' | b'-' | b'_' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => {
            char::from(byte).to_string()
        }
        _ => format!("%{byte:02X}"),
    });
    std::iter::once("file://".to_owned()).chain(escaped).collect()
}
