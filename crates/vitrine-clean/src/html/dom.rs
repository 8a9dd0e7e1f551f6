//! The document tree, in an arena: a hostile page may nest as deep as it likes without
//! anything here recursing.

use std::{borrow::Cow, cell::RefCell, rc::Rc};

use html5ever::{
    Attribute, ExpandedName, ParseOpts, QualName, expanded_name,
    interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink},
    local_name, ns, parse_document,
    tendril::{StrTendril, TendrilSink},
};

/// Position of a node in its document.
pub(super) type NodeId = usize;

/// The root of every document.
pub(super) const ROOT: NodeId = 0;

#[derive(Debug)]
pub(super) struct Node {
    pub(super) data: NodeData,
    pub(super) parent: Option<NodeId>,
    pub(super) children: Vec<NodeId>,
}

#[derive(Debug)]
pub(super) enum NodeData {
    /// The document, a comment, a document type: nothing that is shown.
    Other,
    Text(String),
    Element {
        name: String,
        attributes: Vec<(String, String)>,
    },
}

/// A parsed page.
#[derive(Debug)]
pub(super) struct Document {
    nodes: Vec<Node>,
}

impl Document {
    /// Parses a page as browsers do; parsing never fails.
    pub(super) fn parse(source: &str) -> Self {
        let sink = Sink::default();
        parse_document(sink, ParseOpts::default()).one(source)
    }

    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    pub(super) fn children(&self, id: NodeId) -> &[NodeId] {
        self.nodes.get(id).map_or(&[], |node| &node.children)
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
                .find(|(key, _)| key == name)
                .map(|(_, value)| value.as_str()),
            _ => None,
        }
    }

    pub(super) fn text(&self, id: NodeId) -> Option<&str> {
        match self.nodes.get(id).map(|node| &node.data) {
            Some(NodeData::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// `id` and all below it, each before what it contains.
    pub(super) fn descendants(&self, id: NodeId) -> Vec<NodeId> {
        let mut order = Vec::new();
        let mut pending = vec![id];
        while let Some(id) = pending.pop() {
            order.push(id);
            pending.extend(self.children(id).iter().rev());
        }
        order
    }

    /// The elements named `name`, in document order.
    pub(super) fn elements<'a>(
        &'a self,
        name: &'a str,
    ) -> impl Iterator<Item = NodeId> + 'a {
        self.descendants(ROOT).into_iter().filter(move |&id| self.name(id) == name)
    }

    /// All text below `id`, with a bar between what stands in different elements.
    pub(super) fn spaced_text_of(&self, id: NodeId) -> String {
        let texts = self.descendants(id).into_iter().filter_map(|id| self.text(id));
        let texts: Vec<&str> =
            texts.map(str::trim).filter(|text| !text.is_empty()).collect();
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
    pub(super) fn text_of(&self, id: NodeId) -> String {
        let mut out = String::new();
        for id in self.descendants(id) {
            if let Some(text) = self.text(id) {
                out.push_str(text);
            } else if self.name(id) == "br" {
                out.push('\n');
            }
        }
        out
    }
}

/// A node as the parser knows it.
#[derive(Debug, Clone)]
struct Handle {
    id: NodeId,
    name: Rc<QualName>,
}

/// Collects the nodes that the parser makes.
struct Sink {
    nodes: RefCell<Vec<Node>>,
    nameless: Rc<QualName>,
}

impl Default for Sink {
    fn default() -> Self {
        let root = Node { data: NodeData::Other, parent: None, children: Vec::new() };
        let nameless = Rc::new(QualName::new(None, ns!(), local_name!("")));
        Self { nodes: RefCell::new(vec![root]), nameless }
    }
}

impl Sink {
    fn push(&self, data: NodeData, name: Rc<QualName>) -> Handle {
        let mut nodes = self.nodes.borrow_mut();
        nodes.push(Node { data, parent: None, children: Vec::new() });
        Handle { id: nodes.len() - 1, name }
    }

    fn unlink(nodes: &mut [Node], id: NodeId) {
        let parent = nodes.get_mut(id).and_then(|node| node.parent.take());
        if let Some(parent) = parent.and_then(|parent| nodes.get_mut(parent)) {
            // What is moved is nearly always the last child.
            if let Some(at) = parent.children.iter().rposition(|&child| child == id) {
                parent.children.remove(at);
            }
        }
    }

    /// Puts a node or text below `parent`, at position `at` of its children.
    fn insert(&self, parent: NodeId, at: usize, new: NodeOrText<Handle>) {
        let nodes = &mut *self.nodes.borrow_mut();
        let id = match new {
            NodeOrText::AppendNode(handle) => {
                Self::unlink(nodes, handle.id);
                handle.id
            }
            NodeOrText::AppendText(text) => {
                let before = at
                    .checked_sub(1)
                    .and_then(|before| nodes.get(parent)?.children.get(before).copied());
                if let Some(Node { data: NodeData::Text(known), .. }) =
                    before.and_then(|before| nodes.get_mut(before))
                {
                    known.push_str(&text);
                    return;
                }
                let data = NodeData::Text(text.to_string());
                nodes.push(Node { data, parent: None, children: Vec::new() });
                nodes.len() - 1
            }
        };
        if let Some(node) = nodes.get_mut(id) {
            node.parent = Some(parent);
        }
        if let Some(parent) = nodes.get_mut(parent) {
            let at = at.min(parent.children.len());
            parent.children.insert(at, id);
        }
    }

    fn child_count(&self, id: NodeId) -> usize {
        self.nodes.borrow().get(id).map_or(0, |node| node.children.len())
    }
}

impl TreeSink for Sink {
    type Handle = Handle;
    type Output = Document;
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) -> Document {
        Document { nodes: self.nodes.into_inner() }
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        Handle { id: ROOT, name: Rc::clone(&self.nameless) }
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> ExpandedName<'a> {
        target.name.expanded()
    }

    fn create_element(
        &self,
        name: QualName,
        attrs: Vec<Attribute>,
        _: ElementFlags,
    ) -> Handle {
        let attributes = attrs
            .into_iter()
            .map(|attribute| {
                (attribute.name.local.to_string(), attribute.value.to_string())
            })
            .collect();
        let data = NodeData::Element { name: name.local.to_string(), attributes };
        self.push(data, Rc::new(name))
    }

    fn create_comment(&self, _: StrTendril) -> Handle {
        self.push(NodeData::Other, Rc::clone(&self.nameless))
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Handle {
        self.push(NodeData::Other, Rc::clone(&self.nameless))
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        self.insert(parent.id, self.child_count(parent.id), child);
    }

    fn append_based_on_parent_node(
        &self,
        element: &Handle,
        prev_element: &Handle,
        child: NodeOrText<Handle>,
    ) {
        let has_parent =
            self.nodes.borrow().get(element.id).is_some_and(|n| n.parent.is_some());
        if has_parent {
            self.append_before_sibling(element, child);
        } else {
            self.append(prev_element, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    /// What a template holds is not shown; it is kept apart from the document.
    fn get_template_contents(&self, _: &Handle) -> Handle {
        self.push(NodeData::Other, Rc::clone(&self.nameless))
    }

    fn same_node(&self, x: &Handle, y: &Handle) -> bool {
        x.id == y.id
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Handle, new_node: NodeOrText<Handle>) {
        if let NodeOrText::AppendNode(handle) = &new_node {
            Self::unlink(&mut self.nodes.borrow_mut(), handle.id);
        }
        let place = {
            let nodes = self.nodes.borrow();
            let parent = nodes.get(sibling.id).and_then(|node| node.parent);
            parent.and_then(|parent| {
                let siblings = &nodes.get(parent)?.children;
                Some((parent, siblings.iter().rposition(|&child| child == sibling.id)?))
            })
        };
        if let Some((parent, at)) = place {
            self.insert(parent, at, new_node);
        }
    }

    fn add_attrs_if_missing(&self, target: &Handle, attrs: Vec<Attribute>) {
        let mut nodes = self.nodes.borrow_mut();
        let Some(Node { data: NodeData::Element { attributes, .. }, .. }) =
            nodes.get_mut(target.id)
        else {
            return;
        };
        for attribute in attrs {
            let name = attribute.name.local.to_string();
            if attributes.iter().all(|(known, _)| *known != name) {
                attributes.push((name, attribute.value.to_string()));
            }
        }
    }

    fn remove_from_parent(&self, target: &Handle) {
        Self::unlink(&mut self.nodes.borrow_mut(), target.id);
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        let nodes = &mut *self.nodes.borrow_mut();
        let moved = nodes.get_mut(node.id).map(|node| std::mem::take(&mut node.children));
        for id in moved.iter().flatten() {
            if let Some(node) = nodes.get_mut(*id) {
                node.parent = Some(new_parent.id);
            }
        }
        if let Some(parent) = nodes.get_mut(new_parent.id) {
            parent.children.extend(moved.into_iter().flatten());
        }
    }

    fn is_mathml_annotation_xml_integration_point(&self, handle: &Handle) -> bool {
        handle.name.expanded() == expanded_name!(mathml "annotation-xml")
    }
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
}
