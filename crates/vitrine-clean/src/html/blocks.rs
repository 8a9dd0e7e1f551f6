//! From the tree to blocks and inline elements.

use std::collections::BTreeMap;

use vitrine_article::{Block, Inline, TableRow};

use super::{
    dom::{Document, NodeId},
    hint::is_caption,
    images,
    notes::{self, Role},
    prune::Hidden,
    spacing::tidy,
};
use crate::typography::{is_invisible, one_line};

/// How deep elements may nest before the rest is taken as plain text.
const MAX_DEPTH: usize = 96;

/// Makes blocks of `roots`; links are resolved against `base`.
pub(super) fn blocks(
    document: &Document,
    hidden: &Hidden,
    roots: &[NodeId],
    base: Option<&str>,
) -> Vec<Block> {
    let mut builder = Builder {
        document,
        hidden,
        base,
        out: Vec::new(),
        inline: Vec::new(),
        images: Vec::new(),
        nesting: 0,
        notes: notes::roles(document, base),
        note: None,
    };
    for &root in roots {
        builder.element(root, 0);
        builder.flush();
    }
    builder.out
}

/// Makes blocks, one element after another.
pub(super) struct Builder<'a> {
    pub(super) document: &'a Document,
    hidden: &'a Hidden,
    pub(super) base: Option<&'a str>,
    pub(super) out: Vec<Block>,
    inline: Vec<Inline>,
    /// Pictures of the paragraph, which follow it.
    pub(super) images: Vec<Block>,
    /// Number of blocks around the one that is built.
    pub(super) nesting: usize,
    notes: BTreeMap<NodeId, Role>,
    /// The note of which nothing has come yet: its number, and what it may begin with.
    note: Option<(u32, String)>,
}

