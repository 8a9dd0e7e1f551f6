//! `wasm-pack.toml`: the settings of the browser build.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, bail};
use serde::Deserialize;

use crate::workspace::Workspace;

/// What stands in `wasm-pack.toml`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Settings {
    /// Folder of the crate to build; its name is the package's name.
    #[serde(rename = "crate")]
    pub(super) crate_dir: PathBuf,
    /// Folders of crates that are loaded when they are needed; their scripts have their names.
    #[serde(rename = "later-crates")]
    pub(super) later_crate_dirs: Vec<PathBuf>,
    /// Kind of glue; only `no-modules` runs from `file://`.
    pub(super) target: String,
    /// Folder of the result, from the repository's top folder.
    pub(super) out_dir: PathBuf,
    /// Name of the resulting script without its extension.
    pub(super) out_name: String,
    /// Cargo profile in the top `Cargo.toml`.
    pub(super) profile: String,
    /// Crates of the standard library that are compiled with the same settings; empty
    /// takes them as the toolchain brings them.
    pub(super) build_std: Vec<String>,
    /// Features of the standard library.
    pub(super) build_std_features: Vec<String>,
    /// Flags of rustc.
    pub(super) rustflags: Vec<String>,
    /// Version of the npm package `binaryen`.
    pub(super) binaryen: String,
    /// Flags of `wasm-opt`.
    pub(super) wasm_opt: Vec<String>,
    /// Version of the npm package `terser`.
    pub(super) terser: String,
    /// Largest sum of the script of the crate and of `vitrine.js`, gzipped, in bytes.
    pub(super) budget_gzip_bytes: u64,
}

impl Settings {
    /// Reads `wasm-pack.toml` and refuses what the build cannot do.
    pub(super) fn read(workspace: &Workspace) -> anyhow::Result<Self> {
        let path = workspace.root().join("wasm-pack.toml");
        let text = fs::read_to_string(&path)
            .with_context(|| format!("cannot read {}", path.display()))?;
        let settings: Self = toml::from_str(&text)
            .with_context(|| format!("cannot understand {}", path.display()))?;
        if settings.target != "no-modules" {
            bail!(
                "target {:?} in wasm-pack.toml: file:// loads no modules, use \"no-modules\"",
                settings.target
            );
        }
        Ok(settings)
    }
}
