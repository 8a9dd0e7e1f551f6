//! The new archive takes the place of the old one only when it is whole.
//!
//! It is written as a folder beside its place, under a hidden name: `.NAME.vitrine-PROCESS`. Who
//! packs holds a lock on the file `.NAME.vitrine-lock`, so that two never pack into one place,
//! and whatever else is there under such a name was left by one that was killed.

use std::{
    collections::BTreeSet,
    fs::{self, File, TryLockError},
    io,
    path::{Path, PathBuf},
    process,
};

use anyhow::{Context, bail};
use vitrine_bundle::Digest;
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
    /// Held until the draft is gone.
    _lock: Lock,
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
        // A link stays: what it leads to is replaced.
        let target = match target.canonicalize() {
            Ok(path) if target.is_symlink() => path,
            _ => target.to_owned(),
        };
        check_place(&target, is_ours, option)?;
        let names = Names::of(&target, option)?;
        let parent = &names.parent;
        fs::create_dir_all(parent)
            .with_context(|| format!("cannot create the folder {}", parent.display()))?;
        let lock = Lock::take(names.lock(), &target)?;
        names.remove_left_overs()?;
        let path = names.draft();
        fs::create_dir(&path)
            .with_context(|| format!("cannot create the folder {}", path.display()))?;
        Ok(Self { target, path, manifest: Manifest::default(), _lock: lock })
    }

    /// Returns the folder that is being written.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Returns the list of the files that were written, and their digests; the next one begins
    /// anew.
    pub(crate) fn take_manifest(&mut self) -> Manifest {
        std::mem::take(&mut self.manifest)
    }

    /// Returns room for what does not fit in memory, on the disk that the archive is for.
    pub(crate) fn spool(&self) -> Spool {
        scratch::spool(Some(parent(&self.target)))
    }

    /// Takes over what somebody else put into the archive whose place this one takes, such as
    /// `.git` or `CNAME`: everything beside `data` and `assets` that its list of files does not
    /// name. Returns the names, sorted.
    pub(crate) fn take_over_added(&mut self) -> anyhow::Result<Vec<String>> {
        let Ok(manifest) = fs::read_to_string(self.target.join(manifest::FILE_NAME))
        else {
            return Ok(Vec::new());
        };
        let listed = Manifest::parse(&manifest).unwrap_or_default();
        let mut ours: BTreeSet<&str> =
            ["data", "assets", manifest::FILE_NAME].into_iter().collect();
        ours.extend(listed.digests.keys().filter_map(|path| path.split('/').next()));
        let mut added = Vec::new();
        let entries = fs::read_dir(&self.target)
            .with_context(|| format!("cannot list {}", self.target.display()))?;
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let to = self.path.join(entry.file_name());
            if !ours.contains(name.as_str()) && !to.exists() {
                link(&entry.path(), &to).with_context(|| {
                    format!("cannot take over {}", entry.path().display())
                })?;
                added.push(name);
            }
        }
        added.sort_unstable();
        Ok(added)
    }

    /// Puts the draft in the place of its target and removes what was there.
    pub(crate) fn publish(self) -> anyhow::Result<()> {
        let place =
            || format!("cannot put the archive in place: {}", self.target.display());
        flush(&self.path).with_context(place)?;
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

/// Refuses a place for anything but a new folder, an empty one, or one that `is_ours`. `option`
/// is where it was named.
pub(crate) fn check_place(
    target: &Path,
    is_ours: fn(&Path) -> bool,
    option: &str,
) -> anyhow::Result<()> {
    if !target.exists() || is_ours(target) {
        return Ok(());
    }
    let mut entries = fs::read_dir(target).with_context(|| {
        format!("{option} must name a folder, and this is none: {}", target.display())
    })?;
    if entries.next().is_some() {
        bail!(
            "{option} names a folder with other things in it, which would be lost; name \
             another one, or empty it: {}",
            target.display()
        );
    }
    Ok(())
}

/// Makes `to` the same file, link or folder of such as `from`; files are linked where the disk
/// can, so that nothing is copied and nothing is ever in one place only.
fn link(from: &Path, to: &Path) -> io::Result<()> {
    let kind = from.symlink_metadata()?.file_type();
    if kind.is_dir() {
        fs::create_dir(to)?;
        for entry in fs::read_dir(from)? {
            let entry = entry?;
            link(&entry.path(), &to.join(entry.file_name()))?;
        }
        return Ok(());
    }
    match fs::hard_link(from, to) {
        Err(_) if kind.is_file() => fs::copy(from, to).map(drop),
        linked => linked,
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

/// The names that belong to an archive while it is packed.
struct Names {
    parent: PathBuf,
    /// What they all begin with.
    prefix: String,
}

impl Names {
    /// Longest name of an archive that stands in the hidden names as it is, in bytes: with what
    /// is added they must not exceed the 255 of most file systems.
    const LONGEST: usize = 200;

    fn of(target: &Path, option: &str) -> anyhow::Result<Self> {
        let Some(name) = target.file_name() else {
            bail!("{option} must name a folder, not a place above: {}", target.display());
        };
        let name = name.to_string_lossy();
        let prefix = if name.len() <= Self::LONGEST {
            format!(".{name}.vitrine-")
        } else {
            format!(".{}.vitrine-", Digest::of(name.as_bytes()))
        };
        Ok(Self { parent: parent(target).to_owned(), prefix })
    }

    fn lock(&self) -> PathBuf {
        self.parent.join(format!("{}lock", self.prefix))
    }

    fn draft(&self) -> PathBuf {
        self.parent.join(format!("{}{}", self.prefix, process::id()))
    }

    /// Removes drafts of processes that were killed; to be called with the lock held.
    fn remove_left_overs(&self) -> anyhow::Result<()> {
        let entries = fs::read_dir(&self.parent)
            .with_context(|| format!("cannot list {}", self.parent.display()))?;
        for entry in entries.flatten() {
            let name = entry.file_name();
            let process = name.to_str().and_then(|name| name.strip_prefix(&self.prefix));
            let process = process.map(|rest| rest.strip_suffix(".old").unwrap_or(rest));
            if process.is_some_and(|rest| rest.parse::<u32>().is_ok()) {
                remove_if_there(&entry.path())?;
            }
        }
        Ok(())
    }
}

/// The right to pack into a place.
#[derive(Debug)]
struct Lock {
    path: PathBuf,
    _file: File,
}

impl Lock {
    fn take(path: PathBuf, target: &Path) -> anyhow::Result<Self> {
        loop {
            let file = File::create(&path)
                .with_context(|| format!("cannot write beside {}", target.display()))?;
            match file.try_lock() {
                Err(TryLockError::WouldBlock) => bail!(
                    "another vitrine is packing into this place; wait until it is done, or \
                     name another with --out: {}",
                    target.display()
                ),
                // Where the file system knows no locks there are none.
                Err(TryLockError::Error(_)) | Ok(()) => {}
            }
            // Who held the lock before may have removed the file after it was opened here.
            if is_at(&file, &path) {
                return Ok(Self { path, _file: file });
            }
        }
    }
}

/// Returns whether `path` leads to the open `file`.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let (Ok(opened), Ok(there)) = (file.metadata(), fs::metadata(path)) else {
        return false;
    };
    (opened.dev(), opened.ino()) == (there.dev(), there.ino())
}

/// Returns whether `path` leads to the open `file`: one that is open is not removed here.
#[cfg(not(unix))]
fn is_at(_: &File, path: &Path) -> bool {
    path.exists()
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Best effort, as for a draft.
        drop(fs::remove_file(&self.path));
    }
}

/// Has the system write to the disk what it still holds, so that a power failure just after the
/// exchange finds a whole archive.
#[cfg(target_os = "linux")]
fn flush(folder: &Path) -> io::Result<()> {
    rustix::fs::syncfs(File::open(folder)?).map_err(io::Error::from)
}

/// Has the system write to the disk what it still holds, where that can be asked for.
#[cfg(not(target_os = "linux"))]
fn flush(_: &Path) -> io::Result<()> {
    Ok(())
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
