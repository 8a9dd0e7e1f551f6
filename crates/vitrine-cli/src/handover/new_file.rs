//! A file that takes its place only when it is whole.

use std::{
    fs,
    io::{self, BufWriter},
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use tempfile::NamedTempFile;

/// A file that is being written beside the one that it will become.
#[derive(Debug)]
pub(crate) struct NewFile {
    target: PathBuf,
    /// Takes what is written.
    pub(crate) out: BufWriter<NamedTempFile>,
}

impl NewFile {
    /// Starts a file that will be `target`; its folder is made when it isn't there.
    pub(crate) fn create(target: &Path) -> anyhow::Result<Self> {
        let parent = target.parent().filter(|parent| !parent.as_os_str().is_empty());
        let parent = parent.unwrap_or(Path::new("."));
        Self::check(target)?;
        fs::create_dir_all(parent).with_context(|| {
            format!("cannot write {}, for its folder cannot be created", target.display())
        })?;
        let create = || -> io::Result<NamedTempFile> {
            let mut builder = tempfile::Builder::new();
            builder.prefix(".vitrine-");
            #[cfg(unix)]
            {
                use std::os::unix::fs::PermissionsExt;
                // As any new file: the process's mask takes from it.
                builder.permissions(fs::Permissions::from_mode(0o666));
            }
            builder.tempfile_in(parent)
        };
        let file =
            create().with_context(|| format!("cannot write {}", target.display()))?;
        Ok(Self { target: target.to_owned(), out: BufWriter::new(file) })
    }

    /// Refuses the place of a folder.
    pub(crate) fn check(target: &Path) -> anyhow::Result<()> {
        if target.is_dir() {
            bail!(
                "this is a folder; name a file to write, in it or elsewhere: {}",
                target.display()
            );
        }
        Ok(())
    }

    /// Puts the file in its place; returns its length in bytes.
    pub(crate) fn publish(self) -> anyhow::Result<u64> {
        let Self { target, out } = self;
        let publish = || -> io::Result<u64> {
            let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
            let len_bytes = file.as_file().metadata()?.len();
            file.persist(&target).map_err(|error| error.error)?;
            Ok(len_bytes)
        };
        publish().with_context(|| format!("cannot write {}", target.display()))
    }
}
