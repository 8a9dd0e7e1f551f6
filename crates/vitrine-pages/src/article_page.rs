//! The page of an article.

use maud::{Markup, html};
use vitrine_article::{Article, Inline, RelationKind, is_safe_link};
use vitrine_cite::{Reference, Style, cite};
use vitrine_words::direction;

use crate::{
    Site,
    address::{article_path, up, viewer_address},
    body::Body,
    frame::Frame,
    lists::{author_path, section_path, year_path},
    metadata::{language, tags},
    words::Words,
};

/// Returns the page of an article; `words` are those of its language.
pub(crate) fn article_page(site: &Site, article: &Article, words: &Words) -> Vec<u8> {
    let path = article_path(&article.id);
    let (up, strings) = (up(&path), &words.strings);
    let metadata = &article.metadata;
    let title =
        if metadata.title.is_empty() { strings.untitled() } else { &metadata.title };
    let (lang, dir) = language(&metadata.lang);
    let own = (metadata.lang != words.tag).then_some(words.tag);
    let own_direction = own.map(direction);
    let content = html! {
        article lang=[lang] dir=(dir) {
            h1 { (title) }
            p.facts lang=[own] dir=[own_direction] { (facts(article, words, &up)) }
            @if let Some(summary) = &metadata.r#abstract {
                section.abstract role="doc-abstract" {
                    h2 lang=[own] dir=[own_direction] { (strings.abstract_title()) }
                    p { (summary) }
                }
            }
            (Body::new(article, strings, &up).write())
        }
        aside lang=[own] dir=[own_direction] {
            (attachments(article, words, &up))
            (relations(article, words, &up))
            (citation(site, article, words))
        }
    };
    let frame = Frame {
        site,
        words,
        path: &path,
        lang: &metadata.lang,
        title,
        head: tags(site, article),
        viewer: &viewer_address(&article.id),
    };
    frame.around(&content)
}

fn facts(article: &Article, words: &Words, up: &str) -> Markup {
    let metadata = &article.metadata;
    html! {
        @for author in &metadata.authors {
            a rel="author" href={ (up) (author_path(author)) } { bdi { (author) } } " "
        }
        a href={ (up) (year_path(metadata.date)) } {
            @if let Some(date) = metadata.date {
                time datetime=(date) { (date) }
            } @else {
                (words.strings.undated())
            }
        }
        @if let Some(section) = &metadata.section {
            " " a href={ (up) (section_path(section)) } { bdi { (section) } }
        }
        @if let Some(source) = &metadata.source { " " bdi { (source) } }
        @if let Some(url) = metadata.url.as_deref().filter(|url| is_safe_link(url)) {
            " " a href=(url) rel="noopener noreferrer" { (words.strings.original()) }
        }
    }
}

fn attachments(article: &Article, words: &Words, up: &str) -> Markup {
    let files = || {
        let assets = article.assets.iter();
        assets.filter_map(|asset| Some((asset, asset.file.as_ref()?)))
    };
    let files = || files().filter(|(_, file)| !file.kind.is_image());
    html! {
        @if files().next().is_some() {
            h2 { (words.strings.attachments()) }
            ul {
                @for (asset, file) in files() {
                    li {
                        a href={ (up) (file.path()) } { bdi { (name(&asset.address)) } }
                        " " (file.kind.extension().to_ascii_uppercase())
                    }
                }
            }
        }
    }
}

/// The name that an address gives a file, for people.
fn name(address: &str) -> String {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let name = path.rsplit('/').next().unwrap_or_default();
    percent_encoding::percent_decode_str(name).decode_utf8_lossy().into_owned()
}

fn relations(article: &Article, words: &Words, up: &str) -> Markup {
    html! {
        @if !article.relations.is_empty() {
            ul.relations {
                @for relation in &article.relations {
                    li {
                        (match relation.kind {
                            RelationKind::EarlierPart => words.strings.earlier_part(),
                            RelationKind::LaterPart => words.strings.later_part(),
                            RelationKind::Translation => words.strings.translation(),
                        }) ": "
                        a href={ (up) (article_path(&relation.id)) }
                            lang=[language(&relation.lang).0] dir=(direction(&relation.lang)) {
                            (relation.title)
                        }
                    }
                }
            }
        }
    }
}

fn citation(site: &Site, article: &Article, words: &Words) -> Markup {
    let page = site.base_url.as_ref().map(|base| base.join(&article_path(&article.id)));
    let reference = Reference::new(article, &site.title, page.as_deref(), None);
    let style = if words.tag.starts_with("zh") { Style::Gbt7714 } else { Style::Apa };
    html! {
        h2 { (words.strings.cite()) }
        p.citation lang=[language(&article.metadata.lang).0] dir="auto" {
            @for inline in cite(&reference, style) {
                @if let Inline::Emphasis { .. } = &inline {
                    cite { (inline.plain_text()) }
                } @else {
                    (inline.plain_text())
                }
            }
        }
    }
}
