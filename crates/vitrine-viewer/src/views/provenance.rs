//! Where an article comes from, below its text.

use vitrine_article::{AlternateKind, Article, is_safe_link};

use super::{Context, article_body::outside_link};
use crate::dom::{Node, node, node_of};

/// Returns the foot of an article.
pub(crate) fn provenance(article: &Article, context: &Context) -> Node {
    let strings = context.strings;
    let source = &article.provenance;
    let original = article.metadata.url.as_deref().filter(|url| is_safe_link(url));
    let original = original.map(|url| {
        node_of("p", "original").child(&outside_link(url).text(strings.original_page))
    });
    let mut facts = node("dl");
    if let Some(url) = &article.metadata.url {
        facts = fact(facts, strings.original_page, url);
    }
    facts = fact(facts, strings.file, &source.path);
    facts = fact(facts, "SHA-256", &source.sha256);
    facts = fact(facts, strings.encoding, &source.encoding);
    facts = fact(facts, strings.fetched_from, source.url.as_deref().unwrap_or_default());
    facts =
        fact(facts, strings.fetched_at, source.captured.as_deref().unwrap_or_default());
    for other in &article.duplicates {
        let term = match other.relation {
            AlternateKind::Duplicate => strings.also_in,
            AlternateKind::Version => strings.other_version,
        };
        facts = fact(facts, term, &other.provenance.path);
        for paragraph in &other.only_there {
            facts = fact(facts, strings.only_there, paragraph);
        }
    }
    for removal in &article.removed {
        let text = [removal.text.as_str(), " (", &removal.reason, ")"].concat();
        facts = fact(facts, strings.left_out, &text);
    }
    let details =
        node("details").child(&node("summary").text(strings.provenance)).child(&facts);
    let source = context.has_originals.then(|| original_source(&article.id, context));
    node_of("footer", "provenance")
        .language(context.language.tag())
        .maybe(original)
        .child(&details)
        .maybe(source)
}

/// The place of the page as it was found; its text is loaded when somebody opens it.
fn original_source(id: &str, context: &Context) -> Node {
    let label = context.strings.original_source;
    let text = node_of("pre", "scrollable")
        .attribute("tabindex", "0")
        .attribute("role", "region")
        .attribute("aria-label", label);
    node_of("details", "original-source")
        .child(&node("summary").attribute("data-original", id).text(label))
        .child(&text)
}

fn fact(list: Node, term: &str, value: &str) -> Node {
    if value.is_empty() {
        return list;
    }
    list.child(&node("dt").text(term)).child(&node("dd").text(value))
}
