//! Joins the style sheets into one text, without what only their readers need.

use std::{env, error::Error, fs, path::Path};

/// The layers, in the order of the cascade.
const LAYERS: [&str; 7] =
    ["reset", "tokens", "base", "layout", "components", "article", "print"];

fn main() -> Result<(), Box<dyn Error>> {
    let mut out = ["@layer ", &LAYERS.join(","), ";"].concat();
    for layer in LAYERS {
        let path = format!("src/styles/{layer}.css");
        println!("cargo::rerun-if-changed={path}");
        let source = fs::read_to_string(&path)?;
        out.extend(["\n@layer ", layer, "{", &squeezed(&source), "}"]);
    }
    let target = Path::new(&env::var("OUT_DIR")?).join("styles.css");
    fs::write(target, out)?;
    Ok(())
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
