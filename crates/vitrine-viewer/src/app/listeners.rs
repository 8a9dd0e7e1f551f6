//! The events that the app answers.

use std::rc::Rc;

use gloo::{
    events::{EventListener, EventListenerOptions},
    timers::callback::Timeout,
};
use vitrine_dom::{document, focus, spawn, window};
use wasm_bindgen::JsCast;
use web_sys::{
    Element, Event, EventTarget, HtmlInputElement, HtmlSelectElement, KeyboardEvent,
    MouseEvent,
};

use super::{App, Arrival, SCROLLING_PAUSE, TYPING_PAUSE, ahead::RESTING};
use crate::{
    filters::{Field, order_of, year_range},
    keyboard::{Command, Focus, command, is_plain},
};

/// What has help for the pointer.
const ASSISTED: &str = ".note-reference,.timeline,.filters,[data-block]";

/// What has help for the keyboard: whoever goes through an article with it comes to headings, too.
const ASSISTED_BY_KEYBOARD: &str =
    ".note-reference,.timeline,.filters,.article :focus-visible:not(h1)";

impl App {
    /// Starts to listen; [`App::close`] ends it.
    pub(super) fn listen(self: &Rc<Self>) {
        let root = self.frame.root.raw();
        let form = self.frame.search.form.raw();
        self.on(root, "click", Self::clicked);
        self.on(root, "change", Self::changed);
        self.on(root, "submit", Self::submitted);
        // The focus stays in the box while one chooses with the mouse.
        self.on(root, "mousedown", |_, event| {
            if target(event).is_some_and(|target| is_inside(&target, ".suggestions")) {
                event.prevent_default();
            }
        });
        self.on(root, "pointerover", |app, event| {
            app.assist(event, ASSISTED);
            app.rested(|app| app.look_ahead("a[data-id]:hover"));
        });
        self.on(root, "focusin", |app, event| {
            app.assist(event, ASSISTED_BY_KEYBOARD);
            app.rested(|app| app.look_ahead("a[data-id]:focus"));
        });
        self.on(root, "selectstart", |app, event| app.assist(event, ".body"));
        self.on(form, "focusout", |app, _| app.frame.search.suggestions.close());
        self.on(form, "input", Self::typed);
        // A word that is being composed is no word yet.
        self.on(form, "compositionend", Self::typed);
        self.on(&self.host.shadow, "keydown", |app, event| {
            event.stop_propagation();
            app.key_pressed(event);
        });
        // The page's own shortcuts would swallow what is typed here.
        self.on(&self.host.shadow, "keypress", |_, event| event.stop_propagation());
        self.on(&self.host.shadow, "keyup", |_, event| event.stop_propagation());
        self.on(&window(), "resize", |app, _| {
            let app = Rc::clone(app);
            spawn(async move { app.show_filters().await });
        });
        if self.is_whole_page() {
            self.on(&document(), "keydown", Self::key_pressed);
            self.on(&window(), "popstate", |app, _| app.go(Arrival::Return));
            self.on(&window(), "pagehide", |app, _| app.keep_visit());
            self.on(&window(), "scroll", |app, _| app.scrolled());
        }
    }

    fn on(
        self: &Rc<Self>,
        target: &EventTarget,
        name: &'static str,
        action: fn(&Rc<Self>, &Event),
    ) {
        let app = Rc::downgrade(self);
        let options = EventListenerOptions::enable_prevent_default();
        let listener =
            EventListener::new_with_options(target, name, options, move |event| {
                if let Some(app) = app.upgrade() {
                    action(&app, event);
                }
            });
        self.listeners.borrow_mut().push(listener);
    }

