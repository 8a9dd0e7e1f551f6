//! What `sw.js` knows of the archive.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The state of an archive: what belongs together.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct State {
    /// Digests of the files of the viewer, by path.
    pub(crate) viewer: BTreeMap<String, String>,
    /// Digest of `vitrine-files.json`.
    pub(crate) files: String,
}

impl State {
    /// Reads the first line of `sw.js`, which `vitrine pack` wrote.
    pub(crate) fn parse(script: &[u8]) -> Option<Self> {
        let line = script.split(|&byte| byte == b'\n').next()?;
        let line = str::from_utf8(line).ok()?;
        let json = line.strip_prefix("globalThis.VITRINE_STATE=")?;
        serde_json::from_str(json.trim_end().strip_suffix(';')?).ok()
    }
}

/// Returns the digest in the name of a file under `data/` or `assets/`.
pub(crate) fn named_digest(path: &str) -> Option<&str> {
    let is_named = path.starts_with("data/") || path.starts_with("assets/");
    let mut parts = path.rsplit('/').next()?.rsplit('.');
    let digest = parts.nth(1).filter(|digest| {
        digest.len() == 32 && digest.bytes().all(|byte| byte.is_ascii_hexdigit())
    });
    digest.filter(|_| is_named)
}
