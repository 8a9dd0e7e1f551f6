//! Where chunks come from.

use crate::{Digest, Section};

/// A chunk's file in the archive folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ChunkFile {
    section: Section,
    digest: Option<Digest>,
}

impl ChunkFile {
    /// Returns the file of the chunk of `section` with this digest.
    pub fn new(section: Section, digest: Digest) -> Self {
        Self { section, digest: Some(digest) }
    }

    /// Returns the file that names the current root.
    pub fn pointer() -> Self {
        Self { section: Section::Root, digest: None }
    }

    /// Returns the section that the chunk belongs to.
    pub fn section(&self) -> Section {
        self.section
    }

    /// Returns the digest that the chunk must have; `None` for the root pointer.
    pub fn digest(&self) -> Option<Digest> {
        self.digest
    }

    /// Returns the path below the archive folder: ASCII, with `/` as separator.
    pub fn path(&self) -> String {
        match (self.section, self.digest) {
            (Section::Root, Some(digest)) => format!("data/root.{digest}.js"),
            (section, Some(digest)) => format!("data/{}/{digest}.js", section.name()),
            (_, None) => "data/root.js".to_owned(),
        }
    }
}

/// A chunk that could not be loaded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SourceError {
    /// The file is not there.
    #[error("the file is missing: {path:?}")]
    Missing {
        /// Path below the archive folder.
        path: String,
    },
    /// The file may be there but could not be read.
    #[error("the file could not be read ({reason}): {path:?}")]
    Failed {
        /// Path below the archive folder.
        path: String,
        /// What the platform said.
        reason: String,
    },
}

impl SourceError {
    /// Returns the path, below the archive folder, of the file that is at fault.
    pub fn path(&self) -> &str {
        match self {
            Self::Missing { path } | Self::Failed { path, .. } => path,
        }
    }
}

/// Loads chunks: from files, over the network, out of a script tag.
pub trait ChunkSource {
    /// Returns the chunk's bytes: what the file's envelope holds, unchecked.
    ///
    /// # Errors
    ///
    /// [`SourceError`]; a source need not tell a missing file from another failure.
    fn load(
        &self,
        file: &ChunkFile,
    ) -> impl Future<Output = Result<Vec<u8>, SourceError>>;

    /// Lets whoever else shares the thread go on; called between the steps of long work,
    /// some milliseconds apart at most. By default there is nobody else.
    ///
    /// What is awaited here may be dropped: who asked no longer wants the answer.
    fn pause(&self) -> impl Future<Output = ()> {
        std::future::ready(())
    }
}
