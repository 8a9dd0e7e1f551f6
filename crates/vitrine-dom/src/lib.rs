//! What the crates that run in a browser share: elements, plain objects, storage, tasks.
//!
//! Elements are made of tag names and text nodes, never of markup.

#[cfg(target_arch = "wasm32")]
mod allocator;
mod node;
mod object;
mod storage;
mod task;

pub use node::{Node, all, document, focus, node, node_of, window};
pub use object::{field, object};
pub use storage::{recall, remember, remember_line, remembered};
pub use task::spawn;
pub use vitrine_words::direction;
