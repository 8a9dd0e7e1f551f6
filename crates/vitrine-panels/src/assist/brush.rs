//! Several years of the timeline at once: by dragging over them, or with Shift and an arrow key.
//!
//! Each bar stays a link to its own years. What is chosen is a link too, below the bars.

use std::{cell::RefCell, rc::Rc};

use gloo::events::EventListener;
use vitrine_dom::{Node, all, document, node, node_of};
use vitrine_words::fill;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, Event, HtmlElement, KeyboardEvent, PointerEvent};

use super::{closest, on};
use crate::{here::Here, strings::Strings};

/// The bars from which on and to which years are chosen, by their positions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Chosen {
    /// Where the choice began.
    anchor: u32,
    /// Where it is now.
    at: u32,
    /// Whether a pointer is choosing.
    is_dragged: bool,
}

/// The choice of years.
#[derive(Debug)]
pub(super) struct Brush {
    here: Here,
    strings: &'static Strings,
    chosen: RefCell<Option<Chosen>>,
    help: Node,
    /// Says what is chosen.
    status: Node,
    link: Node,
}

impl Brush {
    /// Makes a brush that has chosen nothing.
    pub(super) fn new(here: &Here, strings: &'static Strings) -> Self {
        let help = node_of("p", "years-help").text(strings.years_help());
        let link = node_of("a", "years-link");
        // There before anything is chosen, so that it is read out.
        let status = node("p").attribute("role", "status");
        let (here, chosen) = (here.clone(), RefCell::default());
        Self { here, strings, chosen, help, status, link }
    }

    pub(super) fn listen(self: &Rc<Self>, listeners: &mut Vec<EventListener>) {
        let root = &self.here.root;
        let brush = Rc::clone(self);
        on(listeners, root, "pointerover", move |event| brush.pointed(event));
        let brush = Rc::clone(self);
        on(listeners, root, "focusin", move |event| {
            if let Some(item) = closest(event, ".timeline li") {
                brush.touched(&item);
            }
        });
        let brush = Rc::clone(self);
        on(listeners, root, "pointerdown", move |event| brush.pressed(event));
        let brush = Rc::clone(self);
        on(listeners, &document(), "pointerup", move |_| brush.released());
        let brush = Rc::clone(self);
        on(listeners, &document(), "pointercancel", move |_| brush.forget());
        // A link would be dragged itself.
        on(listeners, root, "dragstart", |event| {
            if closest(event, ".timeline").is_some() {
                event.prevent_default();
            }
        });
        let brush = Rc::clone(self);
        on(listeners, root, "keydown", move |event| brush.key_pressed(event));
    }

    /// Says how years are chosen, when the timeline is touched.
    pub(super) fn touched(&self, from: &Element) {
        let section = from.closest(".years-overview").ok().flatten();
        if let Some(section) =
            section.filter(|section| !section.contains(Some(self.help.raw())))
        {
            self.status.raw().set_text_content(None);
            section.append_child(self.status.raw()).ok();
            section.append_child(self.help.raw()).ok();
        }
    }

    fn pressed(&self, event: &Event) {
        let Some(pointer) = event.dyn_ref::<PointerEvent>() else { return };
        let is_modified = pointer.ctrl_key() || pointer.meta_key() || pointer.alt_key();
        let item = closest(event, ".timeline li").filter(|_| pointer.button() == 0);
        let Some(item) = item.filter(|_| !is_modified) else { return };
        // A finger keeps its element otherwise, and crosses no other.
        if let Some(target) =
            event.target().and_then(|target| target.dyn_into::<Element>().ok())
        {
            target.release_pointer_capture(pointer.pointer_id()).ok();
        }
        let at = position(&item);
        self.forget();
        self.chosen.replace(Some(Chosen { anchor: at, at, is_dragged: true }));
    }

    fn pointed(&self, event: &Event) {
        let Some(item) = closest(event, ".timeline li") else { return };
        self.touched(&item);
        let chosen = *self.chosen.borrow();
        if let Some(chosen) = chosen.filter(|chosen| chosen.is_dragged) {
            self.choose(&item, Chosen { at: position(&item), ..chosen });
        }
    }

