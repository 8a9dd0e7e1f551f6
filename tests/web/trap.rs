//! What hostile texts give themselves away by: a script that is called, a dialog, an address
//! that is asked for.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Mutex},
};

/// Runs in every page before its own scripts: what a hostile text calls tells the console, also
/// from frames and after the page has gone elsewhere.
pub(crate) const TELL: &str = r"() => {
    const tell = what => number => console.error(`vector ${number} ${what}`);
    globalThis.hit = tell('ran');
    for (const name of ['alert', 'confirm', 'prompt']) globalThis[name] = tell('opened a dialog');
}";

/// A server that nobody may come to.
pub(crate) struct Trap {
    address: SocketAddr,
    visits: Arc<Mutex<Vec<String>>>,
}

impl Trap {
    /// Listens on a free port, until the test ends.
    pub(crate) fn set() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let address = listener.local_addr().expect("a listener has an address");
        let visits = Arc::new(Mutex::default());
        let seen = Arc::clone(&visits);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let seen = Arc::clone(&seen);
                std::thread::spawn(move || note(stream, &seen));
            }
        });
        Self { address, visits }
    }

    /// Name and port of the server.
    pub(crate) fn host(&self) -> String {
        self.address.to_string()
    }

    /// The first lines of the requests so far; a connection without any has an empty one.
    pub(crate) fn visits(&self) -> Vec<String> {
        self.visits.lock().expect("nobody panics with it").clone()
    }
}

fn note(stream: TcpStream, seen: &Mutex<Vec<String>>) {
    // Before anything is read: to connect is to leave the archive.
    let position = {
        let mut seen = seen.lock().expect("nobody panics with it");
        seen.push(String::new());
        seen.len() - 1
    };
    let mut line = String::new();
    let mut reader = BufReader::new(stream);
    reader.read_line(&mut line).ok();
    if let Some(visit) = seen.lock().expect("nobody panics with it").get_mut(position) {
        line.trim().clone_into(visit);
    }
    let answer =
        b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    reader.get_mut().write_all(answer).ok();
}
