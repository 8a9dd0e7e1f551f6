//! What the pages of one folder tell about each other.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use serde::{Deserialize, Serialize};
use vitrine_article::Block;

use crate::{
    Warning,
    date::{DayOrder, OrderCounts, swapped},
    extracted::{Extracted, remove},
    fingerprint::{Counts, hash},
    typography::key,
};

/// Folders of fewer pages tell nothing.
const MIN_PAGES: usize = 4;

/// What a page tells about its folder.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Observation {
    /// The hashes of its blocks' keys, each once.
    blocks: Vec<u64>,
    /// What its dates tell about the order of day and month.
    orders: OrderCounts,
}

impl Observation {
    pub(super) fn new(page: &Extracted, orders: OrderCounts) -> Self {
        let blocks: BTreeSet<u64> = page.blocks.iter().map(block_hash).collect();
        Self { blocks: blocks.into_iter().collect(), orders }
    }
}

fn block_hash(block: &Block) -> u64 {
    hash(key(&block.plain_text()).as_bytes())
}

/// Which of day and month come first in the dates of each host, by its name.
#[derive(Debug, Default)]
pub(crate) struct HostOrders(BTreeMap<String, OrderCounts>);

impl HostOrders {
    /// Takes what a page of the host tells.
    pub(crate) fn add(&mut self, host: &str, page: &Observation) {
        if page.orders != OrderCounts::default() {
            self.0.entry(host.to_owned()).or_default().extend(page.orders);
        }
    }

    fn of(&self, host: &str) -> Option<DayOrder> {
        self.0.get(host)?.order()
    }
}

/// Evidence from all pages of a folder, and of their hosts.
#[derive(Debug)]
pub(crate) struct Site<'a> {
    page_count: usize,
    /// On how many pages a block occurs.
    block_pages: Counts,
    /// Which of day and month the dates of the folder have first, where some show it.
    day_order: Option<DayOrder>,
    hosts: &'a HostOrders,
}

impl<'a> Site<'a> {
    /// Takes what each page of the folder tells.
    ///
    /// # Errors
    ///
    /// Whatever stands in `pages` instead of what a page tells.
    pub(crate) fn observe<'p, E>(
        pages: impl Iterator<Item = Result<Cow<'p, Observation>, E>>,
        hosts: &'a HostOrders,
    ) -> Result<Self, E> {
        let mut page_count = 0;
        let mut hashes = Vec::new();
        let mut all_orders = OrderCounts::default();
        for page in pages {
            let page = page?;
            page_count += 1;
            hashes.extend_from_slice(&page.blocks);
            all_orders.extend(page.orders);
        }
        let day_order = all_orders.order();
        Ok(Self { page_count, block_pages: hashes.into(), day_order, hosts })
    }

    /// Reads a date that leaves the order of day and month open as the other pages of its
    /// host write theirs, or else those of the folder.
    pub(crate) fn settle_date(&self, page: &mut Extracted, host: Option<&str>) {
        let order = host.and_then(|host| self.hosts.of(host)).or(self.day_order);
        let (Some(read), Some(order)) = (page.open_date, order) else { return };
        if read != order {
            page.metadata.date =
                page.metadata.date.and_then(|date| swapped(date).or(Some(date)));
        }
        page.warnings.retain(|warning| !matches!(warning, Warning::AmbiguousDate { .. }));
    }

    /// Takes out the blocks that recur over the pages of the folder: notices, invitations.
    pub(crate) fn remove_recurring(&self, page: &mut Extracted) {
        if self.page_count < MIN_PAGES {
            return;
        }
        let least = (self.page_count * 3 / 20).max(4);
        let nothing = hash(b"");
        let recurs = |block: &Block| {
            let hash = block_hash(block);
            hash != nothing && self.block_pages.get(hash) >= least
        };
        let recurring = page.blocks.iter().filter(|block| recurs(block)).count();
        // Copies of one page recur as a whole.
        if recurring == 0 || recurring * 2 > page.blocks.len() {
            return;
        }
        for block in page.blocks.extract_if(.., |block| recurs(block)) {
            remove(&mut page.removed, &block.plain_text(), "recurs on other pages");
        }
    }
}
