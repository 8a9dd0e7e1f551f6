//! Decoded chunks that were used lately, bounded by their size.

use std::rc::Rc;

use crate::Digest;

/// Most bytes of decoded chunks that a bundle keeps: 32 MiB.
const CAPACITY_BYTES: usize = 32 << 20;

/// Least-recently-used cache of decoded payloads.
///
/// It holds hundreds of chunks, rarely thousands, and each one saved is a file: looking
/// through them all costs less than the code of a tree would in the browser.
#[derive(Debug, Default)]
pub(crate) struct Cache {
    /// The payloads, the one that was used last at the end.
    slots: Vec<(Digest, Rc<[u8]>)>,
    len_bytes: usize,
}

impl Cache {
    pub(crate) fn get(&mut self, digest: &Digest) -> Option<Rc<[u8]>> {
        let position = self.slots.iter().rposition(|(other, _)| other == digest)?;
        let slot = self.slots.remove(position);
        let payload = Rc::clone(&slot.1);
        self.slots.push(slot);
        Some(payload)
    }

    pub(crate) fn insert(&mut self, digest: Digest, payload: Rc<[u8]>) {
        if self.get(&digest).is_some() {
            return;
        }
        self.len_bytes += payload.len();
        self.slots.push((digest, payload));
        let mut outdated = 0;
        let newest = self.slots.len() - 1;
        while self.len_bytes > CAPACITY_BYTES && outdated < newest {
            self.len_bytes -= self.slots[outdated].1.len();
            outdated += 1;
        }
        self.slots.drain(..outdated);
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
