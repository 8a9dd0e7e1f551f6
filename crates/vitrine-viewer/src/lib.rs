//! The reader in the browser: the only crate that knows of pages and elements.
//!
//! [`Viewer`] is what JavaScript sees. It opens an archive through the page's loader,
//! keeps the state in one place, and shows it with views that are made of elements and
//! text nodes; nothing that stands in an archive is ever parsed as markup.

mod app;
mod context_object;
mod dates;
mod failure;
mod filters;
mod history;
mod host;
mod keyboard;
mod language;
mod reading_time;
mod route;
mod strings;
mod styles;
mod viewer;
mod views;

pub use viewer::{Viewer, styles};
