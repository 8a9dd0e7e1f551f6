//! Joins the style sheets into one text, without what only their readers need, and makes a
//! field of each word of the interface.

use std::{env, error::Error, fs, path::Path};

use vitrine_words::{parse, strings_source};

/// The layers, in the order of the cascade.
const LAYERS: [&str; 10] = [
    "reset",
    "tokens",
    "base",
    "layout",
    "components",
    "finding",
    "home",
    "article",
    "article_end",
    "print",
];

fn main() -> Result<(), Box<dyn Error>> {
    let out_dir = env::var("OUT_DIR")?;
    let out_dir = Path::new(&out_dir);
    fs::write(out_dir.join("styles.css"), styles()?)?;
    println!("cargo::rerun-if-changed=words/en.txt");
    let mut english = parse(&fs::read_to_string("words/en.txt")?)?;
    // Those are the loader's.
    english.retain(|word| !word.name.starts_with("boot."));
    fs::write(out_dir.join("words.rs"), strings_source(&english))?;
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

/// Removes comments, and white space where it separates nothing; no string in the sheets holds
/// any of what is looked for.
fn squeezed(source: &str) -> String {
    let mut out = String::new();
    let mut rest = source;
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    let mut squeezed = String::new();
    for line in out.lines().map(str::trim) {
        squeezed.push_str(line);
        // A selector or a value may go on in the next line.
        if !line.ends_with(['{', '}', ';', ',']) {
            squeezed.push(' ');
        }
    }
    let tight = [
        (" {", "{"),
        (": ", ":"),
        (", ", ","),
        (";}", "}"),
        (":0.", ":."),
        (" 0.", " ."),
        ("(0.", "(."),
        (",0.", ",."),
        ("-0.", "-."),
    ];
    tight.iter().fold(squeezed, |css, (loose, tight)| css.replace(loose, tight))
}
