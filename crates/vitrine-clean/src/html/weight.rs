//! How much text each part of a page holds.

use super::dom::{Document, NodeId, ROOT};

/// What is known of a node and all below it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Weight {
    /// Weight of the running text.
    pub(super) running: f64,
    /// Characters of any text but white space, of text in links, and the number of links;
    /// a Chinese character counts for three.
    pub(super) len: usize,
    pub(super) link_len: usize,
    pub(super) link_count: usize,
}

/// The weights of all nodes of a page.
#[derive(Debug)]
pub(super) struct Weights(Vec<Weight>);

impl Weights {
    pub(super) fn get(&self, id: NodeId) -> Weight {
        self.0.get(id).copied().unwrap_or_default()
    }

    /// Weighs every node, those below before those above; what `is_hidden` says, and
    /// scripts, weigh nothing.
    pub(super) fn of(document: &Document, is_hidden: impl Fn(NodeId) -> bool) -> Self {
        let mut order = Vec::with_capacity(document.len());
        let (mut id, mut link_end) = (ROOT, ROOT);
        while id < document.len() {
            let name = document.name(id);
            if matches!(name, "script" | "style" | "head" | "noscript") || is_hidden(id) {
                id = document.end(id);
                continue;
            }
            if name == "a" {
                link_end = link_end.max(document.end(id));
            }
            order.push((id, id < link_end));
            id += 1;
        }
        let mut weights = vec![Weight::default(); document.len()];
        for (id, in_link) in order.into_iter().rev() {
            let weight = weigh(document, id, in_link, &weights);
            if let Some(slot) = weights.get_mut(id) {
                *slot = weight;
            }
        }
        Self(weights)
    }
}

fn weigh(document: &Document, id: NodeId, in_link: bool, below: &[Weight]) -> Weight {
    let len = document.text_len(id);
    let mut weight = Weight {
        len,
        link_len: if in_link { len } else { 0 },
        link_count: usize::from(document.name(id) == "a"),
        ..Weight::default()
    };
    let (mut own, mut own_links) = (weight.len, weight.link_len);
    for &child in document.children(id) {
        let Some(&child_weight) = below.get(child) else { continue };
        weight.running += child_weight.running;
        weight.len += child_weight.len;
        weight.link_len += child_weight.link_len;
        weight.link_count += child_weight.link_count;
        if !document.is_block(child) && child_weight.running <= 0.0 {
            own += child_weight.len;
            own_links += child_weight.link_len;
        }
    }
    if document.is_block(id) {
        weight.running += running(own, own_links);
    }
    weight
}

/// Weight of a block's own text: long text without links counts, short pieces do not.
fn running(len: usize, link_len: usize) -> f64 {
    if len < 40 || link_len * 2 > len {
        return 0.0;
    }
    let plain = (len - link_len) as f64;
    if len < 90 { plain * 0.4 } else { plain }
}
