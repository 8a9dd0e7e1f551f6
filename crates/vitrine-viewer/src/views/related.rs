//! Where to go from the end of an article.

use vitrine_dom::{Node, node, node_of};
use vitrine_reader::HitView;

use super::{
    Context,
    result_item::{date, separated, title_text},
};
use crate::route::Route;

/// Returns the articles that are like this one, if there are any.
pub(crate) fn related(
    hits: &[HitView],
    place: &Route,
    context: &Context,
) -> Option<Node> {
    let list = node("ul").attribute("role", "list");
    let list = list.children(hits.iter().map(|hit| {
        let link = node("a")
            .attribute("href", &context.href(&place.article(&hit.id)))
            .attribute("data-id", &hit.id);
        let facts = [
            Some(date(hit.date, context)),
            hit.source.as_deref().map(|source| node_of("span", "source").text(source)),
        ];
        node("li").child(&title_text(link, hit, context)).child(&separated(
            node_of("span", "related-facts"),
            facts,
            context,
        ))
    }));
    (!hits.is_empty()).then(|| {
        node_of("section", "related")
            .part("related")
            .child(&node("h2").text(context.strings.related()))
            .child(&list)
    })
}

/// Returns the links to the results before and after this one, by their ids.
pub(crate) fn result_steps(
    (previous, next): (Option<String>, Option<String>),
    place: &Route,
    context: &Context,
) -> Option<Node> {
    let strings = context.strings;
    let step = |id: &str, label: &str, relation: &str| {
        node("a")
            .attribute("href", &context.href(&place.article(id)))
            .attribute("data-id", id)
            .attribute("data-step", "")
            .attribute("rel", relation)
            .text(label)
    };
    let has_any = previous.is_some() || next.is_some();
    let nav = node_of("nav", "steps")
        .attribute("aria-label", strings.results_heading())
        .maybe(previous.map(|id| step(&id, strings.previous_result(), "prev")))
        .maybe(next.map(|id| step(&id, strings.next_result(), "next")));
    has_any.then_some(nav)
}

/// Returns the links to the articles that appeared just before and just after this one.
pub(crate) fn date_steps(
    (before, after): &(Option<HitView>, Option<HitView>),
    place: &Route,
    context: &Context,
) -> Option<Node> {
    let strings = context.strings;
    let step = |hit: &HitView, label: &str| {
        let link = node("a")
            .attribute("href", &context.href(&place.article(&hit.id)))
            .attribute("data-id", &hit.id);
        node("li")
            .child(&node_of("span", "kind").text(label))
            .child(&title_text(link, hit, context))
    };
    let has_any = before.is_some() || after.is_some();
    let list = node("ul")
        .attribute("role", "list")
        .maybe(before.as_ref().map(|hit| step(hit, strings.appeared_before())))
        .maybe(after.as_ref().map(|hit| step(hit, strings.appeared_after())));
    let nav = node_of("nav", "date-steps")
        .attribute("aria-label", strings.by_date())
        .child(&list);
    has_any.then_some(nav)
}
