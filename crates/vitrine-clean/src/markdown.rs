//! Markdown becomes blocks; no HTML is made on the way.

use std::collections::BTreeMap;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use vitrine_article::{Block, Image, Inline, TableRow, inline_text};

use crate::{html, notes};

/// How deep containers and inline elements may nest before their marks are left out.
const MAX_DEPTH: usize = 12;

/// Returns the blocks of `source`; links are resolved against `base`.
///
/// A first heading of level 1 stays one of level 1, so that the caller can tell it from
/// the headings of sections. Raw HTML is read as HTML where it stands in a block of its
/// own; elsewhere its tags are left out.
pub(crate) fn blocks(source: &str, base: Option<&str>) -> Vec<Block> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS;
    let mut builder = Builder {
        base,
        open: vec![Container::new(Kind::Body)],
        spans: vec![(Span::Plain, Vec::new())],
        images: Vec::new(),
        notes: Vec::new(),
        numbers: BTreeMap::new(),
        raw: None,
        rows: Vec::new(),
    };
    for event in Parser::new_ext(source, options) {
        builder.event(event);
    }
    builder.flush();
    let mut blocks =
        builder.open.into_iter().flat_map(|open| open.blocks).collect::<Vec<_>>();
    blocks.extend(builder.notes);
    blocks
}

/// A block that holds blocks.
struct Container {
    kind: Kind,
    blocks: Vec<Block>,
    items: Vec<Vec<Block>>,
}

enum Kind {
    Body,
    Quote,
    List { ordered: bool },
    Item,
    Note { label: String },
}

impl Container {
    fn new(kind: Kind) -> Self {
        Self { kind, blocks: Vec::new(), items: Vec::new() }
    }
}

/// An inline element that holds inline elements.
enum Span {
    Plain,
    Emphasis,
    Strong,
    Link { url: String },
    Image { title: String, addresses: Vec<String> },
}

struct Builder<'a> {
    base: Option<&'a str>,
    open: Vec<Container>,
    spans: Vec<(Span, Vec<Inline>)>,
    /// Images of the paragraph, which follow it.
    images: Vec<Block>,
    /// Footnotes, which follow the text.
    notes: Vec<Block>,
    /// Their labels.
    numbers: BTreeMap<String, u32>,
    /// The text of code or of raw HTML.
    raw: Option<String>,
    rows: Vec<TableRow>,
}

