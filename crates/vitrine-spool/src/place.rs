//! Where a value is.

/// Where a value was put; only the spool that gave it knows what it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// First byte, from the start of the storage.
    pub(crate) start: u64,
    /// Number of bytes, compressed.
    pub(crate) len_bytes: u32,
    /// Number of bytes once decompressed.
    pub(crate) full_len: u32,
}
