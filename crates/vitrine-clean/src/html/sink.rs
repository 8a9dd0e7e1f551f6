//! What the parser builds: nodes that know their neighbours, because it moves them.

use std::{borrow::Cow, cell::RefCell, rc::Rc};

use html5ever::{
    Attribute, ExpandedName, QualName, expanded_name,
    interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink},
    local_name, ns,
    tendril::StrTendril,
};

use super::dom::{Document, NodeData};

/// Position of a node in the order in which the parser made them; the first one is the
/// document.
type Position = usize;

const DOCUMENT: Position = 0;

#[derive(Debug, Default)]
struct Node {
    data: NodeData,
    parent: Option<Position>,
    previous: Option<Position>,
    next: Option<Position>,
    first_child: Option<Position>,
    last_child: Option<Position>,
}

/// A node as the parser knows it.
#[derive(Debug, Clone)]
pub(super) struct Handle {
    position: Position,
    name: Rc<QualName>,
}

/// Collects the nodes that the parser makes.
#[derive(Debug)]
pub(super) struct Sink {
    nodes: RefCell<Nodes>,
    nameless: Rc<QualName>,
}

impl Default for Sink {
    fn default() -> Self {
        let nameless = Rc::new(QualName::new(None, ns!(), local_name!("")));
        Self { nodes: RefCell::new(Nodes(vec![Node::default()])), nameless }
    }
}

#[derive(Debug)]
struct Nodes(Vec<Node>);

impl Nodes {
    fn push(&mut self, data: NodeData) -> Position {
        self.0.push(Node { data, ..Node::default() });
        self.0.len() - 1
    }

    /// The link of a node that `choose` names, to be read or changed.
    fn link(
        &mut self,
        position: Option<Position>,
        choose: fn(&mut Node) -> &mut Option<Position>,
        value: Option<Position>,
    ) {
        if let Some(node) = position.and_then(|position| self.0.get_mut(position)) {
            *choose(node) = value;
        }
    }

    fn unlink(&mut self, position: Position) {
        let Some(node) = self.0.get_mut(position) else { return };
        let (parent, previous, next) =
            (node.parent.take(), node.previous.take(), node.next.take());
        if previous.is_some() {
            self.link(previous, |node| &mut node.next, next);
        } else {
            self.link(parent, |node| &mut node.first_child, next);
        }
        if next.is_some() {
            self.link(next, |node| &mut node.previous, previous);
        } else {
            self.link(parent, |node| &mut node.last_child, previous);
        }
    }

    /// Puts a node or text below `parent`, before `next` or at the end.
    fn insert(
        &mut self,
        parent: Position,
        next: Option<Position>,
        new: NodeOrText<Handle>,
    ) {
        if let NodeOrText::AppendNode(handle) = &new {
            self.unlink(handle.position);
        }
        let previous = match next {
            Some(next) => self.0.get(next).and_then(|node| node.previous),
            None => self.0.get(parent).and_then(|node| node.last_child),
        };
        let position = match new {
            NodeOrText::AppendNode(handle) => handle.position,
            NodeOrText::AppendText(text) => {
                let before = previous.and_then(|previous| self.0.get_mut(previous));
                if let Some(Node { data: NodeData::Text(known), .. }) = before {
                    known.push_tendril(&text);
                    return;
                }
                self.push(NodeData::Text(text))
            }
        };
        if let Some(node) = self.0.get_mut(position) {
            (node.parent, node.previous, node.next) = (Some(parent), previous, next);
        }
        if previous.is_some() {
            self.link(previous, |node| &mut node.next, Some(position));
        } else {
            self.link(Some(parent), |node| &mut node.first_child, Some(position));
        }
        if next.is_some() {
            self.link(next, |node| &mut node.previous, Some(position));
        } else {
            self.link(Some(parent), |node| &mut node.last_child, Some(position));
        }
    }

    /// All that is below the document, in document order.
    fn ordered(mut self) -> Document {
        let mut ordered: Vec<(NodeData, Option<Position>)> =
            Vec::with_capacity(self.0.len());
        let mut pending = vec![(DOCUMENT, None)];
        while let Some((position, parent)) = pending.pop() {
            let Some(node) = self.0.get_mut(position) else { continue };
            // Below its siblings, so that what is below it comes before them.
            pending.extend(node.next.map(|next| (next, parent)));
            pending.extend(node.first_child.map(|child| (child, Some(ordered.len()))));
            ordered.push((std::mem::take(&mut node.data), parent));
        }
        Document::new(ordered)
    }
}

impl Sink {
    fn push(&self, data: NodeData, name: Rc<QualName>) -> Handle {
        Handle { position: self.nodes.borrow_mut().push(data), name }
    }

    fn parent_of(&self, position: Position) -> Option<Position> {
        self.nodes.borrow().0.get(position).and_then(|node| node.parent)
    }
}

impl TreeSink for Sink {
    type Handle = Handle;
    type Output = Document;
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) -> Document {
        self.nodes.into_inner().ordered()
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        Handle { position: DOCUMENT, name: Rc::clone(&self.nameless) }
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> ExpandedName<'a> {
        target.name.expanded()
    }

    fn create_element(
        &self,
        name: QualName,
        attributes: Vec<Attribute>,
        _: ElementFlags,
    ) -> Handle {
        let data = NodeData::Element { name: name.local.clone(), attributes };
        self.push(data, Rc::new(name))
    }

    fn create_comment(&self, _: StrTendril) -> Handle {
        self.push(NodeData::Other, Rc::clone(&self.nameless))
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Handle {
        self.push(NodeData::Other, Rc::clone(&self.nameless))
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        self.nodes.borrow_mut().insert(parent.position, None, child);
    }

    fn append_based_on_parent_node(
        &self,
        element: &Handle,
        prev_element: &Handle,
        child: NodeOrText<Handle>,
    ) {
        if self.parent_of(element.position).is_some() {
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
        x.position == y.position
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Handle, new_node: NodeOrText<Handle>) {
        if let Some(parent) = self.parent_of(sibling.position) {
            let next = Some(sibling.position);
            self.nodes.borrow_mut().insert(parent, next, new_node);
        }
    }

    fn add_attrs_if_missing(&self, target: &Handle, new: Vec<Attribute>) {
        let mut nodes = self.nodes.borrow_mut();
        let Some(Node { data: NodeData::Element { attributes, .. }, .. }) =
            nodes.0.get_mut(target.position)
        else {
            return;
        };
        for attribute in new {
            if attributes.iter().all(|known| known.name.local != attribute.name.local) {
                attributes.push(attribute);
            }
        }
    }

    fn remove_from_parent(&self, target: &Handle) {
        self.nodes.borrow_mut().unlink(target.position);
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        let nodes = &mut *self.nodes.borrow_mut();
        let first =
            |nodes: &Nodes| nodes.0.get(node.position).and_then(|node| node.first_child);
        while let Some(position) = first(nodes) {
            let name = Rc::clone(&self.nameless);
            let child = NodeOrText::AppendNode(Handle { position, name });
            nodes.insert(new_parent.position, None, child);
        }
    }

    fn is_mathml_annotation_xml_integration_point(&self, handle: &Handle) -> bool {
        handle.name.expanded() == expanded_name!(mathml "annotation-xml")
    }
}
