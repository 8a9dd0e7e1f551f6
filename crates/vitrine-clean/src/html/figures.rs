//! Figures: pictures, and captions that belong to them.

use vitrine_article::{Block, Image, Inline, plain_text};

use super::{blocks::Builder, dom::NodeId, images};
use crate::typography::one_line;

/// Longest caption, in characters.
const MAX_CAPTION_LEN: usize = 500;

impl Builder<'_> {
    /// A picture outside a `figure`, between the paragraphs; one inside a list or a table
    /// is a sign beside a text.
    pub(super) fn image(&mut self, id: NodeId) {
        if self.nesting > 0 {
            return;
        }
        if let Some(image) = images::image(self.document, id, self.base) {
            let alt = images::alternative(self.document, id);
            self.images.push(alone(image, alt));
        }
    }

    /// What a page shows without scripts: the picture that stands before it, most often.
    pub(super) fn unscripted(&mut self, id: NodeId) {
        if self.nesting > 0 {
            return;
        }
        let Some((image, alt)) = images::unscripted(self.document, id, self.base) else {
            return;
        };
        match self.images.last_mut() {
            Some(Block::Figure { image: Some(before), .. }) => {
                before.addresses.splice(..0, image.addresses);
            }
            _ => self.images.push(alone(image, alt)),
        }
    }

    /// A caption that stands outside a `figure`; `false` when it is too long for one. The
    /// picture stands before it, or in it.
    pub(super) fn caption(&mut self, id: NodeId) -> bool {
        let text = one_line(&self.document.text_of(id));
        let len = text.chars().count();
        if len > MAX_CAPTION_LEN {
            return false;
        }
        let inside = self.document.descendants(id);
        for inner in
            inside.into_iter().filter(|&inner| self.document.name(inner) == "img")
        {
            self.image(inner);
        }
        self.flush();
        if len == 0 {
            return true;
        }
        let caption = vec![Inline::text(text)];
        match self.out.last_mut() {
            Some(Block::Figure { caption: none, image: Some(image), .. })
                if image.stands_alone =>
            {
                *none = caption;
                image.stands_alone = false;
            }
            _ => {
                self.out.push(Block::Figure { alt: String::new(), caption, image: None });
            }
        }
        true
    }

    pub(super) fn figure(&mut self, id: NodeId, depth: usize) {
        let mut alt = String::new();
        let mut caption = Vec::new();
        let inside = self.document.descendants(id);
        let has_table = inside.clone().any(|inner| {
            matches!(self.document.name(inner), "table" | "pre" | "blockquote")
        });
        if has_table {
            let blocks = self.within(id, depth);
            self.out.extend(blocks);
            return;
        }
        let mut pictures: Vec<(Option<Image>, String)> = Vec::new();
        for inner in inside {
            match self.document.name(inner) {
                "img" => {
                    let image = images::image(self.document, inner, self.base);
                    let text = images::alternative(self.document, inner);
                    if alt.is_empty() {
                        alt.clone_from(&text);
                    }
                    pictures.push((image, text));
                }
                "noscript" => {
                    let unscripted = images::unscripted(self.document, inner, self.base);
                    match (unscripted, pictures.last_mut()) {
                        (Some((image, _)), Some((Some(before), _))) => {
                            before.addresses.splice(..0, image.addresses);
                        }
                        (Some((image, _)), Some((none, _))) => *none = Some(image),
                        (Some((image, text)), None) => pictures.push((Some(image), text)),
                        (None, _) => {}
                    }
                }
                "figcaption" if caption.is_empty() => {
                    let text = plain_text(&self.within(inner, depth + 1));
                    caption.extend(
                        (!text.is_empty()).then(|| Inline::text(one_line(&text))),
                    );
                }
                _ => {}
            }
        }
        self.flush();
        // The caption belongs to the last picture of several.
        let image = pictures.pop().and_then(|(image, _)| image);
        let others =
            pictures.into_iter().filter_map(|(image, alt)| Some(alone(image?, alt)));
        self.out.extend(others.filter(|_| self.nesting == 0));
        if !alt.is_empty() || !caption.is_empty() {
            self.out.push(Block::Figure { alt, caption, image });
        } else if let Some(image) = image {
            self.out.push(alone(image, alt));
        }
    }
}

/// A picture that is all of its figure.
fn alone(image: Image, alt: String) -> Block {
    let image = Image { stands_alone: true, ..image };
    Block::Figure { alt, caption: Vec::new(), image: Some(image) }
}
