//! The result of a crate: one classic script that holds the glue and the module.
//!
//! `__vitrineCore(factory, unpack, "<the module as raw LZMA, as text>", lengths)`. The glue
//! stands inside the factory, which is given what every call into the module goes through,
//! so that its top-level `let` does not collide when the script is loaded twice, and so that a
//! poisoned instance can be thrown away and made anew.
//!
//! The text is no base64: of its 64 letters a host's gzip makes 2 % more than the bytes were, since
//! it finds repetitions of three letters by chance and takes more bits for them. Here 36 letters
//! stand for 6 bits and 56 others for 7, which are the lengths that gzip gives them, too.

use std::io::Write as _;

use anyhow::Context as _;
use lzma_rust2::{LzmaOptions, LzmaWriter};

use super::columns::{self, Columns};

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
    let Columns { bytes, lengths } = columns::split(wasm)?;
    let packed = text(&pack(&bytes)?);
    let call = call.trim_end().trim_end_matches(';');
    let open =
        call.strip_suffix(')').context("the beginning of the script is no call")?;
    Ok(format!("{open},\"{packed}\",{lengths:?})\n"))
}

/// Compresses as `www/unpack.js` reads it: a sixth less than the best deflate.
fn pack(bytes: &[u8]) -> anyhow::Result<Vec<u8>> {
    let options = LzmaOptions {
        lc: 1,
        lp: 0,
        pb: 0,
        depth_limit: 1000,
        ..LzmaOptions::with_preset(9)
    };
    let mut packer = LzmaWriter::new_no_header(Vec::new(), &options, false)
        .context("cannot compress the module")?;
    packer.write_all(bytes).context("cannot compress the module")?;
    packer.finish().context("cannot compress the module")
}

/// Writes bytes as printable ASCII without `"`, `<` and `\\`, as `www/unpack.js` reads it: the bits in
/// their order, 6 of them as a letter if they are below 36, else 7.
fn text(bytes: &[u8]) -> String {
    let bit = |at: usize| bytes.get(at / 8).map_or(0, |byte| byte >> (7 - at % 8) & 1);
    let mut out = String::new();
    let mut at = 0;
    while at < bytes.len() * 8 {
        let six = (0..6).fold(0, |bits, next| bits * 2 + bit(at + next));
        at += 6;
        let letter = if six < 36 {
            six
        } else {
            at += 1;
            six * 2 + bit(at - 1) - 36
        };
        let code = 32
            + letter
            + u8::from(letter >= 2)
            + u8::from(letter >= 27)
            + u8::from(letter >= 58);
        out.push(char::from(code));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn bits_are_letters_of_six_or_seven() {
        assert_eq!(text(&[0, 0, 0]), "    ");
        // 000001 000010 100010 100011 011111 1100000: zeros to the end.
        assert_eq!(text(&[0b0000_0100, 0b0010_1000, 0b1010_0011, 0b0111_1111]), "!#DEA_");
        let all: Vec<u8> = (0..=255).collect();
        assert!(text(&all).bytes().all(|byte| (32..127).contains(&byte)));
        assert!(!text(&all).contains(['"', '<', '\\']));
    }
}
