//! An archive's folder as a source of chunks that counts what a host would send.

use std::{
    cell::RefCell,
    collections::BTreeMap,
    fs,
    io::Write as _,
    path::{Path, PathBuf},
};

use flate2::{Compression, write::GzEncoder};
use vitrine_bundle::envelope;
use vitrine_reader::{ChunkFile, ChunkSource, SourceError};

/// Files and their gzipped bytes.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Load {
    pub(crate) files: usize,
    pub(crate) bytes: usize,
}

/// The folder, with what was loaded of each section since the last time it was taken.
#[derive(Debug)]
pub(crate) struct CountingFolder {
    path: PathBuf,
    loads: RefCell<BTreeMap<&'static str, Load>>,
}

impl CountingFolder {
    pub(crate) fn new(path: &Path) -> Self {
        Self { path: path.to_owned(), loads: RefCell::default() }
    }

    /// Returns what was loaded, by section, and starts again from zero.
    pub(crate) fn take(&self) -> BTreeMap<&'static str, Load> {
        self.loads.take()
    }
}

impl ChunkSource for &CountingFolder {
    async fn load(&self, file: &ChunkFile) -> Result<Vec<u8>, SourceError> {
        let path = file.path();
        let Ok(text) = fs::read(self.path.join(&path)) else {
            return Err(SourceError::Missing { path });
        };
        let mut loads = self.loads.borrow_mut();
        let load = loads.entry(file.section().name()).or_default();
        load.files += 1;
        load.bytes += gzip_len(&text);
        envelope::unwrap(&text)
            .map_err(|error| SourceError::Failed { path, reason: error.to_string() })
    }
}

/// Returns the length of `bytes` as most hosts compress them.
pub(crate) fn gzip_len(bytes: &[u8]) -> usize {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(bytes).expect("memory takes everything");
    gzip.finish().expect("memory takes everything").len()
}
