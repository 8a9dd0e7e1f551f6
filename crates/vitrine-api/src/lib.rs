//! An archive for scripts that build an interface of their own: `Vitrine.open()` of the loader
//! opens it, [`Archive`] is what it gives.
//!
//! Everything returned is a plain object. `types.d.ts` declares them; a test holds it to the
//! structures in `values.rs`.

mod archive;
mod citation;
mod failure;
mod options;
mod values;

pub use archive::{Archive, open};
