//! Where an archive is.

use std::{
    fs,
    io::{self, Read},
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context, bail};
use flate2::read::GzDecoder;
use ureq::{Agent, ResponseExt};

/// Longest file that is read, in bytes.
const MAX_LEN: u64 = 256 << 20;

/// How long a host may take for one answer.
const PATIENCE: Duration = Duration::from_mins(1);

/// A place that gives files.
pub(crate) trait Place {
    /// Returns what the place has under a path below the folder of the archive.
    ///
    /// # Errors
    ///
    /// When nothing can be said, as when the host does not answer.
    fn get(&self, path: &str) -> anyhow::Result<Answer>;

    /// Returns whether files come with the headers of a host.
    fn is_hosted(&self) -> bool;

    /// Returns whether browsers trust the connection enough for a service worker.
    fn is_secure(&self) -> bool;
}

/// What a place says.
#[derive(Debug, Default)]
pub(crate) struct Answer {
    /// Status of HTTP; 200 or 404 for a folder.
    pub(crate) status: u16,
    /// Names in lower case, and values.
    pub(crate) headers: Vec<(String, String)>,
    /// The file as it was before the host compressed it.
    pub(crate) bytes: Vec<u8>,
    /// Where the answer came from, if not from where it was asked for.
    pub(crate) moved_to: Option<String>,
}

impl Answer {
    /// Returns the value of a header; its name is in lower case.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(its, _)| its == name).map(|(_, value)| value.as_str())
    }

    /// Returns whether the file is there.
    pub(crate) fn is_there(&self) -> bool {
        self.status == 200
    }
}

/// A folder on this computer.
#[derive(Debug)]
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new(path: &Path) -> anyhow::Result<Self> {
        if !path.is_dir() {
            bail!(
                "there is no such folder, and it is no address that begins with https://: {}",
                path.display()
            );
        }
        Ok(Self(path.to_owned()))
    }
}

impl Place for Folder {
    fn get(&self, path: &str) -> anyhow::Result<Answer> {
        let path = if path.is_empty() { "index.html" } else { path };
        match fs::read(self.0.join(path)) {
            Ok(bytes) => Ok(Answer { status: 200, bytes, ..Answer::default() }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Ok(Answer { status: 404, ..Answer::default() })
            }
            Err(error) => Err(error).with_context(|| format!("cannot read {path}")),
        }
    }

    fn is_hosted(&self) -> bool {
        false
    }

    fn is_secure(&self) -> bool {
        true
    }
}

/// An address on the web.
#[derive(Debug)]
pub(crate) struct Web {
    agent: Agent,
    /// With a slash at its end.
    base: String,
}

impl Web {
    /// Takes the address of the folder, or that of its `index.html`.
    pub(crate) fn new(address: &str) -> Self {
        let address = address.split(['?', '#']).next().unwrap_or_default();
        let folder = address.strip_suffix("index.html").unwrap_or(address);
        let slash = if folder.ends_with('/') { "" } else { "/" };
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(PATIENCE))
            .user_agent(concat!("vitrine-doctor/", env!("CARGO_PKG_VERSION")));
        Self { agent: config.build().into(), base: [folder, slash].concat() }
    }
}

impl Place for Web {
    fn get(&self, path: &str) -> anyhow::Result<Answer> {
        let address = [&self.base, path].concat();
        let failed = || {
            format!(
                "the host does not answer; look whether the address is right and the host is \
                 there: {address}"
            )
        };
        let request = self.agent.get(&address).header("Accept-Encoding", "gzip");
        let mut response = request.call().with_context(failed)?;
        let status = response.status().as_u16();
        let uri = response.get_uri().to_string();
        let headers = response.headers().iter().filter_map(|(name, value)| {
            Some((name.as_str().to_ascii_lowercase(), value.to_str().ok()?.to_owned()))
        });
        let headers: Vec<_> = headers.collect();
        let body = response.body_mut().with_config().limit(MAX_LEN).read_to_vec();
        let body = body.with_context(failed)?;
        let mut answer = Answer {
            status,
            headers,
            moved_to: (uri != address).then_some(uri),
            bytes: body,
        };
        if answer.header("content-encoding") == Some("gzip") {
            let mut bytes = Vec::new();
            let decoder = GzDecoder::new(answer.bytes.as_slice());
            decoder
                .take(MAX_LEN)
                .read_to_end(&mut bytes)
                .with_context(|| format!("the host compresses {address} wrongly"))?;
            answer.bytes = bytes;
        }
        Ok(answer)
    }

    fn is_hosted(&self) -> bool {
        true
    }

    fn is_secure(&self) -> bool {
        let host = self.base.split_once("://").map_or("", |(_, rest)| rest);
        let is_local =
            ["127.0.0.1", "localhost", "[::1]"].iter().any(|it| host.starts_with(it));
        self.base.starts_with("https://") || is_local
    }
}
