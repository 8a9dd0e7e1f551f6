//! What stays in this browser. A convenience: where the browser refuses it, as in a sandboxed
//! frame, nothing is remembered and everything works.

use web_sys::Storage;

use crate::window;

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// Returns what is remembered under a name.
pub fn recall(name: &str) -> Option<String> {
    storage()?.get_item(&key(name)).ok().flatten()
}

/// Remembers a text under a name; an empty one is forgotten.
pub fn remember(name: &str, text: &str) {
    let Some(storage) = storage() else { return };
    if text.is_empty() {
        storage.remove_item(&key(name)).ok();
    } else {
        storage.set_item(&key(name), text).ok();
    }
}

/// Other pages of the same origin have their own names.
fn key(name: &str) -> String {
    ["vitrine.", name].concat()
}
