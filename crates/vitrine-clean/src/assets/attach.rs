//! From the addresses in an article to the files that stand for them.

use vitrine_article::{
    Article, Asset, AssetFile, AssetType, Block, Inline, is_safe_link,
};

use super::{Carried, FileNames};
use crate::html::tidy;

/// Returns the paths of the files that `article` shows or offers, as far as `names` has
/// them.
pub fn wanted_files(article: &Article, names: &FileNames) -> Vec<String> {
    let mut paths = Vec::new();
    let mut article = article.clone();
    let page = article.clone();
    let find = &mut |addresses: &[String], _| {
        paths.extend(addresses.iter().find_map(|address| names.find(&page, address)));
        None
    };
    walk(&mut article, find);
    paths
}

/// Puts the files into an article that were found for it.
///
/// A figure whose file is not there keeps its caption; one that was nothing but a picture
/// is gone. [`Article::assets`] then has what was found and what was not, in reading order.
pub(crate) fn attach_files(article: &mut Article, carried: &Carried) {
    let Carried { names, files, .. } = carried;
    let page = Article {
        metadata: article.metadata.clone(),
        provenance: article.provenance.clone(),
        ..Article::default()
    };
    let mut assets: Vec<Asset> = Vec::new();
    let find = &mut |addresses: &[String], use_of: Use| {
        let first = addresses.first()?;
        let known = addresses
            .iter()
            .find_map(|address| Some((address, names.find(&page, address)?)));
        let fits = |file: &&AssetFile| match use_of {
            Use::Shown => file.kind.is_image(),
            Use::Linked => file.kind.is_linkable(),
        };
        let found = known.and_then(|(address, path)| {
            Some((address, files.get(&path).filter(fits)?.clone()))
        });
        let (address, file) = match found {
            Some((address, file)) => (address, Some(file)),
            None => (first, None),
        };
        if assets.iter().all(|asset| asset.address != *address) {
            assets.push(Asset { address: address.clone(), file: file.clone() });
        }
        file.map(|_| address.clone())
    };
    walk(article, find);
    article.assets = assets;
}

/// What an article does with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Use {
    Shown,
    Linked,
}

/// Finds the address of the file, of several that it may have.
type Find<'a> = dyn FnMut(&[String], Use) -> Option<String> + 'a;

/// Asks `find` for the file of each picture and of each link that may open one, and
/// leaves in the article what it found.
fn walk(article: &mut Article, find: &mut Find<'_>) {
    article.retain_blocks(|block| keep(block, find));
    // A stack instead of recursion: how deep blocks nest depends on the input.
    let mut pending = inner(&mut article.blocks);
    while let Some(blocks) = pending.pop() {
        blocks.retain_mut(|block| keep(block, find));
        pending.extend(inner(blocks));
    }
    for asset in &article.assets {
        find(std::slice::from_ref(&asset.address), Use::Linked);
    }
}

/// The bodies of lists and quotes, the last first.
fn inner(blocks: &mut [Block]) -> Vec<&mut Vec<Block>> {
    let mut inner = Vec::new();
    for block in blocks {
        match block {
            Block::List { items, .. } => inner.extend(items),
            Block::Quote { blocks } => inner.push(blocks),
            _ => {}
        }
    }
    inner.reverse();
    inner
}

/// Returns whether anything is left of a block.
fn keep(block: &mut Block, find: &mut Find<'_>) -> bool {
    match block {
        Block::Paragraph { inlines } | Block::Heading { inlines, .. } => {
            link(inlines, find);
        }
        Block::Table { rows, .. } => {
            rows.iter_mut()
                .flat_map(|row| &mut row.cells)
                .for_each(|cell| link(cell, find));
        }
        Block::Figure { image, .. } => {
            if let Some(mut shown) = image.take() {
                match find(&shown.addresses, Use::Shown) {
                    Some(address) => {
                        shown.addresses = vec![address];
                        shown.stands_alone = false;
                        *image = Some(shown);
                    }
                    None => return !shown.stands_alone,
                }
            }
        }
        Block::List { .. } | Block::Quote { .. } | Block::Code { .. } | Block::Break => {}
    }
    true
}

/// Keeps the links that lead somewhere; of others the text is left.
fn link(inlines: &mut Vec<Inline>, find: &mut Find<'_>) {
    if unlink(inlines, find) {
        *inlines = tidy(std::mem::take(inlines));
    }
}

/// Returns whether a link was taken away.
fn unlink(inlines: &mut Vec<Inline>, find: &mut Find<'_>) -> bool {
    let mut is_changed = false;
    let mut at = 0;
    while let Some(inline) = inlines.get_mut(at) {
        at += 1;
        match inline {
            Inline::Emphasis { inlines } | Inline::Strong { inlines } => {
                is_changed |= unlink(inlines, find);
            }
            Inline::Link { url, inlines: text } => {
                is_changed |= unlink(text, find);
                let may_be_file = AssetType::from_address(url).is_some();
                let is_file =
                    may_be_file && find(std::slice::from_ref(url), Use::Linked).is_some();
                if !is_file && !is_safe_link(url) {
                    let text = std::mem::take(text);
                    at -= 1;
                    let rest = text.len();
                    inlines.splice(at..=at, text);
                    at += rest;
                    is_changed = true;
                }
            }
            Inline::Text { .. }
            | Inline::Code { .. }
            | Inline::LineBreak
            | Inline::NoteReference { .. }
            | Inline::NoteMark { .. } => {}
        }
    }
    is_changed
}
