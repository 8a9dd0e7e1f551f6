//! The archive under test: `data/sample`, packed by the command that people run, and copies of
//! it to damage.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::rc::Rc;
use std::time::SystemTime;

use tempfile::TempDir;

/// A copy of the sample archive, or another one, in a folder of its own, which stays as long as any
/// clone of this, with spaces, a letter with dots and
/// Chinese letters in its path, as in many a person's downloads.
#[derive(Clone)]
pub(crate) struct Copy {
    folder: Rc<TempDir>,
}

impl Copy {
    /// Copies the packed sample.
    pub(crate) fn make() -> Self {
        Self::filled(|folder| copy_folder(&packed(), folder))
    }

    /// Makes a folder for an archive, which `fill` writes.
    pub(crate) fn filled(fill: impl FnOnce(&Path)) -> Self {
        let folder = tempfile::Builder::new()
            .prefix("archive-")
            .tempdir_in(env!("CARGO_TARGET_TMPDIR"))
            .expect("a folder can be made");
        let copy = Self { folder: Rc::new(folder) };
        fill(&copy.path());
        copy
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("my archive ï 文集")
    }

    /// The files of `data/`, or of a folder in it, in the order of their names.
    pub(crate) fn files(&self, section: &str) -> Vec<PathBuf> {
        let folder = self.path().join("data").join(section);
        let entries = fs::read_dir(&folder)
            .unwrap_or_else(|error| panic!("cannot list {}: {error}", folder.display()));
        let mut files: Vec<_> = entries
            .map(|entry| entry.expect("an entry can be read").path())
            .filter(|path| path.is_file())
            .collect();
        files.sort();
        files
    }
}

/// Replaces one character in the middle of the file's base64 text by another of base64: the
/// file still loads, its bytes are not those that were packed.
pub(crate) fn damage(file: &Path) {
    let mut bytes = fs::read(file).expect("the file can be read");
    let middle = bytes.len() / 2;
    let byte = bytes.get_mut(middle).expect("the file is not empty");
    *byte = if *byte == b'A' { b'B' } else { b'A' };
    fs::write(file, bytes).expect("the file can be written");
}

/// The packed sample: the one that the environment names, or packed here once for all tests.
pub(crate) fn packed() -> PathBuf {
    if let Some(folder) = std::env::var_os("VITRINE_TEST_ARCHIVE") {
        return folder.into();
    }
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let archive = scratch.join("sample-archive");
    // Tests may run in processes of their own; the first one packs, the others wait.
    let lock =
        File::create(scratch.join("sample-archive.lock")).expect("a file can be made");
    lock.lock().expect("a file can be locked");
    let program = command();
    if changed(&archive.join("index.html")) < changed(&program) {
        pack(&program, &archive);
    }
    archive
}

fn pack(program: &Path, archive: &Path) {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data");
    pack_into(program, &data.join("sample"), archive, "Sample");
}

/// Packs pages into an archive of this title, with what the sample's settings say about it.
pub(crate) fn pack_into(program: &Path, pages: &Path, archive: &Path, title: &str) {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data");
    let output = Command::new(program)
        .arg("pack")
        .arg(pages)
        .arg("--config")
        .arg(data.join("vitrine.toml"))
        .arg("--out")
        .arg(archive)
        .args(["--title", title, "--keep-originals"])
        .output()
        .unwrap_or_else(|error| panic!("cannot run {}: {error}", program.display()));
    // 1: some inputs are no articles; the sample has such files on purpose.
    assert!(
        matches!(output.status.code(), Some(0 | 1)),
        "the sample cannot be packed: {}",
        String::from_utf8_lossy(&output.stderr)
    );
}

/// The built command: the one that the environment names, or the one in the build folder.
pub(crate) fn command() -> PathBuf {
    let built = || {
        let scratch = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let name = format!("vitrine{}", std::env::consts::EXE_SUFFIX);
        scratch.with_file_name("debug").join(name)
    };
    let program = std::env::var_os("VITRINE_BIN").map_or_else(built, PathBuf::from);
    assert!(
        program.is_file(),
        "{} is not there; build it with `cargo build -p vitrine-cli`, or run `cargo xtask e2e`",
        program.display()
    );
    program
}

/// When the file was written; none when it isn't there, which is earlier than any time.
fn changed(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|metadata| metadata.modified()).ok()
}

/// Copies a folder over another; files that only that one has stay.
pub(crate) fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder can be made");
    let entries = fs::read_dir(from)
        .unwrap_or_else(|error| panic!("cannot list {}: {error}", from.display()));
    for entry in entries {
        let entry = entry.expect("an entry can be read");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), &target).expect("a file can be copied");
        }
    }
}
