//! The words of an interface: read from a file for each language, made into a Rust struct when
//! a crate is built, and filled in when it runs.
//!
//! A file has one word a line: its name, ` = `, its text, in quotation marks where spaces at
//! its ends matter. Empty lines and lines that begin with `#` are for people. All languages
//! have the same names in the same order, so that only the texts travel.

mod direction;
mod fill;
mod parse;
mod source;

pub use direction::direction;
pub use fill::{fill, lines};
pub use parse::{ParseWordsError, Word, parse};
pub use source::strings_source;
