//! Makes a field of each word of the panels.

use std::{env, error::Error, fs, path::Path};

use vitrine_words::{parse, strings_source};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=words/en.txt");
    let english = parse(&fs::read_to_string("words/en.txt")?)?;
    let out_dir = env::var("OUT_DIR")?;
    fs::write(Path::new(&out_dir).join("words.rs"), strings_source(&english))?;
    Ok(())
}
