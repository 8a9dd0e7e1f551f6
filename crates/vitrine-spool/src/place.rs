//! Where a value is.

/// Where a value was put; only the spool that gave it knows what it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// First byte, from the start of what is held in memory or of the storage.
    pub(crate) start: u64,
    /// Number of bytes.
    pub(crate) full_len: u32,
    /// Number of bytes in the storage, compressed; `None` of what is held in memory.
    pub(crate) stored_len: Option<u32>,
}
