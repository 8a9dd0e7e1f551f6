//! What the search box offers while one types.

use std::rc::Rc;

use vitrine_dom::spawn;
use vitrine_reader::Suggestion;
use web_sys::Element;

use super::{App, Arrival, normalized};
use crate::route::Route;

impl App {
    /// Offers what the text in the box may be meant to become.
    pub(super) fn suggest(self: &Rc<Self>) {
        let app = Rc::clone(self);
        spawn(async move {
            let search = &app.frame.search;
            let text = search.text();
            let query = normalized(&text);
            let found = app.archive.suggest(&query).await.unwrap_or_default();
            let is_new = |found: &Suggestion| !matches!(found, Suggestion::Query { query: q } if *q == query);
            let found: Vec<_> = found.into_iter().filter(is_new).collect();
            let active = app.host.shadow.active_element();
            // Meanwhile one may have typed on, or gone on.
            if search.text() == text && active.is_some_and(|active| search.is(&active)) {
                search.suggestions.show(&found, &app.context);
            }
        });
    }

    /// Does what the chosen suggestion offers.
    pub(super) fn choose_suggestion(self: &Rc<Self>) {
        if let Some(option) = self.frame.search.suggestions.chosen() {
            self.follow(&option);
        }
    }

    /// Goes where an element leads. Returns whether it leads anywhere.
    pub(super) fn follow(self: &Rc<Self>, element: &Element) -> bool {
        let search = &self.frame.search;
        if let Some(query) = element.get_attribute("data-query") {
            search.set_text(&query);
            self.type_query(false);
        } else if let Some(id) = element.get_attribute("data-id") {
            if element.has_attribute("data-step") {
                self.step_to(&id);
            } else {
                self.open_article(&id);
            }
        } else if let Some(place) = element.get_attribute("data-place") {
            self.go_to(Route::parse(&place), Arrival::Link);
        } else {
            return false;
        }
        search.suggestions.close();
        true
    }
}
