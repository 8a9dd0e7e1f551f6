//! The result of a crate: one classic script that holds the glue and the module.
//!
//! `__vitrineCore(factory, unpack, "<base64 of the module as raw LZMA>", length)`. The glue
//! stands inside the factory, which is given what every call into the module goes through,
//! so that its top-level `let` does not collide when the script is loaded twice, and so that a
//! poisoned instance can be thrown away and made anew. Base64 of compressed bytes, in this
//! order: the other way round gzips a third larger.

use std::io::Write as _;

use anyhow::Context as _;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use lzma_rust2::{LzmaOptions, LzmaWriter};

/// What hands over a factory of the glue and the function of `www/unpack.js`; [`write()`] adds
/// the module to it.
pub(super) fn call(glue: &str, unpack: &str) -> String {
    let glue = glue.trim();
    format!(
        "__vitrineCore(function(guard){{\n{glue}\nreturn wasm_bindgen}},\
         (()=>{{\n{unpack}\nreturn unpack}})())"
    )
}

/// Joins the call and the module into the script.
pub(super) fn write(call: &str, wasm: &[u8]) -> anyhow::Result<String> {
    let packed = STANDARD.encode(pack(wasm)?);
    let call = call.trim_end().trim_end_matches(';');
    let open =
        call.strip_suffix(')').context("the beginning of the script is no call")?;
    Ok(format!("{open},\"{packed}\",{})\n", wasm.len()))
}

/// Compresses as `www/unpack.js` reads it: a sixth less than the best deflate.
fn pack(wasm: &[u8]) -> anyhow::Result<Vec<u8>> {
    let options = LzmaOptions {
        lc: 4,
        lp: 0,
        pb: 0,
        depth_limit: 1000,
        ..LzmaOptions::with_preset(9)
    };
    let mut packer = LzmaWriter::new_no_header(Vec::new(), &options, false)
        .context("cannot compress the module")?;
    packer.write_all(wasm).context("cannot compress the module")?;
    packer.finish().context("cannot compress the module")
}
