//! How much text each part of a page holds.

use super::{
    blocks::is_block,
    dom::{Document, NodeId, ROOT},
};
use crate::typography::is_han;

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
        let mut weights = vec![Weight::default(); document.len()];
        let mut order = Vec::new();
        let mut pending = vec![(ROOT, false)];
        while let Some((id, in_link)) = pending.pop() {
            let name = document.name(id);
            if matches!(name, "script" | "style" | "head" | "noscript") || is_hidden(id) {
                continue;
            }
            let in_link = in_link || name == "a";
            order.push((id, in_link));
            pending.extend(document.children(id).iter().map(|&child| (child, in_link)));
        }
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
    let mut weight = Weight::default();
    if let Some(text) = document.text(id) {
        weight.len = text
            .chars()
            .filter(|c| !c.is_whitespace())
            .map(|c| if is_han(c) { 3 } else { 1 })
            .sum();
        weight.link_len = if in_link { weight.len } else { 0 };
    }
    weight.link_count = usize::from(document.name(id) == "a");
    let (mut own, mut own_links) = (weight.len, weight.link_len);
    for &child in document.children(id) {
        let Some(&child_weight) = below.get(child) else { continue };
        weight.running += child_weight.running;
        weight.len += child_weight.len;
        weight.link_len += child_weight.link_len;
        weight.link_count += child_weight.link_count;
        if !is_block(document.name(child)) && child_weight.running <= 0.0 {
            own += child_weight.len;
            own_links += child_weight.link_len;
        }
    }
    if is_block(document.name(id)) {
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
