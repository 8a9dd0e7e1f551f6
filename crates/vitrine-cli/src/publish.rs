//! The new archive takes the place of the old one only when it is whole.

use std::{
    fs, io,
    path::{Path, PathBuf},
    process,
};

use anyhow::{Context, bail};
use vitrine_pack::Output;
use vitrine_spool::Spool;

use crate::{
    manifest::{self, Manifest},
    scratch,
};

/// A folder that is being written beside the one that it will become.
#[derive(Debug)]
pub(crate) struct Draft {
    target: PathBuf,
    path: PathBuf,
    /// What was written through [`Output`].
    manifest: Manifest,
}

impl Draft {
    /// Starts a draft of the folder `target`.
    ///
    /// Refuses to take the place of anything but an empty folder or one that `is_ours`:
    /// what somebody else put there must not be lost. `option` is where it was named.
    pub(crate) fn create(
        target: &Path,
        is_ours: fn(&Path) -> bool,
        option: &str,
    ) -> anyhow::Result<Self> {
        if target.exists() && !is_ours(target) {
            let mut entries = fs::read_dir(target).with_context(|| {
                format!("{option} must be a folder: {}", target.display())
            })?;
            if entries.next().is_some() {
                bail!(
                    "the folder is there and vitrine did not make it; name another with \
                     {option}, or empty it: {}",
                    target.display()
                );
            }
        }
        let Some(name) = target.file_name() else {
            bail!("{option} must name a folder, not a place above: {}", target.display());
        };
        let parent = parent(target);
        fs::create_dir_all(parent)
            .with_context(|| format!("cannot create the folder {}", parent.display()))?;
        let draft = format!(".{}.vitrine-{}", name.to_string_lossy(), process::id());
        let path = parent.join(draft);
        remove_if_there(&path)?;
        fs::create_dir(&path)
            .with_context(|| format!("cannot create the folder {}", path.display()))?;
        Ok(Self { target: target.to_owned(), path, manifest: Manifest::default() })
    }

    /// Returns the folder that is being written.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Writes the list of all files and their digests beside them.
    pub(crate) fn write_manifest(&mut self) -> io::Result<()> {
        let text = std::mem::take(&mut self.manifest).text();
        self.write(manifest::FILE_NAME, text.as_bytes())
    }

    /// Returns room for what does not fit in memory, on the disk that the archive is for.
    pub(crate) fn spool(&self) -> Spool {
        scratch::spool(Some(parent(&self.target)))
    }

    /// Puts the draft in the place of its target and removes what was there.
    pub(crate) fn publish(self) -> anyhow::Result<()> {
        let place =
            || format!("cannot put the archive in place: {}", self.target.display());
        if !self.target.exists() {
            return fs::rename(&self.path, &self.target).with_context(place);
        }
        if exchange(&self.path, &self.target).is_ok() {
            // What was there now has the draft's name; dropping the draft removes it.
            return Ok(());
        }
        let aside = self.path.with_extension("old");
        fs::rename(&self.target, &aside).with_context(place)?;
        if let Err(error) = fs::rename(&self.path, &self.target) {
            fs::rename(&aside, &self.target).with_context(place)?;
            return Err(error).with_context(place);
        }
        remove_if_there(&aside)
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        // Best effort: what is left has a hidden name and harms nobody.
        drop(fs::remove_dir_all(&self.path));
    }
}

impl Output for Draft {
    type Error = io::Error;

    fn write(&mut self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let file = self.path.join(path);
        let write = || -> io::Result<()> {
            if let Some(folder) = file.parent() {
                fs::create_dir_all(folder)?;
            }
            fs::write(&file, bytes)
        };
        write().map_err(|error| {
            io::Error::new(error.kind(), format!("{error}: {}", file.display()))
        })?;
        self.manifest.add(path, bytes);
        Ok(())
    }
}

/// Returns the folder that holds `target`.
fn parent(target: &Path) -> &Path {
    let parent = target.parent().filter(|parent| !parent.as_os_str().is_empty());
    parent.unwrap_or(Path::new("."))
}

fn remove_if_there(path: &Path) -> anyhow::Result<()> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error)
            .with_context(|| format!("cannot remove the folder {}", path.display())),
        _ => Ok(()),
    }
}

/// Exchanges two folders in one step, so that there is no moment without an archive.
#[cfg(target_os = "linux")]
fn exchange(a: &Path, b: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};

    renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE).map_err(io::Error::from)
}

/// Exchanges two folders in one step, where the system can.
#[cfg(not(target_os = "linux"))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}
