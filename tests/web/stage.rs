//! Where an archive is opened from, and the rule that holds there: nothing is asked for
//! outside, and the console stays empty.

use std::fs;

use tempfile::TempDir;

use crate::archive::Copy;
use crate::browser::{Browser, Preferences};
use crate::page::Page;
use crate::server::{Hosting, Server, percent_decoded};
use crate::session::{Session, file_url};

/// The ways to open an archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// `index.html` from the folder itself.
    File,
    /// `index.html` from a server.
    Http,
    /// As an element in a page of another origin; the archive's host sends no CORS headers.
    Embedded,
}

/// A browser and an archive that it can open.
pub(crate) struct Stage {
    session: Session,
    mode: Mode,
    url: String,
    /// Decoded beginnings of the addresses that may be asked for.
    inside: Vec<String>,
    servers: Vec<Server>,
    _host: Option<TempDir>,
    archive: Copy,
}

/// How the page around an embedded archive is made.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Host {
    /// Its `Content-Security-Policy`; `{archive}` stands for the archive's origin.
    pub(crate) content_policy: Option<&'static str>,
    /// What stands in its body before the element.
    pub(crate) body: &'static str,
}

impl Stage {
    /// An intact archive.
    pub(crate) fn new(browser: Browser, mode: Mode) -> Self {
        Self::with(
            Session::start(browser),
            mode,
            Copy::make(),
            Host::default(),
            Hosting::default(),
        )
    }

    /// A browser with other preferences.
    pub(crate) fn preferring(
        browser: Browser,
        mode: Mode,
        preferences: Preferences,
    ) -> Self {
        let session = Session::start_with(browser, preferences);
        Self::with(session, mode, Copy::make(), Host::default(), Hosting::default())
    }

    /// This copy of the archive.
    pub(crate) fn of(browser: Browser, mode: Mode, archive: Copy) -> Self {
        Self::with(
            Session::start(browser),
            mode,
            archive,
            Host::default(),
            Hosting::default(),
        )
    }

    /// An archive on a host that is set up like this.
    pub(crate) fn hosted(browser: Browser, hosting: Hosting) -> Self {
        Self::with(
            Session::start(browser),
            Mode::Http,
            Copy::make(),
            Host::default(),
            hosting,
        )
    }

    /// A second server of the same archive, and its address.
    pub(crate) fn also_hosted(&mut self, hosting: Hosting) -> String {
        let server = Server::start(&self.archive.path(), hosting);
        let url = server.url();
        self.inside.push(url.clone());
        self.servers.push(server);
        url
    }

    /// An archive in this page.
    pub(crate) fn embedded_in(browser: Browser, host: Host) -> Self {
        let session = Session::start(browser);
        Self::with(session, Mode::Embedded, Copy::make(), host, Hosting::default())
    }

    /// An archive and a site of somebody else, whose pages have it in them. The archive is in a
    /// folder of its host, which is set up like `hosting`.
    pub(crate) fn in_site(browser: Browser, site: &Site<'_>, hosting: Hosting) -> Self {
        let session = Session::start(browser);
        let archive = Copy::make();
        let folder = archive.path();
        let above = folder.parent().expect("a copy is in a folder of its own");
        let server = Server::start(above, hosting);
        let name = folder.file_name().expect("a copy has a name").to_string_lossy();
        let address = format!("{}{}/", server.url(), percent_encoded(&name));
        let (host_folder, host) = site.start(&address);
        let inside = [address, host.url()];
        Self {
            session,
            mode: Mode::Embedded,
            url: host.url(),
            inside: inside.iter().filter_map(|url| percent_decoded(url)).collect(),
            servers: vec![server, host],
            _host: Some(host_folder),
            archive,
        }
    }

    /// The address of the archive's page.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Runs a function in every page from now on, before the page's own scripts.
    pub(crate) fn preload(&self, function: &str) {
        self.session.preload(function);
    }

    /// The errors so far, of scripts, of the content policy and of responses.
    pub(crate) fn errors(&self) -> Vec<String> {
        self.session.traffic().errors
    }

