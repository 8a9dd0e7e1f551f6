//! The result: one classic script that holds the glue and the module.
//!
//! `__vitrineCore(factory, "<base64 of the raw deflate stream of the module>")`. The glue
//! stands inside the factory, which is given what every call into the module goes through,
//! so that its top-level `let` does not collide when the script is loaded twice, and so that a
//! poisoned instance can be thrown away and made anew. Base64 of compressed bytes, in this
//! order: the other way round gzips a third larger.

use anyhow::Context as _;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// What hands over a factory of the glue; [`write()`] adds the module to it.
pub(super) fn factory(glue: &str) -> String {
    let glue = glue.trim();
    format!("__vitrineCore(function(guard){{\n{glue}\nreturn wasm_bindgen}})")
}

/// Joins factory and module into the script.
pub(super) fn write(factory: &str, wasm: &[u8]) -> anyhow::Result<String> {
    let mut packed = Vec::new();
    // Zopfli finds a deflate stream that is some 4 % shorter than zlib's best.
    zopfli::compress(
        zopfli::Options::default(),
        zopfli::Format::Deflate,
        wasm,
        &mut packed,
    )
    .context("cannot compress the module")?;
    let packed = STANDARD.encode(packed);
    let call = factory.trim_end().trim_end_matches(';');
    let open = call.strip_suffix(')').context("the factory is no call")?;
    Ok(format!("{open},\"{packed}\")\n"))
}
