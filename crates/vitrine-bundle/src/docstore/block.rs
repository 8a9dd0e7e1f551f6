//! The bytes of an article's body.

use vitrine_article::{Block, Image, Inline, TableRow};

use crate::{Cursor, CursorError};

/// Most levels that blocks, and inline elements inside a block, may be nested.
///
/// A writer turns what is deeper into plain text, a reader refuses it: decoding recurses.
pub(crate) const MAX_DEPTH: usize = 16;

mod block_tag {
    pub(super) const PLAIN_PARAGRAPH: u8 = 0;
    pub(super) const PARAGRAPH: u8 = 1;
    pub(super) const HEADING: u8 = 2;
    pub(super) const BULLET_LIST: u8 = 3;
    pub(super) const ORDERED_LIST: u8 = 4;
    pub(super) const QUOTE: u8 = 5;
    pub(super) const CODE: u8 = 6;
    pub(super) const TABLE: u8 = 7;
    pub(super) const FIGURE: u8 = 8;
    pub(super) const BREAK: u8 = 9;
}

mod inline_tag {
    pub(super) const TEXT: u8 = 0;
    pub(super) const EMPHASIS: u8 = 1;
    pub(super) const STRONG: u8 = 2;
    pub(super) const CODE: u8 = 3;
    pub(super) const LINK: u8 = 4;
    pub(super) const LINE_BREAK: u8 = 5;
    pub(super) const NOTE_REFERENCE: u8 = 6;
    pub(super) const NOTE_MARK: u8 = 7;
}

/// Reads a count and as many blocks.
pub(crate) fn decode_blocks(
    cursor: &mut Cursor<'_>,
    depth: usize,
) -> Result<Vec<Block>, CursorError> {
    if depth > MAX_DEPTH {
        return Err(cursor.invalid("the depth of blocks"));
    }
    cursor.list(|cursor| decode_block(cursor, depth))
}

fn decode_block(cursor: &mut Cursor<'_>, depth: usize) -> Result<Block, CursorError> {
    let tag = cursor.u8()?;
    Ok(match tag {
        block_tag::PLAIN_PARAGRAPH => Block::paragraph(cursor.str()?),
        block_tag::PARAGRAPH => Block::Paragraph { inlines: decode_inlines(cursor, 0)? },
        block_tag::HEADING => {
            Block::Heading { level: cursor.u8()?, inlines: decode_inlines(cursor, 0)? }
        }
        block_tag::BULLET_LIST | block_tag::ORDERED_LIST => Block::List {
            ordered: tag == block_tag::ORDERED_LIST,
            items: cursor.list(|cursor| decode_blocks(cursor, depth + 1))?,
        },
        block_tag::QUOTE => Block::Quote { blocks: decode_blocks(cursor, depth + 1)? },
        block_tag::CODE => Block::Code { text: cursor.string()? },
        block_tag::TABLE => Block::Table {
            caption: decode_inlines(cursor, 0)?,
            rows: cursor.list(decode_row)?,
        },
        block_tag::FIGURE => Block::Figure {
            alt: cursor.string()?,
            caption: decode_inlines(cursor, 0)?,
            image: decode_image(cursor)?,
        },
        block_tag::BREAK => Block::Break,
        _ => return Err(cursor.invalid("the kind of a block")),
    })
}

fn decode_image(cursor: &mut Cursor<'_>) -> Result<Option<Image>, CursorError> {
    let address = Some(cursor.str()?).filter(|address| !address.is_empty());
    Ok(address.map(|address| Image {
        addresses: vec![address.to_owned()],
        stands_alone: false,
    }))
}

fn decode_row(cursor: &mut Cursor<'_>) -> Result<TableRow, CursorError> {
    let header = cursor.u8()? != 0;
    Ok(TableRow { header, cells: cursor.list(|cursor| decode_inlines(cursor, 0))? })
}

fn decode_inlines(
    cursor: &mut Cursor<'_>,
    depth: usize,
) -> Result<Vec<Inline>, CursorError> {
    if depth > MAX_DEPTH {
        return Err(cursor.invalid("the depth of inline elements"));
    }
    cursor.list(|cursor| decode_inline(cursor, depth))
}

fn decode_inline(cursor: &mut Cursor<'_>, depth: usize) -> Result<Inline, CursorError> {
    Ok(match cursor.u8()? {
        inline_tag::TEXT => Inline::text(cursor.str()?),
        inline_tag::EMPHASIS => {
            Inline::Emphasis { inlines: decode_inlines(cursor, depth + 1)? }
        }
        inline_tag::STRONG => {
            Inline::Strong { inlines: decode_inlines(cursor, depth + 1)? }
        }
        inline_tag::CODE => Inline::Code { text: cursor.string()? },
        inline_tag::LINK => Inline::Link {
            url: cursor.string()?,
            inlines: decode_inlines(cursor, depth + 1)?,
        },
        inline_tag::LINE_BREAK => Inline::LineBreak,
        inline_tag::NOTE_REFERENCE => {
            Inline::NoteReference { number: cursor.varint_u32()?, text: cursor.string()? }
        }
        inline_tag::NOTE_MARK => {
            Inline::NoteMark { number: cursor.varint_u32()?, text: cursor.string()? }
        }
        _ => return Err(cursor.invalid("the kind of an inline element")),
    })
}

