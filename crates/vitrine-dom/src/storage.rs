//! What stays in this browser. A convenience: where the browser refuses it, as in a sandboxed
//! frame, nothing is remembered and everything works.

use web_sys::Storage;

use crate::window;

/// What the names of everything that is remembered begin with.
const PREFIX: &str = "vitrine.";

/// Most bytes of lines that are kept behind a new one.
const MAX_LEN: usize = 8000;

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

/// Remembers a line of text before those that stand under a name, which may have it too. What is
/// too long is cut off.
pub fn remember_line(name: &str, line: &str) {
    let known = recall(name).unwrap_or_default();
    // In the middle of a character nothing is kept of the others.
    let known = if known.len() > MAX_LEN { known.get(..MAX_LEN) } else { Some(&*known) };
    remember(name, &[line, "\n", known.unwrap_or_default()].concat());
}

/// Returns the names that begin like this, in order.
pub fn remembered(beginning: &str) -> Vec<String> {
    let Some(storage) = storage() else { return Vec::new() };
    let count = storage.length().unwrap_or_default();
    let names = (0..count).filter_map(|position| {
        let name = storage.key(position).ok().flatten()?;
        let name = name.strip_prefix(PREFIX)?;
        name.starts_with(beginning).then(|| name.to_owned())
    });
    let mut names: Vec<String> = names.collect();
    names.sort_unstable();
    names
}

/// Other pages of the same origin have their own names.
fn key(name: &str) -> String {
    [PREFIX, name].concat()
}
