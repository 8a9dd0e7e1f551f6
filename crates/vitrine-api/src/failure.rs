//! Errors as JavaScript has them: the name says what can be done about it, and stays.

use vitrine_loader::message;
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
        ReadError::Load(error) if matches!(**error, SourceError::Missing { .. }) => {
            "MissingError"
        }
        ReadError::Load(_) => "FailedError",
        _ => "DamagedError",
    }
}

fn named(name: &str, message: &str) -> JsValue {
    let error = js_sys::Error::new(message);
    error.set_name(name);
    error.into()
}
