//! The archive in real browsers, with the preferences that people have: Chromium and Firefox,
//! opened from a folder, from a server, and as an element in somebody else's page.
//!
//! `cargo xtask e2e` builds what these tests need and runs them. By hand: build the command
//! (`cargo build -p vitrine-cli`), then `cargo test -p vitrine-tests --test web`. Environment:
//! `VITRINE_TEST_ARCHIVE` (a packed archive of `data/sample`; packed here when missing),
//! `VITRINE_BIN`, `VITRINE_CHROMIUM`, `VITRINE_CHROMEDRIVER`, `VITRINE_FIREFOX` (programs),
//! `VITRINE_AXE` (the script of axe-core), `VITRINE_ELASTICLUNR` (elasticlunr.js),
//! `VITRINE_SCREENSHOTS` (a folder; pictures of the main states are written there).
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::needless_pass_by_value,
    reason = "this is a test: helpers fail by panicking and say why, and take JSON as it is made"
)]

#[macro_use]
mod scenarios;

mod reading;

mod panels;

mod keeping;

mod assisting;

mod printing;

mod finding;

mod home;

mod embedding;

mod embedding_api;

mod embedding_attributes;

mod embedding_examples;

mod embedding_hosts;

mod damage;

mod hostile;

mod load;

mod offline;

mod plain;

mod handover;

mod looks;

mod accessibility;

mod interchange;

mod stage;

mod reader;

mod archive;

mod server;

mod trap;

mod vectors;

mod forged;

mod page;

mod session;

mod bidi;

mod browser;
