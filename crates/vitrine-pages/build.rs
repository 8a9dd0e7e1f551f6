//! Makes a method of each word of the pages, and a list of the languages.

#![expect(clippy::disallowed_methods, reason = "a build script reads and writes files")]

use std::{env, error::Error, fs, path::Path};

use vitrine_words::{Word, parse, strings_source};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=words");
    let english = parse(&fs::read_to_string("words/en.txt")?)?;
    let mut languages = Vec::new();
    for entry in fs::read_dir("words")? {
        let path = entry?.path();
        let tag = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let words = parse(&fs::read_to_string(&path)?)?;
        let names = |words: &[Word]| words.iter().map(|word| word.name.clone()).collect();
        let (has, wanted): (Vec<String>, Vec<String>) = (names(&words), names(&english));
        if has != wanted {
            let path = path.display();
            return Err(
                format!("{path} has not the words of en.txt in their order").into()
            );
        }
        let texts: Vec<_> = words.into_iter().map(|word| word.text).collect();
        languages.push((tag, texts.join("\n")));
    }
    languages.sort();
    let source = format!(
        "{}\n/// The words of each language by its tag, one a line.\n\
         const LANGUAGES: [(&str, &str); {}] = {languages:?};\n",
        strings_source(&english),
        languages.len()
    );
    fs::write(Path::new(&env::var("OUT_DIR")?).join("words.rs"), source)?;
    Ok(())
}
