//! Who signed the archive, and whether the signature fits it.
//!
//! The file is that of `vitrine sign`: four lines as minisign writes them, and the public key. A
//! page cannot know whose key it is: it says what the key is, so that people can compare.

use blake2::{Blake2b512, Digest as _};
use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use vitrine_dom::{Node, field, node, node_of, spawn, window};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::strings::Strings;

/// The files that are asked for, below the folder of the archive.
const SIGNATURE: &str = "vitrine-signature.js";
const POINTER: &str = "data/root.js";

/// What a signature is made of.
struct Signature {
    signer: String,
    /// Base64 of the public key, for people.
    key_text: String,
    key: Vec<u8>,
    bytes: Vec<u8>,
    /// What is signed by the second signature, and that.
    comment: Vec<u8>,
    global: Vec<u8>,
}

/// Whether a signature fits.
enum Verdict {
    Right,
    Wrong,
    /// The browser cannot tell.
    Unknown,
}

/// Adds who signed, once that is known; nothing where nobody did. `load` returns a promise of
/// the base64 text of a file.
pub(crate) fn signature(place: &Node, load: &Function, strings: &'static Strings) {
    let (place, load) = (place.clone(), load.clone());
    spawn(async move {
        let Some(text) = loaded(&load, SIGNATURE).await else { return };
        let Some(signature) = decoded(&text).and_then(|bytes| parse(&bytes)) else {
            return;
        };
        let verdict = match loaded(&load, POINTER).await {
            Some(pointer) => check(&signature, &pointer).await,
            None => Verdict::Unknown,
        };
        let status = node_of("p", "panel-verdict").attribute("role", "status");
        let verdict = match verdict {
            Verdict::Right => strings.signature_right(),
            Verdict::Wrong => {
                // Nobody signed this: no name stands here that anyone may have written.
                status.set("data-wrong", "");
                place.append(&status.text(strings.signature_wrong()));
                return;
            }
            Verdict::Unknown => strings.signature_unknown(),
        };
        let list = node_of("dl", "panel-facts panel-signature")
            .child(&node("dt").text(strings.signed_by()))
            .child(&node("dd").text(&signature.signer))
            .child(&node("dt").text(strings.signing_key()))
            .child(&node("dd").text(&signature.key_text));
        place.append(&list);
        place.append(&status.text(verdict));
    });
}

async fn loaded(load: &Function, path: &str) -> Option<String> {
    let promise: Promise =
        load.call1(&JsValue::NULL, &path.into()).ok()?.dyn_into().ok()?;
    let text = JsFuture::from(promise).await.ok()?.as_string()?;
    (!text.is_empty()).then_some(text)
}

fn decoded(text: &str) -> Option<Vec<u8>> {
    let binary = window().atob(text).ok()?;
    binary.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect()
}

fn parse(bytes: &[u8]) -> Option<Signature> {
    let text = std::str::from_utf8(bytes).ok()?;
    let mut lines = text.lines();
    lines.next()?;
    let signature = decoded(lines.next()?)?;
    let comment = lines.next()?.strip_prefix("trusted comment: ")?;
    let global = decoded(lines.next()?)?;
    let key_text = lines.next()?;
    let key = decoded(key_text)?;
    // Two letters for the algorithm, eight bytes that name the key.
    let is_whole = signature.len() == 74 && global.len() == 64 && key.len() == 42;
    let is_known = signature.starts_with(b"ED") && key.starts_with(b"Ed");
    if !is_whole || !is_known || signature.get(2..10) != key.get(2..10) {
        return None;
    }
    let signer = comment.split_once(" signer:").map(|(_, signer)| signer);
    Some(Signature {
        signer: signer.unwrap_or_default().to_owned(),
        key_text: key_text.to_owned(),
        key: key.get(10..)?.to_vec(),
        comment: [signature.get(10..)?, comment.as_bytes()].concat(),
        bytes: signature.get(10..)?.to_vec(),
        global,
    })
}

async fn check(signed: &Signature, pointer: &str) -> Verdict {
    // What is signed is the whole file; minisign signs the hash of it.
    let file = ["__vitrine(\"", pointer, "\")\n"].concat();
    let hash = Blake2b512::digest(file.as_bytes());
    match verify(signed, &hash).await {
        Some(true) => Verdict::Right,
        Some(false) => Verdict::Wrong,
        None => Verdict::Unknown,
    }
}

/// Asks the browser, by `WebCrypto`; `None` where it does not know Ed25519.
async fn verify(signed: &Signature, hash: &[u8]) -> Option<bool> {
    let subtle = field(&field(&window(), "crypto"), "subtle");
    let call = |name: &str, values: &[JsValue]| -> Option<Promise> {
        let function: Function = field(&subtle, name).dyn_into().ok()?;
        let values: Array = values.iter().collect();
        Reflect::apply(&function, &subtle, &values).ok()?.dyn_into().ok()
    };
    let bytes = |bytes: &[u8]| JsValue::from(Uint8Array::from(bytes));
    let algorithm = Object::new();
    Reflect::set(&algorithm, &"name".into(), &"Ed25519".into()).ok()?;
    let uses: Array = std::iter::once(JsValue::from("verify")).collect();
    let key = call(
        "importKey",
        &[
            "raw".into(),
            bytes(&signed.key),
            algorithm.clone().into(),
            JsValue::FALSE,
            uses.into(),
        ],
    )?;
    let key = JsFuture::from(key).await.ok()?;
    let mut is_right = true;
    for (signature, data) in
        [(&signed.bytes, hash), (&signed.global, signed.comment.as_slice())]
    {
        let answer = call(
            "verify",
            &[algorithm.clone().into(), key.clone(), bytes(signature), bytes(data)],
        )?;
        is_right &= JsFuture::from(answer).await.ok()?.as_bool()?;
    }
    Some(is_right)
}
