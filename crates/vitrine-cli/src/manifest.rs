//! `manifest-sha256.txt`: every file of an archive with its SHA-256, as `sha256sum` and
//! `BagIt` write it, so that it can be checked without Vitrine.

use std::{
    collections::BTreeMap,
    fmt::Write,
    io::{self, Read},
    path::{Component, Path},
};

use anyhow::bail;
use sha2::{Digest, Sha256};

/// Name of the file.
pub(crate) const FILE_NAME: &str = "manifest-sha256.txt";

/// Digests by path below the folder, in lower-case hexadecimal.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Manifest {
    pub(crate) digests: BTreeMap<String, String>,
}

impl Manifest {
    /// Adds a file, or takes another state of it.
    pub(crate) fn add(&mut self, path: &str, bytes: &[u8]) {
        self.digests.insert(path.to_owned(), hex(&Sha256::digest(bytes)));
    }

    /// Returns the text of the file.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        for (path, digest) in &self.digests {
            // Writing to a text cannot fail.
            writeln!(text, "{digest}  {path}").ok();
        }
        text
    }

    /// Reads the text of the file, which may have the line ends of any system.
    ///
    /// Refuses what would lead out of the folder.
    pub(crate) fn parse(text: &str) -> anyhow::Result<Self> {
        let mut manifest = Self::default();
        for (number, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            if line.trim().is_empty() {
                continue;
            }
            let parts = line.split_once([' ', '\t']).map(|(digest, path)| {
                (digest.to_ascii_lowercase(), path.trim_start_matches([' ', '\t', '*']))
            });
            let is_digest = |digest: &str| {
                digest.len() == 64 && digest.bytes().all(|b| b.is_ascii_hexdigit())
            };
            let is_inside = |path: &str| {
                let mut parts = Path::new(path).components();
                !path.is_empty() && parts.all(|part| matches!(part, Component::Normal(_)))
            };
            match parts {
                Some((digest, path)) if is_digest(&digest) && is_inside(path) => {
                    manifest.digests.insert(path.to_owned(), digest);
                }
                _ => bail!(
                    "line {} is no digest and path of a file in the folder; get a fresh \
                     copy of the archive",
                    number + 1
                ),
            }
        }
        Ok(manifest)
    }
}

/// Returns the SHA-256 of all that `source` has, in lower-case hexadecimal.
pub(crate) fn sha256_hex(mut source: impl Read) -> io::Result<String> {
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 64 << 10];
    loop {
        match source.read(&mut buffer) {
            Ok(0) => break,
            Ok(len) => hash.update(buffer.get(..len).unwrap_or_default()),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(hex(&hash.finalize()))
}

fn hex(digest: &[u8]) -> String {
    let mut text = String::with_capacity(2 * digest.len());
    for byte in digest {
        // Writing to a text cannot fail.
        write!(text, "{byte:02x}").ok();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::Manifest;

    #[test]
    fn a_manifest_is_read_as_it_is_written_and_never_leads_out() {
        let mut manifest = Manifest::default();
        manifest.add("data/root.js", b"abc");
        manifest.add("a b.txt", b"");
        let text = manifest.text();
        assert!(text.starts_with(
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  a b.txt\n"
        ));
        assert_eq!(Manifest::parse(&text.replace('\n', "\r\n")).unwrap(), manifest);
        let digest = "ab".repeat(32);
        for bad in ["../x", "/etc/x", "a/../../x", ""] {
            assert!(Manifest::parse(&format!("{digest}  {bad}\n")).is_err(), "{bad:?}");
        }
        assert!(Manifest::parse("xyz  a\n").is_err());
    }
}
