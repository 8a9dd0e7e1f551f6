//! What comes to an article once it can be read: the words of the search in it, and where to
//! go from its end.

use vitrine_dom::{focus, node_of};
use vitrine_loader::while_wanted;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::App;
use crate::{
    route::Route,
    views::{date_steps, related, result_steps},
};

impl App {
    /// Adds the rest to the article that is shown. What does not load is left out: the article
    /// is there.
    pub(super) async fn complete_article(&self, id: &str, route: &Route) {
        let is_here = || self.state.borrow().route.as_ref() == Some(route);
        let opened = self.state.borrow_mut().opened.take();
        if let Some(mut opened) = opened {
            let rest = opened.extend(usize::MAX, &self.turns, &self.context);
            if while_wanted(is_here, rest).await.is_none() {
                return;
            }
            self.state.borrow_mut().matches = opened.into_matches();
        }
        let hits = self.archive.related(id).await.unwrap_or_default();
        let beside = self.archive.beside(id).await.unwrap_or_default();
        if !is_here() {
            return;
        }
        let state = self.state.borrow();
        let list = state.list.as_ref().filter(|list| *list.route() == route.list());
        let neighbors = list.map(|list| list.neighbors(id)).unwrap_or_default();
        let end = node_of("div", "article-end")
            .maybe(result_steps(neighbors, route, &self.context))
            .maybe(date_steps(&beside, route, &self.context))
            .maybe(related(&hits, route, &self.context));
        if let Some(page) = self.frame.root.find(".article-page") {
            page.append(&end);
        }
    }

    /// Goes to the next place where a word of the search stands, or to the one before.
    /// Returns whether there is any.
    pub(super) fn step_match(&self, is_forward: bool) -> bool {
        let mut state = self.state.borrow_mut();
        state.matches.as_mut().map(|bar| bar.step(is_forward)).is_some()
    }

    /// Goes to the note of a reference, or from a note back to the reference that the reader
    /// came from.
    pub(super) fn follow_note(&self, number: &str, link: Element) {
        let is_reference = link.class_name() == "note-reference";
        // What listens to the focus may ask for the state.
        let came_from = self.state.borrow_mut().reference.take_if(|reference| {
            !is_reference
                && reference.is_connected()
                && reference.get_attribute("data-note").as_deref() == Some(number)
        });
        let target =
            came_from.and_then(|reference| reference.dyn_into().ok()).or_else(|| {
                let class = if is_reference { ".note-mark" } else { ".note-reference" };
                let place = [class, "[data-note='", number, "']"].concat();
                Some(self.frame.root.find(&place)?.raw().clone())
            });
        if is_reference {
            self.state.borrow_mut().reference = Some(link);
        }
        if let Some(target) = target {
            focus(&target);
        }
    }
}
