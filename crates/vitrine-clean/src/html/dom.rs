//! The document tree, in an arena in document order: all that is below a node follows it,
//! so that a walk is a count. A hostile page may nest as deep as it likes without anything
//! here recursing.

use std::{borrow::Cow, ops::Range};

use html5ever::{
    Attribute, LocalName, ParseOpts, parse_document,
    tendril::{StrTendril, TendrilSink},
};

use super::{sink::Sink, source};
use crate::typography::is_han;

/// Position of a node in its document.
pub(super) type NodeId = usize;

/// The root of every document.
pub(super) const ROOT: NodeId = 0;

/// What a node is.
#[derive(Debug, Default)]
pub(super) enum NodeData {
    /// The document, a comment, a document type: nothing that is shown.
    #[default]
    Other,
    Text(StrTendril),
    Element {
        name: LocalName,
        attributes: Vec<Attribute>,
    },
}

#[derive(Debug)]
struct Node {
    data: NodeData,
    parent: Option<NodeId>,
    /// The node after all that is below this one.
    end: NodeId,
    /// Where its children stand in the document's list of them.
    children: Range<usize>,
    /// Whether it is an element that starts on a line of its own.
    is_block: bool,
    /// Characters of a text but white space; a Chinese character counts for three.
    text_len: usize,
}

/// A parsed page.
#[derive(Debug)]
pub(super) struct Document {
    nodes: Vec<Node>,
    /// The children of all nodes, those of one node side by side.
    children: Vec<NodeId>,
}

impl Document {
    /// Parses a page as browsers do; parsing never fails. What is never shown and nests
    /// too deep is left out.
    pub(super) fn parse(source: &str) -> Self {
        parse_document(Sink::default(), ParseOpts::default())
            .one(source::prepared(source))
    }

    /// Makes a document of nodes in document order, each with its parent.
    pub(super) fn new(ordered: Vec<(NodeData, Option<NodeId>)>) -> Self {
        let mut counts = vec![0_usize; ordered.len()];
        let mut ends: Vec<NodeId> = (1..=ordered.len()).collect();
        for (id, (_, parent)) in ordered.iter().enumerate().rev() {
            let Some(parent) = *parent else { continue };
            let end = ends.get(id).copied().unwrap_or_default();
            if let (Some(slot), Some(count)) =
                (ends.get_mut(parent), counts.get_mut(parent))
            {
                *slot = end.max(*slot);
                *count += 1;
            }
        }
        let mut nodes: Vec<Node> = Vec::with_capacity(ordered.len());
        let mut children = vec![ROOT; ordered.len().saturating_sub(1)];
        let mut first_child = 0;
        let places = ends.into_iter().zip(counts);
        for ((id, (data, above)), (end, count)) in
            ordered.into_iter().enumerate().zip(places)
        {
            if let Some(parent) = above.and_then(|parent| nodes.get_mut(parent)) {
                if let Some(slot) = children.get_mut(parent.children.end) {
                    *slot = id;
                }
                parent.children.end += 1;
            }
            let (is_block, text_len) = match &data {
                NodeData::Other => (false, 0),
                NodeData::Text(text) => (false, text_len(text)),
                NodeData::Element { name, .. } => (is_block(name), 0),
            };
            let children = first_child..first_child;
            nodes.push(Node { data, parent: above, end, children, is_block, text_len });
            first_child += count;
        }
        Self { nodes, children }
    }

    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    pub(super) fn children(&self, id: NodeId) -> &[NodeId] {
        let place = self.nodes.get(id).map(|node| node.children.clone());
        place.and_then(|place| self.children.get(place)).unwrap_or_default()
    }

    pub(super) fn parent(&self, id: NodeId) -> Option<NodeId> {
        self.nodes.get(id).and_then(|node| node.parent)
    }

    /// Name of an element, lower case; empty for any other node.
    pub(super) fn name(&self, id: NodeId) -> &str {
        match self.nodes.get(id).map(|node| &node.data) {
            Some(NodeData::Element { name, .. }) => name,
            _ => "",
        }
    }

    pub(super) fn attribute(&self, id: NodeId, name: &str) -> Option<&str> {
        match self.nodes.get(id).map(|node| &node.data) {
            Some(NodeData::Element { attributes, .. }) => attributes
                .iter()
                .find(|attribute| &*attribute.name.local == name)
                .map(|attribute| &*attribute.value),
            _ => None,
        }
    }

