//! The body of an article: a closed set of elements and text nodes.

use vitrine_article::{Block, Inline, TableRow, is_safe_link};

use super::Context;
use crate::dom::{Node, node, node_of};

/// How deep lists, quotes and emphasis nest; what is deeper is shown as plain text.
const MAX_DEPTH: u8 = 12;

/// Returns the body.
pub(crate) fn article_body(blocks: &[Block], context: &Context) -> Node {
    append_blocks(node_of("div", "body"), blocks, context, 0)
}

fn append_blocks(parent: Node, blocks: &[Block], context: &Context, depth: u8) -> Node {
    parent.children(blocks.iter().map(|block| {
        if depth < MAX_DEPTH {
            block_node(block, context, depth)
        } else {
            node("p").text(&block.plain_text())
        }
    }))
}

fn block_node(block: &Block, context: &Context, depth: u8) -> Node {
    match block {
        Block::Paragraph { inlines } => append_inlines(node("p"), inlines, 0),
        Block::Heading { level, inlines } => {
            let tag = match level {
                0..=2 => "h2",
                3 => "h3",
                4 => "h4",
                5 => "h5",
                _ => "h6",
            };
            append_inlines(node(tag), inlines, 0)
        }
        Block::List { ordered, items } => {
            let list = node(if *ordered { "ol" } else { "ul" });
            list.children(
                items
                    .iter()
                    .map(|item| append_blocks(node("li"), item, context, depth + 1)),
            )
        }
        Block::Quote { blocks } => {
            append_blocks(node("blockquote"), blocks, context, depth + 1)
        }
        Block::Code { text } => {
            scrollable("pre", context.strings.code).child(&node("code").text(text))
        }
        Block::Table { caption, rows } => table(caption, rows, context),
        Block::Figure { alt, caption, .. } => {
            let picture = node_of("p", "picture").child(
                &node_of("span", "picture-note").text(context.strings.picture_missing),
            );
            let picture = if alt.is_empty() { picture } else { picture.text(alt) };
            let caption = (!caption.is_empty())
                .then(|| append_inlines(node("figcaption"), caption, 0));
            node("figure").child(&picture).maybe(caption)
        }
        Block::Break => node("hr"),
    }
}

fn table(caption: &[Inline], rows: &[TableRow], context: &Context) -> Node {
    let table = node("table");
    let table = if caption.is_empty() {
        table
    } else {
        table.child(&append_inlines(node("caption"), caption, 0))
    };
    let table = table.children(rows.iter().map(|row| {
        node("tr").children(row.cells.iter().map(|cell| {
            let cell_node = if row.header {
                node("th").attribute("scope", "col")
            } else {
                node("td")
            };
            append_inlines(cell_node, cell, 0)
        }))
    }));
    scrollable("div", context.strings.table).child(&table)
}

/// Returns a box that scrolls sideways, also by keyboard.
fn scrollable(tag: &'static str, label: &str) -> Node {
    node_of(tag, "scrollable")
        .attribute("tabindex", "0")
        .attribute("role", "region")
        .attribute("aria-label", label)
}

fn append_inlines(parent: Node, inlines: &[Inline], depth: u8) -> Node {
    inlines.iter().fold(parent, |parent, inline| append_inline(parent, inline, depth))
}

fn append_inline(parent: Node, inline: &Inline, depth: u8) -> Node {
    let deeper = depth.saturating_add(1);
    let (tag, inlines) = match inline {
        Inline::Text { text } => return parent.text(text),
        Inline::Code { text } => return parent.child(&node("code").text(text)),
        Inline::LineBreak => return parent.child(&node("br")),
        Inline::Emphasis { inlines } => ("em", inlines),
        Inline::Strong { inlines } => ("strong", inlines),
        Inline::Link { inlines, .. } => ("a", inlines),
    };
    if depth >= MAX_DEPTH {
        let text = Block::Paragraph { inlines: inlines.clone() }.plain_text();
        return parent.text(&text);
    }
    match inline {
        Inline::Link { url, inlines } if is_safe_link(url) => {
            parent.child(&append_inlines(outside_link(url), inlines, deeper))
        }
        Inline::Link { inlines, .. } => append_inlines(parent, inlines, deeper),
        _ => parent.child(&append_inlines(node(tag), inlines, deeper)),
    }
}

/// Returns a link out of the archive. The address is safe: the caller has checked it.
pub(crate) fn outside_link(url: &str) -> Node {
    node("a")
        .attribute("href", url)
        .attribute("target", "_blank")
        .attribute("rel", "noopener noreferrer")
}
