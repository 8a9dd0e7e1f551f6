//! What helps while one reads, without a panel of its own: notes where they are referred to, what
//! is selected with its citation, spans of years on the timeline and on a slider,
//! links at headings.
//!
//! It is loaded when something is touched that has such help, and listens to the reader's root
//! from then on.

mod anchors;
mod brush;
mod note_preview;
mod quotation;
mod slider;

use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions, EventListenerPhase};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Element, Event, EventTarget};

use self::{brush::Brush, note_preview::NotePreview, quotation::Quotation};
use crate::{here::Here, strings::Strings};

/// The listeners, for as long as the reader is there.
#[derive(Debug)]
pub(crate) struct Assist {
    quotation: Rc<Quotation>,
    _listeners: Vec<EventListener>,
}

impl Assist {
    /// Starts to listen. `detail` is that of [`Here`]; its `from` is what was touched.
    pub(crate) fn new(detail: &JsValue, strings: &'static Strings) -> Self {
        let here = Here::new(detail);
        let root = &here.root;
        let preview = Rc::new(NotePreview::new(root));
        let quotation = Rc::new(Quotation::new(root, strings));
        let brush = Rc::new(Brush::new(&here, strings));
        let mut listeners = Vec::new();
        preview.listen(&mut listeners);
        quotation.listen(&mut listeners);
        brush.listen(&mut listeners);
        slider::listen(root, &mut listeners);
        anchors::listen(&here, strings, &mut listeners);
        if let Some(from) = vitrine_dom::field(detail, "from").dyn_ref::<Element>() {
            preview.touched(from);
            brush.touched(from);
            if let Some(filters) = from.closest(".filters").ok().flatten() {
                slider::touched(&filters);
            }
            anchors::touched(from, &here, strings);
        }
        quotation.offer();
        Self { quotation, _listeners: listeners }
    }

    /// Copies what is selected in the article of `detail`, with its citation.
    pub(crate) fn copy(&self, detail: &JsValue) {
        self.quotation.copy(detail);
    }
}

/// Listens to an event before anything inside `target` hears of it.
fn on(
    listeners: &mut Vec<EventListener>,
    target: &EventTarget,
    name: &'static str,
    action: impl FnMut(&Event) + 'static,
) {
    let options =
        EventListenerOptions { phase: EventListenerPhase::Capture, passive: false };
    listeners.push(EventListener::new_with_options(target, name, options, action));
}

/// Returns the nearest element that matches, from the one of an event outwards.
fn closest(event: &Event, selector: &str) -> Option<Element> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    target.closest(selector).ok().flatten()
}

/// Sets a property of an element's own style.
fn style(element: &Element, property: &str, value: &str) {
    if let Some(element) = element.dyn_ref::<web_sys::HtmlElement>() {
        element.style().set_property(property, value).ok();
    }
}
