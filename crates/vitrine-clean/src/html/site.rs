//! What the pages of one folder tell about each other.

use std::collections::BTreeSet;

use vitrine_article::Block;

use crate::{
    extracted::{Extracted, remove},
    fingerprint::{Counts, hash},
    typography::key,
};

/// Folders of fewer pages tell nothing.
const MIN_PAGES: usize = 4;

/// What a page tells about its folder: the hashes of its blocks' keys, each once.
pub(crate) type BlockHashes = Box<[u64]>;

/// Returns what the page tells about its folder.
pub(crate) fn block_hashes(page: &Extracted) -> BlockHashes {
    let hashes: BTreeSet<u64> = page.blocks.iter().map(block_hash).collect();
    hashes.into_iter().collect()
}

fn block_hash(block: &Block) -> u64 {
    hash(key(&block.plain_text()).as_bytes())
}

/// Evidence from all pages of a folder.
#[derive(Debug)]
pub(crate) struct Site {
    page_count: usize,
    /// On how many pages a block occurs.
    block_pages: Counts,
}

impl Site {
    /// Takes what each page of the folder tells.
    ///
    /// # Errors
    ///
    /// Whatever stands in `pages` instead of what a page tells.
    pub(crate) fn observe<E>(
        pages: impl Iterator<Item = Result<BlockHashes, E>>,
    ) -> Result<Self, E> {
        let mut page_count = 0;
        let mut hashes = Vec::new();
        for page in pages {
            page_count += 1;
            hashes.extend(page?);
        }
        Ok(Self { page_count, block_pages: hashes.into() })
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
