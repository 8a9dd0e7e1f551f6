//! Whether this instance still runs: after a panic it is of no further use.

use std::{cell::RefCell, panic};

use js_sys::Function;
use wasm_bindgen::JsValue;

thread_local! {
    /// Told of the panic; gone afterwards.
    static ON_STOP: RefCell<Option<Function>> = const { RefCell::new(None) };
}

/// Has `on_stop` called with a message when this instance panics.
pub(crate) fn watch(on_stop: Function) {
    ON_STOP.with_borrow_mut(|slot| *slot = Some(on_stop));
    panic::set_hook(Box::new(|info| {
        let on_stop = ON_STOP.with_borrow_mut(Option::take);
        if let Some(on_stop) = on_stop {
            let message = JsValue::from_str(&info.to_string());
            on_stop.call1(&JsValue::NULL, &message).ok();
        }
    }));
}

/// Returns whether this instance may run; listeners ask before they do anything.
pub(crate) fn is_alive() -> bool {
    ON_STOP.with_borrow(Option::is_some)
}
