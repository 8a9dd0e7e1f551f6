//! What the search box offers while one types.

use std::rc::Rc;

use vitrine_reader::Suggestion;
use web_sys::Element;

use super::{App, Arrival, normalized};
use crate::route::Route;
use vitrine_loader::while_wanted;

impl App {
    /// Offers what the text in the box may be meant to become.
    pub(super) async fn suggest(&self) {
        let search = &self.frame.search;
        let text = search.text();
        let query = normalized(&text);
        // Meanwhile one may type on, or go on.
        let is_wanted = || search.text() == text && self.is_in_box();
        let finding = self.archive.suggest(&query);
        let Some(found) = while_wanted(is_wanted, finding).await else { return };
        let is_new = |found: &Suggestion| !matches!(found, Suggestion::Query { query: q } if *q == query);
        let found: Vec<_> =
            found.unwrap_or_default().into_iter().filter(is_new).collect();
        search.suggestions.show(&found, &self.context);
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
