//! Files that travel with an article: pictures, and what it offers.

use vitrine_article::{Article, Asset, AssetFile};
use vitrine_dom::{Node, node, node_of};

use super::{Context, article_body::outside_link};
use crate::route::decode;

/// Returns a picture, which takes its place before it is loaded.
pub(super) fn picture(file: &AssetFile, alt: &str, context: &Context) -> Node {
    let image = node("img")
        .attribute("alt", alt)
        .attribute("loading", "lazy")
        .attribute("decoding", "async");
    if file.width > 0 {
        image.set("width", &file.width.to_string());
        image.set("height", &file.height.to_string());
    }
    image.attribute("src", &context.file(&file.path()))
}

/// Returns a link that opens a file under the name at the end of its address.
pub(super) fn file_link(file: &AssetFile, address: &str, context: &Context) -> Node {
    outside_link(&context.file(&file.path())).attribute("download", &name(address))
}

/// Returns the list of the files that an article offers, if there are any.
pub(super) fn attachments(article: &Article, context: &Context) -> Option<Node> {
    let list = node("ul");
    let mut is_empty = true;
    for Asset { address, file } in &article.assets {
        let Some(file) = file.as_ref().filter(|file| !file.kind.is_image()) else {
            continue;
        };
        is_empty = false;
        let kind = file.kind.extension().to_ascii_uppercase();
        let facts =
            [" ", &kind, context.strings.separator(), &size(file.len_bytes)].concat();
        let link = file_link(file, address, context).text(&name(address));
        list.append(
            &node("li").child(&link).child(&node_of("span", "kind").text(&facts)),
        );
    }
    let section = node_of("section", "attachments")
        .language(context.language.tag())
        .child(&node("h2").text(context.strings.attachments()))
        .child(&list);
    (!is_empty).then_some(section)
}

/// The name that an address gives a file, for people.
fn name(address: &str) -> String {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let name = path.rsplit('/').next().unwrap_or_default();
    decode(name)
}

/// A number of bytes for people, rounded up.
pub(super) fn size(len_bytes: u64) -> String {
    if len_bytes < 1_000_000 {
        [&len_bytes.div_ceil(1000).to_string(), " kB"].concat()
    } else {
        [&len_bytes.div_ceil(1_000_000).to_string(), " MB"].concat()
    }
}