    /// Goes to the years that were dragged over; over one alone it was a click.
    fn released(&self) {
        let chosen = *self.chosen.borrow();
        let Some(chosen) = chosen.filter(|chosen| chosen.is_dragged) else { return };
        if chosen.anchor == chosen.at {
            self.forget();
        } else {
            self.chosen.replace(None);
            self.link.raw().click();
        }
    }

    fn key_pressed(&self, event: &Event) {
        let Some(key) = event.dyn_ref::<KeyboardEvent>() else { return };
        let Some(item) = closest(event, ".timeline li,.years-link") else { return };
        let is_from_right = item.matches(":dir(rtl)").unwrap_or(false);
        let step = match (key.key().as_str(), is_from_right) {
            ("ArrowRight", false) | ("ArrowLeft", true) => 1,
            ("ArrowLeft", false) | ("ArrowRight", true) => -1,
            ("Escape", _) if self.chosen.borrow().is_some() => {
                event.stop_propagation();
                return self.forget();
            }
            _ => return,
        };
        let Ok(Some(bars)) = self.here.root.query_selector(".timeline") else { return };
        if !key.shift_key() {
            return;
        }
        event.prevent_default();
        let last = bars.child_element_count().saturating_sub(1);
        let here = if item.local_name() == "li" { position(&item) } else { 0 };
        let chosen = self.chosen.borrow().unwrap_or(Chosen {
            anchor: here,
            at: here,
            is_dragged: false,
        });
        let at = chosen.at.saturating_add_signed(step).min(last);
        self.choose(&bars, Chosen { at, ..chosen });
    }

    /// Shows what is chosen.
    fn choose(&self, place: &Element, chosen: Chosen) {
        self.chosen.replace(Some(chosen));
        let Some(bars) = place.closest(".timeline").ok().flatten() else { return };
        let (first, last) = (chosen.anchor.min(chosen.at), chosen.anchor.max(chosen.at));
        let items = bars.children();
        let mut count = 0;
        for at in 0..items.length() {
            let Some(item) = items.item(at) else { continue };
            let is_in = (first..=last).contains(&at);
            item.toggle_attribute_with_force("data-chosen", is_in).ok();
            let number =
                item.get_attribute("data-count").and_then(|text| text.parse().ok());
            count += number.filter(|_| is_in).unwrap_or(0_u32);
        }
        let years = |at| {
            let item = items.item(at);
            item.and_then(|item| item.get_attribute("data-years")).unwrap_or_default()
        };
        let (first, last) = (years(first), years(last));
        let from = first.split("..").next().unwrap_or_default();
        let to = last.rsplit("..").next().unwrap_or_default();
        let text = fill(self.strings.years_chosen(), &[from, "–", to].concat());
        self.link.set_text(&fill(&text, &count.to_string()));
        let place = ["/?year=", from, "..", to].concat();
        self.link.set("data-place", &place);
        self.link.set("href", &self.here.href(&place));
        if !self.link.raw().is_connected() {
            self.touched(&bars);
            self.status.append(&self.link);
        }
    }

    fn forget(&self) {
        self.chosen.replace(None);
        let had_focus = self.link.raw().matches(":focus").unwrap_or(false);
        self.link.raw().remove();
        for item in all(&self.here.root, "[data-chosen]") {
            item.remove_attribute("data-chosen").ok();
        }
        let first = self.here.root.query_selector(".timeline a").ok().flatten();
        if let Some(first) = first.filter(|_| had_focus) {
            first.unchecked_ref::<HtmlElement>().focus().ok();
        }
    }
}

/// Returns the position of a bar.
fn position(item: &Element) -> u32 {
    let mut position = 0;
    let mut before = item.previous_element_sibling();
    while let Some(element) = before {
        position += 1;
        before = element.previous_element_sibling();
    }
    position
}
