//! Articles as XHTML, which is HTML, too: for books and for ZIM files.

use std::{collections::BTreeSet, fmt::Write};

use vitrine_article::{Article, AssetFile, Block, Inline, TableRow, is_safe_link};

/// The style of every page.
pub(crate) const STYLE: &str = include_str!("style.css");

/// How a page leads to files.
#[derive(Clone, Copy)]
pub(crate) struct Files<'a> {
    /// Whether a picture can stand in the page.
    pub(crate) shows: &'a dyn Fn(&AssetFile) -> bool,
    /// Whether a link may lead to a file.
    pub(crate) offers: &'a dyn Fn(&AssetFile) -> bool,
    /// Whether notes are marked as those of a book.
    pub(crate) is_book: bool,
}

/// Returns the page of an article.
pub(crate) fn page(article: &Article, files: Files<'_>) -> String {
    let metadata = &article.metadata;
    let mut writer =
        Writer { article, files, out: String::new(), referred: BTreeSet::new() };
    let out = &mut writer.out;
    out.push_str("<h1>");
    text(&metadata.title, out);
    out.push_str("</h1>\n");
    let date = metadata.date.map(|date| date.to_string()).unwrap_or_default();
    let authors = metadata.authors.join(", ");
    let source = metadata.source.as_deref().unwrap_or_default();
    let facts = [authors.as_str(), source, date.as_str()];
    let facts: Vec<&str> = facts.into_iter().filter(|fact| !fact.is_empty()).collect();
    if !facts.is_empty() {
        out.push_str("<p class=\"facts\">");
        text(&facts.join(" · "), out);
        out.push_str("</p>\n");
    }
    if let Some(summary) = &metadata.r#abstract {
        out.push_str("<section class=\"abstract\" role=\"doc-abstract\"><p>");
        text(summary, out);
        out.push_str("</p></section>\n");
    }
    for (position, block) in article.blocks.iter().enumerate() {
        writer.block(block, article.language_of(position));
    }
    if let Some(url) = metadata.url.as_deref().filter(|url| is_safe_link(url)) {
        let out = &mut writer.out;
        out.push_str("<p class=\"origin\"><a href=\"");
        text(&address(url), out);
        out.push_str("\">");
        text(url, out);
        out.push_str("</a></p>\n");
    }
    document(&metadata.title, &metadata.lang, &writer.out)
}

/// Returns a page.
pub(crate) fn document(title: &str, lang: &str, body: &str) -> String {
    let (mut escaped, mut tag) = (String::new(), String::new());
    text(if title.is_empty() { "–" } else { title }, &mut escaped);
    text(if lang.is_empty() { "und" } else { lang }, &mut tag);
    let primary = lang.split('-').next().unwrap_or_default();
    let is_rtl = ["ar", "fa", "he", "ur", "yi", "ps", "sd", "ug"].contains(&primary);
    let dir = if is_rtl { " dir=\"rtl\"" } else { "" };
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n\
         <html xmlns=\"http://www.w3.org/1999/xhtml\" \
         xmlns:epub=\"http://www.idpf.org/2007/ops\" lang=\"{tag}\" xml:lang=\"{tag}\"{dir}>\n\
         <head>\n<meta charset=\"UTF-8\"/>\n<title>{escaped}</title>\n\
         <link rel=\"stylesheet\" type=\"text/css\" href=\"style.css\"/>\n</head>\n\
         <body>\n{body}</body>\n</html>\n"
    )
}

/// Writes text, for elements and attributes; what XML has no letters for is left out.
pub(crate) fn text(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // Checkers of ZIM files take src='…' for an address, also in the text of an example.
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' => {
                out.push(c);
            }
            '\u{10000}'.. => out.push(c),
            _ => {}
        }
    }
}

/// Returns an address with what no address may have encoded.
fn address(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    let mut rest = url;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        let is_escape = || {
            let digits = rest.as_bytes().get(..2);
            digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
        };
        match c {
            '%' if !is_escape() => out.push_str("%25"),
            '\0'..=' '
            | '"'
            | '<'
            | '>'
            | '\\'
            | '^'
            | '`'
            | '{'
            | '|'
            | '}'
            | '\u{7f}' => {
                // Writing to a text cannot fail.
                write!(out, "%{:02X}", c as u32).ok();
            }
            c => out.push(c),
        }
    }
    out
}

struct Writer<'a> {
    article: &'a Article,
    files: Files<'a>,
    out: String,
    /// Notes that something has referred to: the first place is the one to go back to.
    referred: BTreeSet<u32>,
}

