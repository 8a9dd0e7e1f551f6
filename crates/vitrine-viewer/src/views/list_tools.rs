//! What stands above a list: the order, what narrows it, and the way to the filters.

use vitrine_dom::{Node, node, node_of};
use vitrine_reader::Sort;

use super::{Context, panel_button::panel_button};
use crate::{
    dates::years_text,
    filters::{Field, order_name},
    route::Route,
    strings::fill,
};

/// Returns the tools of a list.
pub(crate) fn list_tools(route: &Route, context: &Context) -> Node {
    let strings = context.strings;
    let count = route.filters.len();
    let filters = node_of("button", "filters-button")
        .part("facets")
        .attribute("type", "button")
        .attribute("data-go", "filters")
        .attribute("aria-controls", "filters")
        .attribute("aria-expanded", "false")
        .text(strings.filters());
    let filters = if count > 0 { filters.text(&format!(" ({count})")) } else { filters };
    node_of("div", "tools")
        .child(&filters)
        .child(&order(route, context))
        .maybe(context.may_remember.then(|| panel_button("kept", strings.save_search())))
        .child(&panel_button("export", strings.export()))
}

/// Returns the choice of the order. Without words nothing is more relevant than the rest.
fn order(route: &Route, context: &Context) -> Node {
    let strings = context.strings;
    let orders = [
        (Sort::Relevance, strings.by_relevance()),
        (Sort::Newest, strings.by_newest()),
        (Sort::Oldest, strings.by_oldest()),
        (Sort::Title, strings.by_title()),
    ];
    let select =
        node_of("select", "order").part("order").attribute("aria-label", strings.sort());
    let has_words = !route.query.is_empty();
    let options = orders.iter().filter(|(sort, _)| has_words || *sort != Sort::Relevance);
    select.children(options.map(|&(sort, label)| {
        let option = node("option").attribute("value", order_name(sort)).text(label);
        option.toggle("selected", sort == route.sort);
        option
    }))
}

/// Returns what narrows a list, each with a link that takes it away.
pub(crate) fn chips(route: &Route, context: &Context) -> Option<Node> {
    let strings = context.strings;
    let list = node_of("ul", "chips").attribute("role", "list");
    let chip = |label: &str, what: &str, place: &Route| {
        let link = context
            .link(place)
            .attribute("class", "chip")
            .attribute("aria-label", &fill(strings.remove_filter(), what))
            .child(&node("bdi").text(label))
            .child(&node_of("span", "cross").attribute("aria-hidden", "true").text("×"));
        node("li").child(&link)
    };
    let list = list.children(route.filters.iter().map(|(field, value)| {
        let label = value_label(field, value, context);
        let what = [field_label(field, context), ": ", &label].concat();
        chip(&label, &what, &route.narrowed(field, ""))
    }));
    let all = (route.filters.len() > 1).then(|| {
        node("li")
            .child(&context.link(&route.not_narrowed()).text(strings.remove_filters()))
    });
    (route.filters.len() > 0).then(|| list.maybe(all))
}

/// Returns what a field is called.
pub(crate) fn field_label(field: Field, context: &Context) -> &'static str {
    let strings = context.strings;
    match field {
        Field::Year => strings.year(),
        Field::Author => strings.author(),
        Field::Section => strings.section(),
        Field::Type => strings.text_type(),
        Field::Lang => strings.language(),
        Field::Source => strings.source(),
    }
}

/// Returns a value of a field as people write it.
pub(crate) fn value_label(field: Field, value: &str, context: &Context) -> String {
    match field {
        Field::Lang => context.language_name(value),
        Field::Year => match value.split_once("..") {
            Some((first, last)) => match (first.parse(), last.parse()) {
                (Ok(first), Ok(last)) => years_text(first, last),
                _ => [first, "–", last].concat(),
            },
            None => value.to_owned(),
        },
        _ => value.to_owned(),
    }
}
