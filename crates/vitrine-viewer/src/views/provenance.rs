//! Where an article comes from, below its text.

use js_sys::Array;
use vitrine_article::{AlternateKind, Article, is_safe_link};
use vitrine_dom::{Node, node_of};
use wasm_bindgen::JsValue;

use super::{Context, article_body::outside_link, panel_button::panel_button};

/// Returns the foot of an article.
pub(crate) fn provenance(article: &Article, context: &Context) -> Node {
    let strings = context.strings;
    let original = article.metadata.url.as_deref().filter(|url| is_safe_link(url));
    let original = original.map(|url| {
        node_of("p", "original").child(&outside_link(url).text(strings.original_page()))
    });
    node_of("footer", "provenance")
        .language(context.language.tag())
        .maybe(original)
        .child(&panel_button("provenance", strings.provenance()))
}

/// Returns an array of what is known of an article's origin: names of words and values, in turn.
pub(crate) fn provenance_facts(article: &Article) -> Array {
    let source = &article.provenance;
    let facts = Array::new();
    let fact = |name: &str, value: &str| {
        if !value.is_empty() {
            facts.push(&JsValue::from_str(name));
            facts.push(&JsValue::from_str(value));
        }
    };
    fact("url", article.metadata.url.as_deref().unwrap_or_default());
    fact("file", &source.path);
    fact("sha256", &source.sha256);
    fact("encoding", &source.encoding);
    fact("fetched_from", source.url.as_deref().unwrap_or_default());
    fact("fetched_at", source.captured.as_deref().unwrap_or_default());
    for other in &article.duplicates {
        let name = match other.relation {
            AlternateKind::Duplicate => "also_in",
            AlternateKind::Version => "other_version",
        };
        fact(name, &other.provenance.path);
        for paragraph in &other.only_there {
            fact("only_there", paragraph);
        }
    }
    for removal in &article.removed {
        let text = [removal.text.as_str(), " (", &removal.reason, ")"].concat();
        fact("left_out", &text);
    }
    facts
}
