//! What was found so far, and how the captures of crawls hang together.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

use crate::{Page, RawPage, Skip, Unreadable, UnreadableReason};

/// The pages of all inputs.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pages: Vec<Page>,
    /// Position of the newest capture of each address.
    newest: BTreeMap<String, usize>,
    originals: BTreeSet<CaptureKey>,
    revisits: Vec<(usize, Vec<CaptureKey>)>,
}

/// Something by which a record of a crawl refers to another: short, because there is one
/// for each record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct CaptureKey([u8; 16]);

impl CaptureKey {
    /// The key of the parts of a reference, the first of which says what it is.
    pub(crate) fn new(parts: &[&str]) -> Self {
        let digest = Sha256::digest(parts.join("\n"));
        let mut key = [0; 16];
        key.iter_mut().zip(digest).for_each(|(to, from)| *to = from);
        Self(key)
    }
}

impl Found {
    /// Takes a page, or why there is none.
    pub(crate) fn page(&mut self, page: Page) {
        self.pages.push(page);
    }

    /// Takes an input that yields no page.
    pub(crate) fn refuse(&mut self, path: &str, reason: impl Into<UnreadableReason>) {
        let reason = reason.into();
        let (path, sha256) = (path.to_owned(), String::new());
        self.pages.push(Err(Unreadable { path, sha256, reason }));
    }

    /// Takes a page of a crawl; of several captures of an address the newest is kept.
    pub(crate) fn captured(&mut self, page: RawPage) {
        let position = self.pages.len();
        let url = page.capture.url.as_deref().unwrap_or_default();
        let url = url.split('#').next().unwrap_or_default().to_owned();
        let Some(&other) = self.newest.get(&url).filter(|_| !url.is_empty()) else {
            self.newest.insert(url, position);
            self.pages.push(Ok(page));
            return;
        };
        let is_newer = match self.pages.get(other) {
            Some(Ok(other)) => time(other) < time(&page),
            _ => true,
        };
        if is_newer {
            if let Some(slot) = self.pages.get_mut(other)
                && let Ok(older) = slot
            {
                *slot = Err(older_capture(older));
            }
            self.newest.insert(url, position);
            self.pages.push(Ok(page));
        } else {
            self.pages.push(Err(older_capture(&page)));
        }
    }

    /// Takes a key by which other records may refer to one that is there.
    pub(crate) fn original(&mut self, key: CaptureKey) {
        self.originals.insert(key);
    }

    /// Takes a record that says no more than that a page is as another one.
    pub(crate) fn revisit(&mut self, path: &str, originals: Vec<CaptureKey>) {
        self.revisits.push((self.pages.len(), originals));
        self.refuse(path, UnreadableReason::MissingOriginal);
    }

    /// Returns the pages in the order in which they were found.
    pub(crate) fn finish(mut self) -> Vec<Page> {
        for (position, keys) in self.revisits {
            if keys.iter().any(|key| self.originals.contains(key))
                && let Some(Err(revisit)) = self.pages.get_mut(position)
            {
                revisit.reason = Skip::Unchanged.into();
            }
        }
        self.pages
    }
}

/// The time of a capture, such that texts compare as times do: a fraction of a second
/// comes after none.
fn time(page: &RawPage) -> &str {
    page.capture.captured.as_deref().unwrap_or_default().trim_end_matches('Z')
}

fn older_capture(page: &RawPage) -> Unreadable {
    let (path, sha256) = (page.path.clone(), page.sha256.clone());
    Unreadable { path, sha256, reason: Skip::OlderCapture.into() }
}
