//! Room for what does not fit in memory.

use std::path::Path;

use tempfile::SpooledTempFile;
use vitrine_spool::Spool;

/// Returns a spool in memory, which goes on in a file once it is large: below `folder`, or
/// where the system puts such files. The file has no name and goes with the process.
pub(crate) fn spool(folder: Option<&Path>) -> Spool {
    // The file is made when the first byte is written.
    Spool::new(match folder {
        Some(folder) => tempfile::spooled_tempfile_in(0, folder),
        None => SpooledTempFile::new(0),
    })
}