    /// The addresses that were asked for so far.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.session.traffic().requests
    }

    fn with(
        session: Session,
        mode: Mode,
        archive: Copy,
        host: Host,
        hosting: Hosting,
    ) -> Self {
        let mut servers = Vec::new();
        let mut host_folder = None;
        let url = match mode {
            Mode::File => file_url(&archive.path().join("index.html")),
            Mode::Http => {
                let server = Server::start(&archive.path(), hosting);
                let url = server.url();
                servers.push(server);
                url
            }
            Mode::Embedded => {
                let server = Server::start(&archive.path(), hosting);
                let (folder, host) = host_page(&server.url(), &host);
                let url = host.url();
                host_folder = Some(folder);
                servers.extend([server, host]);
                url
            }
        };
        let inside = match mode {
            Mode::File => vec![format!("file://{}/", archive.path().display())],
            Mode::Http | Mode::Embedded => servers.iter().map(Server::url).collect(),
        };
        Self { session, mode, url, inside, servers, _host: host_folder, archive }
    }

    /// Opens the archive in a new tab, at a place in it such as `#/?q=word`; empty for its
    /// beginning.
    pub(crate) fn open(&self, place: &str) -> Page<'_> {
        let page = self.session.tab();
        page.open(&format!("{}{place}", self.url));
        page
    }

    /// Opens an address in a new tab.
    pub(crate) fn open_at(&self, url: &str) -> Page<'_> {
        let page = self.session.tab();
        page.open(url);
        page
    }

    /// Opens an empty tab.
    pub(crate) fn tab(&self) -> Page<'_> {
        self.session.tab()
    }

    /// The rule of a sound archive.
    pub(crate) fn assert_clean(&self) {
        let traffic = self.session.traffic();
        assert!(traffic.errors.is_empty(), "errors: {:#?}", traffic.errors);
        self.assert_nothing_left();
    }

    /// The rule of every archive: nothing is asked for outside.
    pub(crate) fn assert_nothing_left(&self) {
        let requests = self.session.traffic().requests;
        let outside: Vec<_> =
            requests.iter().filter(|url| !self.is_inside(url)).collect();
        assert!(
            outside.is_empty(),
            "asked for outside of {:?}: {outside:#?}",
            self.inside
        );
        if self.mode != Mode::File {
            assert!(
                !requests.is_empty(),
                "no request was seen; the recorder does not work"
            );
        }
    }

    fn is_inside(&self, url: &str) -> bool {
        // What has no host goes nowhere.
        let is_local =
            ["about:", "blob:", "data:"].iter().any(|scheme| url.starts_with(scheme));
        let decoded = percent_decoded(url).unwrap_or_else(|| url.to_owned());
        is_local || self.inside.iter().any(|inside| decoded.starts_with(inside))
    }
}

/// A site of somebody else.
#[derive(Debug, Clone, Default)]
pub(crate) struct Site<'s> {
    /// Its files and what is in them, where [`ARCHIVE`] stands for the archive's folder.
    pub(crate) files: Vec<(&'s str, String)>,
    /// Its `Content-Security-Policy`; `{archive}` stands for the archive's origin.
    pub(crate) content_policy: Option<&'s str>,
}

/// The address of an archive in the examples.
pub(crate) const ARCHIVE: &str = "https://example.org/archive/";

impl<'s> Site<'s> {
    /// A site of one page with this in its body.
    pub(crate) fn page(body: &str) -> Self {
        let page = format!(
            "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
             <title>Host</title>\n<link rel=\"icon\" href=\"data:,\">\n<body>\n{body}\n"
        );
        Self { files: vec![("index.html", page)], content_policy: None }
    }

    /// The same site with a policy.
    pub(crate) fn under(self, policy: &'s str) -> Self {
        Self { content_policy: Some(policy), ..self }
    }

    fn start(&self, archive: &str) -> (TempDir, Server) {
        let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))
            .expect("a folder can be made");
        for (name, content) in &self.files {
            let path = folder.path().join(name);
            let parent = path.parent().expect("a file is in a folder");
            fs::create_dir_all(parent).expect("a folder can be made");
            fs::write(path, content.replace(ARCHIVE, archive))
                .expect("it can be written");
        }
        let origin = archive.splitn(4, '/').take(3).collect::<Vec<_>>().join("/");
        let policy =
            self.content_policy.map(|policy| policy.replace("{archive}", &origin));
        let hosting = Hosting { content_policy: policy, ..Hosting::default() };
        let server = Server::start(folder.path(), hosting);
        (folder, server)
    }
}

/// A page of somebody else with the element in it, on a server of its own.
fn host_page(archive: &str, host: &Host) -> (TempDir, Server) {
    let folder =
        tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder can be made");
    let body = host.body;
    let page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>Host</title>\n\
         <link rel=\"icon\" href=\"data:,\">\n<body>\n{body}\n\
         <script src=\"{archive}vitrine.js\"></script>\n\
         <vitrine-archive src=\"{archive}\"></vitrine-archive>\n"
    );
    fs::write(folder.path().join("index.html"), page).expect("a page can be written");
    let origin = archive.trim_end_matches('/');
    let hosting = Hosting {
        content_policy: host
            .content_policy
            .map(|policy| policy.replace("{archive}", origin)),
        ..Hosting::default()
    };
    let server = Server::start(folder.path(), hosting);
    (folder, server)
}

/// The text with everything escaped that is not plain.
fn percent_encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
    let escaped = text.bytes().map(|byte| match byte {
        byte if plain(byte) => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    });
    escaped.collect()
}
