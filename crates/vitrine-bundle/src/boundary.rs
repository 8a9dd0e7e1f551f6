//! Where chunks end: at places that depend on what stands there, not on all before.

/// Returns whether a chunk ends after an item of `item_bytes` that `key` identifies, when it
/// then holds `len_bytes` and chunks are to hold about `target_bytes`.
///
/// Between two thirds of the target and half as much again the key's hash decides. So an article more or
/// less moves the ends of the chunks around it and all others stay as they are: a re-packed
/// archive shares its files with the one before.
pub fn is_boundary(
    key: &[u8],
    item_bytes: usize,
    len_bytes: usize,
    target_bytes: usize,
) -> bool {
    let least = target_bytes / 3 * 2;
    let chances = target_bytes.saturating_sub(least).max(1) as u64;
    let is_chosen = hash(key) % chances < item_bytes as u64;
    len_bytes >= least && (is_chosen || len_bytes >= target_bytes / 2 * 3)
}

/// FNV-1a (64 bits), its high bits folded into the low ones.
pub(crate) fn hash(key: &[u8]) -> u64 {
    let step = |hash: u64, &byte: &u8| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    };
    let hash = key.iter().fold(0xcbf2_9ce4_8422_2325, step);
    hash ^ (hash >> 32)
}

#[cfg(test)]
mod tests {
    use super::is_boundary;

    /// Cuts items of the same size and returns the last item of each chunk.
    fn cut(items: &[u32]) -> Vec<u32> {
        let mut len_bytes = 0;
        let is_last = |item: &&u32| {
            len_bytes += 100;
            let is_last = is_boundary(&item.to_le_bytes(), 100, len_bytes, 2_000);
            len_bytes *= usize::from(!is_last);
            is_last
        };
        items.iter().filter(is_last).copied().collect()
    }

    #[test]
    fn an_item_more_moves_only_the_ends_around_it() {
        let before: Vec<u32> = (0..10_000).collect();
        let mut after = before.clone();
        after.insert(5_000, 1_000_000);
        let (before, after) = (cut(&before), cut(&after));
        let moved = after.iter().filter(|item| !before.contains(item)).count();
        assert!(moved < 10, "{moved} of {}", after.len());
        assert!((400..600).contains(&before.len()), "{} chunks", before.len());
    }
}
