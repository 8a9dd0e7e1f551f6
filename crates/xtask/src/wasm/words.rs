//! The interface in other languages: one script each, fetched by those who read it.
//!
//! `__vitrine({"opening": "…"}, "…\\n…", "…\\n…")`: what the loader says, by name, and the words
//! of the reader and of the panels, one a line, in the order of their `en.txt`.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, ensure};
use vitrine_words::{Word, parse};

/// Returns the scripts of the languages in the folders `words` of crates, by their names. The
/// first crate's words begin with those of the loader.
pub(super) fn scripts(crates: &[PathBuf]) -> anyhow::Result<Vec<(String, String)>> {
    let first = crates.first().context("no crate has words")?.join("words");
    let mut scripts = Vec::new();
    let entries = fs::read_dir(&first)
        .with_context(|| format!("cannot list {}", first.display()))?;
    for entry in entries {
        let path = entry.context("cannot list the languages")?.path();
        let language = path.file_stem().unwrap_or_default().to_string_lossy();
        if language == "en" {
            continue;
        }
        let words = crates.iter().map(|folder| read(folder, &language));
        let words = words.collect::<anyhow::Result<Vec<_>>>()?;
        scripts.push((format!("vitrine-{language}.js"), script(&words)?));
    }
    scripts.sort();
    Ok(scripts)
}

fn script(crates: &[Vec<Word>]) -> anyhow::Result<String> {
    let mut of_loader = serde_json::Map::new();
    let mut texts = Vec::new();
    for words in crates {
        let mut lines = Vec::new();
        for Word { name, text } in words {
            match name.strip_prefix("boot.") {
                Some(name) => {
                    of_loader.insert(name.to_owned(), text.as_str().into());
                }
                None => lines.push(text.as_str()),
            }
        }
        texts.push(serde_json::to_string(&lines.join("\n"))?);
    }
    let of_loader = serde_json::to_string(&of_loader)?;
    Ok(format!("__vitrine({of_loader},{})\n", texts.join(",")))
}

/// Returns the words of a crate in a language.
fn read(crate_dir: &Path, language: &str) -> anyhow::Result<Vec<Word>> {
    let file = |language: &str| crate_dir.join("words").join(format!("{language}.txt"));
    let words = |path: &Path| {
        let source = fs::read_to_string(path)
            .with_context(|| format!("cannot read {}", path.display()))?;
        parse(&source).with_context(|| format!("cannot understand {}", path.display()))
    };
    let path = file(language);
    let (english, words) = (words(&file("en"))?, words(&path)?);
    let names =
        |words: &[Word]| words.iter().map(|word| word.name.clone()).collect::<Vec<_>>();
    ensure!(
        names(&words) == names(&english),
        "{} has not the words of en.txt in their order",
        path.display()
    );
    Ok(words)
}

#[cfg(test)]
mod tests {
    use vitrine_words::parse;

    use super::script;

    #[test]
    fn loader_reader_and_panels_have_their_own() {
        let reader = "boot.again = 重\nsearch = 搜\nseparator = \" · \"";
        let crates = [reader, "close = 关"].map(|words| parse(words).unwrap());
        let expected = "__vitrine({\"again\":\"重\"},\"搜\\n · \",\"关\")\n";
        assert_eq!(script(&crates).unwrap(), expected);
    }
}
