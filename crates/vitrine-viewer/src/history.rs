//! Where the reader has been: in the page's address, or in memory.

use js_sys::{Array, Function};
use vitrine_dom::{field, object};
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

/// The visited places. The loader keeps them: in the address of the page, or in memory.
#[derive(Debug)]
pub(crate) struct History {
    /// Takes what is to be done, and a place with its visit. To [`READ`] gives both of the
    /// current one; to [`BACK`] gives whether the place that is now current has to be shown.
    visits: Function,
}

const READ: u32 = 0;
const PUSH: u32 = 1;
const REPLACE: u32 = 2;
const BACK: u32 = 3;

impl History {
    /// Returns the history that `visits` keeps.
    pub(crate) fn new(visits: Function) -> Self {
        Self { visits }
    }

    /// Returns the current place.
    pub(crate) fn current(&self) -> Entry {
        let entry = Array::from(&self.ask(READ, &"".into(), &JsValue::UNDEFINED));
        let place = entry.get(0).as_string().unwrap_or_default();
        Entry { route: Route::parse(&place), visit: visit(&entry.get(1)) }
    }

    /// Adds a place after the current one.
    pub(crate) fn push(&self, entry: &Entry) {
        self.write(PUSH, entry);
    }

    /// Puts a place where the current one is.
    pub(crate) fn replace(&self, entry: &Entry) {
        self.write(REPLACE, entry);
    }

    /// Goes back by one. Returns whether the caller has to show the place that is now
    /// current; otherwise the browser reports it with a `popstate` event.
    pub(crate) fn back(&self) -> bool {
        self.ask(BACK, &"".into(), &JsValue::UNDEFINED).is_truthy()
    }

    fn write(&self, action: u32, entry: &Entry) {
        self.ask(action, &entry.route.fragment().into(), &state(entry.visit));
    }

    fn ask(&self, action: u32, place: &JsValue, visit: &JsValue) -> JsValue {
        let answer = self.visits.call3(&JsValue::NULL, &action.into(), place, visit);
        answer.unwrap_or_default()
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

/// Returns the address of a place in the archive's own page, below that of the page.
pub(crate) fn address(route: &Route) -> String {
    ["#", &route.fragment()].concat()
}
