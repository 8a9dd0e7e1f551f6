//! What the modules that read archives ask of the loader of a page: files, and turns.

mod chunk_source;
mod message;
mod turns;

pub use chunk_source::{LoaderSource, Progress};
pub use message::message;
pub use turns::{Turns, while_wanted};
