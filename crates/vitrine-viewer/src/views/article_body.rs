//! The body of an article: a closed set of elements and text nodes.

use vitrine_article::{
    Article, AssetFile, Block, Inline, TableRow, inline_text, is_safe_link,
};
use vitrine_dom::{Node, node, node_of};

use super::{
    Context,
    assets::{file_link, picture},
    panel_button::panel_button,
};
use crate::route::Route;

/// How deep lists, quotes and emphasis nest; what is deeper is shown as plain text.
const MAX_DEPTH: u8 = 12;

/// What every part of a body needs to know.
#[derive(Clone, Copy)]
struct Body<'a> {
    article: &'a Article,
    context: &'a Context,
}

/// Returns the element of the block at a position, counted from 0; `None` after the last.
pub(crate) fn article_block(
    article: &Article,
    position: usize,
    context: &Context,
) -> Option<Node> {
    let block = article.blocks.get(position)?;
    let element = block_node(block, Body { article, context }, 0);
    if matches!(block, Block::Heading { .. }) {
        element.set("data-block", &position.to_string());
    }
    Some(match article.language_of(position) {
        Some(tag) => element.language(tag),
        None => element,
    })
}

fn append_blocks(parent: Node, blocks: &[Block], body: Body<'_>, depth: u8) -> Node {
    parent.children(blocks.iter().map(|block| {
        if depth < MAX_DEPTH {
            block_node(block, body, depth)
        } else {
            node("p").text(&block.plain_text())
        }
    }))
}

fn block_node(block: &Block, body: Body<'_>, depth: u8) -> Node {
    match block {
        Block::Paragraph { inlines } => append_inlines(node("p"), inlines, body, 0),
        Block::Heading { level, inlines } => {
            let tag = match level {
                0..=2 => "h2",
                3 => "h3",
                4 => "h4",
                5 => "h5",
                _ => "h6",
            };
            append_inlines(node(tag), inlines, body, 0)
        }
        Block::List { ordered, items } => {
            let list = node(if *ordered { "ol" } else { "ul" });
            list.children(
                items.iter().map(|item| append_blocks(node("li"), item, body, depth + 1)),
            )
        }
        Block::Quote { blocks } => {
            append_blocks(node("blockquote"), blocks, body, depth + 1)
        }
        Block::Code { text } => {
            scrollable("pre", body.context.strings.code()).child(&node("code").text(text))
        }
        Block::Table { caption, rows } => table(caption, rows, body),
        Block::Figure { alt, caption, image } => {
            let address = image.as_ref().and_then(|image| image.addresses.first());
            let file = address.and_then(|address| body.article.file_of(address));
            let caption = (!caption.is_empty())
                .then(|| append_inlines(node("figcaption"), caption, body, 0));
            match file.filter(|file| file.kind.is_image()) {
                Some(file) => node("figure").child(&enlarging(file, alt, body.context)),
                None => missing_picture(alt, body.context),
            }
            .maybe(caption)
        }
        Block::Break => node("hr"),
    }
}

/// Returns a picture that opens larger.
fn enlarging(file: &AssetFile, alt: &str, context: &Context) -> Node {
    panel_button("figure", "")
        .attribute("class", "enlarging")
        .attribute("title", context.strings.enlarge())
        .child(&picture(file, alt, context))
}

/// Returns a figure whose picture is not in the archive.
fn missing_picture(alt: &str, context: &Context) -> Node {
    let note = node_of("span", "picture-note").text(context.strings.picture_missing());
    let picture = node_of("p", "picture").child(&note);
    node_of("figure", "missing").child(&if alt.is_empty() {
        picture
    } else {
        picture.text(alt)
    })
}

fn table(caption: &[Inline], rows: &[TableRow], body: Body<'_>) -> Node {
    let table = node("table");
    let table = if caption.is_empty() {
        table
    } else {
        table.child(&append_inlines(node("caption"), caption, body, 0))
    };
    let table = table.children(rows.iter().map(|row| {
        node("tr").children(row.cells.iter().map(|cell| {
            let cell_node = if row.header {
                node("th").attribute("scope", "col")
            } else {
                node("td")
            };
            append_inlines(cell_node, cell, body, 0)
        }))
    }));
    scrollable("div", body.context.strings.table()).child(&table)
}

/// Returns a box that scrolls sideways, also by keyboard.
fn scrollable(tag: &'static str, label: &str) -> Node {
    node_of(tag, "scrollable")
        .attribute("tabindex", "0")
        .attribute("role", "region")
        .attribute("aria-label", label)
}

fn append_inlines(parent: Node, inlines: &[Inline], body: Body<'_>, depth: u8) -> Node {
    inlines
        .iter()
        .fold(parent, |parent, inline| append_inline(parent, inline, body, depth))
}

fn append_inline(parent: Node, inline: &Inline, body: Body<'_>, depth: u8) -> Node {
    let deeper = depth.saturating_add(1);
    let (tag, inlines) = match inline {
        Inline::Text { text } => return parent.text(text),
        Inline::Code { text } => return parent.child(&node("code").text(text)),
        Inline::LineBreak => return parent.child(&node("br")),
        Inline::NoteReference { number, text } => {
            let link = note_link(*number, text, "note-reference", body);
            return parent.child(&link.attribute("role", "doc-noteref"));
        }
        Inline::NoteMark { number, text } => {
            let link = note_link(*number, text, "note-mark", body)
                .attribute("role", "doc-backlink")
                .attribute("title", body.context.strings.back_to_text());
            return parent.child(&link);
        }
        Inline::Emphasis { inlines } => ("em", inlines),
        Inline::Strong { inlines } => ("strong", inlines),
        Inline::Link { inlines, .. } => ("a", inlines),
    };
    if depth >= MAX_DEPTH {
        return parent.text(&inline_text(inlines));
    }
    let element = match inline {
        Inline::Link { url, .. } => match body.article.file_of(url) {
            Some(file) if file.kind.is_linkable() => file_link(file, url, body.context),
            _ if is_safe_link(url) => outside_link(url),
            _ => return append_inlines(parent, inlines, body, deeper),
        },
        _ => node(tag),
    };
    parent.child(&append_inlines(element, inlines, body, deeper))
}

/// Returns a link to a note, or from it back to the text.
fn note_link(number: u32, text: &str, class: &'static str, body: Body<'_>) -> Node {
    let here = Route::default().article(&body.article.id);
    node_of("a", class)
        .attribute("href", &body.context.href(&here))
        .attribute("data-note", &number.to_string())
        .text(text)
}

/// Returns a link out of the archive. The address is safe: the caller has checked it.
pub(crate) fn outside_link(url: &str) -> Node {
    node("a")
        .attribute("href", url)
        .attribute("target", "_blank")
        .attribute("rel", "noopener noreferrer")
}
