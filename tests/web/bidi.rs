//! A connection to a browser in its own protocol, WebDriver BiDi: commands and events as JSON
//! over a WebSocket.

use std::net::TcpStream;
use std::time::Duration;

use serde_json::{Value, json};
use tungstenite::{Message, WebSocket};

/// The longest that any command may take on a busy machine.
const PATIENCE: Duration = Duration::from_mins(1);

/// An open connection.
pub(crate) struct Bidi {
    socket: WebSocket<TcpStream>,
    last_id: u64,
    events: Vec<Event>,
}

/// Something that the browser reports without being asked.
#[derive(Debug)]
pub(crate) struct Event {
    pub(crate) method: String,
    pub(crate) params: Value,
}

/// The browser's refusal of a command.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) error: String,
    pub(crate) message: String,
}

impl Bidi {
    /// Connects to `ws://127.0.0.1:PORT/…`.
    pub(crate) fn connect(url: &str) -> Self {
        let address = url
            .strip_prefix("ws://")
            .and_then(|rest| rest.split('/').next())
            .unwrap_or_else(|| panic!("{url:?} is no WebSocket address"));
        let stream = TcpStream::connect(address)
            .unwrap_or_else(|error| panic!("cannot connect to {url}: {error}"));
        stream.set_read_timeout(Some(PATIENCE)).expect("a read timeout can be set");
        stream.set_nodelay(true).expect("nodelay can be set");
        let (socket, _) = tungstenite::client(url, stream)
            .unwrap_or_else(|error| panic!("no WebSocket at {url}: {error}"));
        Self { socket, last_id: 0, events: Vec::new() }
    }

    /// Sends a command and returns its result.
    pub(crate) fn call(&mut self, method: &str, params: Value) -> Value {
        self.try_call(method, params).unwrap_or_else(|Refusal { error, message }| {
            panic!("{method}: {error}: {message}")
        })
    }

    /// Sends a command and returns its result, or why the browser refused it.
    pub(crate) fn try_call(
        &mut self,
        method: &str,
        params: Value,
    ) -> Result<Value, Refusal> {
        self.last_id += 1;
        let id = self.last_id;
        let command = json!({ "id": id, "method": method, "params": params });
        self.socket
            .send(Message::text(command.to_string()))
            .unwrap_or_else(|error| panic!("cannot send {method}: {error}"));
        loop {
            let mut answer = self.read(method);
            if answer["id"] == id {
                if answer["type"] == "success" {
                    return Ok(answer["result"].take());
                }
                return Err(Refusal {
                    error: answer["error"].as_str().unwrap_or_default().to_owned(),
                    message: answer["message"].as_str().unwrap_or_default().to_owned(),
                });
            }
            if answer["type"] == "event" {
                self.events.push(Event {
                    method: answer["method"].as_str().unwrap_or_default().to_owned(),
                    params: answer["params"].take(),
                });
            }
        }
    }

    /// Returns the events that came in since the last time.
    pub(crate) fn take_events(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.events)
    }

    fn read(&mut self, method: &str) -> Value {
        loop {
            let message = self
                .socket
                .read()
                .unwrap_or_else(|error| panic!("no answer to {method}: {error}"));
            if let Message::Text(text) = message {
                return serde_json::from_str(&text)
                    .unwrap_or_else(|error| panic!("the browser sent no JSON: {error}"));
            }
        }
    }
}
