//! The values by which a list can be narrowed, with how many of its articles have them.

use std::cell::RefCell;

use vitrine_dom::{Node, focus, node, node_of};
use vitrine_reader::{FacetCount, Facets};

use super::{
    Context,
    list_tools::{field_label, value_label},
};
use crate::{
    filters::Field,
    route::Route,
    strings::{fill, number_text},
};

/// Values of a field that are shown at once; the others come out on demand.
const SHOWN: usize = 8;

/// The panel, which stays from one list to the next, so that it does not flicker.
#[derive(Debug)]
pub(crate) struct FilterPanel {
    /// The element.
    pub(crate) root: Node,
    /// The list whose values are shown.
    shown: RefCell<Option<Route>>,
}

impl FilterPanel {
    /// Makes an empty panel.
    pub(crate) fn new(context: &Context) -> Self {
        let root = node_of("section", "filters")
            .part("facets")
            .attribute("id", "filters")
            .attribute("tabindex", "-1")
            .attribute("aria-label", context.strings.filters());
        Self { root, shown: RefCell::default() }
    }

    /// Opens or closes the panel where it is not always open. Returns whether it is open now.
    pub(crate) fn toggle(&self) -> bool {
        let is_open = !self.is_open();
        self.root.toggle("data-open", is_open);
        is_open
    }

    /// Closes the panel.
    pub(crate) fn close(&self) {
        self.root.toggle("data-open", false);
    }

    /// Returns whether the reader has opened the panel.
    pub(crate) fn is_open(&self) -> bool {
        self.root.raw().has_attribute("data-open")
    }

    /// Returns whether the panel can be seen and does not show the values of a list yet.
    pub(crate) fn wants(&self, route: &Route) -> bool {
        let is_visible = self.root.raw().get_client_rects().length() > 0;
        is_visible && self.shown.borrow().as_ref() != Some(route)
    }

    /// Shows the values that articles of a list have.
    pub(crate) fn show(&self, facets: &Facets, route: &Route, context: &Context) {
        let groups = node_of("div", "filter-groups");
        let groups = Field::ALL.into_iter().fold(groups, |groups, field| {
            let values = match field {
                Field::Year => &facets.years,
                Field::Author => &facets.authors,
                Field::Section => &facets.sections,
                Field::Type => &facets.types,
                Field::Lang => &facets.langs,
                Field::Source => &facets.sources,
            };
            groups.maybe(group(field, values, route, context))
        });
        // Somebody who types years there goes on with it.
        let typed = self.root.find(".years :focus");
        if typed.is_some()
            && let [Some(old), Some(new)] =
                [&self.root, &groups].map(|all| all.find(".years"))
        {
            new.raw().replace_with_with_node_1(old.raw()).ok();
        }
        self.root.show(&groups);
        if let Some(typed) = typed {
            focus(typed.raw());
        }
        self.shown.replace(Some(route.clone()));
    }
}

/// Returns the values of a field; one that all articles have would tell nothing.
fn group(
    field: Field,
    values: &[FacetCount],
    route: &Route,
    context: &Context,
) -> Option<Node> {
    let current = route.filters.get(field);
    let is_year = field == Field::Year;
    if values.len() < 2 && !(is_year && current.is_some()) {
        return None;
    }
    let (first, rest) = values.split_at(values.len().min(SHOWN));
    let list = |values: &[FacetCount]| {
        let list = node("ul").attribute("role", "list");
        list.children(values.iter().map(|facet| value(field, facet, route, context)))
    };
    let rest = (!rest.is_empty()).then(|| {
        let count = number_text(rest.len() as u32, context.strings);
        let label = fill(context.strings.more_values(), &count);
        node("details").child(&node("summary").text(&label)).child(&list(rest))
    });
    let group = node_of("div", "filter-group")
        .child(&node("h2").text(field_label(field, context)))
        .child(&list(first))
        .maybe(rest)
        .maybe(is_year.then(|| years(current, context)));
    Some(group)
}

fn value(field: Field, facet: &FacetCount, route: &Route, context: &Context) -> Node {
    let label = value_label(field, &facet.value, context);
    let link = context
        .link(&route.narrowed(field, &facet.value))
        .child(&node("bdi").text(&label))
        .text(" ")
        .child(
            &node_of("span", "count").text(&number_text(facet.count, context.strings)),
        );
    if route.filters.get(field) == Some(&facet.value) {
        link.set("aria-current", "true");
    }
    node("li").child(&link)
}

/// Returns the form for a span of years.
fn years(current: Option<&str>, context: &Context) -> Node {
    let strings = context.strings;
    let current = current.unwrap_or_default();
    let (first, last) = current.split_once("..").unwrap_or((current, current));
    let field = |name: &'static str, label: &str, value: &str| {
        node("input")
            .attribute("name", name)
            .attribute("aria-label", label)
            .attribute("inputmode", "numeric")
            .attribute("maxlength", "4")
            .attribute("size", "4")
            .attribute("autocomplete", "off")
            .attribute("value", value)
    };
    let apply = node("button").attribute("type", "submit").text(strings.apply());
    // For the slider, which is loaded when it is wanted.
    let (from, to) = context.years.unwrap_or_default();
    node_of("form", "years")
        .attribute("data-first", &from.to_string())
        .attribute("data-last", &to.to_string())
        .child(&field("from", strings.first_year(), first))
        .text("–")
        .child(&field("to", strings.last_year(), last))
        .child(&apply)
}
