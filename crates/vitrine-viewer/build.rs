//! Joins the style sheets into one text, without what only their readers need, and makes a
//! field of each word of the interface.

use std::{env, error::Error, fs, path::Path};

/// The layers, in the order of the cascade.
const LAYERS: [&str; 9] = [
    "reset",
    "tokens",
    "base",
    "layout",
    "components",
    "finding",
    "home",
    "article",
    "print",
];

fn main() -> Result<(), Box<dyn Error>> {
    let out_dir = env::var("OUT_DIR")?;
    let out_dir = Path::new(&out_dir);
    fs::write(out_dir.join("styles.css"), styles()?)?;
    println!("cargo::rerun-if-changed=words/en.txt");
    fs::write(out_dir.join("words.rs"), words(&fs::read_to_string("words/en.txt")?)?)?;
    Ok(())
}

fn styles() -> Result<String, Box<dyn Error>> {
    let mut out = ["@layer ", &LAYERS.join(","), ";"].concat();
    for layer in LAYERS {
        let path = format!("src/styles/{layer}.css");
        println!("cargo::rerun-if-changed={path}");
        let source = fs::read_to_string(&path)?;
        out.extend(["\n@layer ", layer, "{", &squeezed(&source), "}"]);
    }
    Ok(out)
}

/// Returns the source text of `Strings`, of which each word is a field, and of the English
/// words, one a line. Those of the loader are left out.
fn words(source: &str) -> Result<String, Box<dyn Error>> {
    let (mut fields, mut reads, mut english) = (String::new(), String::new(), Vec::new());
    for line in source.lines() {
        if line.is_empty() || line.starts_with(['#']) || line.starts_with("boot.") {
            continue;
        }
        let (name, text) =
            line.split_once(" = ").ok_or("a line of words has no ` = `")?;
        fields.extend(["    pub(crate) ", name, ": &'static str,\n"]);
        reads.extend([name, ": next(), "]);
        let quoted = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
        english.push(quoted.unwrap_or(text));
    }
    let english = english.join("\n");
    Ok(format!(
        "/// The words of one language; `{{n}}` and the like are filled in.\n\
         #[derive(Debug)]\npub(crate) struct Strings {{\n{fields}}}\n\n\
         impl Strings {{\n    fn read(next: &mut dyn FnMut() -> &'static str) -> Self {{\n        \
         Self {{ {reads}}}\n    }}\n}}\n\npub(crate) const ENGLISH: &str = {english:?};\n"
    ))
}

/// Removes comments, indentation and empty lines; no string in the sheets holds any.
fn squeezed(source: &str) -> String {
    let mut out = String::new();
    let mut rest = source;
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    let lines = out.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}
