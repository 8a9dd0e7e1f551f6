//! What can be typed into the search box, with examples, and what keys do.

use vitrine_dom::{Node, node, node_of};

use crate::{dialog::Dialog, strings::Strings};

/// Makes the panel.
pub(crate) fn query_help(dialog: Dialog, strings: &Strings) -> Dialog {
    let rows = [
        ("deep sea cable", strings.help_words()),
        ("\"deep sea\"", strings.help_phrase()),
        ("-cable", strings.help_without()),
        ("cable OR wire", strings.help_either()),
        ("harb*", strings.help_prefix()),
        ("+cables", strings.help_literal()),
        ("title:cable", strings.help_title()),
        ("author:\"Li Wei\" source:… section:… type:…", strings.help_author()),
        ("year:2013 year:2010..2015", strings.help_year()),
        ("before:2013-06 after:2010", strings.help_date()),
        ("lang:zh", strings.help_language()),
    ];
    let keys = [
        ("/", strings.key_search()),
        ("j k", strings.key_results()),
        ("o", strings.key_open()),
        ("n p", strings.key_matches()),
        ("c", strings.key_copy()),
        ("Shift ← →", strings.key_years()),
        ("?", strings.key_help()),
    ];
    dialog
        .titled(strings.help())
        .child(&list(&rows))
        .child(&node("h3").text(strings.keys()))
        .child(&list(&keys))
}

fn list(rows: &[(&str, &str)]) -> Node {
    rows.iter().fold(node_of("dl", "panel-help"), |list, (example, meaning)| {
        let example = node("code").attribute("dir", "ltr").text(example);
        list.child(&node("dt").child(&example)).child(&node("dd").text(meaning))
    })
}
