//! What the pages of one folder tell about each other.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    extracted::{Extracted, remove},
    typography::key,
};

/// Takes out the blocks that recur over the pages of a folder: notices, invitations.
pub(super) fn remove_recurring(pages: &mut [Extracted], members: &[usize]) {
    if members.len() < 4 {
        return;
    }
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for &member in members {
        let keys: BTreeSet<String> = pages
            .get(member)
            .map(|page| {
                page.blocks.iter().map(|block| key(&block.plain_text())).collect()
            })
            .unwrap_or_default();
        for key in keys {
            *counts.entry(key).or_default() += 1;
        }
    }
    let least = (members.len() * 3 / 20).max(4);
    for &member in members {
        let Some(page) = pages.get_mut(member) else { continue };
        let recurs = |block: &vitrine_article::Block| {
            let key = key(&block.plain_text());
            !key.is_empty() && counts.get(&key).is_some_and(|&count| count >= least)
        };
        let recurring = page.blocks.iter().filter(|block| recurs(block)).count();
        // Copies of one page recur as a whole.
        if recurring == 0 || recurring * 2 > page.blocks.len() {
            continue;
        }
        for block in page.blocks.extract_if(.., |block| recurs(block)) {
            remove(&mut page.removed, &block.plain_text(), "recurs on other pages");
        }
    }
}
