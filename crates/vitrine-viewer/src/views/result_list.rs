//! A list of articles: results, or the newest ones.

use vitrine_reader::HitView;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::{Context, result_item::result_item};
use crate::{
    dom::{Node, node, node_of},
    route::Route,
    strings::fill,
};

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
    /// Makes a list of the first `hits` of `total`: on the home page the newest articles,
    /// elsewhere the results of the query.
    pub(crate) fn new(
        route: Route,
        hits: &[HitView],
        total: u32,
        context: &Context,
    ) -> Self {
        let strings = context.strings;
        let items = node_of("ol", "results").attribute("role", "list");
        let more = node_of("button", "more")
            .attribute("type", "button")
            .attribute("data-go", "more")
            .text(strings.show_more);
        let root = if total == 0 {
            nothing(&route, context)
        } else if route.is_home() {
            let heading = node_of("h2", "newest").text(strings.newest);
            node_of("section", "list").child(&heading).child(&items).child(&more)
        } else {
            items.set("part", "results");
            let heading = node_of("h1", "visually-hidden").text(strings.results_heading);
            node_of("section", "list").child(&heading).child(&items).child(&more)
        };
        let mut list = Self { root, route, items, more, total, shown: 0 };
        list.add(hits, context);
        list
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

    /// Returns the link of the item at a position, from 1.
    pub(crate) fn link(&self, position: u32) -> Option<HtmlElement> {
        let item = self.items.raw().children().item(position.checked_sub(1)?)?;
        item.query_selector("a").ok().flatten()?.dyn_into().ok()
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

fn nothing(route: &Route, context: &Context) -> Node {
    let strings = context.strings;
    let view = node_of("section", "nothing");
    if route.is_home() {
        return view.child(&node("p").text(strings.empty_archive));
    }
    let heading = node("h1").text(&fill(strings.no_results_for, &route.query));
    view.child(&heading).child(&node("p").text(strings.no_results_advice))
}
