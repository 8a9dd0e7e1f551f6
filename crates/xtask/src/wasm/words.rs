//! The interface in other languages: one script each, fetched by those who read it.
//!
//! `__vitrine({"opening": "…"}, "…\\n…")`: what the loader says, by name, and the words of the
//! reader, one a line, in the order of `en.txt`.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, ensure};

/// Returns the scripts of the languages in a folder, by their names.
pub(super) fn scripts(folder: &Path) -> anyhow::Result<Vec<(String, String)>> {
    let names = |words: &[(String, String)]| {
        words.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>()
    };
    let english = names(&read(&folder.join("en.txt"))?);
    let mut scripts = Vec::new();
    let entries = fs::read_dir(folder)
        .with_context(|| format!("cannot list {}", folder.display()))?;
    for entry in entries {
        let path = entry.context("cannot list the languages")?.path();
        let language = path.file_stem().unwrap_or_default().to_string_lossy();
        if language == "en" {
            continue;
        }
        let words = read(&path)?;
        ensure!(
            names(&words) == english,
            "{} has not the words of en.txt in their order",
            path.display()
        );
        scripts.push((format!("vitrine-{language}.js"), script(&words)?));
    }
    scripts.sort();
    Ok(scripts)
}

fn script(words: &[(String, String)]) -> anyhow::Result<String> {
    let mut of_loader = serde_json::Map::new();
    let mut of_reader = Vec::new();
    for (name, text) in words {
        match name.strip_prefix("boot.") {
            Some(name) => {
                of_loader.insert(name.to_owned(), text.as_str().into());
            }
            None => of_reader.push(text.as_str()),
        }
    }
    let of_reader = serde_json::to_string(&of_reader.join("\n"))?;
    Ok(format!("__vitrine({},{of_reader})\n", serde_json::to_string(&of_loader)?))
}

/// Returns the names and texts in a file.
fn read(path: &Path) -> anyhow::Result<Vec<(String, String)>> {
    let source = fs::read_to_string(path)
        .with_context(|| format!("cannot read {}", path.display()))?;
    let lines = source.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let (name, text) = line
                .split_once(" = ")
                .with_context(|| format!("{}: no ` = ` in {line:?}", path.display()))?;
            let quoted = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
            Ok((name.to_owned(), quoted.unwrap_or(text).to_owned()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::script;

    #[test]
    fn loader_and_reader_have_their_own() {
        let word = |name: &str, text: &str| (name.to_owned(), text.to_owned());
        let words = [
            word("boot.again", "重"),
            word("search", "\"搜\""),
            word("separator", " · "),
        ];
        let expected = "__vitrine({\"again\":\"重\"},\"\\\"搜\\\"\\n · \")\n";
        assert_eq!(script(&words).unwrap(), expected);
    }
}
