//! The body of an article: blocks and inline elements.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// A block of an article's body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Block {
    /// A paragraph.
    Paragraph {
        /// Its text.
        inlines: Vec<Inline>,
    },
    /// A heading inside the body.
    Heading {
        /// Level, 2 (below the title) to 6.
        level: u8,
        /// Its text.
        inlines: Vec<Inline>,
    },
    /// A list.
    List {
        /// Whether the items are numbered.
        ordered: bool,
        /// The items, each a sequence of blocks.
        items: Vec<Vec<Block>>,
    },
    /// A quotation set apart.
    Quote {
        /// What is quoted.
        blocks: Vec<Block>,
    },
    /// Preformatted text or program code; line ends count.
    Code {
        /// The text.
        text: String,
    },
    /// A table.
    Table {
        /// Its caption, empty when it has none.
        caption: Vec<Inline>,
        /// Its rows from top to bottom.
        rows: Vec<TableRow>,
    },
    /// A picture with its caption.
    Figure {
        /// Alternative text of the picture, possibly empty.
        alt: String,
        /// Its caption, possibly empty.
        caption: Vec<Inline>,
        /// The picture; `None` when only its place is known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        image: Option<Image>,
    },
    /// A thematic break.
    Break,
}

/// A picture, as the page names it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Image {
    /// Addresses at which it is offered, the best first. In an archive there is one, that
    /// of the [`Asset`](crate::Asset) that is shown.
    pub addresses: Vec<String>,
    /// Whether it stands in the text by itself, so that nothing is left of the figure when
    /// the picture is not there. Never set in an archive.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub stands_alone: bool,
}

/// A row of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableRow {
    /// Whether its cells are column headings.
    pub header: bool,
    /// Its cells from first to last.
    pub cells: Vec<Vec<Inline>>,
}

/// A run of text in a block.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Inline {
    /// Plain text.
    Text {
        /// The text.
        text: String,
    },
    /// Emphasis (`em`, `i`).
    Emphasis {
        /// What is emphasised.
        inlines: Vec<Inline>,
    },
    /// Strong importance (`strong`, `b`).
    Strong {
        /// What is strong.
        inlines: Vec<Inline>,
    },
    /// A short fragment of code.
    Code {
        /// The text.
        text: String,
    },
    /// A link to a page that passes [`crate::is_safe_link`], or to an asset of the article.
    Link {
        /// The address: absolute, or as the page names the asset.
        url: String,
        /// What the reader sees.
        inlines: Vec<Inline>,
    },
    /// A line break inside a block.
    LineBreak,
    /// The place in the text that a note belongs to. An article has the note's
    /// [`Inline::NoteMark`] exactly once.
    NoteReference {
        /// Which note of the article: 1, 2, 3 ... in the order of their marks.
        number: u32,
        /// What the reader sees, `[3]` or `*`.
        text: String,
    },
    /// The place, at the start of a note as a rule, that says which note it is. An article
    /// has one [`Inline::NoteReference`] or more with its number.
    NoteMark {
        /// Which note of the article, as in its references.
        number: u32,
        /// What the reader sees, `[3]` or `*`; empty where a list numbers the notes.
        text: String,
    },
}

impl Inline {
    /// Returns plain text as an inline element.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text { text: text.into() }
    }

    /// Returns the element's plain text.
    pub fn plain_text(&self) -> String {
        let mut out = String::new();
        write_inlines(std::slice::from_ref(self), &mut out);
        out
    }
}

impl Block {
    /// Returns a paragraph of plain text.
    pub fn paragraph(text: impl Into<String>) -> Self {
        Self::Paragraph { inlines: vec![Inline::text(text)] }
    }

    /// Returns the block's plain text; its parts are separated by line ends.
    pub fn plain_text(&self) -> String {
        self.as_plain_text().into_owned()
    }

    /// Returns what [`Block::plain_text`] does, without a copy where all of it stands in one
    /// place.
    pub fn as_plain_text(&self) -> Cow<'_, str> {
        if let Self::Paragraph { inlines } | Self::Heading { inlines, .. } = self
            && let [Inline::Text { text }] = inlines.as_slice()
        {
            return text.as_str().into();
        }
        let mut out = String::new();
        write_block(self, &mut out);
        out.into()
    }
}

/// Returns the plain text of a paragraph of `inlines`.
pub fn inline_text(inlines: &[Inline]) -> String {
    let mut out = String::new();
    write_inlines(inlines, &mut out);
    out
}

/// Returns the plain text of `blocks`, separated by blank lines.
pub fn plain_text(blocks: &[Block]) -> String {
    let mut out = String::new();
    for block in blocks {
        let start = out.len();
        if start > 0 {
            out.push_str("\n\n");
        }
        let before = out.len();
        write_block(block, &mut out);
        if out.len() == before {
            out.truncate(start);
        }
    }
    out
}

fn write_block(block: &Block, out: &mut String) {
    match block {
        Block::Paragraph { inlines } | Block::Heading { inlines, .. } => {
            write_inlines(inlines, out);
        }
        Block::List { items, .. } => {
            write_separated(items.iter().flatten(), out, write_block);
        }
        Block::Quote { blocks } => write_separated(blocks.iter(), out, write_block),
        Block::Code { text } => out.push_str(text),
        Block::Table { caption, rows } => {
            write_inlines(caption, out);
            for row in rows {
                if !out.is_empty() && !out.ends_with('\n') {
                    out.push('\n');
                }
                for (column, cell) in row.cells.iter().enumerate() {
                    if column > 0 {
                        out.push('\t');
                    }
                    write_inlines(cell, out);
                }
            }
        }
        Block::Figure { alt, caption, .. } => {
            if caption.is_empty() {
                out.push_str(alt);
            } else {
                write_inlines(caption, out);
            }
        }
        Block::Break => {}
    }
}

fn write_separated<'a, T: 'a>(
    parts: impl Iterator<Item = &'a T>,
    out: &mut String,
    write: impl Fn(&T, &mut String),
) {
    for (position, part) in parts.enumerate() {
        if position > 0 && !out.ends_with('\n') {
            out.push('\n');
        }
        write(part, out);
    }
}

fn write_inlines(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text { text }
            | Inline::Code { text }
            | Inline::NoteReference { text, .. }
            | Inline::NoteMark { text, .. } => out.push_str(text),
            Inline::Emphasis { inlines }
            | Inline::Strong { inlines }
            | Inline::Link { inlines, .. } => write_inlines(inlines, out),
            Inline::LineBreak => out.push('\n'),
        }
    }
}