    fn clicked(self: &Rc<Self>, event: &Event) {
        let Some(mouse) = event.dyn_ref::<MouseEvent>() else { return };
        let opens_elsewhere = mouse.button() != 0
            || mouse.ctrl_key()
            || mouse.meta_key()
            || mouse.shift_key()
            || mouse.alt_key();
        let Some(target) = target(event).filter(|_| !opens_elsewhere) else { return };
        let links =
            "[data-id],[data-place],[data-query],[data-go],[data-note],[data-panel]";
        let Ok(Some(element)) = target.closest(links) else { return };
        event.prevent_default();
        if let Some(name) = element.get_attribute("data-panel") {
            return self.show_panel(&name, &element);
        }
        if element.has_attribute("data-id") && element.get_attribute("role").is_none() {
            focus_clicked(&element);
        }
        if let Some(number) = element.get_attribute("data-note") {
            return self.follow_note(&number, element);
        }
        if self.follow(&element) {
            return;
        }
        match element.get_attribute("data-go").as_deref() {
            Some("filters") => self.toggle_filters(),
            Some("previous-match") => {
                self.step_match(false);
            }
            Some("next-match") => {
                self.step_match(true);
            }
            Some("list") => self.leave_article(),
            Some("more") => self.show_more(),
            Some("random") => self.open_random(),
            Some("retry") => {
                // It may lack what could not be read.
                self.state.borrow_mut().list = None;
                self.go(Arrival::Link);
            }
            _ => {}
        }
    }

    /// Puts the list into another order.
    fn changed(self: &Rc<Self>, event: &Event) {
        let select = event.target().and_then(|select| select.dyn_into().ok());
        let Some::<HtmlSelectElement>(select) = select else { return };
        if !select.matches(".order").unwrap_or(false) {
            return;
        }
        let here = self.history.current().route;
        self.go_to(here.sorted(order_of(&select.value())), Arrival::Order);
    }

    /// Searches, or narrows the list to years.
    fn submitted(self: &Rc<Self>, event: &Event) {
        event.prevent_default();
        let Some(form) = target(event) else { return };
        if form.matches(".search").unwrap_or(false) {
            self.type_query(false);
        }
        if !form.matches(".years").unwrap_or(false) {
            return;
        }
        let year = |selector| {
            let field = form.query_selector(selector).ok().flatten()?;
            let text = field.dyn_into::<HtmlInputElement>().ok()?.value();
            text.trim().parse::<u16>().ok()
        };
        let years = year_range(year("[name=from]"), year("[name=to]"));
        let here = self.history.current().route;
        self.go_to(here.narrowed(Field::Year, &years), Arrival::Link);
    }

    fn typed(self: &Rc<Self>, event: &Event) {
        if target(event).is_none_or(|target| !self.frame.search.is(&target)) {
            return;
        }
        let is_composing = event
            .dyn_ref::<web_sys::InputEvent>()
            .is_some_and(web_sys::InputEvent::is_composing);
        if is_composing {
            return;
        }
        // A folder answers at once; what is not answered yet is dropped.
        let pause = if self.is_from_file { 0 } else { TYPING_PAUSE };
        let pause = self.after(pause, |app| app.type_query(true));
        self.typing.replace(Some(pause));
    }

    /// Does something once the pointer or the focus, which has come to an element, stays there.
    fn rested(self: &Rc<Self>, action: fn(&Rc<Self>)) {
        self.resting.replace(Some(self.after(RESTING, action)));
    }

    /// Loads what helps while one reads, once an element is touched that has such help.
    fn assist(self: &Rc<Self>, event: &Event, assisted: &str) {
        if let Some(target) = target(event).filter(|target| is_inside(target, assisted))
            && !self.is_assisted.replace(true)
        {
            self.show_panel("assist", &target);
        }
    }

    fn scrolled(self: &Rc<Self>) {
        let pause = self.after(SCROLLING_PAUSE, |app| app.keep_visit());
        self.scrolling.replace(Some(pause));
    }

    /// Does something after a pause in milliseconds, if the app is still there.
    pub(super) fn after(self: &Rc<Self>, pause: u32, action: fn(&Rc<Self>)) -> Timeout {
        let app = Rc::downgrade(self);
        Timeout::new(pause, move || {
            if let Some(app) = app.upgrade() {
                action(&app);
            }
        })
    }

