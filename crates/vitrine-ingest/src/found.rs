//! What is found, and how the captures of crawls hang together.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

use crate::{Page, RawPage, Skip, Unreadable, UnreadableReason};

/// Takes the pages of a collection as they are found.
pub trait PageSink {
    /// Takes the next page or record, or why there is none. They count from 0.
    fn take(&mut self, page: Page);

    /// Hears that the page or refusal of that number is `refusal` instead: what comes
    /// later in a crawl may say so.
    fn replace(&mut self, number: usize, refusal: Unreadable);
}

impl PageSink for Vec<Page> {
    fn take(&mut self, page: Page) {
        self.push(page);
    }

    fn replace(&mut self, number: usize, refusal: Unreadable) {
        if let Some(slot) = self.get_mut(number) {
            *slot = Err(refusal);
        }
    }
}

/// What is known of the captures of all inputs.
#[derive(Debug, Default)]
pub(crate) struct Captures {
    /// Number of pages found so far.
    count: usize,
    /// The newest capture of each address.
    newest: BTreeMap<CaptureKey, Newest>,
    originals: BTreeSet<CaptureKey>,
    revisits: Vec<Revisit>,
}

#[derive(Debug)]
struct Newest {
    number: usize,
    path: String,
    sha256: String,
    time: String,
}

#[derive(Debug)]
struct Revisit {
    number: usize,
    path: String,
    originals: Vec<CaptureKey>,
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

/// Passes on what is found in an input.
pub(crate) struct Found<'a> {
    pub(crate) captures: &'a mut Captures,
    pub(crate) sink: &'a mut dyn PageSink,
}

impl Found<'_> {
    /// Takes a page, or why there is none.
    pub(crate) fn page(&mut self, page: Page) {
        self.captures.count += 1;
        self.sink.take(page);
    }

    /// Takes an input that yields no page.
    pub(crate) fn refuse(&mut self, path: &str, reason: impl Into<UnreadableReason>) {
        self.page(Err(refusal(path, reason)));
    }

    /// Takes a page of a crawl; of several captures of an address the newest is kept.
    pub(crate) fn captured(&mut self, page: RawPage) {
        let number = self.captures.count;
        let url = page.capture.url.as_deref().unwrap_or_default();
        let url = url.split('#').next().unwrap_or_default();
        let this = Newest {
            number,
            path: page.path.clone(),
            sha256: page.sha256.clone(),
            time: time(&page).to_owned(),
        };
        if url.is_empty() {
            return self.page(Ok(page));
        }
        let key = CaptureKey::new(&["address", url]);
        match self.captures.newest.get_mut(&key) {
            None => {
                self.captures.newest.insert(key, this);
                self.page(Ok(page));
            }
            Some(other) if other.time < this.time => {
                let older = std::mem::replace(other, this);
                self.sink.replace(older.number, older_capture(older.path, older.sha256));
                self.page(Ok(page));
            }
            Some(_) => self.page(Err(older_capture(this.path, this.sha256))),
        }
    }

    /// Takes a key by which other records may refer to one that is there.
    pub(crate) fn original(&mut self, key: CaptureKey) {
        self.captures.originals.insert(key);
    }

    /// Takes a record that says no more than that a page is as another one, which has
    /// `address`.
    pub(crate) fn revisit(
        &mut self,
        path: &str,
        originals: Vec<CaptureKey>,
        address: Option<String>,
    ) {
        let (number, path) = (self.captures.count, path.to_owned());
        self.refuse(&path, UnreadableReason::MissingOriginal { address });
        self.captures.revisits.push(Revisit { number, path, originals });
    }

    /// Says of the records that refer to others whether these are there.
    pub(crate) fn finish(self) {
        let Captures { originals, revisits, .. } = self.captures;
        for Revisit { number, path, originals: keys } in revisits.drain(..) {
            if keys.iter().any(|key| originals.contains(key)) {
                self.sink.replace(number, refusal(&path, Skip::Unchanged));
            }
        }
    }
}

/// The time of a capture, such that texts compare as times do: a fraction of a second
/// comes after none.
fn time(page: &RawPage) -> &str {
    page.capture.captured.as_deref().unwrap_or_default().trim_end_matches('Z')
}

fn refusal(path: &str, reason: impl Into<UnreadableReason>) -> Unreadable {
    let (path, sha256) = (path.to_owned(), String::new());
    Unreadable { path, sha256, reason: reason.into() }
}

fn older_capture(path: String, sha256: String) -> Unreadable {
    Unreadable { path, sha256, reason: Skip::OlderCapture.into() }
}
