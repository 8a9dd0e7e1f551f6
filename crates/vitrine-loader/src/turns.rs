//! Long work in short turns, so that keys and clicks are answered meanwhile.

use std::{future::poll_fn, pin::pin, task::Poll};

use js_sys::{Function, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Takes turns with whatever else the page has to do.
#[derive(Debug, Clone)]
pub struct Turns {
    /// Returns a promise of the next turn, or nothing while this one lasts. Takes whether a
    /// frame is to be painted before.
    next: Function,
}

impl Turns {
    /// Returns the turns that `next` gives.
    pub fn new(next: Function) -> Self {
        Self { next }
    }

    /// Goes on at once, or in the next turn when this one has lasted long enough.
    pub async fn pause(&self) {
        // Whoever goes on first in a turn may use it up.
        while let Some(turn) = self.next_turn(false) {
            JsFuture::from(turn).await.ok();
        }
    }

    /// Goes on once what was done can be seen.
    pub async fn painted(&self) {
        if let Some(turn) = self.next_turn(true) {
            JsFuture::from(turn).await.ok();
        }
    }

    fn next_turn(&self, is_paint_due: bool) -> Option<Promise> {
        self.next.call1(&JsValue::NULL, &is_paint_due.into()).ok()?.dyn_into().ok()
    }
}

/// Does some work as long as its outcome is wanted; `None` when it no longer is.
pub async fn while_wanted<T>(
    is_wanted: impl Fn() -> bool,
    work: impl Future<Output = T>,
) -> Option<T> {
    let mut work = pin!(work);
    poll_fn(|context| {
        if is_wanted() {
            work.as_mut().poll(context).map(Some)
        } else {
            Poll::Ready(None)
        }
    })
    .await
}
