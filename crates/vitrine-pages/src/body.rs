//! The body of an article as markup of a closed set of elements.

use maud::{Markup, html};
use vitrine_article::{Article, AssetFile, Block, Inline, TableRow, is_safe_link};
use vitrine_words::direction;

use crate::words::Strings;

/// How deep lists, quotes and emphasis nest; what is deeper is shown as plain text.
const MAX_DEPTH: u8 = 12;

/// Writes the body of one article.
pub(crate) struct Body<'a> {
    article: &'a Article,
    strings: &'a Strings,
    /// What leads from the page to the folder of the archive.
    up: &'a str,
    /// How many references to each note have been written, by number.
    references: Vec<u32>,
}

impl<'a> Body<'a> {
    pub(crate) fn new(article: &'a Article, strings: &'a Strings, up: &'a str) -> Self {
        Self { article, strings, up, references: Vec::new() }
    }

    /// Returns all blocks; those in another language say so.
    pub(crate) fn write(mut self) -> Markup {
        let article = self.article;
        html! {
            @for (position, block) in article.blocks.iter().enumerate() {
                @if let Some(lang) = article.language_of(position) {
                    div lang=(lang) dir=(direction(lang)) { (self.block(block, 0)) }
                } @else {
                    (self.block(block, 0))
                }
            }
        }
    }

    fn blocks(&mut self, blocks: &[Block], depth: u8) -> Markup {
        html! {
            @for block in blocks {
                @if depth < MAX_DEPTH {
                    (self.block(block, depth))
                } @else {
                    p { (block.plain_text()) }
                }
            }
        }
    }

    fn block(&mut self, block: &Block, depth: u8) -> Markup {
        match block {
            Block::Paragraph { inlines } => html! { p { (self.inlines(inlines, 0)) } },
            Block::Heading { level, inlines } => {
                let text = self.inlines(inlines, 0);
                match level {
                    0..=2 => html! { h2 { (text) } },
                    3 => html! { h3 { (text) } },
                    4 => html! { h4 { (text) } },
                    5 => html! { h5 { (text) } },
                    _ => html! { h6 { (text) } },
                }
            }
            Block::List { ordered, items } => {
                let items = html! {
                    @for item in items { li { (self.blocks(item, depth + 1)) } }
                };
                if *ordered {
                    html! { ol { (items) } }
                } else {
                    html! { ul { (items) } }
                }
            }
            Block::Quote { blocks } => {
                html! { blockquote { (self.blocks(blocks, depth + 1)) } }
            }
            Block::Code { text } => html! {
                pre tabindex="0" role="region" aria-label=(self.strings.code()) {
                    code { (text) }
                }
            },
            Block::Table { caption, rows } => self.table(caption, rows),
            Block::Figure { alt, caption, image } => {
                let address = image.as_ref().and_then(|image| image.addresses.first());
                let file = address.and_then(|address| self.article.file_of(address));
                let file = file.filter(|file| file.kind.is_image());
                html! {
                    figure {
                        @if let Some(file) = file {
                            (self.picture(file, alt))
                        } @else {
                            p.missing { (self.strings.picture_missing()) }
                            @if !alt.is_empty() { p { (alt) } }
                        }
                        @if !caption.is_empty() {
                            figcaption { (self.inlines(caption, 0)) }
                        }
                    }
                }
            }
            Block::Break => html! { hr; },
        }
    }

    fn picture(&self, file: &AssetFile, alt: &str) -> Markup {
        let has_size = file.width > 0 && file.height > 0;
        html! {
            img src={ (self.up) (file.path()) } alt=(alt) loading="lazy"
                width=[has_size.then_some(file.width)]
                height=[has_size.then_some(file.height)];
        }
    }

    fn table(&mut self, caption: &[Inline], rows: &[TableRow]) -> Markup {
        html! {
            div.scrollable tabindex="0" role="region" aria-label=(self.strings.table()) {
                table {
                    @if !caption.is_empty() { caption { (self.inlines(caption, 0)) } }
                    @for row in rows {
                        tr {
                            @for cell in &row.cells {
                                @if row.header {
                                    th scope="col" { (self.inlines(cell, 0)) }
                                } @else {
                                    td { (self.inlines(cell, 0)) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    fn inlines(&mut self, inlines: &[Inline], depth: u8) -> Markup {
        html! { @for inline in inlines { (self.inline(inline, depth)) } }
    }

    fn inline(&mut self, inline: &Inline, depth: u8) -> Markup {
        let deeper = depth.saturating_add(1);
        if depth >= MAX_DEPTH {
            return html! { (inline.plain_text()) };
        }
        match inline {
            Inline::Text { text } => html! { (text) },
            Inline::Code { text } => html! { code { (text) } },
            Inline::LineBreak => html! { br; },
            Inline::Emphasis { inlines } => {
                html! { em { (self.inlines(inlines, deeper)) } }
            }
            Inline::Strong { inlines } => {
                html! { strong { (self.inlines(inlines, deeper)) } }
            }
            Inline::NoteReference { number, text } => {
                let id = self.is_first(*number).then(|| format!("ref-{number}"));
                html! {
                    a.note id=[id] href={ "#note-" (number) } role="doc-noteref" { (text) }
                }
            }
            Inline::NoteMark { number, text } => html! {
                a.note id={ "note-" (number) } href={ "#ref-" (number) }
                    role="doc-backlink" title=(self.strings.back_to_text()) {
                    @if text.is_empty() { "↑" } @else { (text) }
                }
            },
            Inline::Link { url, inlines } => self.link(url, inlines, deeper),
        }
    }

    fn link(&mut self, url: &str, inlines: &[Inline], depth: u8) -> Markup {
        let text = self.inlines(inlines, depth);
        match self.article.file_of(url) {
            Some(file) if file.kind.is_linkable() => {
                html! { a href={ (self.up) (file.path()) } { (text) } }
            }
            _ if is_safe_link(url) => {
                html! { a href=(url) rel="noopener noreferrer" { (text) } }
            }
            _ => text,
        }
    }

    /// Whether this is the first reference to a note, to which the note leads back.
    fn is_first(&mut self, number: u32) -> bool {
        let is_first = !self.references.contains(&number);
        if is_first {
            self.references.push(number);
        }
        is_first
    }
}
