//! Integration tests; one binary, one module a subject.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test ends where it cannot go on"
)]

mod support;

mod archive;
mod assets;
mod book;
mod clean;
mod command;
mod compat;
mod containers;
mod damage;
mod exporting;
mod faults;
mod handover;
mod hostile;
mod query;
mod sample;
mod settings;
mod signing;
