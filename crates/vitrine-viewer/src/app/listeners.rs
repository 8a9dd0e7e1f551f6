//! The events that the app answers.

use std::rc::Rc;

use gloo::{
    events::{EventListener, EventListenerOptions},
    timers::callback::Timeout,
};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, EventTarget, KeyboardEvent, MouseEvent};

use super::{App, Arrival, SCROLLING_PAUSE, TYPING_PAUSE};
use crate::{
    dom::{document, focus, window},
    keyboard::{Command, Focus, command, is_plain},
};

impl App {
    /// Starts to listen; [`App::close`] ends it.
    pub(super) fn listen(self: &Rc<Self>) {
        let root = self.frame.root.raw();
        let form = self.frame.search.form.raw();
        self.on(root, "click", Self::clicked);
        self.on(form, "input", Self::typed);
        // A word that is being composed is no word yet.
        self.on(form, "compositionend", Self::typed);
        self.on(form, "submit", |app, event| {
            event.prevent_default();
            app.type_query(false);
        });
        self.on(&self.host.shadow, "keydown", |app, event| {
            event.stop_propagation();
            app.key_pressed(event);
        });
        // The page's own shortcuts would swallow what is typed here.
        self.on(&self.host.shadow, "keypress", |_, event| event.stop_propagation());
        self.on(&self.host.shadow, "keyup", |_, event| event.stop_propagation());
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
        action: impl Fn(&Rc<Self>, &Event) + 'static,
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
        let links = "[data-id],[data-go],[data-original]";
        let Ok(Some(element)) = target.closest(links) else { return };
        if let Some(id) = element.get_attribute("data-original") {
            // The browser opens what is below.
            return self.show_original(id, &element);
        }
        event.prevent_default();
        if let Some(id) = element.get_attribute("data-id") {
            focus_clicked(&element);
            self.open_article(&id);
            return;
        }
        match element.get_attribute("data-go").as_deref() {
            Some("home") => self.go_home(),
            Some("list") => self.leave_article(),
            Some("more") => self.show_more(),
            Some("retry") => self.go(Arrival::Link),
            _ => {}
        }
    }

    fn typed(self: &Rc<Self>, event: &Event) {
        let is_composing = event
            .dyn_ref::<web_sys::InputEvent>()
            .is_some_and(web_sys::InputEvent::is_composing);
        if is_composing {
            return;
        }
        let app = Rc::downgrade(self);
        let pause = Timeout::new(TYPING_PAUSE, move || {
            if let Some(app) = app.upgrade() {
                app.type_query(true);
            }
        });
        self.typing.replace(Some(pause));
    }

    fn scrolled(self: &Rc<Self>) {
        let app = Rc::downgrade(self);
        let pause = Timeout::new(SCROLLING_PAUSE, move || {
            if let Some(app) = app.upgrade() {
                app.keep_visit();
            }
        });
        self.scrolling.replace(Some(pause));
    }

    fn key_pressed(self: &Rc<Self>, event: &Event) {
        let Some(key) = event.dyn_ref::<KeyboardEvent>().filter(|key| is_plain(key))
        else {
            return;
        };
        let Some(command) = command(&key.key(), self.focus_of(event)) else { return };
        match command {
            Command::FocusSearch => self.frame.search.focus(),
            Command::ClearSearch => {
                self.frame.search.set_text("");
                self.type_query(true);
            }
            Command::FocusResult(position) => {
                let link = {
                    let state = self.state.borrow();
                    let list = state
                        .list
                        .as_ref()
                        .filter(|list| state.route.as_ref() == Some(list.route()));
                    list.and_then(|list| list.link(position))
                };
                let Some(link) = link else { return };
                focus(&link);
                let nearest = web_sys::ScrollIntoViewOptions::new();
                nearest.set_block(web_sys::ScrollLogicalPosition::Nearest);
                link.scroll_into_view_with_scroll_into_view_options(&nearest);
            }
        }
        event.prevent_default();
    }

    fn focus_of(&self, event: &Event) -> Focus {
        let Some(target) = target(event) else { return Focus::Elsewhere };
        if self.frame.search.is(&target) {
            return Focus::SearchBox;
        }
        let is_field = target.matches(
            "input,textarea,select,[contenteditable]:not([contenteditable=false])",
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
    event.target()?.dyn_into().ok()
}

/// Safari does not focus a link that is clicked; the way back needs to know it.
fn focus_clicked(element: &Element) {
    if let Some(element) = element.dyn_ref() {
        focus(element);
    }
}
