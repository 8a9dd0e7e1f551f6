//! Work that goes on while the page does.

use std::pin::Pin;

/// Starts a task. All are of one type, for each other one would be as much code again.
pub fn spawn(task: impl Future<Output = ()> + 'static) {
    let task: Pin<Box<dyn Future<Output = ()>>> = Box::pin(task);
    wasm_bindgen_futures::spawn_local(task);
}
