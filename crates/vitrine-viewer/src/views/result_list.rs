//! A list of articles: results, or the newest ones.

use vitrine_dom::{Node, node, node_of};
use vitrine_reader::{HitView, SearchResults};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::{
    Context, FilterPanel,
    list_tools::{chips, list_tools},
    result_item::result_item,
    search_notes::search_notes,
};
use crate::{route::Route, strings::fill};

/// A list that can grow.
#[derive(Debug, Clone)]
pub(crate) struct ResultList {
    /// The element.
    pub(crate) root: Node,
    /// The place that the list is at.
    route: Route,
    items: Node,
    more: Node,
    total: u32,
    shown: u32,
}

impl ResultList {
    /// Makes an empty list of results: on the home page of the newest articles, elsewhere
    /// of what was found.
    pub(crate) fn new(route: Route, results: &SearchResults, context: &Context) -> Self {
        let strings = context.strings;
        let total = results.total;
        let items = node_of("ol", "results").attribute("role", "list");
        let more = node_of("button", "more")
            .attribute("type", "button")
            .attribute("data-go", "more")
            .text(strings.show_more());
        let root = node_of("section", "list");
        let root = if route.is_home() {
            let newest =
                (total > 0).then(|| node_of("h2", "newest").text(strings.newest()));
            let empty = (total == 0).then(|| node("p").text(strings.empty_archive()));
            root.maybe(newest)
                .maybe(empty.map(|text| node_of("div", "nothing").child(&text)))
        } else {
            let root = if total == 0 {
                root
            } else {
                items.set("part", "results");
                let heading = node_of("h1", "visually-hidden")
                    .attribute("tabindex", "-1")
                    .text(strings.results_heading());
                root.child(&heading)
            };
            let SearchResults { corrections, is_relaxed, .. } = results;
            root.child(&list_tools(&route, context))
                .maybe(chips(&route, context))
                .maybe(search_notes(&route, corrections, *is_relaxed, context))
                .maybe((total == 0).then(|| nothing(&route, context)))
        };
        let root = root.child(&items).child(&more);
        Self { root, route, items, more, total, shown: 0 }
    }

    /// Puts an element before everything else.
    pub(crate) fn put_first(&self, element: &Node) {
        self.root.raw().prepend_with_node_1(element.raw()).ok();
    }

    /// Takes the filters in; on the home page below the ways to articles.
    pub(crate) fn attach_filters(&self, filters: &FilterPanel) {
        let front = self.root.find(".home-front");
        front.as_ref().unwrap_or(&self.root).append(&filters.root);
        self.say_filters_open(filters.is_open());
    }

    /// Says at the button whether the filters are open.
    pub(crate) fn say_filters_open(&self, is_open: bool) {
        if let Some(button) = self.root.find("[aria-controls=filters]") {
            button.set("aria-expanded", if is_open { "true" } else { "false" });
        }
    }

    /// Returns the ids of the articles before and after one, as far as they are listed.
    pub(crate) fn neighbors(&self, id: &str) -> (Option<String>, Option<String>) {
        let id_at = |position: u32| self.link(position)?.get_attribute("data-id");
        let Some(at) = (1..=self.shown).find(|&at| id_at(at).as_deref() == Some(id))
        else {
            return (None, None);
        };
        (id_at(at - 1), id_at(at + 1))
    }

    /// Appends more hits.
    pub(crate) fn add(&mut self, hits: &[HitView], context: &Context) {
        for hit in hits {
            let item = result_item(hit, &self.route, context);
            if !self.route.is_home() {
                item.set("part", "result");
            }
            self.items.append(&item);
        }
        self.shown += hits.len() as u32;
        self.more.toggle("hidden", self.shown >= self.total);
    }

    /// Returns the place that the list is at.
    pub(crate) fn route(&self) -> &Route {
        &self.route
    }

    /// Returns how many articles the list shows.
    pub(crate) fn shown(&self) -> u32 {
        self.shown
    }

    /// Returns how many articles there are.
    pub(crate) fn total(&self) -> u32 {
        self.total
    }

    /// Returns the link or button of the item at a position, from 1.
    pub(crate) fn link(&self, position: u32) -> Option<HtmlElement> {
        let item = self.items.raw().children().item(position.checked_sub(1)?)?;
        // An article that can't be read has a button only.
        item.query_selector("a,button").ok().flatten()?.dyn_into().ok()
    }

    /// Returns the position, from 1, of the item that an element belongs to; 0 when it
    /// belongs to none.
    pub(crate) fn position(&self, element: &Element) -> u32 {
        (1..=self.shown)
            .find(|&position| {
                let item = self.items.raw().children().item(position - 1);
                item.is_some_and(|item| item.contains(Some(element)))
            })
            .unwrap_or(0)
    }
}

/// Says that nothing was found, and what to try next.
fn nothing(route: &Route, context: &Context) -> Node {
    let strings = context.strings;
    let title = if route.query.is_empty() {
        strings.no_results_here().to_owned()
    } else {
        fill(strings.no_results_for(), &route.query)
    };
    let steps = node("ul").attribute("role", "list");
    let step = |place: &Route, label: &str| {
        steps.append(&node("li").child(&context.link(place).text(label)));
    };
    if route.filters.len() > 0 {
        step(&route.not_narrowed(), strings.without_filters());
    }
    step(&Route::everything(), strings.browse());
    node_of("section", "nothing")
        .child(&node("h1").attribute("tabindex", "-1").text(&title))
        .child(&node("p").text(strings.no_results_advice()))
        .child(&steps)
}
