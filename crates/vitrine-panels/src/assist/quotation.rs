//! What is selected in an article, copied with its citation.

use std::{cell::RefCell, rc::Rc};

use gloo::events::EventListener;
use js_sys::{Function, Reflect};
use vitrine_dom::{Node, document, node, node_of, window};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Element, Event, HtmlElement, KeyboardEvent, Selection};

use super::{on, style};
use crate::{cite::usual_entry, delivery::copy, strings::Strings};

/// Fewest characters that are worth a citation: a click selects one word at most.
const MIN_CHARS: usize = 12;

/// The button beside what is selected.
#[derive(Debug)]
pub(super) struct Quotation {
    root: Element,
    whole: Node,
    button: Node,
    status: Node,
    text: RefCell<String>,
    strings: &'static Strings,
}

impl Quotation {
    /// Makes a button that is shown nowhere.
    pub(super) fn new(root: &Element, strings: &'static Strings) -> Self {
        let button = node("button")
            .attribute("type", "button")
            .attribute("data-panel", "quote")
            .attribute("aria-keyshortcuts", "c")
            .text(strings.copy_cited());
        let status = node_of("span", "quote-status").attribute("role", "status");
        let whole = node_of("div", "quote").child(&button).child(&status);
        if let Some(language) = root.get_attribute("lang") {
            whole.set("lang", &language);
        }
        whole.set("dir", &root.get_attribute("dir").unwrap_or_default());
        Self {
            root: root.clone(),
            whole,
            button,
            status,
            text: RefCell::default(),
            strings,
        }
    }

    pub(super) fn listen(self: &Rc<Self>, listeners: &mut Vec<EventListener>) {
        let quotation = Rc::clone(self);
        on(listeners, &document(), "selectionchange", move |_| quotation.offer());
        // A click on the button leaves the selection alone.
        on(listeners, self.button.raw(), "mousedown", Event::prevent_default);
        let quotation = Rc::clone(self);
        on(listeners, &window(), "keydown", move |event| {
            let Some(key) = event.dyn_ref::<KeyboardEvent>() else { return };
            let is_plain = !(key.ctrl_key() || key.meta_key() || key.alt_key());
            let is_off = quotation.root.matches("[data-look~=no-keys]").unwrap_or(false);
            let is_shown = quotation.whole.raw().is_connected();
            let is_closed = quotation.root.query_selector("dialog[open]").ok().flatten();
            if key.key() == "c"
                && is_plain
                && is_shown
                && !is_off
                && is_closed.is_none()
                && !is_typing(event)
            {
                quotation.button.raw().click();
            }
        });
    }

    /// Shows the button where text of the article is selected.
    pub(super) fn offer(&self) {
        // Who is at the button already has selected.
        if self.button.raw().matches(":focus").unwrap_or(false) {
            return;
        }
        let found = self.selected();
        let Some((text, at)) = found.filter(|(text, _)| is_worth(text)) else {
            self.whole.raw().remove();
            return;
        };
        self.text.replace(text);
        self.status.set_text("");
        let Ok(Some(body)) = self.root.query_selector(".article .body") else { return };
        if self.whole.raw().parent_element().as_ref() != body.parent_element().as_ref() {
            body.after_with_node_1(self.whole.raw()).ok();
        }
        self.put_at(at);
    }

    /// Returns the selected text, and where it ends in the window.
    fn selected(&self) -> Option<(String, (f64, f64))> {
        let selection = self.selection()?;
        let body = self.root.query_selector(".article .body").ok().flatten()?;
        if selection.is_collapsed() || selection.range_count() == 0 {
            return None;
        }
        let range = selection.get_range_at(0).ok()?;
        let place = range.common_ancestor_container().ok()?;
        if !body.contains(Some(&place)) {
            return None;
        }
        let text = String::from(selection.to_string());
        let rect = range.get_bounding_client_rect();
        Some((text.trim().to_owned(), (rect.left(), rect.bottom())))
    }

    /// Returns what is selected: some browsers say so at the shadow root alone.
    fn selection(&self) -> Option<Selection> {
        let shadow = self.root.get_root_node();
        let get = Reflect::get(&shadow, &"getSelection".into()).ok();
        let get = get.and_then(|get| get.dyn_into::<Function>().ok());
        let selection = match get {
            Some(get) => get.call0(&shadow).ok()?,
            None => return window().get_selection().ok().flatten(),
        };
        selection.dyn_into().ok()
    }

    /// Puts the button below a place, inside of the window.
    fn put_at(&self, (left, bottom): (f64, f64)) {
        let whole: &HtmlElement = self.whole.raw();
        let around = whole.offset_parent().unwrap_or_else(|| self.root.clone());
        let around = around.get_bounding_client_rect();
        let most = (around.width() - f64::from(whole.offset_width())).max(0.0);
        let left = (left - around.left()).clamp(0.0, most);
        style(whole, "left", &[&left.to_string(), "px"].concat());
        style(whole, "top", &[&(bottom - around.top()).to_string(), "px"].concat());
    }

    /// Copies the selected text and the reference of the article in `detail`.
    pub(super) fn copy(&self, detail: &JsValue) {
        let entry = usual_entry(detail);
        let text = [self.text.borrow().as_str(), "\n\n", &entry].concat();
        copy(text, &self.status, self.strings);
    }
}

/// Returns whether text is long enough; a Chinese character says as much as some letters.
fn is_worth(text: &str) -> bool {
    text.len() >= MIN_CHARS
}

/// Returns whether a key goes into a field.
fn is_typing(event: &Event) -> bool {
    let first = event.composed_path().get(0);
    let element = first.dyn_ref::<Element>();
    element.is_some_and(|element| {
        element.matches("input,textarea,select,[contenteditable]").unwrap_or(false)
    })
}
