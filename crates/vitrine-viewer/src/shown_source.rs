//! A source of chunks that shows people who wait what is being read.

use vitrine_loader::LoaderSource;
use vitrine_reader::{ChunkFile, ChunkSource, SourceError};

use crate::host::Host;

/// The page's loader, and the element that says what is asked of it.
#[derive(Debug)]
pub(crate) struct ShownSource {
    source: LoaderSource,
    host: Host,
}

impl ShownSource {
    /// Returns the source that `source` answers for.
    pub(crate) fn new(source: LoaderSource, host: Host) -> Self {
        Self { source, host }
    }
}

impl ChunkSource for ShownSource {
    fn load(
        &self,
        file: &ChunkFile,
    ) -> impl Future<Output = Result<Vec<u8>, SourceError>> {
        self.host.set_reading(&file.path());
        self.source.load(file)
    }

    fn pause(&self) -> impl Future<Output = ()> {
        self.source.pause()
    }
}
