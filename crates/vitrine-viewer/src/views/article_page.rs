//! An article to read.

use vitrine_article::{Article, Block, Relation, RelationKind};
use vitrine_dom::{Node, node, node_of, recall, window};
use vitrine_reader::ArticleView;

use super::{
    Context,
    assets::attachments,
    marked_text::{marked, plain},
    panel_button::panel_button,
    provenance::provenance,
    result_item::{date, names, separated},
};
use crate::{
    filters::Field,
    reading_time::reading_minutes,
    route::Route,
    strings::{fill, number_text},
};

/// Headings from which on an article has a table of contents.
const MIN_HEADINGS: usize = 3;

/// Returns the page of an article, of which the body is empty; `list` is the place that it is
/// left for.
pub(crate) fn article_page(view: &ArticleView, list: &Route, context: &Context) -> Node {
    let metadata = &view.article.metadata;
    let heading = node("h1").attribute("tabindex", "-1");
    let heading = if plain(&view.title).trim().is_empty() {
        heading.text(context.strings.untitled())
    } else {
        marked(heading, &view.title)
    };
    let header = node_of("header", "article-header")
        .child(&heading)
        .child(&byline(&view.article, context))
        .child(&acts(&view.article, context))
        .maybe(relations(&view.article.relations, list, context));
    let here = Route::default().article(&view.article.id);
    let article = node_of("article", "article")
        .part("article")
        .language(&metadata.lang)
        .child(&header)
        .maybe(metadata.r#abstract.as_deref().map(|text| summary(text, context)))
        .child(&node_of("div", "body").attribute("data-article", &here.fragment()))
        .maybe(attachments(&view.article, context))
        .child(&provenance(&view.article, context));
    node_of("div", "article-page").child(&way_back(list, context)).child(&article)
}

/// Returns what the article says in short.
fn summary(text: &str, context: &Context) -> Node {
    let title = context.strings.abstract_title();
    let heading = node("h2").language(context.language.tag()).text(title);
    node_of("section", "abstract")
        .attribute("role", "doc-abstract")
        .child(&heading)
        .child(&node("p").text(text))
}

/// Returns what can be done with the article.
fn acts(article: &Article, context: &Context) -> Node {
    let strings = context.strings;
    let is_heading = |block: &&Block| matches!(block, Block::Heading { .. });
    let is_long = article.blocks.iter().filter(is_heading).count() >= MIN_HEADINGS;
    let is_marked =
        || recall(&[&context.kept("mark"), "#", &article.id].concat()).is_some();
    let mark = context.may_remember.then(|| {
        let label = if is_marked() { strings.bookmarked() } else { strings.bookmark() };
        panel_button("kept", label)
    });
    let can_speak = js_sys::Reflect::has(&window(), &"speechSynthesis".into());
    let aloud = can_speak.unwrap_or(false).then(|| {
        let button = panel_button("aloud", strings.read_aloud());
        button.unset("aria-haspopup");
        button
    });
    node_of("div", "article-acts")
        .language(context.language.tag())
        .child(&panel_button("cite", strings.cite()))
        .maybe(mark)
        .maybe(aloud)
        .maybe(is_long.then(|| panel_button("contents", strings.contents())))
}

/// Returns the page that stands in for an article that is not in the archive.
pub(crate) fn missing_article(list: &Route, context: &Context) -> Node {
    let message = node_of("section", "nothing")
        .attribute("role", "alert")
        .child(&node("h1").attribute("tabindex", "-1").text(context.strings.not_found()))
        .child(&node("p").text(context.strings.not_found_advice()));
    node_of("div", "article-page").child(&way_back(list, context)).child(&message)
}

fn way_back(list: &Route, context: &Context) -> Node {
    let strings = context.strings;
    let label = if list.is_home() {
        strings.back_to_archive()
    } else {
        strings.back_to_results()
    };
    let link = node("a")
        .attribute("href", &context.href(list))
        .attribute("data-go", "list")
        .child(&node_of("span", "arrow").attribute("aria-hidden", "true").text("←"))
        .text(label);
    // No landmark: links to what belongs with the article may be one.
    node_of("div", "way-back").child(&link)
}

/// Links to what belongs with the article: parts of its series, translations.
fn relations(relations: &[Relation], place: &Route, context: &Context) -> Option<Node> {
    let strings = context.strings;
    let mut list = node("ul");
    for Relation { kind, id, title, lang } in relations {
        let term = match kind {
            RelationKind::EarlierPart => strings.earlier_part(),
            RelationKind::LaterPart => strings.later_part(),
            RelationKind::Translation => strings.translation(),
        };
        let link = node("a")
            .attribute("href", &context.href(&place.article(id)))
            .attribute("data-id", id)
            .language(lang)
            .text(if title.is_empty() { strings.untitled() } else { title });
        let item = node("li").child(&node_of("span", "kind").text(term)).child(&link);
        list = list.child(&item);
    }
    let nav = node_of("nav", "relations").language(context.language.tag()).child(&list);
    (!relations.is_empty()).then_some(nav)
}

/// Says by whom, where and when an article appeared, each with the way to others of the kind,
/// and how long it takes to read.
fn byline(article: &Article, context: &Context) -> Node {
    let Article { metadata, .. } = article;
    let others = |field: Field, value: &String| {
        context.link(&Route::default().narrowed(field, value)).text(value)
    };
    let authors = metadata.authors.iter().map(|name| others(Field::Author, name));
    let minutes = reading_minutes(&article.plain_text());
    let minutes = number_text(minutes, context.strings);
    let facts = [
        Some(date(metadata.date, context)),
        names(authors, context),
        metadata.source.as_ref().map(|source| others(Field::Source, source)),
        metadata.section.as_ref().map(|section| others(Field::Section, section)),
        metadata.r#type.as_ref().map(|of_text| others(Field::Type, of_text)),
        (metadata.lang != "und")
            .then(|| node("span").text(&context.language_name(&metadata.lang))),
        Some(
            node_of("span", "reading-time")
                .text(&fill(context.strings.reading_time(), &minutes)),
        ),
    ];
    let line = node_of("div", "byline").language(context.language.tag());
    separated(line, facts, context)
}
