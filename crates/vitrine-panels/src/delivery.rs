//! How a text leaves the page: through the clipboard or as a file.

use js_sys::Array;
use vitrine_dom::{Node, node, spawn, window};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, HtmlTextAreaElement, Url};

use crate::strings::Strings;

/// Copies a text and says in `status` whether that was possible.
pub(crate) fn copy(text: String, status: &Node, strings: &'static Strings) {
    let status = status.clone();
    spawn(async move {
        let is_copied = copy_by_api(&text).await || copy_by_command(&text, &status);
        status.set_text(if is_copied {
            strings.copied()
        } else {
            strings.copy_refused()
        });
    });
}

/// Pages without a secure origin have no clipboard, and frames may be refused it.
async fn copy_by_api(text: &str) -> bool {
    let navigator = window().navigator();
    if !js_sys::Reflect::has(&navigator, &"clipboard".into()).unwrap_or(false) {
        return false;
    }
    JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok()
}

/// Copies what is selected in a field that is there for a moment, beside `place`.
fn copy_by_command(text: &str, place: &Node) -> bool {
    let Some(parent) = place.raw().parent_element() else { return false };
    let field = node("textarea").attribute("class", "visually-hidden");
    let area: &HtmlTextAreaElement = field.raw().unchecked_ref();
    area.set_value(text);
    parent.append_child(area).ok();
    area.select();
    let document = vitrine_dom::document();
    let command = js_sys::Reflect::get(&document, &"execCommand".into());
    let is_copied = command
        .ok()
        .and_then(|command| command.dyn_into::<js_sys::Function>().ok())
        .and_then(|command| command.call1(&document, &"copy".into()).ok())
        .is_some_and(|is_copied| is_copied.is_truthy());
    area.remove();
    is_copied
}

/// Offers a text as a file. `kind` is its MIME type.
pub(crate) fn download(text: &str, name: &str, kind: &str) {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let parts = Array::of1(&text.into());
    let Ok(blob) = Blob::new_with_str_sequence_and_options(&parts, &options) else {
        return;
    };
    let Ok(address) = Url::create_object_url_with_blob(&blob) else { return };
    node("a").attribute("href", &address).attribute("download", name).raw().click();
    Url::revoke_object_url(&address).ok();
}