impl Builder<'_> {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Html(text) => match &mut self.raw {
                Some(raw) => raw.push_str(&text),
                None => self.inline(Inline::text(text.into_string())),
            },
            Event::Code(text) => self.inline(Inline::Code { text: text.into_string() }),
            Event::InlineHtml(tag) => {
                if tag.to_ascii_lowercase().starts_with("<br") {
                    self.inline(Inline::LineBreak);
                }
            }
            Event::SoftBreak => self.inline(Inline::text("\n")),
            Event::HardBreak => self.inline(Inline::LineBreak),
            Event::Rule => self.block(Block::Break),
            Event::FootnoteReference(label) => {
                let text = format!("[{label}]");
                let number = self.number_of(&label);
                self.inline(Inline::NoteReference { number, text });
            }
            Event::TaskListMarker(is_done) => {
                self.inline(Inline::text(if is_done { "☑ " } else { "☐ " }));
            }
            Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.inline(Inline::text(text.into_string()));
            }
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::BlockQuote(_) => self.push(Kind::Quote),
            Tag::List(start) => self.push(Kind::List { ordered: start.is_some() }),
            Tag::Item => self.push(Kind::Item),
            Tag::FootnoteDefinition(label) => {
                self.push(Kind::Note { label: label.into_string() });
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented)
            | Tag::HtmlBlock => {
                self.flush();
                self.raw = Some(String::new());
            }
            Tag::Table(_) => {
                self.flush();
                self.rows.clear();
            }
            Tag::TableHead => {
                self.rows.push(TableRow { header: true, cells: Vec::new() });
            }
            Tag::TableRow => self.rows.push(TableRow::default()),
            Tag::Emphasis => self.span(Span::Emphasis),
            Tag::Strong => self.span(Span::Strong),
            Tag::Link { dest_url, .. } => {
                let url = html::link(self.base, &dest_url).unwrap_or_default();
                self.span(Span::Link { url });
            }
            Tag::Image { title, dest_url, .. } => {
                let resolved = html::resolve(self.base, &dest_url);
                let mut addresses: Vec<String> = resolved.into_iter().collect();
                if !addresses.iter().any(|address| **address == *dest_url) {
                    addresses.push(dest_url.into_string());
                }
                self.span(Span::Image { title: title.into_string(), addresses });
            }
            Tag::Paragraph | Tag::Heading { .. } => self.flush(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::BlockQuote(_)
            | TagEnd::List(_)
            | TagEnd::Item
            | TagEnd::FootnoteDefinition => self.pop(),
            TagEnd::CodeBlock => {
                let text = self.raw.take().unwrap_or_default();
                let text = text.trim_end_matches('\n').to_owned();
                self.block(Block::Code { text });
            }
            TagEnd::HtmlBlock => {
                let source = self.raw.take().unwrap_or_default();
                let mut blocks = html::fragment(&source, self.base).0;
                notes::unlink(&mut blocks);
                self.flush();
                self.put_all(blocks);
            }
            TagEnd::TableCell => {
                let cell = self.take_inlines();
                if let Some(row) = self.rows.last_mut() {
                    row.cells.push(cell);
                }
            }
            TagEnd::Table => {
                let rows = std::mem::take(&mut self.rows);
                self.block(Block::Table { caption: Vec::new(), rows });
            }
            TagEnd::Heading(level) => {
                let inlines = self.take_inlines();
                let is_first = self.open.len() == 1
                    && self.open.iter().all(|open| open.blocks.is_empty());
                let level = if is_first { level as u8 } else { (level as u8).max(2) };
                if !inlines.is_empty() {
                    self.block(Block::Heading { level, inlines });
                }
                self.flush();
            }
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link | TagEnd::Image => {
                self.end_span();
            }
            TagEnd::Paragraph => self.flush(),
            _ => {}
        }
    }

    fn span(&mut self, span: Span) {
        self.spans.push((span, Vec::new()));
    }

    fn end_span(&mut self) {
        if self.spans.len() < 2 {
            return;
        }
        let depth = self.spans.len();
        let Some((span, inlines)) = self.spans.pop() else { return };
        match span {
            Span::Image { title, addresses } => {
                let alt = plain(&inlines);
                let is_named = !alt.is_empty() || !title.is_empty();
                let is_file = addresses
                    .iter()
                    .any(|address| !address.is_empty() && !address.starts_with("data:"));
                if is_named || is_file {
                    let caption = if title.is_empty() {
                        Vec::new()
                    } else {
                        vec![Inline::text(title)]
                    };
                    let image =
                        is_file.then_some(Image { addresses, stands_alone: !is_named });
                    self.images.push(Block::Figure { alt, caption, image });
                }
            }
            Span::Emphasis if depth <= MAX_DEPTH => {
                self.inline(Inline::Emphasis { inlines });
            }
            Span::Strong if depth <= MAX_DEPTH => self.inline(Inline::Strong { inlines }),
            Span::Link { url } if depth <= MAX_DEPTH && !url.is_empty() => {
                self.inline(Inline::Link { url, inlines });
            }
            _ => inlines.into_iter().for_each(|inline| self.inline(inline)),
        }
    }

    /// A number for each note; what counts is that it is the same for the same label.
    fn number_of(&mut self, label: &str) -> u32 {
        let next = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX);
        *self.numbers.entry(label.to_owned()).or_insert(next)
    }

    fn inline(&mut self, inline: Inline) {
        if let Some((_, inlines)) = self.spans.last_mut() {
            inlines.push(inline);
        }
    }

    fn take_inlines(&mut self) -> Vec<Inline> {
        while self.spans.len() > 1 {
            self.end_span();
        }
        let inlines = self.spans.last_mut().map(|(_, inlines)| std::mem::take(inlines));
        html::tidy(inlines.unwrap_or_default())
    }

    /// Ends the paragraph that is open, if one is.
    fn flush(&mut self) {
        let inlines = self.take_inlines();
        if !inlines.is_empty() {
            self.put(Block::Paragraph { inlines });
        }
        for image in std::mem::take(&mut self.images) {
            self.put(image);
        }
    }

    fn block(&mut self, block: Block) {
        self.flush();
        self.put(block);
    }

    fn put(&mut self, block: Block) {
        if let Some(open) = self.open.last_mut() {
            open.blocks.push(block);
        }
    }

    fn put_all(&mut self, blocks: impl IntoIterator<Item = Block>) {
        for block in blocks {
            self.put(block);
        }
    }

    fn push(&mut self, kind: Kind) {
        self.flush();
        self.open.push(Container::new(kind));
    }

    fn pop(&mut self) {
        self.flush();
        if self.open.len() < 2 {
            return;
        }
        let depth = self.open.len();
        let Some(Container { kind, blocks, items }) = self.open.pop() else { return };
        match kind {
            Kind::Quote if depth <= MAX_DEPTH => self.put(Block::Quote { blocks }),
            Kind::List { ordered } if depth <= MAX_DEPTH => {
                self.put(Block::List { ordered, items });
            }
            Kind::List { .. } => {
                self.put_all(items.into_iter().flatten());
            }
            Kind::Item => {
                if let Some(list) = self.open.last_mut() {
                    list.items.push(blocks);
                }
            }
            Kind::Note { label } => {
                let text = format!("[{label}]");
                let mark = Inline::NoteMark { number: self.number_of(&label), text };
                let start = self.notes.len();
                self.notes.extend(blocks);
                if let Some(Block::Paragraph { inlines }) = self.notes.get_mut(start) {
                    inlines.splice(..0, [mark, Inline::text(" ")]);
                } else {
                    let inlines = vec![mark];
                    self.notes.insert(start, Block::Paragraph { inlines });
                }
            }
            Kind::Body | Kind::Quote => {
                self.put_all(blocks);
            }
        }
    }
}

fn plain(inlines: &[Inline]) -> String {
    crate::typography::one_line(&inline_text(inlines))
}

/// Takes a heading of level 1 from the start of `blocks`, as the title.
pub(crate) fn take_title(blocks: &mut Vec<Block>) -> Option<String> {
    match blocks.first() {
        Some(Block::Heading { level, inlines }) if *level == HeadingLevel::H1 as u8 => {
            let title = plain(inlines);
            blocks.remove(0);
            Some(title)
        }
        _ => None,
    }
}
