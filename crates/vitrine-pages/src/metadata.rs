//! What programs read in the head of an article's page: Dublin Core, the `citation_` tags of
//! reference managers and Google Scholar, Open Graph, JSON-LD.

use maud::{Markup, PreEscaped, html};
use serde_json::{Map, Value, json};
use vitrine_article::{Article, Block, PartialDate};
use vitrine_words::direction;

use crate::{Site, address::article_path};

/// Most characters of a description.
const DESCRIPTION_LEN: usize = 200;

/// Returns the tags of an article's page.
pub(crate) fn tags(site: &Site, article: &Article) -> Markup {
    let metadata = &article.metadata;
    let description = description(article);
    let page = site.base_url.as_ref().map(|base| base.join(&article_path(&article.id)));
    let picture = picture(site, article);
    let publisher = site.publisher();
    html! {
        meta name="description" content=(description);
        @for author in &metadata.authors { meta name="author" content=(author); }

        link rel="schema.DC" href="http://purl.org/dc/elements/1.1/";
        link rel="schema.DCTERMS" href="http://purl.org/dc/terms/";
        meta name="DC.title" content=(metadata.title);
        @for author in &metadata.authors { meta name="DC.creator" content=(author); }
        @if let Some(date) = metadata.date {
            meta name="DC.date" content=(date);
            meta name="DCTERMS.issued" content=(date);
        }
        @if let Some(summary) = &metadata.r#abstract {
            meta name="DCTERMS.abstract" content=(summary);
            meta name="citation_abstract" content=(summary);
        }
        meta name="DC.language" content=(metadata.lang);
        meta name="DC.publisher" content=(publisher);
        meta name="DC.type" content="Text";
        meta name="DC.format" content="text/html";
        @if let Some(page) = &page { meta name="DC.identifier" content=(page); }
        @if let Some(source) = &metadata.source { meta name="DC.source" content=(source); }
        @if let Some(url) = &metadata.url { meta name="DC.relation" content=(url); }
        @if let Some(section) = &metadata.section { meta name="DC.subject" content=(section); }
        @if !site.rights().is_empty() { meta name="DC.rights" content=(site.rights()); }

        meta name="citation_title" content=(metadata.title);
        @for author in &metadata.authors { meta name="citation_author" content=(author); }
        @if let Some(date) = metadata.date {
            meta name="citation_publication_date" content=(date.to_string().replace('-', "/"));
        }
        meta name="citation_journal_title"
            content=(metadata.source.as_deref().unwrap_or(&site.title));
        meta name="citation_publisher" content=(publisher);
        meta name="citation_language" content=(metadata.lang);
        @if let Some(page) = &page {
            meta name="citation_fulltext_html_url" content=(page);
            meta name="citation_public_url" content=(page);
        }

        meta property="og:type" content="article";
        meta property="og:title" content=(metadata.title);
        meta property="og:description" content=(description);
        meta property="og:site_name" content=(site.title);
        meta property="og:locale" content=(metadata.lang.replace('-', "_"));
        @if let Some(page) = &page { meta property="og:url" content=(page); }
        @if let Some(picture) = &picture { meta property="og:image" content=(picture); }
        @if let Some(date) = metadata.date {
            meta property="article:published_time" content=(date);
        }
        @if let Some(section) = &metadata.section {
            meta property="article:section" content=(section);
        }

        script type="application/ld+json" {
            (json_ld(site, article, &description, page.as_deref(), picture.as_deref()))
        }
    }
}

/// Returns the beginning of an article's abstract, or else of its text, in one line.
pub(crate) fn description(article: &Article) -> String {
    let summary = article.metadata.r#abstract.as_ref();
    let mut text = summary.cloned().unwrap_or_default();
    let is_text = |block: &&Block| matches!(block, Block::Paragraph { .. });
    let is_told = summary.is_some();
    for block in article.blocks.iter().filter(|_| !is_told).filter(is_text) {
        for word in block.as_plain_text().split_whitespace() {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(word);
        }
        if text.len() > 4 * DESCRIPTION_LEN {
            break;
        }
    }
    match text.char_indices().nth(DESCRIPTION_LEN) {
        None => text,
        Some((end, _)) => {
            let cut = text.get(..end).unwrap_or_default();
            // Languages that put no spaces between words are cut anywhere.
            let words = cut.rfind(' ').filter(|&at| 2 * at > end);
            [cut.get(..words.unwrap_or(end)).unwrap_or(cut), "…"].concat()
        }
    }
}