#[cfg(feature = "write")]
pub(crate) use encode::encode_blocks;

/// The mirror image of the functions above.
#[cfg(feature = "write")]
mod encode {
    use vitrine_article::{Block, Inline, inline_text, plain_text};

    use super::{MAX_DEPTH, block_tag, inline_tag};
    use crate::{write_str, write_varint};

    pub(crate) fn encode_blocks(blocks: &[Block], depth: usize, out: &mut Vec<u8>) {
        if depth == MAX_DEPTH && blocks.iter().any(holds_blocks) {
            write_varint(out, 1);
            out.push(block_tag::PLAIN_PARAGRAPH);
            write_str(out, &plain_text(blocks));
            return;
        }
        write_varint(out, blocks.len() as u64);
        for block in blocks {
            encode_block(block, depth, out);
        }
    }

    fn holds_blocks(block: &Block) -> bool {
        matches!(block, Block::List { .. } | Block::Quote { .. })
    }

    fn encode_block(block: &Block, depth: usize, out: &mut Vec<u8>) {
        match block {
            Block::Paragraph { inlines } => {
                if let [Inline::Text { text }] = inlines.as_slice() {
                    out.push(block_tag::PLAIN_PARAGRAPH);
                    write_str(out, text);
                } else {
                    out.push(block_tag::PARAGRAPH);
                    encode_inlines(inlines, 0, out);
                }
            }
            Block::Heading { level, inlines } => {
                out.extend([block_tag::HEADING, *level]);
                encode_inlines(inlines, 0, out);
            }
            Block::List { ordered, items } => {
                let tags = [block_tag::BULLET_LIST, block_tag::ORDERED_LIST];
                out.push(tags[usize::from(*ordered)]);
                write_varint(out, items.len() as u64);
                for item in items {
                    encode_blocks(item, depth + 1, out);
                }
            }
            Block::Quote { blocks } => {
                out.push(block_tag::QUOTE);
                encode_blocks(blocks, depth + 1, out);
            }
            Block::Code { text } => {
                out.push(block_tag::CODE);
                write_str(out, text);
            }
            Block::Table { caption, rows } => {
                out.push(block_tag::TABLE);
                encode_inlines(caption, 0, out);
                write_varint(out, rows.len() as u64);
                for row in rows {
                    out.push(u8::from(row.header));
                    write_varint(out, row.cells.len() as u64);
                    for cell in &row.cells {
                        encode_inlines(cell, 0, out);
                    }
                }
            }
            Block::Figure { alt, caption, image } => {
                out.push(block_tag::FIGURE);
                write_str(out, alt);
                encode_inlines(caption, 0, out);
                let address = image.as_ref().and_then(|image| image.addresses.first());
                write_str(out, address.map_or("", String::as_str));
            }
            Block::Break => out.push(block_tag::BREAK),
        }
    }

    fn encode_inlines(inlines: &[Inline], depth: usize, out: &mut Vec<u8>) {
        if depth == MAX_DEPTH && inlines.iter().any(holds_inlines) {
            write_varint(out, 1);
            out.push(inline_tag::TEXT);
            write_str(out, &inline_text(inlines));
            return;
        }
        write_varint(out, inlines.len() as u64);
        for inline in inlines {
            match inline {
                Inline::Text { text } => {
                    out.push(inline_tag::TEXT);
                    write_str(out, text);
                }
                Inline::Emphasis { inlines } => {
                    out.push(inline_tag::EMPHASIS);
                    encode_inlines(inlines, depth + 1, out);
                }
                Inline::Strong { inlines } => {
                    out.push(inline_tag::STRONG);
                    encode_inlines(inlines, depth + 1, out);
                }
                Inline::Code { text } => {
                    out.push(inline_tag::CODE);
                    write_str(out, text);
                }
                Inline::Link { url, inlines } => {
                    out.push(inline_tag::LINK);
                    write_str(out, url);
                    encode_inlines(inlines, depth + 1, out);
                }
                Inline::LineBreak => out.push(inline_tag::LINE_BREAK),
                Inline::NoteReference { number, text } => {
                    out.push(inline_tag::NOTE_REFERENCE);
                    write_varint(out, u64::from(*number));
                    write_str(out, text);
                }
                Inline::NoteMark { number, text } => {
                    out.push(inline_tag::NOTE_MARK);
                    write_varint(out, u64::from(*number));
                    write_str(out, text);
                }
            }
        }
    }

    fn holds_inlines(inline: &Inline) -> bool {
        matches!(
            inline,
            Inline::Emphasis { .. } | Inline::Strong { .. } | Inline::Link { .. }
        )
    }
}
