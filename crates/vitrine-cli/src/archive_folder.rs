//! An archive on disk as a source of chunks.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use vitrine_article::Article;
use vitrine_bundle::envelope;
use vitrine_reader::{Archive, ChunkFile, ChunkSource, SourceError};

/// The folder of an archive.
#[derive(Debug)]
pub(crate) struct ArchiveFolder {
    path: PathBuf,
}

impl ChunkSource for ArchiveFolder {
    async fn load(&self, file: &ChunkFile) -> Result<Vec<u8>, SourceError> {
        let path = file.path();
        let failed = |reason: String| SourceError::Failed { path: path.clone(), reason };
        let bytes =
            fs::read(self.path.join(&path)).map_err(|error| match error.kind() {
                io::ErrorKind::NotFound => SourceError::Missing { path: path.clone() },
                _ => failed(error.to_string()),
            })?;
        envelope::unwrap(&bytes).map_err(|error| failed(error.to_string()))
    }
}

/// Opens the archive in the folder `path`.
pub(crate) fn open(path: &Path) -> anyhow::Result<Archive<ArchiveFolder>> {
    let shown = path.display();
    if path.is_file() {
        bail!("this is a file; name the folder of the archive that it is in: {shown}");
    }
    if !path.is_dir() {
        bail!("there is no such folder; name one that `vitrine pack` wrote: {shown}");
    }
    if !is_archive(path) {
        bail!(
            "the folder is no Vitrine archive (it has no data/root.js); name one that `vitrine \
             pack` wrote: {shown}"
        );
    }
    let source = ArchiveFolder { path: path.to_owned() };
    pollster::block_on(Archive::open(source, None))
        .with_context(|| format!("cannot open the archive {}", path.display()))
}

/// Calls `each` with every article, newest first and undated last.
pub(crate) fn each_article(
    archive: &Archive<impl ChunkSource>,
    mut each: impl FnMut(Article) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    for doc in 0..archive.info().article_count {
        if let Some(article) = pollster::block_on(archive.article_at(doc))? {
            each(article)?;
        }
    }
    Ok(())
}

/// Returns whether `path` looks like a folder that `vitrine pack` wrote.
pub(crate) fn is_archive(path: &Path) -> bool {
    path.join(ChunkFile::pointer().path()).is_file()
}
