//! What can be typed into the search box, with examples.

use vitrine_dom::{node, node_of};

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
        ("author:\"Li Wei\" source:… section:…", strings.help_author()),
        ("year:2013 year:2010..2015", strings.help_year()),
        ("before:2013-06 after:2010", strings.help_date()),
        ("lang:zh", strings.help_language()),
    ];
    let list = node_of("dl", "panel-help");
    let list = rows.iter().fold(list, |list, (example, meaning)| {
        let example = node("code").attribute("dir", "ltr").text(example);
        list.child(&node("dt").child(&example)).child(&node("dd").text(meaning))
    });
    dialog.titled(strings.help()).child(&list)
}
