//! A small static server on this machine: any host that an archive may be put on, without
//! CORS headers.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;

/// How the host is set up.
#[derive(Debug, Clone, Default)]
pub(crate) struct Hosting {
    /// Value of the `Content-Security-Policy` header.
    pub(crate) content_policy: Option<String>,
    /// Whether answers are compressed.
    pub(crate) compression: Compressed,
    /// What it says that scripts are, if it does not know it.
    pub(crate) script_type: Option<&'static str>,
    /// Whether the browser may think otherwise.
    pub(crate) is_unsure: bool,
    /// What the network between it and the reader does.
    pub(crate) network: Network,
}

/// A network. What the browser asks for before any script of the archive runs only comes late.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Network {
    /// How long each answer takes.
    pub(crate) delay: Duration,
    /// Every how many answers one fails: with an error of the server, cut short, or not at
    /// all, in turn.
    pub(crate) fails_every: Option<usize>,
}

/// Files that no script of the archive can ask for again.
const FIRST_FILES: [&str; 6] =
    ["/", "/index.html", "/vitrine.css", "/vitrine.js", "/vitrine-offline.js", "/sw.js"];

/// Whether a host compresses what it sends.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Compressed {
    #[default]
    No,
    Gzip,
}

/// A running server; dropping it stops it.
pub(crate) struct Server {
    address: SocketAddr,
    stopping: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Serves the folder on a free port.
    pub(crate) fn start(folder: &Path, hosting: Hosting) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let address = listener.local_addr().expect("a listener has an address");
        let stopping = Arc::new(AtomicBool::new(false));
        let answered = AtomicUsize::new(0);
        let site = Arc::new(Site { folder: folder.to_owned(), hosting, answered });
        let stop = Arc::clone(&stopping);
        let thread = std::thread::spawn(move || {
            for stream in listener.incoming() {
                if stop.load(Ordering::SeqCst) {
                    return;
                }
                let Ok(stream) = stream else { continue };
                let site = Arc::clone(&site);
                // A browser that hangs up early is no failure of the test.
                std::thread::spawn(move || site.answer(stream).ok());
            }
        });
        Self { address, stopping, thread: Some(thread) }
    }

    /// `http://127.0.0.1:PORT/`
    pub(crate) fn url(&self) -> String {
        format!("http://{}/", self.address)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stopping.store(true, Ordering::SeqCst);
        // Wakes the thread that waits for a connection.
        TcpStream::connect(self.address).ok();
        if let Some(thread) = self.thread.take() {
            thread.join().ok();
        }
    }
}

struct Site {
    folder: PathBuf,
    hosting: Hosting,
    answered: AtomicUsize,
}

impl Site {
    fn answer(&self, stream: TcpStream) -> std::io::Result<()> {
        let mut reader = BufReader::new(stream);
        let mut first = String::new();
        reader.read_line(&mut first)?;
        let mut header = String::new();
        while reader.read_line(&mut header)? > 2 {
            header.clear();
        }
        let mut stream = reader.into_inner();
        let address = first.split(' ').nth(1).unwrap_or_default();
        let Network { delay, fails_every } = self.hosting.network;
        std::thread::sleep(delay);
        let failure =
            fails_every.filter(|_| !FIRST_FILES.contains(&address)).and_then(|every| {
                let number = self.answered.fetch_add(1, Ordering::SeqCst) + 1;
                number.is_multiple_of(every).then_some(number / every % 3)
            });
        match failure {
            Some(0) => {
                let head = "HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n";
                return write!(stream, "{head}Content-Length: 0\r\n\r\n");
            }
            Some(1) => return stream.shutdown(Shutdown::Both),
            _ => {}
        }
        let found = self.path(address).and_then(|path| {
            let bytes = fs::read(&path).ok()?;
            Some((bytes, self.content_type(&path)))
        });
        let (status, bytes, kind) = match found {
            Some((bytes, kind)) => ("200 OK", bytes, kind),
            None => ("404 Not Found", b"not found".to_vec(), "text/plain"),
        };
        let mut head =
            format!("HTTP/1.1 {status}\r\nConnection: close\r\nContent-Type: {kind}\r\n");
        if !self.hosting.is_unsure {
            head.push_str("X-Content-Type-Options: nosniff\r\n");
        }
        if let Some(policy) = &self.hosting.content_policy {
            head.extend(["Content-Security-Policy: ", policy, "\r\n"]);
        }
        let bytes = match self.hosting.compression {
            Compressed::No => bytes,
            Compressed::Gzip => {
                head.push_str("Content-Encoding: gzip\r\n");
                let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
                gzip.write_all(&bytes)?;
                gzip.finish()?
            }
        };
        write!(stream, "{head}Content-Length: {}\r\n\r\n", bytes.len())?;
        let cut_short = failure.and(bytes.get(..bytes.len() / 2));
        stream.write_all(cut_short.unwrap_or(&bytes))
    }

    fn content_type(&self, path: &Path) -> &'static str {
        match content_type(path) {
            SCRIPT => self.hosting.script_type.unwrap_or(SCRIPT),
            kind => kind,
        }
    }

    /// The file of an address; none for what would leave the folder.
    fn path(&self, address: &str) -> Option<PathBuf> {
        let address = address.split(['?', '#']).next()?;
        let relative = percent_decoded(address.strip_prefix('/')?)?;
        let relative =
            Path::new(if relative.is_empty() { "index.html" } else { &relative });
        let inside =
            relative.components().all(|part| matches!(part, Component::Normal(_)));
        inside.then(|| self.folder.join(relative))
    }
}

/// The text behind `%XX` escapes; none when it is not UTF-8.
pub(crate) fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some((plain, escaped)) = rest.split_once('%') {
        bytes.extend_from_slice(plain.as_bytes());
        bytes.push(u8::from_str_radix(escaped.get(..2)?, 16).ok()?);
        rest = escaped.get(2..)?;
    }
    bytes.extend_from_slice(rest.as_bytes());
    String::from_utf8(bytes).ok()
}

const SCRIPT: &str = "text/javascript; charset=utf-8";

fn content_type(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => SCRIPT,
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        _ => "application/octet-stream",
    }
}
