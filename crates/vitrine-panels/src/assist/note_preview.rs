//! The text of a note beside the reference to it, while that is pointed at or has the focus.
//!
//! As WCAG 2.2, 1.4.13 wants it: Escape puts it away, the pointer may go onto it, and it stays
//! until pointer or focus leave.

use std::{cell::RefCell, rc::Rc};

use gloo::{events::EventListener, timers::callback::Timeout};
use vitrine_dom::{Node, all, node_of, window};
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement, KeyboardEvent, PointerEvent};

use super::{closest, on, style};

/// Time to go from the reference to its note, in milliseconds.
const GRACE: u32 = 300;

/// Least distance to the edge of the window, in CSS pixels.
const EDGE: f64 = 8.0;

/// The preview, of which there is one.
#[derive(Debug)]
pub(super) struct NotePreview {
    root: Element,
    tip: Node,
    /// The reference whose note is shown.
    reference: RefCell<Option<Element>>,
    hiding: RefCell<Option<Timeout>>,
}

impl NotePreview {
    /// Makes a preview that shows nothing.
    pub(super) fn new(root: &Element) -> Self {
        let tip = node_of("div", "note-preview")
            .attribute("id", "note-preview")
            .attribute("role", "tooltip");
        let (reference, hiding) = (RefCell::default(), RefCell::default());
        Self { root: root.clone(), tip, reference, hiding }
    }

    pub(super) fn listen(self: &Rc<Self>, listeners: &mut Vec<EventListener>) {
        let preview = Rc::clone(self);
        on(listeners, &self.root, "pointerover", move |event| {
            // A finger that touches a reference follows it.
            let is_touch = event
                .dyn_ref::<PointerEvent>()
                .is_some_and(|event| event.pointer_type() == "touch");
            if let Some(reference) = closest(event, ".note-reference") {
                if !is_touch {
                    preview.show(&reference);
                }
            } else if closest(event, ".note-preview").is_some() {
                preview.hiding.take();
            } else {
                preview.hide_soon();
            }
        });
        let preview = Rc::clone(self);
        on(listeners, &self.root, "pointerleave", move |event| {
            let root: &Element = &preview.root;
            let is_root = event
                .target()
                .is_some_and(|target| target.dyn_ref::<Element>() == Some(root));
            if is_root {
                preview.hide_soon();
            }
        });
        let preview = Rc::clone(self);
        on(listeners, &self.root, "focusin", move |event| {
            match closest(event, ".note-reference") {
                Some(reference) => preview.show(&reference),
                None if closest(event, ".note-preview").is_none() => {
                    preview.hide();
                }
                None => {}
            }
        });
        let preview = Rc::clone(self);
        on(listeners, &window(), "resize", move |_| {
            if let Some(reference) = &*preview.reference.borrow() {
                preview.put_beside(reference);
            }
        });
        let preview = Rc::clone(self);
        on(listeners, &self.root, "focusout", move |_| preview.hide_soon());
        let preview = Rc::clone(self);
        on(listeners, &window(), "keydown", move |event| {
            let is_escape =
                event.dyn_ref::<KeyboardEvent>().is_some_and(|key| key.key() == "Escape");
            if is_escape && preview.hide() {
                event.stop_propagation();
                event.prevent_default();
            }
        });
    }

    /// Shows the note of a reference that was touched before anything listened.
    pub(super) fn touched(&self, from: &Element) {
        let reference = from.closest(".note-reference").ok().flatten();
        let is_touched =
            |element: &Element| element.matches(":hover,:focus").unwrap_or(false);
        if let Some(reference) = reference.filter(is_touched) {
            self.show(&reference);
        }
    }

    fn show(&self, reference: &Element) {
        self.hiding.take();
        if self.reference.borrow().as_ref() == Some(reference) {
            return;
        }
        self.hide();
        let Some(note) = self.note(reference) else { return };
        let tip: &HtmlElement = self.tip.raw();
        tip.replace_children_with_node_1(&note);
        let place = note_place(reference);
        if let Some(place) = &place {
            for name in ["lang", "dir"] {
                tip.set_attribute(name, &place.get_attribute(name).unwrap_or_default())
                    .ok();
            }
        }
        // Inside of the landmark that the text is in.
        let middle = self.root.query_selector(".middle").ok().flatten();
        middle.as_ref().unwrap_or(&self.root).append_child(tip).ok();
        self.put_beside(reference);
        reference.set_attribute("aria-describedby", "note-preview").ok();
        self.reference.replace(Some(reference.clone()));
    }

    /// Returns a copy of the note without the way back from it, and without what takes the focus.
    fn note(&self, reference: &Element) -> Option<Element> {
        let number = reference.get_attribute("data-note")?;
        let mark = [".note-mark[data-note='", &number, "']"].concat();
        let mark = self.root.query_selector(&mark).ok().flatten()?;
        let note = mark.closest("li").ok().flatten().or_else(|| mark.parent_element())?;
        let copy: Element = note.clone_node_with_deep(true).ok()?.dyn_into().ok()?;
        for mark in all(&copy, ".note-mark") {
            mark.remove();
        }
        for element in all(&copy, "a,button,[tabindex]") {
            element.set_attribute("tabindex", "-1").ok();
        }
        // A list item is none outside of a list.
        let body = node_of("div", "note-text");
        while let Some(child) = copy.first_child() {
            body.raw().append_child(&child).ok();
        }
        Some(body.raw().clone().into())
    }

    /// Puts the preview below the reference, or above it where there is more room.
    fn put_beside(&self, reference: &Element) {
        let tip: &Element = self.tip.raw();
        style(tip, "left", "0");
        style(tip, "top", "0");
        let root = self.root.get_bounding_client_rect();
        let (at, size) =
            (reference.get_bounding_client_rect(), tip.get_bounding_client_rect());
        let height = window().inner_height().ok().and_then(|height| height.as_f64());
        let is_above = at.bottom() + size.height() > height.unwrap_or(f64::MAX)
            && at.top() > size.height();
        let top = if is_above { at.top() - size.height() } else { at.bottom() };
        let most = (root.width() - size.width() - EDGE).max(EDGE);
        let left = (at.left() - root.left() - size.width() / 2.0).clamp(EDGE, most);
        style(tip, "left", &[&left.to_string(), "px"].concat());
        style(tip, "top", &[&(top - root.top()).to_string(), "px"].concat());
    }

    fn hide_soon(self: &Rc<Self>) {
        if self.reference.borrow().is_none() {
            return;
        }
        let preview = Rc::clone(self);
        self.hiding.replace(Some(Timeout::new(GRACE, move || {
            let is_wanted =
                preview.reference.borrow().as_ref().is_some_and(|reference| {
                    reference.matches(":hover,:focus").unwrap_or(false)
                        || preview.tip.raw().matches(":hover").unwrap_or(false)
                });
            if !is_wanted {
                preview.hide();
            }
        })));
    }

    /// Puts the preview away. Returns whether it was there.
    fn hide(&self) -> bool {
        self.hiding.take();
        let reference = self.reference.take();
        self.tip.raw().remove();
        if let Some(reference) = &reference {
            reference.remove_attribute("aria-describedby").ok();
        }
        reference.is_some()
    }
}

/// Returns the element that says in which language the text around a reference is.
fn note_place(reference: &Element) -> Option<Element> {
    reference.closest("[lang]").ok().flatten()
}
