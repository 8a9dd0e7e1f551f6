//! Embeds the viewer's files into the command, when the build has made them.
//!
//! The WebAssembly part is built apart (`cargo xtask wasm`), so that a plain
//! `cargo check` needs no second target; a command built without it says so when it packs.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
};

fn main() -> io::Result<()> {
    let www = Path::new("../../www");
    let out = env::var_os("OUT_DIR").map(PathBuf::from).unwrap_or_default();
    for (name, file) in [
        ("index.html", "index.html"),
        ("vitrine.css", "vitrine.css"),
        ("vitrine.js", "pkg/vitrine.js"),
        ("vitrine-core.js", "pkg/vitrine-core.js"),
        ("vitrine-panels.js", "pkg/vitrine-panels.js"),
        ("vitrine-api.js", "pkg/vitrine-api.js"),
        ("vitrine-embed.js", "pkg/vitrine-embed.js"),
        ("vitrine-offline.js", "pkg/vitrine-offline.js"),
        ("sw.js", "pkg/sw.js"),
        ("icon.svg", "icon.svg"),
        ("icon-192.png", "icon-192.png"),
        ("icon-512.png", "icon-512.png"),
    ] {
        embed(&www.join(file), &out.join(name))?;
    }
    let words = Path::new("../vitrine-viewer/words");
    println!("cargo::rerun-if-changed={}", words.display());
    let mut entries = String::new();
    for language in languages(words)? {
        let name = format!("vitrine-{language}.js");
        embed(&www.join("pkg").join(&name), &out.join(&name))?;
        let bytes = format!("include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{name}\"))");
        entries.extend(["    (\"", &name, "\", ", &bytes, "),\n"]);
    }
    let source = format!(
        "/// Names of files with the words of a language, and what is in them.\n\
         const WORDS: &[(&str, &[u8])] = &[\n{entries}];\n"
    );
    fs::write(out.join("words.rs"), source)
}

/// Copies a file; one that is not there yet is embedded empty.
fn embed(source: &Path, target: &Path) -> io::Result<()> {
    // A path that doesn't exist is watched too: the next build sees it appear.
    println!("cargo::rerun-if-changed={}", source.display());
    let bytes = match fs::read(source) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
        Err(error) => return Err(error),
    };
    fs::write(target, bytes)
}

/// The languages of the interface beside English, which is part of the reader.
fn languages(words: &Path) -> io::Result<Vec<String>> {
    let mut languages = Vec::new();
    for entry in fs::read_dir(words)? {
        let path = entry?.path();
        let language = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
        languages.extend(language.filter(|language| language != "en"));
    }
    languages.sort();
    Ok(languages)
}
