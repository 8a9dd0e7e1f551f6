//! One result.

use vitrine_article::PartialDate;
use vitrine_dom::{Node, node, node_of};
use vitrine_reader::{HitView, ReadError};

use super::{
    Context,
    error_view::{detail, retry_button},
    marked_text::marked,
};
use crate::{dates::date_text, failure::Failure, route::Route};

/// Returns the list item of a hit; `list` is the place that the list is at.
pub(crate) fn result_item(hit: &HitView, list: &Route, context: &Context) -> Node {
    if let Some(error) = &hit.unread {
        return unread_item(error, context);
    }
    let link = node("a")
        .attribute("href", &context.href(&list.article(&hit.id)))
        .attribute("data-id", &hit.id);
    let link = title_text(link, hit, context);
    let snippet = node_of("p", "snippet").language(&hit.lang);
    let facts = [
        Some(date(hit.date, context)),
        names(hit.authors.iter().map(|name| node("bdi").text(name)), context),
        hit.source.as_deref().map(|source| node_of("span", "source").text(source)),
    ];
    // The newest articles stand below a heading of their own.
    let heading = if list.is_home() { "h3" } else { "h2" };
    node_of("li", "result")
        .child(&node_of(heading, "result-title").child(&link))
        .child(&separated(node_of("p", "result-facts"), facts, context))
        .maybe((!hit.snippet.is_empty()).then(|| marked(snippet, &hit.snippet)))
}

/// Returns the list item of an article that can't be read: which file is at fault, and a way to
/// try again.
fn unread_item(error: &ReadError, context: &Context) -> Node {
    let failure = Failure::from(error.clone());
    let (what, _) = failure.words(context.strings);
    node_of("li", "result")
        .child(&node("p").text(what))
        .child(&detail(&failure))
        .child(&retry_button(context))
}

/// Returns the names of authors, each apart from the others in its direction; nothing where
/// there is none.
pub(crate) fn names(
    authors: impl IntoIterator<Item = Node>,
    context: &Context,
) -> Option<Node> {
    let mut all = None;
    for author in authors {
        let before = match all.take() {
            Some(before) => Node::text(before, context.strings.name_separator()),
            None => node_of("span", "authors"),
        };
        all = Some(before.child(&author));
    }
    all
}

/// Appends the title of a hit, or that it has none, to its link.
pub(crate) fn title_text(link: Node, hit: &HitView, context: &Context) -> Node {
    if hit.title.iter().all(|span| span.text.trim().is_empty()) {
        link.text(context.strings.untitled())
    } else {
        marked(link.language(&hit.lang), &hit.title)
    }
}

/// Returns the element of a date.
pub(crate) fn date(date: Option<PartialDate>, context: &Context) -> Node {
    match date {
        Some(date) => node("time")
            .attribute("datetime", &date.to_string())
            .text(&date_text(date, context.strings)),
        None => node_of("span", "undated").text(context.strings.undated()),
    }
}

/// Appends the facts that there are, with dots between them.
pub(crate) fn separated(
    parent: Node,
    facts: impl IntoIterator<Item = Option<Node>>,
    context: &Context,
) -> Node {
    let dot = || node_of("span", "dot").text(context.strings.separator());
    facts.into_iter().flatten().enumerate().fold(parent, |parent, (position, fact)| {
        parent.maybe((position > 0).then(dot)).child(&fact)
    })
}