impl Writer<'_> {
    fn open(&mut self, tag: &str, lang: Option<&str>) {
        self.out.push('<');
        self.out.push_str(tag);
        if let Some(lang) = lang {
            self.out.push_str(" lang=\"");
            text(lang, &mut self.out);
            self.out.push_str("\" xml:lang=\"");
            text(lang, &mut self.out);
            self.out.push('"');
        }
        self.out.push('>');
    }

    fn close(&mut self, tag: &str) {
        self.out.push_str("</");
        self.out.push_str(tag);
        self.out.push_str(">\n");
    }

    fn element(&mut self, tag: &str, lang: Option<&str>, inlines: &[Inline]) {
        self.open(tag, lang);
        self.inlines(inlines);
        self.close(tag);
    }

    fn block(&mut self, block: &Block, lang: Option<&str>) {
        match block {
            Block::Paragraph { inlines } => self.element("p", lang, inlines),
            Block::Heading { level, inlines } => {
                let level = (*level).clamp(2, 6);
                self.element(&format!("h{level}"), lang, inlines);
            }
            Block::List { items, .. } if items.is_empty() => {}
            Block::List { ordered, items } => {
                let tag = if *ordered { "ol" } else { "ul" };
                self.open(tag, lang);
                for item in items {
                    self.open("li", None);
                    for block in item {
                        self.block(block, None);
                    }
                    self.close("li");
                }
                self.close(tag);
            }
            Block::Quote { blocks } => {
                self.open("blockquote", lang);
                for block in blocks {
                    self.block(block, None);
                }
                self.close("blockquote");
            }
            Block::Code { text: code } => {
                self.open("pre", lang);
                self.out.push_str("<code>");
                text(code, &mut self.out);
                self.out.push_str("</code>");
                self.close("pre");
            }
            Block::Table { caption, rows } => self.table(caption, rows, lang),
            Block::Figure { alt, caption, image } => {
                let addresses = image.as_ref().map(|image| image.addresses.as_slice());
                let file = addresses
                    .unwrap_or_default()
                    .iter()
                    .find_map(|address| self.article.file_of(address))
                    .filter(|file| (self.files.shows)(file))
                    .cloned();
                self.figure(alt, caption, file.as_ref(), lang);
            }
            Block::Break => self.out.push_str("<hr/>\n"),
        }
    }

    fn figure(
        &mut self,
        alt: &str,
        caption: &[Inline],
        file: Option<&AssetFile>,
        lang: Option<&str>,
    ) {
        if file.is_none() && alt.is_empty() && caption.is_empty() {
            return;
        }
        self.open("figure", lang);
        match file {
            Some(file) => {
                self.out.push_str("<img src=\"");
                text(&file.path(), &mut self.out);
                self.out.push_str("\" alt=\"");
                text(alt, &mut self.out);
                self.out.push_str("\"/>\n");
            }
            None if caption.is_empty() => {
                self.open("p", None);
                text(alt, &mut self.out);
                self.close("p");
            }
            None => {}
        }
        if !caption.is_empty() {
            self.element("figcaption", None, caption);
        }
        self.close("figure");
    }

    fn table(&mut self, caption: &[Inline], rows: &[TableRow], lang: Option<&str>) {
        let rows = rows.iter().filter(|row| !row.cells.is_empty());
        if rows.clone().next().is_none() {
            if !caption.is_empty() {
                self.element("p", lang, caption);
            }
            return;
        }
        self.open("table", lang);
        if !caption.is_empty() {
            self.element("caption", None, caption);
        }
        for row in rows {
            self.open("tr", None);
            let tag = if row.header { "th" } else { "td" };
            for cell in &row.cells {
                self.element(tag, None, cell);
            }
            self.close("tr");
        }
        self.close("table");
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            self.inline(inline);
        }
    }

    fn wrapped(&mut self, tag: &str, inlines: &[Inline]) {
        self.open(tag, None);
        self.inlines(inlines);
        self.out.push_str("</");
        self.out.push_str(tag);
        self.out.push('>');
    }

    fn inline(&mut self, inline: &Inline) {
        match inline {
            Inline::Text { text: plain } => text(plain, &mut self.out),
            Inline::Emphasis { inlines } => self.wrapped("em", inlines),
            Inline::Strong { inlines } => self.wrapped("strong", inlines),
            Inline::Code { text: code } => {
                self.out.push_str("<code>");
                text(code, &mut self.out);
                self.out.push_str("</code>");
            }
            Inline::Link { url, inlines } => {
                let file = self.article.file_of(url);
                let target = match file {
                    Some(file) => (self.files.offers)(file).then(|| file.path()),
                    None => is_safe_link(url).then(|| address(url)),
                };
                if let Some(target) = target {
                    self.out.push_str("<a href=\"");
                    text(&target, &mut self.out);
                    self.out.push_str("\">");
                    self.inlines(inlines);
                    self.out.push_str("</a>");
                } else {
                    self.inlines(inlines);
                }
            }
            Inline::LineBreak => self.out.push_str("<br/>"),
            Inline::NoteReference { number, text: mark } => {
                let kind = if self.files.is_book { " epub:type=\"noteref\"" } else { "" };
                let id = if self.referred.insert(*number) {
                    format!(" id=\"reference-{number}\"")
                } else {
                    String::new()
                };
                // Writing to a text cannot fail.
                write!(self.out, "<a{id}{kind} href=\"#note-{number}\">").ok();
                text(mark, &mut self.out);
                self.out.push_str("</a>");
            }
            Inline::NoteMark { number, text: mark } => {
                // Writing to a text cannot fail.
                write!(self.out, "<a id=\"note-{number}\" href=\"#reference-{number}\">")
                    .ok();
                text(if mark.is_empty() { "↑" } else { mark }, &mut self.out);
                self.out.push_str("</a>");
            }
        }
    }
}
