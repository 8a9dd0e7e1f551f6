//! Embeds the viewer's files into the command, when the build has made them.
//!
//! The WebAssembly part is built apart (`cargo xtask wasm`), so that a plain
//! `cargo check` needs no second target; a command built without it says so when it packs.

use std::{env, fs, io, path::Path};

fn main() -> io::Result<()> {
    let www = Path::new("../../www");
    let out = env::var_os("OUT_DIR").map(std::path::PathBuf::from).unwrap_or_default();
    for (name, file) in [
        ("index.html", "index.html"),
        ("vitrine.css", "vitrine.css"),
        ("vitrine.js", "pkg/vitrine.js"),
        ("vitrine-core.js", "pkg/vitrine-core.js"),
    ] {
        let source = www.join(file);
        // A path that doesn't exist is watched too: the next build sees it appear.
        println!("cargo::rerun-if-changed={}", source.display());
        let bytes = match fs::read(&source) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(error),
        };
        fs::write(out.join(name), bytes)?;
    }
    Ok(())
}
