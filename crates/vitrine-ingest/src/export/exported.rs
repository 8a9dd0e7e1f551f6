//! Articles that `vitrine export` wrote: they are clean, and stay as they are.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Map, Value};
use vitrine_article::{Article, Block, is_safe_link};

use crate::{UnreadableReason, digest::sha256_hex};

/// How deep blocks may nest, as in an archive.
const MAX_DEPTH: usize = 16;

/// An article that was exported from an archive.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Exported {
    /// The article, with its id and what ties it to others.
    pub article: Article,
    /// The page that it was cleaned from, where the export has it.
    pub original: Option<Vec<u8>>,
}

/// Returns whether an object is an article of an export, and no record of another program.
pub(crate) fn is_exported(object: &Map<String, Value>) -> bool {
    let has =
        |name: &str, is_kind: fn(&Value) -> bool| object.get(name).is_some_and(is_kind);
    has("id", Value::is_string)
        && has("blocks", Value::is_array)
        && has("provenance", Value::is_object)
}

/// Reads the article of an export.
pub(crate) fn exported(
    mut object: Map<String, Value>,
) -> Result<Exported, UnreadableReason> {
    let bad =
        |problem: &str| UnreadableReason::InvalidArticle { problem: problem.to_owned() };
    let original = match object.remove("original") {
        None | Some(Value::Null) => None,
        Some(Value::String(text)) => {
            let page = STANDARD.decode(text);
            Some(page.map_err(|_cause| bad("its original page is no base64"))?)
        }
        Some(_) => return Err(bad("its original page is no text")),
    };
    let article: Article = serde_json::from_value(Value::Object(object))
        .map_err(|error| bad(&error.to_string()))?;
    if article.id.trim().is_empty() {
        return Err(bad("it has no id"));
    }
    if is_deep(&article.blocks) {
        return Err(bad("its blocks nest too deep"));
    }
    let is_digest = |text: &str, len: usize| {
        text.len() == len && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
    };
    let mut files = article.assets.iter().filter_map(|asset| asset.file.as_ref());
    if !files.all(|file| is_digest(&file.digest, 32)) {
        return Err(bad("a file of it has no digest"));
    }
    let source = &article.provenance;
    if !source.sha256.is_empty() && !is_digest(&source.sha256, 64) {
        return Err(bad("the digest of its page is none"));
    }
    if article.metadata.url.as_deref().is_some_and(|url| !is_safe_link(url)) {
        return Err(bad("its address is no web address"));
    }
    let mut before = None;
    for language in &article.languages {
        let is_in_order = before.is_none_or(|before| before < language.block);
        if !is_in_order || language.block as usize >= article.blocks.len() {
            return Err(bad("the languages of its blocks are out of order"));
        }
        before = Some(language.block);
    }
    if original.as_ref().is_some_and(|page| sha256_hex(page) != source.sha256) {
        return Err(bad("its original page is not the one that its digest is of"));
    }
    Ok(Exported { article, original })
}

/// Whether blocks nest deeper than an archive can hold; a stack instead of recursion.
fn is_deep(blocks: &[Block]) -> bool {
    let mut pending = vec![(blocks, 1)];
    while let Some((blocks, depth)) = pending.pop() {
        if depth > MAX_DEPTH {
            return true;
        }
        for block in blocks {
            match block {
                Block::List { items, .. } => {
                    pending.extend(items.iter().map(|item| (item.as_slice(), depth + 1)));
                }
                Block::Quote { blocks } => pending.push((blocks, depth + 1)),
                _ => {}
            }
        }
    }
    false
}
