//! Where the reader has been: in the page's address, or in memory.

use std::cell::RefCell;

use vitrine_dom::{field, object, window};
use wasm_bindgen::JsValue;

use crate::route::Route;

/// A visited place and how it looked when it was left.
#[derive(Debug, Clone, Default)]
pub(crate) struct Entry {
    /// The place.
    pub(crate) route: Route,
    /// How it was reached and how it was left.
    pub(crate) visit: Visit,
}

/// What an address does not say about a visit; kept beside it in the browser's history.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Visit {
    /// Whether the entry before this one is the list that this place belongs to: the
    /// home page for results, the home page or the results for an article.
    pub(crate) has_list_before: bool,
    /// Whether the query was still being typed, so that its last word may be unfinished.
    pub(crate) is_typing: bool,
    /// Number of results that were shown.
    pub(crate) shown: u32,
    /// Position of the focused result, from 1; 0 when none was focused.
    pub(crate) focused: u32,
    /// Scroll position of the page in CSS pixels.
    pub(crate) scroll: f64,
}

/// The visited places, the current one last.
#[derive(Debug)]
pub(crate) enum History {
    /// In the address of the page and the browser's history.
    Hash,
    /// In memory, because the page belongs to someone else.
    Memory(RefCell<Vec<Entry>>),
}

impl History {
    /// Returns a history kept in memory.
    pub(crate) fn in_memory() -> Self {
        Self::Memory(RefCell::default())
    }

    /// Returns the current place.
    pub(crate) fn current(&self) -> Entry {
        match self {
            Self::Hash => {
                let hash = window().location().hash().unwrap_or_default();
                let state = window().history().and_then(|history| history.state());
                let visit = state.map(|state| visit(&state)).unwrap_or_default();
                let fragment = hash.strip_prefix('#').unwrap_or(&hash);
                Entry { route: Route::parse(fragment), visit }
            }
            Self::Memory(entries) => entries.borrow().last().cloned().unwrap_or_default(),
        }
    }

    /// Adds a place after the current one.
    pub(crate) fn push(&self, entry: &Entry) {
        match self {
            Self::Hash => {
                if let Ok(history) = window().history() {
                    let (state, address) = (state(entry.visit), address(&entry.route));
                    history.push_state_with_url(&state, "", Some(&address)).ok();
                }
            }
            Self::Memory(entries) => entries.borrow_mut().push(entry.clone()),
        }
    }

    /// Puts a place where the current one is.
    pub(crate) fn replace(&self, entry: &Entry) {
        match self {
            Self::Hash => {
                if let Ok(history) = window().history() {
                    let (state, address) = (state(entry.visit), address(&entry.route));
                    history.replace_state_with_url(&state, "", Some(&address)).ok();
                }
            }
            Self::Memory(entries) => {
                let mut entries = entries.borrow_mut();
                entries.pop();
                entries.push(entry.clone());
            }
        }
    }

    /// Goes back by one. Returns whether the caller has to show the place that is now
    /// current; otherwise the browser reports it with a `popstate` event.
    pub(crate) fn back(&self) -> bool {
        match self {
            Self::Hash => {
                if let Ok(history) = window().history() {
                    history.back().ok();
                }
                false
            }
            Self::Memory(entries) => {
                entries.borrow_mut().pop();
                true
            }
        }
    }
}

/// Reads what [`state`] writes; whatever else stands there is a visit without history.
fn visit(state: &JsValue) -> Visit {
    let get = |name| field(state, name);
    let number = |name| get(name).as_f64().filter(|n| n.is_finite()).unwrap_or_default();
    Visit {
        has_list_before: get("has_list_before").is_truthy(),
        is_typing: get("is_typing").is_truthy(),
        shown: number("shown") as u32,
        focused: number("focused") as u32,
        scroll: number("scroll"),
    }
}

fn state(visit: Visit) -> JsValue {
    object(&[
        ("has_list_before", visit.has_list_before.into()),
        ("is_typing", visit.is_typing.into()),
        ("shown", visit.shown.into()),
        ("focused", visit.focused.into()),
        ("scroll", visit.scroll.into()),
    ])
}

/// Returns the address of a place in the archive's own page.
pub(crate) fn address(route: &Route) -> String {
    ["#", &route.fragment()].concat()
}
