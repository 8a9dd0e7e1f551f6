//! Markdown: an article as a file with front matter, which packs again to the same article.

use std::fmt::Write;

use vitrine_article::{Article, Block, Inline, TableRow};

/// Returns the article as `CommonMark` with tables and footnotes, below YAML front matter
/// with its bibliographic data.
///
/// Pictures and files are linked by their path in the archive, so that the file can stand
/// beside its `assets` folder.
pub fn markdown(article: &Article) -> String {
    let metadata = &article.metadata;
    let mut out = String::from("---\n");
    field("id", &article.id, &mut out);
    field("title", &metadata.title, &mut out);
    if let Some(date) = metadata.date {
        field("date", &date.to_string(), &mut out);
    }
    if !metadata.authors.is_empty() {
        out.push_str("authors:\n");
        for author in &metadata.authors {
            out.push_str("  - ");
            quoted(author, &mut out);
            out.push('\n');
        }
    }
    let optional = |name, value: &Option<String>, out: &mut String| {
        if let Some(value) = value {
            field(name, value, out);
        }
    };
    optional("source", &metadata.source, &mut out);
    optional("section", &metadata.section, &mut out);
    optional("type", &metadata.r#type, &mut out);
    optional("abstract", &metadata.r#abstract, &mut out);
    field("lang", &metadata.lang, &mut out);
    optional("url", &metadata.url, &mut out);
    out.push_str("---\n\n");
    let mut body = String::new();
    blocks(&article.blocks, article, &mut body);
    out.push_str(body.trim_end_matches('\n'));
    out.push('\n');
    out
}

fn field(name: &str, value: &str, out: &mut String) {
    out.push_str(name);
    out.push_str(": ");
    quoted(value, out);
    out.push('\n');
}

/// Writes a value as YAML has it between quotation marks.
fn quoted(value: &str, out: &mut String) {
    out.push('"');
    for c in value.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() || matches!(c, '\u{feff}' | '\u{2028}' | '\u{2029}') => {
                // Writing to a text cannot fail.
                write!(out, "\\u{:04X}", c as u32).ok();
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

/// Writes blocks with a blank line after each.
fn blocks(blocks: &[Block], article: &Article, out: &mut String) {
    let mut before: Option<&Block> = None;
    let mut is_other = false;
    for block in blocks {
        if let (Some(Block::List { .. }), Block::List { .. }) = (before, block) {
            // Another sign makes another list of it.
            is_other = !is_other;
        } else {
            is_other = false;
        }
        write_block(block, is_other, article, out);
        before = Some(block);
    }
}

fn write_block(block: &Block, is_other: bool, article: &Article, out: &mut String) {
    match block {
        Block::Paragraph { inlines } => {
            let mut text = line(inlines, article);
            if let Some(number) = note_of(inlines) {
                // Its mark may stand at its end, too, as the way back.
                let is_mark = |inline: &Inline| matches!(inline, Inline::NoteMark { .. });
                let mut rest = inlines.clone();
                rest.retain(|inline| !is_mark(inline));
                text = format!("[^{number}]: {}", line(&rest, article).trim());
            }
            if !text.trim().is_empty() {
                out.push_str(&text);
                out.push_str("\n\n");
            }
        }
        Block::Heading { level, inlines } => {
            out.extend(std::iter::repeat_n('#', usize::from((*level).clamp(2, 6))));
            out.push(' ');
            out.push_str(&line(inlines, article).replace('\n', " "));
            out.push_str("\n\n");
        }
        Block::List { items, .. }
            if !items.is_empty() && items.iter().all(|i| is_note(i)) =>
        {
            // A note is no item in Markdown; its later paragraphs are indented.
            for item in items {
                let mut inner = String::new();
                blocks(item, article, &mut inner);
                out.push_str(prefixed(inner.trim_end(), "    ").trim_start());
                out.push_str("\n\n");
            }
        }
        Block::List { ordered, items } => {
            for (position, item) in items.iter().enumerate() {
                let mut inner = String::new();
                blocks(item, article, &mut inner);
                let sign = match (ordered, is_other) {
                    (true, false) => format!("{}. ", position + 1),
                    (true, true) => format!("{}) ", position + 1),
                    (false, false) => "- ".to_owned(),
                    (false, true) => "* ".to_owned(),
                };
                let indent = " ".repeat(sign.len());
                out.push_str(&sign);
                out.push_str(prefixed(inner.trim_end(), &indent).trim_start());
                out.push_str("\n\n");
            }
        }
        Block::Quote { blocks: quoted } => {
            let mut inner = String::new();
            blocks(quoted, article, &mut inner);
            let text = inner.trim_end().lines().map(|line| format!("> {line}"));
            let text: Vec<String> = text.map(|line| line.trim_end().to_owned()).collect();
            out.push_str(&text.join("\n"));
            out.push_str("\n\n");
        }
        Block::Code { text } => {
            let ticks = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
            let fence = "`".repeat(3.max(ticks + 1));
            out.extend([fence.as_str(), "\n", text, "\n", &fence, "\n\n"]);
        }
        Block::Table { caption, rows } => {
            if !caption.is_empty() {
                out.push_str(&line(caption, article).replace('\n', " "));
                out.push_str("\n\n");
            }
            table(rows, article, out);
        }
        Block::Figure { alt, caption, image } => {
            let address = image.as_ref().and_then(|image| {
                let file = image.addresses.iter().find_map(|it| article.file_of(it));
                file.map(vitrine_article::AssetFile::path)
                    .or_else(|| image.addresses.first().cloned())
            });
            out.push_str("![");
            escaped(alt, out);
            out.push_str("](<");
            out.push_str(&destination(&address.unwrap_or_default()));
            out.push('>');
            let caption = plain(caption);
            if !caption.is_empty() {
                out.extend([
                    " \"",
                    &caption.replace('\\', "\\\\").replace('"', "\\\""),
                    "\"",
                ]);
            }
            out.push_str(")\n\n");
        }
        Block::Break => out.push_str("* * *\n\n"),
    }
}

/// Whether an item of a list is a note.
fn is_note(item: &[Block]) -> bool {
    matches!(item.first(), Some(Block::Paragraph { inlines }) if note_of(inlines).is_some())
}

/// Returns which note a paragraph is, if it is one.
fn note_of(inlines: &[Inline]) -> Option<u32> {
    inlines.iter().find_map(|inline| match inline {
        Inline::NoteMark { number, .. } => Some(*number),
        _ => None,
    })
}

fn prefixed(text: &str, indent: &str) -> String {
    let lines = text.lines().map(|line| {
        if line.is_empty() { String::new() } else { format!("{indent}{line}") }
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn table(rows: &[TableRow], article: &Article, out: &mut String) {
    let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    if width == 0 {
        return;
    }
    let (head, body) = match rows.split_first() {
        Some((first, rest)) if first.header => (first.cells.as_slice(), rest),
        _ => (&[][..], rows),
    };
    row(head, width, article, out);
    out.push_str(&"| --- ".repeat(width));
    out.push_str("|\n");
    for one in body {
        row(&one.cells, width, article, out);
    }
    out.push('\n');
}

fn row(cells: &[Vec<Inline>], width: usize, article: &Article, out: &mut String) {
    for column in 0..width {
        let cell = cells.get(column).map_or(String::new(), |cell| line(cell, article));
        // What is escaped already stays so.
        let cell = cell.replace("\\\n", " ").replace('\n', " ");
        out.extend(["| ", &cell, " "]);
    }
    out.push_str("|\n");
}

/// Returns inlines as the lines of a paragraph, of which none is taken for a block.
fn line(inlines: &[Inline], article: &Article) -> String {
    let mut text = String::new();
    for inline in inlines {
        write_inline(inline, article, &mut text);
    }
    let lines = text.lines().map(|line| {
        let line = line.trim_start();
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        let is_number = digits > 0
            && line.get(digits..).is_some_and(|rest| rest.starts_with(['.', ')']));
        if is_number {
            let (number, rest) = line.split_at(digits);
            format!("{number}\\{rest}")
        } else if line.starts_with(['-', '+', '=', '#', '>', '~', '|', ':']) {
            format!("\\{line}")
        } else {
            line.to_owned()
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn write_inline(inline: &Inline, article: &Article, out: &mut String) {
    match inline {
        Inline::Text { text } | Inline::NoteMark { text, .. } => escaped(text, out),
        Inline::Emphasis { inlines } => wrapped("*", inlines, article, out),
        Inline::Strong { inlines } => wrapped("**", inlines, article, out),
        Inline::Code { text } => {
            let ticks = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
            let fence = "`".repeat(ticks + 1);
            let space =
                if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
            out.extend([fence.as_str(), space, &text.replace('\n', " "), space, &fence]);
        }
        Inline::Link { url, inlines } => {
            let target = article.file_of(url).map(vitrine_article::AssetFile::path);
            out.push('[');
            for inline in inlines {
                write_inline(inline, article, out);
            }
            out.push_str("](<");
            out.push_str(&destination(target.as_deref().unwrap_or(url)));
            out.push_str(">)");
        }
        Inline::LineBreak => out.push_str("\\\n"),
        Inline::NoteReference { number, .. } => {
            // Writing to a text cannot fail.
            write!(out, "[^{number}]").ok();
        }
    }
}

/// Writes emphasis; the spaces at its ends stand outside, where the signs still count.
fn wrapped(sign: &str, inlines: &[Inline], article: &Article, out: &mut String) {
    let mut inner = String::new();
    for inline in inlines {
        write_inline(inline, article, &mut inner);
    }
    let text = inner.trim();
    if text.is_empty() {
        out.push_str(&inner);
        return;
    }
    let start = inner.len() - inner.trim_start().len();
    let end = inner.trim_end().len();
    out.push_str(inner.get(..start).unwrap_or_default());
    out.extend([sign, text, sign]);
    out.push_str(inner.get(end..).unwrap_or_default());
}

fn escaped(text: &str, out: &mut String) {
    for c in text.chars() {
        if matches!(
            c,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '~' | '|' | '$' | '^'
        ) {
            out.push('\\');
        }
        out.push(c);
    }
}

fn destination(url: &str) -> String {
    url.replace('\\', "%5C")
        .replace('<', "%3C")
        .replace('>', "%3E")
        .replace(['\n', '\r'], "%20")
}

fn plain(inlines: &[Inline]) -> String {
    let text: String = inlines.iter().map(Inline::plain_text).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
