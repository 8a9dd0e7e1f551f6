//! Decoded chunks that were used lately, bounded by their size.

use std::{collections::BTreeMap, rc::Rc};

use crate::Digest;

/// Most bytes of decoded chunks that a bundle keeps: 32 MiB.
const CAPACITY_BYTES: usize = 32 << 20;

/// Least-recently-used cache of decoded payloads.
#[derive(Debug, Default)]
pub(crate) struct Cache {
    slots: BTreeMap<Digest, Slot>,
    /// Digests by the time of their last use.
    ages: BTreeMap<u64, Digest>,
    len_bytes: usize,
    clock: u64,
}

#[derive(Debug)]
struct Slot {
    payload: Rc<[u8]>,
    used: u64,
}

impl Cache {
    pub(crate) fn get(&mut self, digest: &Digest) -> Option<Rc<[u8]>> {
        let slot = self.slots.get_mut(digest)?;
        self.ages.remove(&slot.used);
        self.clock += 1;
        slot.used = self.clock;
        self.ages.insert(self.clock, *digest);
        Some(Rc::clone(&slot.payload))
    }

    pub(crate) fn insert(&mut self, digest: Digest, payload: Rc<[u8]>) {
        if self.get(&digest).is_some() {
            return;
        }
        self.clock += 1;
        self.len_bytes += payload.len();
        self.ages.insert(self.clock, digest);
        self.slots.insert(digest, Slot { payload, used: self.clock });
        while self.len_bytes > CAPACITY_BYTES && self.slots.len() > 1 {
            let Some((_, oldest)) = self.ages.pop_first() else { break };
            if let Some(slot) = self.slots.remove(&oldest) {
                self.len_bytes -= slot.payload.len();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{CAPACITY_BYTES, Cache};
    use crate::Digest;

    #[test]
    fn what_was_used_longest_ago_goes_first() {
        let mut cache = Cache::default();
        let digests: Vec<_> = (0..3_u8).map(|n| Digest::of(&[n])).collect();
        let payload = vec![0_u8; CAPACITY_BYTES / 2];
        cache.insert(digests[0], payload.clone().into());
        cache.insert(digests[1], payload.clone().into());
        assert!(cache.get(&digests[0]).is_some());
        cache.insert(digests[2], payload.into());
        assert!(cache.get(&digests[0]).is_some());
        assert!(cache.get(&digests[1]).is_none());
    }
}
