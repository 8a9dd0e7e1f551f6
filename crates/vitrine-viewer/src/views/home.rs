//! The home page: the facts of an archive, and the ways into it.

use vitrine_dom::{Node, node_of};
use vitrine_reader::{ArchiveInfo, Sort};

use super::{Context, panel_button::panel_button, timeline::timeline};
use crate::{dates::years_text, route::Route, strings::count_text};

/// Languages that are named; an archive of more says so by its articles.
const NAMED_LANGUAGES: usize = 4;

/// Returns the line below the search box: `65 articles · 2009–2016 · English, Chinese`.
pub(crate) fn facts(info: &ArchiveInfo, context: &Context) -> String {
    let strings = context.strings;
    let count = count_text(
        info.article_count,
        strings.article_one(),
        strings.article_many(),
        strings,
    );
    let years = info.first_date.zip(info.last_date);
    let languages: Vec<String> = info
        .languages
        .iter()
        .filter(|language| language.lang != "und")
        .take(NAMED_LANGUAGES)
        .map(|language| context.language_name(&language.lang))
        .collect();
    let facts = [
        Some(count),
        years.map(|(first, last)| years_text(first.year(), last.year())),
        (!languages.is_empty()).then(|| context.names(&languages)),
    ];
    facts.into_iter().flatten().collect::<Vec<_>>().join(strings.separator())
}

/// Returns what stands before the newest articles: the years, and ways to articles.
pub(crate) fn home_front(info: &ArchiveInfo, context: &Context) -> Node {
    let strings = context.strings;
    let random = node_of("button", "panel-button")
        .attribute("type", "button")
        .attribute("data-go", "random")
        .text(strings.random());
    let oldest = Route::everything().sorted(Sort::Oldest);
    let ways = node_of("div", "browse")
        .child(&context.link(&Route::everything()).text(strings.browse()))
        .child(&context.link(&oldest).text(strings.oldest()))
        .child(&random)
        .maybe(context.may_remember.then(|| panel_button("kept", strings.kept())));
    node_of("div", "home-front")
        .maybe(timeline(&info.years, context))
        .maybe((info.article_count > 0).then_some(ways))
}
