//! Limits that keep a hostile input from taking memory and time without end.

/// Longest page, record or member that is read, in bytes after unpacking: 64 MiB.
pub const MAX_PAGE_LEN: usize = 64 << 20;

/// Longest ZIP archive inside another container, in bytes: 256 MiB. Its directory stands
/// at its end, so that it has to be held in memory.
pub const MAX_NESTED_ZIP_LEN: usize = 256 << 20;

/// Most containers (ZIP, tar, gzip) inside one another.
pub const MAX_NESTING: usize = 4;

/// Most bytes that one byte may unpack to. Pages compress 20 times at best.
pub const MAX_EXPANSION: u64 = 200;

/// Bytes that a member of a ZIP archive may unpack to whatever [`MAX_EXPANSION`] says: 1 MiB.
pub const FREE_EXPANSION_LEN: u64 = 1 << 20;

/// Bytes that all members of an input together may unpack to beyond [`MAX_EXPANSION`]
/// times its length: 64 MiB.
pub const FREE_TOTAL_LEN: u64 = 64 << 20;

/// Returns how long a member of `packed_len` bytes may be once it is unpacked.
pub(crate) fn member_limit(packed_len: u64) -> usize {
    let expanded = packed_len.saturating_mul(MAX_EXPANSION).max(FREE_EXPANSION_LEN);
    usize::try_from(expanded).unwrap_or(usize::MAX).min(MAX_PAGE_LEN)
}