    pub(super) fn text(&self, id: NodeId) -> Option<&str> {
        match self.nodes.get(id).map(|node| &node.data) {
            Some(NodeData::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// Characters of a text node but white space; a Chinese character counts for three.
    pub(super) fn text_len(&self, id: NodeId) -> usize {
        self.nodes.get(id).map_or(0, |node| node.text_len)
    }

    /// Whether a node is an element that starts on a line of its own.
    pub(super) fn is_block(&self, id: NodeId) -> bool {
        self.nodes.get(id).is_some_and(|node| node.is_block)
    }

    /// The node after `id` and all that is below it.
    pub(super) fn end(&self, id: NodeId) -> NodeId {
        self.nodes.get(id).map_or(id + 1, |node| node.end)
    }

    /// `id` and all below it, each before what it contains.
    pub(super) fn descendants(&self, id: NodeId) -> Range<NodeId> {
        id..self.end(id)
    }

    /// The elements named `name`, in document order.
    pub(super) fn elements<'a>(
        &'a self,
        name: &'a str,
    ) -> impl Iterator<Item = NodeId> + 'a {
        self.descendants(ROOT).filter(move |&id| self.name(id) == name)
    }

    /// All text below `id`, with a bar between what stands in different elements.
    pub(super) fn spaced_text_of(&self, id: NodeId) -> String {
        let texts = self.descendants(id).filter_map(|id| self.text(id));
        let texts = texts.map(str::trim).filter(|text| !text.is_empty());
        let mut out = String::new();
        for text in texts {
            // `By` and a comma belong to the name beside them.
            let is_word = out.is_empty()
                || out.ends_with([' ', ','])
                || text.starts_with([',', ' '])
                || ["by", "and"].iter().any(|w| text.eq_ignore_ascii_case(w))
                || ["by", "and", "by:"].iter().any(|w| {
                    out.rsplit('|').next().is_some_and(|last| {
                        last.trim().eq_ignore_ascii_case(w)
                            || last.trim().ends_with(" and")
                    })
                });
            out.push_str(if is_word { " " } else { "|" });
            out.push_str(text);
        }
        out
    }

    /// All text below `id`, as it stands in the source.
    pub(super) fn text_of(&self, id: NodeId) -> Cow<'_, str> {
        let mut out = Cow::Borrowed("");
        for id in self.descendants(id) {
            let text = match self.text(id) {
                Some(text) => text,
                None if self.name(id) == "br" => "\n",
                None => continue,
            };
            // Nearly always there is one text, which needs no copy.
            if out.is_empty() {
                out = Cow::Borrowed(text);
            } else {
                out.to_mut().push_str(text);
            }
        }
        out
    }
}

fn text_len(text: &str) -> usize {
    let len_of = |c: char| match c {
        c if c.is_whitespace() => 0,
        c if is_han(c) => 3,
        _ => 1,
    };
    if text.is_ascii() {
        text.bytes().filter(|b| !matches!(b, b'\t'..=b'\r' | b' ')).count()
    } else {
        text.chars().map(len_of).sum()
    }
}

/// Whether an element starts on a line of its own.
fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "body"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "footer"
            | "form"
            | "header"
            | "hgroup"
            | "html"
            | "li"
            | "main"
            | "nav"
            | "option"
            | "p"
            | "section"
            | "summary"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "caption"
            | "blockquote"
            | "pre"
            | "table"
            | "ul"
            | "ol"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "figure"
            | "hr"
    )
}

#[cfg(test)]
mod tests {
    use super::{Document, ROOT};

    #[test]
    fn broken_markup_becomes_a_tree() {
        let page = Document::parse(
            "<p>one<p>two <b>bold <i>both</b> slanted</i><table>x<tr><td>y",
        );
        assert_eq!(page.text_of(ROOT), "onetwo bold both slantedxy");
        assert_eq!(page.elements("p").count(), 2);
    }

    #[test]
    fn what_is_below_a_node_follows_it() {
        let page = Document::parse("<ul><li>a<b>b</b></li><li>c</li></ul><p>d</p>");
        let list = page.elements("ul").next().unwrap();
        let items = page.children(list);
        let texts: Vec<_> = items.iter().map(|&item| page.text_of(item)).collect();
        assert_eq!(texts, ["ab", "c"]);
        assert_eq!(page.name(page.end(list)), "p");
        assert_eq!(page.end(ROOT), page.len());
    }
}
