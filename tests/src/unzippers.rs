//! Programs of others that unpack ZIP files, as people have them.

use std::{path::Path, process::Command};

/// Their names. Windows and macOS bring one of them, and so does every Linux that builds Rust.
const PROGRAMS: [&str; 4] = ["unzip", "bsdtar", "7z", "python3"];

/// What Python is told.
const SCRIPT: &str = "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); \
                      assert z.testzip() is None; z.extractall(sys.argv[2])";

/// Unpacks a ZIP file with each of these programs that is installed, into a folder of the
/// program's name below `folder`, which exists. Returns the names.
///
/// # Panics
///
/// When a program can't unpack it, and when none is installed.
#[expect(clippy::panic, reason = "a test that cannot go on says why and ends")]
pub fn unzip_with_each(zip: &Path, folder: &Path) -> Vec<&'static str> {
    let unzips = |program: &&str| {
        let target = folder.join(program);
        let mut command = Command::new(program);
        match *program {
            "unzip" => command.arg("-q").arg(zip).arg("-d").arg(&target),
            "bsdtar" => {
                // It makes no folder.
                std::fs::create_dir(&target)
                    .unwrap_or_else(|error| panic!("{}: {error}", target.display()));
                command.arg("-xf").arg(zip).arg("-C").arg(&target)
            }
            "7z" => {
                let mut option = std::ffi::OsString::from("-o");
                option.push(&target);
                command.args(["x", "-bd", "-y"]).arg(option).arg(zip)
            }
            _ => command.args(["-I", "-c", SCRIPT]).arg(zip).arg(&target),
        };
        // Names of other letters need a system that has them.
        let Ok(output) = command.env("LC_ALL", "C.UTF-8").output() else {
            return false;
        };
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{program}: {said}");
        true
    };
    let tried: Vec<_> = PROGRAMS.into_iter().filter(unzips).collect();
    assert!(!tried.is_empty(), "there is no program to unzip with");
    tried
}
