//! Errors in one line, as JavaScript has them.

use std::error::Error;

/// Returns what an error says, and its causes, each after a colon.
pub fn message(error: &dyn Error) -> String {
    let mut message = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        message.push_str(": ");
        message.push_str(&error.to_string());
        cause = error.source();
    }
    message
}
