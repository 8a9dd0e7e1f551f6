//! What can be typed into the search box, with examples.

use super::Context;
use crate::dom::{Node, node, node_of};

/// Returns the button that opens the help, and the help.
pub(crate) fn query_help(context: &Context) -> (Node, Node) {
    let strings = context.strings;
    let rows = [
        ("deep sea cable", strings.help_words),
        ("\"deep sea\"", strings.help_phrase),
        ("-cable", strings.help_without),
        ("cable OR wire", strings.help_either),
        ("harb*", strings.help_prefix),
        ("+cables", strings.help_literal),
        ("title:cable", strings.help_title),
        ("author:\"Li Wei\" source:… section:…", strings.help_author),
        ("year:2013 year:2010..2015", strings.help_year),
        ("before:2013-06 after:2010", strings.help_date),
        ("lang:zh", strings.help_language),
    ];
    let button = node_of("button", "help-button")
        .attribute("type", "button")
        .attribute("popovertarget", "help")
        .attribute("aria-label", strings.help)
        .attribute("title", strings.help)
        .text("?");
    let list = rows.iter().fold(node("dl"), |list, (example, meaning)| {
        let example = node("code").attribute("dir", "ltr").text(example);
        list.child(&node("dt").child(&example)).child(&node("dd").text(meaning))
    });
    let help = node_of("section", "help")
        .attribute("id", "help")
        .attribute("popover", "")
        .attribute("aria-label", strings.help)
        .child(&node("h2").text(strings.help))
        .child(&list);
    (button, help)
}