/// The first picture of an article, by its whole address.
fn picture(site: &Site, article: &Article) -> Option<String> {
    let base = site.base_url.as_ref()?;
    let mut files = article.blocks.iter().filter_map(|block| match block {
        Block::Figure { image: Some(image), .. } => {
            article.file_of(image.addresses.first()?)
        }
        _ => None,
    });
    Some(base.join(&files.find(|file| file.kind.is_image())?.path()))
}

/// The schema.org type: what is dated to the day is news, unless it has notes, as the works of
/// scholars do; the model of an article says no more.
fn kind(article: &Article) -> &'static str {
    let has_notes = article.blocks.iter().any(has_note);
    let has_day = article.metadata.date.and_then(PartialDate::day).is_some();
    match (has_notes, has_day) {
        (true, _) => "ScholarlyArticle",
        (false, true) => "NewsArticle",
        (false, false) => "Article",
    }
}

fn has_note(block: &Block) -> bool {
    use vitrine_article::Inline;
    let inlines = |inlines: &[Inline]| {
        inlines.iter().any(|inline| matches!(inline, Inline::NoteReference { .. }))
    };
    match block {
        Block::Paragraph { inlines: text } | Block::Heading { inlines: text, .. } => {
            inlines(text)
        }
        Block::List { items, .. } => items.iter().flatten().any(has_note),
        Block::Quote { blocks } => blocks.iter().any(has_note),
        _ => false,
    }
}

/// Returns the article in the vocabulary of <https://schema.org/Article>.
fn json_ld(
    site: &Site,
    article: &Article,
    description: &str,
    page: Option<&str>,
    picture: Option<&str>,
) -> Markup {
    let metadata = &article.metadata;
    let mut value = Map::new();
    let mut set = |name: &str, of: Value| value.insert(name.to_owned(), of);
    set("@context", json!("https://schema.org"));
    set("@type", json!(kind(article)));
    set("headline", json!(metadata.title));
    set("description", json!(description));
    if let Some(summary) = &metadata.r#abstract {
        set("abstract", json!(summary));
    }
    if !metadata.authors.is_empty() {
        let people = metadata.authors.iter();
        let people = people.map(|name| json!({ "@type": "Person", "name": name }));
        set("author", people.collect());
    }
    if let Some(date) = metadata.date {
        set("datePublished", json!(date.to_string()));
    }
    if !matches!(metadata.lang.as_str(), "" | "und") {
        set("inLanguage", json!(metadata.lang));
    }
    if let Some(section) = &metadata.section {
        set("articleSection", json!(section));
    }
    let container = metadata.source.as_deref().unwrap_or(&site.title);
    set("isPartOf", json!({ "@type": "Periodical", "name": container }));
    if !site.institution.is_empty() {
        set("publisher", json!({ "@type": "Organization", "name": site.institution }));
    }
    if !site.license_url.is_empty() {
        set("license", json!(site.license_url));
    }
    if let Some(page) = page {
        set("url", json!(page));
        set("mainEntityOfPage", json!(page));
    }
    if let Some(url) = &metadata.url {
        set("isBasedOn", json!(url));
    }
    if let Some(picture) = picture {
        set("image", json!(picture));
    }
    // No part of it can end the element or begin a comment.
    let text = Value::Object(value).to_string();
    let text =
        text.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026");
    PreEscaped(text)
}

/// Returns the attributes of what is written in the language of an article.
pub(crate) fn language(lang: &str) -> (Option<&str>, &'static str) {
    (Some(lang).filter(|lang| !matches!(*lang, "" | "und")), direction(lang))
}
