//! Packs documents in memory and searches them.
#![expect(clippy::unwrap_used, reason = "a helper that fails fails its test")]

mod damage;
mod search;
mod support;
