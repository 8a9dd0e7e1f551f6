//! Room for what does not fit in memory.

use std::path::Path;

use tempfile::SpooledTempFile;
use vitrine_spool::Spool;

/// Bytes that are kept in memory before a file is made.
const MEMORY_BYTES: usize = 64 << 20;

/// Returns a spool in memory, which goes on in a file once it is large: below `folder`, or
/// where the system puts such files. The file has no name and goes with the process.
pub(crate) fn spool(folder: Option<&Path>) -> Spool {
    Spool::new(match folder {
        Some(folder) => tempfile::spooled_tempfile_in(MEMORY_BYTES, folder),
        None => SpooledTempFile::new(MEMORY_BYTES),
    })
}
