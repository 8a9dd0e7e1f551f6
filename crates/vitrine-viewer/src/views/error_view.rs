//! A failure, in words.

use vitrine_dom::{Node, node, node_of};

use super::Context;
use crate::failure::Failure;

/// Returns the view of a failure; `is_from_file` when the page was opened from a folder.
pub(crate) fn error_view(
    failure: &Failure,
    is_from_file: bool,
    context: &Context,
) -> Node {
    let strings = context.strings;
    let (what, advice) = failure.words(strings);
    let unzip = failure.is_missing_file() && is_from_file;
    node_of("section", "failure")
        .attribute("role", "alert")
        .child(&node("h1").attribute("tabindex", "-1").text(what))
        .maybe(unzip.then(|| node("p").text(strings.unzip_advice())))
        .child(&node("p").text(advice))
        .child(&detail(failure))
        .child(&retry_button(context))
}

/// Returns the error and its causes, with the name of the file.
pub(super) fn detail(failure: &Failure) -> Node {
    node_of("p", "detail").attribute("lang", "en").text(&failure.report.message)
}

pub(super) fn retry_button(context: &Context) -> Node {
    node("button")
        .attribute("type", "button")
        .attribute("data-go", "retry")
        .text(context.strings.try_again())
}
