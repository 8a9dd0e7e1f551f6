//! Containers: many files in one.

pub(crate) mod gzip;
pub(crate) mod label;
pub(crate) mod tar;
pub(crate) mod zip;
