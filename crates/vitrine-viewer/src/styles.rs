//! The element's style sheet, one cascade layer a file.

/// All layers, in order; comments and indentation are taken out by the build script.
pub(crate) const STYLES: &str = include_str!(concat!(env!("OUT_DIR"), "/styles.css"));
