//! White space of inline elements.

use vitrine_article::Inline;

use crate::typography::{Gap, is_cjk, is_invisible};

/// Brings the white space of a paragraph in order, inside its elements, too: one space
/// between words, none at the ends, around line breaks and between ideographs that only
/// a line end of the source separates.
pub(crate) fn tidy(inlines: Vec<Inline>) -> Vec<Inline> {
    let mut state = Spacing { gap: Gap::None, last: None };
    let mut out = state.tidy(inlines);
    while matches!(out.last(), Some(Inline::LineBreak)) {
        out.pop();
    }
    out
}

struct Spacing {
    gap: Gap,
    /// The last character that was written, `None` at the start of a line.
    last: Option<char>,
}

impl Spacing {
    fn tidy(&mut self, inlines: Vec<Inline>) -> Vec<Inline> {
        let mut out: Vec<Inline> = Vec::new();
        for inline in inlines {
            match inline {
                Inline::Text { text } => {
                    let text = self.text(&text);
                    match out.last_mut() {
                        Some(Inline::Text { text: known }) => known.push_str(&text),
                        _ if text.is_empty() => {}
                        _ => out.push(Inline::Text { text }),
                    }
                }
                Inline::LineBreak => {
                    self.gap = Gap::None;
                    if self.last.take().is_some() {
                        out.push(Inline::LineBreak);
                    }
                }
                Inline::Code { text } => {
                    let space = self.space_before('x');
                    if !space.is_empty() {
                        out.push(Inline::text(space));
                    }
                    self.last = text.chars().next_back();
                    out.push(Inline::Code { text });
                }
                Inline::NoteReference { ref text, .. }
                | Inline::NoteMark { ref text, .. } => {
                    let space = self.space_before('[');
                    if !space.is_empty() && !text.is_empty() {
                        out.push(Inline::text(space));
                    }
                    self.last = text.chars().next_back().or(self.last).or(Some(' '));
                    out.push(inline);
                }
                Inline::Emphasis { inlines } => {
                    self.wrapped(inlines, &mut out, |inlines| Inline::Emphasis {
                        inlines,
                    });
                }
                Inline::Strong { inlines } => {
                    self.wrapped(inlines, &mut out, |inlines| Inline::Strong { inlines });
                }
                Inline::Link { url, inlines } => {
                    self.wrapped(inlines, &mut out, |inlines| Inline::Link {
                        url,
                        inlines,
                    });
                }
            }
        }
        out
    }

    fn wrapped(
        &mut self,
        inlines: Vec<Inline>,
        out: &mut Vec<Inline>,
        wrap: impl FnOnce(Vec<Inline>) -> Inline,
    ) {
        let mut inner = self.tidy(inlines);
        // The space before an element is no part of it: of a link it would be underlined.
        if let Some(Inline::Text { text }) = inner.first_mut()
            && text.starts_with(' ')
        {
            text.remove(0);
            if text.is_empty() {
                inner.remove(0);
            }
            match out.last_mut() {
                Some(Inline::Text { text }) => text.push(' '),
                _ => out.push(Inline::text(" ")),
            }
        }
        if !inner.is_empty() {
            out.push(wrap(inner));
        }
    }

    fn text(&mut self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        for c in text.chars() {
            if is_invisible(c) || (c.is_control() && !c.is_whitespace()) {
                continue;
            }
            if c.is_whitespace() {
                let is_line = c == '\n' || c == '\r' || self.gap == Gap::Line;
                self.gap = if is_line { Gap::Line } else { Gap::Space };
                continue;
            }
            out.push_str(self.space_before(c));
            out.push(c);
            self.last = Some(c);
        }
        out
    }

    fn space_before(&mut self, next: char) -> &'static str {
        let gap = std::mem::replace(&mut self.gap, Gap::None);
        match (gap, self.last) {
            (Gap::None, _) | (_, None) => "",
            (Gap::Line, Some(last)) if is_cjk(last) && is_cjk(next) => "",
            _ => " ",
        }
    }
}
