//! Where an article comes from, and the page that it was cleaned from.

use js_sys::{Array, Function, Promise, Uint8Array};
use sha2::{Digest as _, Sha256};
use vitrine_dom::{Node, field, node, node_of, spawn};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::TextDecoder;

use crate::{
    dialog::{Dialog, button},
    signature::signature,
    strings::Strings,
};

/// Most bytes of an original page that are shown: a longer text would stop the browser.
const MAX_SHOWN: usize = 2 << 20;

/// Makes the panel.
///
/// `detail` has as `facts` an array of names of words and values, in turn; as `encoding` and
/// `sha256` those of the original page; and as `original`, where the archive has that page, a
/// function that takes 0 and a function, which it calls with the bytes or with nothing.
pub(crate) fn provenance(
    dialog: Dialog,
    detail: &JsValue,
    file: &Function,
    strings: &'static Strings,
) -> Dialog {
    let facts = Array::from(&field(detail, "facts"));
    let mut texts = facts.iter().filter_map(|text| text.as_string());
    let mut list = node_of("dl", "panel-facts");
    while let (Some(name), Some(value)) = (texts.next(), texts.next()) {
        let term = node("dt").text(word(&name, strings));
        list = list.child(&term).child(&node("dd").text(&value));
    }
    let dialog = dialog.titled(strings.provenance()).child(&list);
    let dialog = match field(detail, "original").dyn_into::<Function>() {
        Ok(load) => original(dialog, detail, &load, strings),
        Err(_) => dialog,
    };
    signature(&dialog.body, file, strings);
    dialog
}

fn word(name: &str, strings: &Strings) -> &'static str {
    match name {
        "url" => strings.original_page(),
        "file" => strings.file(),
        "encoding" => strings.encoding(),
        "fetched_from" => strings.fetched_from(),
        "fetched_at" => strings.fetched_at(),
        "also_in" => strings.also_in(),
        "other_version" => strings.other_version(),
        "only_there" => strings.only_there(),
        "left_out" => strings.left_out(),
        _ => "SHA-256",
    }
}

/// Adds the original page, as text and as what its digest is compared of.
fn original(
    mut dialog: Dialog,
    detail: &JsValue,
    load: &Function,
    strings: &'static Strings,
) -> Dialog {
    let text = |name| field(detail, name).as_string().unwrap_or_default();
    let (encoding, sha256) = (text("encoding"), text("sha256"));
    let label = strings.original_source();
    let place = node_of("pre", "panel-original")
        .attribute("tabindex", "0")
        .attribute("role", "region")
        .attribute("aria-label", label);
    place.toggle("hidden", true);
    let (shower, verifier) = (button(label), button(strings.verify()));
    let status = dialog.status.clone();
    {
        let (load, place, status) = (load.clone(), place.clone(), status.clone());
        dialog.on_click(&shower, move || {
            let (load, place, status) = (load.clone(), place.clone(), status.clone());
            let encoding = encoding.clone();
            spawn(async move {
                match bytes(&load).await.and_then(|page| decoded(&page, &encoding)) {
                    Some(text) => {
                        place.set_text(&text);
                        place.toggle("hidden", false);
                    }
                    None => status.set_text(strings.failed()),
                }
            });
        });
    }
    let load = load.clone();
    dialog.on_click(&verifier, move || {
        let (load, status, sha256) = (load.clone(), status.clone(), sha256.clone());
        spawn(async move {
            let verdict = match bytes(&load).await {
                Some(page) if digest(&page) == sha256 => strings.verified(),
                Some(_) => strings.verify_failed(),
                None => strings.failed(),
            };
            status.set_text(verdict);
        });
    });
    let acts: Node = node_of("p", "panel-acts").child(&shower).text(" ").child(&verifier);
    dialog.child(&acts).child(&place)
}

async fn bytes(load: &Function) -> Option<Vec<u8>> {
    let promise = Promise::new(&mut |resolve, _| {
        load.call2(&JsValue::NULL, &0.into(), &resolve).ok();
    });
    let page: Uint8Array = JsFuture::from(promise).await.ok()?.dyn_into().ok()?;
    Some(page.to_vec())
}

fn decoded(page: &[u8], encoding: &str) -> Option<String> {
    let shown = page.get(..MAX_SHOWN).unwrap_or(page);
    TextDecoder::new_with_label(encoding).ok()?.decode_with_u8_array(shown).ok()
}

/// Returns the SHA-256 in hexadecimal digits.
fn digest(bytes: &[u8]) -> String {
    let mut digits = String::new();
    for byte in Sha256::digest(bytes) {
        for half in [byte >> 4, byte & 15] {
            digits.extend(char::from_digit(u32::from(half), 16));
        }
    }
    digits
}

#[cfg(test)]
mod tests {
    use super::digest;

    #[test]
    fn a_digest_is_written_as_the_archive_has_it() {
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(digest(b"abc"), abc);
    }
}