impl Builder<'_> {
    fn children(&mut self, id: NodeId, depth: usize) {
        if let Some(Role::Mark { number, text }) =
            self.notes.get(&id).filter(|_| self.document.is_block(id))
        {
            self.note = Some((*number, text.clone()));
        }
        for &child in self.document.children(id) {
            self.element(child, depth + 1);
        }
    }

    fn element(&mut self, id: NodeId, depth: usize) {
        let document = self.document;
        if document.name(id) == "noscript" {
            return self.unscripted(id);
        }
        if self.hidden.is_hidden(id) {
            return;
        }
        if let Some(text) = document.text(id) {
            // A line that is indented by hand starts a paragraph.
            let is_indented = text
                .trim_start_matches(['\n', '\r', ' ', '\t'])
                .starts_with("\u{3000}\u{3000}")
                || text
                    .trim_start_matches(['\n', '\r'])
                    .starts_with("\u{a0}\u{a0}\u{a0}");
            if is_indented && matches!(self.inline.last(), Some(Inline::LineBreak)) {
                self.flush();
            }
            self.inline.push(Inline::text(text));
            return;
        }
        if depth > MAX_DEPTH {
            self.inline.push(Inline::text(document.text_of(id).into_owned()));
            return;
        }
        if !matches!(document.name(id), "figure" | "table" | "caption")
            && is_caption(document, id)
            && self.caption(id)
        {
            return;
        }
        match document.name(id) {
            "br" => {
                let is_second = self.inline.iter().rev().find(|i| !is_blank(i))
                    == Some(&Inline::LineBreak);
                if is_second {
                    self.flush();
                } else {
                    self.inline.push(Inline::LineBreak);
                }
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading(id, depth),
            "ul" | "ol" | "menu" => self.list(id, depth),
            "blockquote" => {
                let blocks = self.within(id, depth);
                if !blocks.is_empty() {
                    self.out.push(Block::Quote { blocks });
                }
            }
            "pre" => self.code(id),
            "table" => self.table(id, depth),
            "figure" => self.figure(id, depth),
            "hr" => {
                self.flush();
                let is_useful = self.out.last().is_some_and(|last| *last != Block::Break);
                if is_useful {
                    self.out.push(Block::Break);
                }
            }
            "img" => self.image(id),
            "svg" | "video" | "audio" | "object" | "canvas" => {}
            "a" => self.link(id, depth),
            "em" | "i" | "cite" | "dfn" | "var" => {
                self.styled(id, depth, |inlines| Inline::Emphasis { inlines });
            }
            "strong" | "b" => {
                self.styled(id, depth, |inlines| Inline::Strong { inlines });
            }
            "code" | "kbd" | "samp" | "tt" => {
                let text = one_line(&document.text_of(id));
                if !text.is_empty() {
                    self.inline.push(Inline::Code { text });
                }
            }
            "q" => {
                self.inline.push(Inline::text("“"));
                self.children(id, depth);
                self.inline.push(Inline::text("”"));
            }
            _ if document.is_block(id) => {
                self.flush();
                self.children(id, depth);
                self.flush();
                self.note = None;
            }
            _ => self.children(id, depth),
        }
    }

    /// Ends the paragraph that the inline elements so far are.
    pub(super) fn flush(&mut self) {
        let mut inlines = tidy(std::mem::take(&mut self.inline));
        match (inlines.as_slice(), self.out.last_mut()) {
            ([], _) => {}
            // The way back on a line of its own belongs to the note above.
            ([Inline::NoteMark { .. }], Some(Block::Paragraph { inlines: last })) => {
                last.append(&mut inlines);
            }
            _ => {
                if let Some((number, label)) = self.note.take() {
                    put_mark(&mut inlines, number, &label);
                }
                self.out.push(Block::Paragraph { inlines });
            }
        }
        self.out.append(&mut self.images);
    }

    /// The blocks inside `id`, apart from those around it.
    pub(super) fn within(&mut self, id: NodeId, depth: usize) -> Vec<Block> {
        self.flush();
        let outer = std::mem::take(&mut self.out);
        self.nesting += 1;
        self.children(id, depth);
        self.flush();
        self.note = None;
        self.nesting -= 1;
        std::mem::replace(&mut self.out, outer)
    }

    fn heading(&mut self, id: NodeId, depth: usize) {
        let level =
            self.document.name(id).bytes().last().map_or(2, |b| b.saturating_sub(b'0'));
        for block in self.within(id, depth) {
            self.out.push(match block {
                Block::Paragraph { inlines } => {
                    Block::Heading { level: level.clamp(2, 6), inlines }
                }
                other => other,
            });
        }
    }

    fn list(&mut self, id: NodeId, depth: usize) {
        self.flush();
        let ordered = self.document.name(id) == "ol";
        let mut items = Vec::new();
        for &child in self.document.children(id) {
            let blocks = if self.document.name(child) == "li" {
                self.within(child, depth + 1)
            } else {
                let outer = std::mem::take(&mut self.out);
                self.element(child, depth + 1);
                self.flush();
                std::mem::replace(&mut self.out, outer)
            };
            if !blocks.is_empty() {
                items.push(blocks);
            }
        }
        if !items.is_empty() {
            self.out.push(Block::List { ordered, items });
        }
    }

    fn code(&mut self, id: NodeId) {
        self.flush();
        let text = self.document.text_of(id);
        let text = text.trim_end().trim_start_matches(['\n', '\r']);
        if !text.trim().is_empty() {
            self.out.push(Block::Code { text: text.replace("\r\n", "\n") });
        }
    }

    /// A table of data becomes a table; one that only places text does not.
    fn table(&mut self, id: NodeId, depth: usize) {
        self.flush();
        let rows: Vec<NodeId> = self.rows(id);
        let is_data = self.is_data_table(id, &rows);
        if !is_data {
            for id in rows {
                for &cell in self.document.children(id) {
                    self.children(cell, depth + 1);
                    self.flush();
                }
            }
            return;
        }
        let mut out = Vec::new();
        for row in rows {
            let mut cells = Vec::new();
            let mut header = true;
            for &cell in self.document.children(row) {
                let name = self.document.name(cell);
                if name != "td" && name != "th" {
                    continue;
                }
                header &= name == "th";
                let mut inlines = Vec::new();
                for block in self.within(cell, depth + 1) {
                    if !inlines.is_empty() {
                        inlines.push(Inline::LineBreak);
                    }
                    match block {
                        Block::Paragraph { inlines: inner }
                        | Block::Heading { inlines: inner, .. } => inlines.extend(inner),
                        other => inlines.push(Inline::text(other.plain_text())),
                    }
                }
                cells.push(inlines);
            }
            if cells.iter().any(|cell| !cell.is_empty()) {
                out.push(TableRow { header, cells });
            }
        }
        let caption = self
            .document
            .children(id)
            .iter()
            .copied()
            .find(|&child| self.document.name(child) == "caption");
        let caption = caption
            .map(|caption| one_line(&self.document.text_of(caption)))
            .filter(|text| !text.is_empty());
        if !out.is_empty() {
            let caption = caption.map(Inline::text).into_iter().collect();
            self.out.push(Block::Table { caption, rows: out });
        }
    }

    /// The rows of this table, not those of tables in its cells.
    fn rows(&self, id: NodeId) -> Vec<NodeId> {
        let mut rows = Vec::new();
        for &child in self.document.children(id) {
            match self.document.name(child) {
                "tr" => rows.push(child),
                "thead" | "tbody" | "tfoot" => {
                    rows.extend(
                        self.document
                            .children(child)
                            .iter()
                            .copied()
                            .filter(|&row| self.document.name(row) == "tr"),
                    );
                }
                _ => {}
            }
        }
        rows
    }

    fn is_data_table(&self, id: NodeId, rows: &[NodeId]) -> bool {
        let cells: Vec<usize> = rows
            .iter()
            .map(|&row| {
                let is_cell =
                    |&&cell: &&NodeId| matches!(self.document.name(cell), "td" | "th");
                self.document.children(row).iter().filter(is_cell).count()
            })
            .collect();
        let has_layout = self.document.descendants(id).skip(1).any(|inner| {
            matches!(
                self.document.name(inner),
                "table" | "h1" | "h2" | "ul" | "form" | "blockquote"
            )
        });
        let longest = rows
            .iter()
            .flat_map(|&row| self.document.children(row))
            .map(|&cell| one_line(&self.document.text_of(cell)).chars().count())
            .max()
            .unwrap_or(0);
        let wide = cells.iter().filter(|&&count| count >= 2).count();
        !has_layout && rows.len() >= 2 && wide * 2 > rows.len() && longest < 400
    }

    fn link(&mut self, id: NodeId, depth: usize) {
        match self.notes.get(&id) {
            Some(Role::Reference { number, text }) => {
                let before = self.inline.last().map(Inline::plain_text);
                let number = *number;
                // Without brackets it would be read as a part of the word before it.
                let is_word = text.chars().all(char::is_alphanumeric)
                    && !before
                        .unwrap_or_default()
                        .ends_with(['[', '(', '［', '（', '〔']);
                let text = if is_word { format!("[{text}]") } else { text.clone() };
                return self.inline.push(Inline::NoteReference { number, text });
            }
            Some(Role::Mark { number, text }) => {
                let (number, text) = (*number, text.clone());
                return self.inline.push(Inline::NoteMark { number, text });
            }
            Some(Role::Superfluous) => return,
            None => {}
        }
        let before = self.inline.len();
        let blocks_before = self.out.len();
        self.children(id, depth);
        // A link around whole blocks cannot stand in one of them.
        if self.out.len() != blocks_before || before > self.inline.len() {
            return;
        }
        let href = self.document.attribute(id, "href");
        let Some(url) = href.and_then(|href| images::link(self.base, href)) else {
            return;
        };
        let inlines = self.inline.split_off(before);
        if inlines.iter().any(|inline| !is_blank(inline)) {
            self.inline.push(Inline::Link { url, inlines });
        }
    }

    fn styled(&mut self, id: NodeId, depth: usize, wrap: fn(Vec<Inline>) -> Inline) {
        let before = self.inline.len();
        let blocks_before = self.out.len();
        self.children(id, depth);
        if self.out.len() == blocks_before && before <= self.inline.len() {
            let inlines = self.inline.split_off(before);
            if inlines.iter().any(|inline| !is_blank(inline)) {
                self.inline.push(wrap(inlines));
            } else {
                self.inline.extend(inlines);
            }
        }
    }
}

/// Marks the beginning of a note: what its reference says, if it begins like that.
fn put_mark(inlines: &mut Vec<Inline>, number: u32, label: &str) {
    let enclosed = |text: &str| {
        let open = text.len() - text.trim_start_matches(['[', '(', '［', '（']).len();
        let rest = text.get(open..)?.strip_prefix(label)?;
        let close = rest.trim_start_matches([']', ')', '］', '）', '.']);
        Some(text.len() - close.len())
    };
    if let Some(Inline::Text { text }) = inlines.first_mut()
        && let Some(len) = enclosed(text)
    {
        let rest = text.split_off(len);
        let text = std::mem::replace(text, rest);
        inlines.insert(0, Inline::NoteMark { number, text });
    } else {
        let mark = Inline::NoteMark { number, text: String::new() };
        inlines.splice(..0, [mark, Inline::text(" ")]);
    }
}

fn is_blank(inline: &Inline) -> bool {
    matches!(inline, Inline::Text { text } if text.chars().all(|c| c.is_whitespace() || is_invisible(c)))
}