    fn key_pressed(self: &Rc<Self>, event: &Event) {
        let Some(key) = event.dyn_ref::<KeyboardEvent>().filter(|key| is_plain(key))
        else {
            return;
        };
        let pressed = key.key();
        // Somebody who speaks to the computer types by accident.
        let is_off = pressed.len() == 1
            && self.frame.root.raw().matches("[data-look~=no-keys]").unwrap_or(false);
        let Some(command) = command(&pressed, self.focus_of(event)).filter(|_| !is_off)
        else {
            return;
        };
        let suggestions = &self.frame.search.suggestions;
        match command {
            Command::StepSuggestion(is_forward) => suggestions.step(is_forward),
            Command::ChooseSuggestion => self.choose_suggestion(),
            Command::CloseSuggestions => suggestions.close(),
            Command::StepMatch(is_forward) => {
                if !self.step_match(is_forward) {
                    return;
                }
            }
            Command::FocusSearch => self.frame.search.focus(),
            Command::ClearSearch => {
                self.frame.search.set_text("");
                self.type_query(true);
            }
            Command::FocusResult(position) => {
                if !self.focus_result(position) {
                    return;
                }
            }
            Command::NextResult => {
                if !self.focus_result(1) {
                    self.click("[rel=next]");
                }
            }
            Command::PreviousResult => self.click("[rel=prev]"),
            Command::OpenResult => self.click(":focus"),
            Command::Help => self.show_panel("help", self.frame.root.raw()),
        }
        event.prevent_default();
    }

    /// Puts the focus on the result at a position from 1, if there is one on the screen.
    fn focus_result(&self, position: u32) -> bool {
        let link = {
            let state = self.state.borrow();
            let list = state.list.as_ref();
            let list = list.filter(|list| state.route.as_ref() == Some(list.route()));
            list.and_then(|list| list.link(position))
        };
        if let Some(link) = &link {
            focus(link);
            let nearest = web_sys::ScrollIntoViewOptions::new();
            nearest.set_block(web_sys::ScrollLogicalPosition::Nearest);
            link.scroll_into_view_with_scroll_into_view_options(&nearest);
        }
        link.is_some()
    }

    /// Follows the first link that matches a selector.
    fn click(&self, selector: &str) {
        if let Some(link) = self.frame.root.find(selector) {
            link.raw().click();
        }
    }

    fn focus_of(&self, event: &Event) -> Focus {
        let Some(target) = target(event) else { return Focus::Elsewhere };
        if self.frame.search.is(&target) {
            let suggestions = &self.frame.search.suggestions;
            return if suggestions.is_open() {
                Focus::OpenSearchBox { has_choice: suggestions.chosen().is_some() }
            } else {
                Focus::SearchBox
            };
        }
        let is_field = target.matches(
            "input,textarea,select,dialog *,[contenteditable]:not([contenteditable=false])",
        );
        if is_field.unwrap_or(false) {
            return Focus::OtherField;
        }
        let state = self.state.borrow();
        match state.list.as_ref().map_or(0, |list| list.position(&target)) {
            0 => Focus::Elsewhere,
            position => Focus::Result(position),
        }
    }
}

/// Returns the element that an event happened on, which may be a text node's parent.
fn target(event: &Event) -> Option<Element> {
    let node: web_sys::Node = event.target()?.dyn_into().ok()?;
    let parent = node.parent_element();
    node.dyn_into().ok().or(parent)
}

fn is_inside(element: &Element, selector: &str) -> bool {
    element.closest(selector).is_ok_and(|found| found.is_some())
}

/// Safari does not focus a link that is clicked; the way back needs to know it.
fn focus_clicked(element: &Element) {
    if let Some(element) = element.dyn_ref() {
        focus(element);
    }
}
