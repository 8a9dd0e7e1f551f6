//! The home page: the facts of an archive, and the ways into it.

use vitrine_article::is_safe_link;
use vitrine_dom::{Node, node, node_of};
use vitrine_reader::{ArchiveInfo, Sort};

use super::{
    Context, article_body::outside_link, assets::picture, panel_button::panel_button,
    result_item::separated, timeline::timeline,
};
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

/// Returns what the owner says about the archive, if anything is said.
fn about(info: &ArchiveInfo, context: &Context) -> Option<Node> {
    let about = &info.about;
    let outside = |text: &str, url: &str| {
        let link = if is_safe_link(url) { outside_link(url) } else { node("span") };
        let text = if text.is_empty() { url } else { text };
        (!text.is_empty()).then(|| link.text(text))
    };
    let facts = [
        outside(&about.institution, &about.institution_url),
        outside(&about.license, &about.license_url),
    ];
    let is_empty = facts.iter().all(Option::is_none) && about.description.is_empty();
    let line = separated(node_of("p", "about-facts"), facts, context);
    let description = (!about.description.is_empty())
        .then(|| node_of("p", "description").text(&about.description));
    let logo = about.logo.as_ref();
    let section = node_of("section", "about")
        .maybe(logo.map(|logo| picture(logo, &about.institution, context)))
        .maybe(description)
        .child(&line);
    (!is_empty || logo.is_some()).then(|| match about.languages.first() {
        Some(tag) => section.language(tag),
        None => section,
    })
}

/// Returns what stands before the newest articles: the years, and ways to articles.
pub(crate) fn home_front(info: &ArchiveInfo, context: &Context) -> Node {
    let strings = context.strings;
    let random = node_of("button", "panel-button")
        .attribute("type", "button")
        .attribute("data-go", "random")
        .text(strings.random());
    let by = node_of("button", "panel-button")
        .attribute("type", "button")
        .attribute("data-go", "filters")
        .attribute("aria-controls", "filters")
        .attribute("aria-expanded", "false")
        .text(strings.browse_by());
    let oldest = Route::everything().sorted(Sort::Oldest);
    let ways = node_of("div", "browse")
        .child(&context.link(&Route::everything()).text(strings.browse()))
        .child(&context.link(&oldest).text(strings.oldest()))
        .child(&by)
        .child(&random)
        .maybe(context.may_remember.then(|| panel_button("kept", strings.kept())));
    node_of("div", "home-front")
        .maybe(about(info, context))
        .maybe(timeline(info, context))
        .maybe((info.article_count > 0).then_some(ways))
}
