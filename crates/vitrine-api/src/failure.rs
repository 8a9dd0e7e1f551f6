//! Errors as JavaScript has them: the name says what can be done about it, and stays.

use std::error::Error;

use vitrine_reader::{OpenError, ReadError, SourceError};
use wasm_bindgen::JsValue;

/// Returns the error of a wrong argument.
pub(crate) fn argument_error(message: &str) -> JsValue {
    named("ArgumentError", message)
}

/// Returns the error of an archive that does not open.
pub(crate) fn open_error(error: &OpenError) -> JsValue {
    let name = match error {
        OpenError::Root(cause) => name_of(cause),
        OpenError::Version { .. } => "VersionError",
        _ => "ArgumentError",
    };
    named(name, &message(error))
}

/// Returns the error of a file that does not load or is damaged.
pub(crate) fn read_error(error: &ReadError) -> JsValue {
    named(name_of(error), &message(error))
}

fn name_of(error: &ReadError) -> &'static str {
    match error {
        ReadError::Load(SourceError::Missing { .. }) => "MissingError",
        ReadError::Load(_) => "FailedError",
        _ => "DamagedError",
    }
}

/// Returns what an error says, and its causes.
pub(crate) fn message(error: &dyn Error) -> String {
    let mut message = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        message.push_str(": ");
        message.push_str(&error.to_string());
        cause = error.source();
    }
    message
}

fn named(name: &str, message: &str) -> JsValue {
    let error = js_sys::Error::new(message);
    error.set_name(name);
    error.into()
}
