//! Copies of the same article, found without comparing every pair.
//!
//! A body is its set of four-word sequences (a Chinese character is a word). Equal bodies
//! are found by their text; similar ones by `MinHash`: the least hashes of a set under
//! several orders agree between two sets as often as the sets overlap, and bands of them
//! serve as keys, so that only pages which share a band are compared.

use std::collections::BTreeMap;

use vitrine_article::Article;

use crate::{
    export::paragraphs,
    typography::{is_cjk, key},
};

/// Number of words in a sequence.
const SHINGLE_LEN: usize = 4;

/// Hashes in a signature; bands of them are the keys.
const SIGNATURE_LEN: usize = 64;
const BAND_LEN: usize = 4;

/// Bodies below this number of sequences are too short for a likeness to mean anything.
const MIN_SHINGLES: usize = 24;

/// Longest set that is kept for comparing, as the least hashes of it.
const SKETCH_LEN: usize = 512;

/// What is compared of an article.
#[derive(Debug)]
pub(crate) struct Candidate {
    title: String,
    body: Body,
    /// Length of the cleaned body, in characters: the longest stands for the others.
    len: usize,
    path: String,
    date: Option<vitrine_article::PartialDate>,
}

#[derive(Debug)]
enum Body {
    /// A record with an id of its own: only an equal text is a copy.
    Exact { title: String, text: String, key: String },
    /// A page.
    Sketch { text: String, signature: Vec<u64>, sketch: Vec<u64>, shingle_count: usize },
}

impl Candidate {
    pub(crate) fn new(article: &Article, is_record: bool) -> Self {
        let text = paragraphs(&article.blocks).join("\n");
        let len = text.chars().count();
        let body = if is_record {
            let key = key(&text);
            Body::Exact { title: article.metadata.title.clone(), text, key }
        } else {
            let mut shingles = shingles(&text);
            shingles.sort_unstable();
            shingles.dedup();
            Body::Sketch {
                text: key(&text),
                signature: signature(&shingles),
                shingle_count: shingles.len(),
                sketch: shingles.into_iter().take(SKETCH_LEN).collect(),
            }
        };
        let title = key(&article.metadata.title);
        let path = article.provenance.path.clone();
        Self { title, body, len, path, date: article.metadata.date }
    }

    /// Whether `self` is a copy of `other`.
    fn is_copy_of(&self, other: &Self, percent: u8) -> bool {
        match (&self.body, &other.body) {
            (
                Body::Exact { title: title_a, text: a, .. },
                Body::Exact { title: title_b, text: b, .. },
            ) => title_a == title_b && a == b,
            (Body::Exact { key: a, .. }, Body::Sketch { text: b, .. })
            | (Body::Sketch { text: a, .. }, Body::Exact { key: b, .. }) => {
                self.title == other.title && a == b
            }
            (
                Body::Sketch {
                    text: a, sketch: sketch_a, shingle_count: count_a, ..
                },
                Body::Sketch {
                    text: b, sketch: sketch_b, shingle_count: count_b, ..
                },
            ) => {
                let is_same_title = self.title == other.title;
                if a == b {
                    return is_same_title || *count_a >= MIN_SHINGLES;
                }
                if (*count_a).min(*count_b) < MIN_SHINGLES {
                    return false;
                }
                // Posts made from one template share most of their words, but neither
                // their title nor their day.
                let is_other_post =
                    !is_same_title && (self.date != other.date || self.date.is_none());
                let needed = if is_other_post { 95 } else { usize::from(percent) };
                resemblance(sketch_a, sketch_b) >= needed
            }
        }
    }
}

/// Returns for each candidate the position of the one that stands for it, itself when it
/// is no copy: the longest body, then the least path.
pub(crate) fn representatives(candidates: &[Candidate], percent: u8) -> Vec<usize> {
    let mut order: Vec<usize> = (0..candidates.len()).collect();
    order.sort_by_key(|&position| {
        candidates.get(position).map(|c| (std::cmp::Reverse(c.len), c.path.as_str()))
    });
    let mut representatives: Vec<usize> = (0..candidates.len()).collect();
    let mut by_key: BTreeMap<Key, Vec<usize>> = BTreeMap::new();
    for position in order {
        let Some(candidate) = candidates.get(position) else { continue };
        let keys = keys(candidate);
        let mut known: Vec<usize> =
            keys.iter().filter_map(|key| by_key.get(key)).flatten().copied().collect();
        known.sort_unstable();
        known.dedup();
        let found = known
            .into_iter()
            .filter_map(|known| Some((known, candidates.get(known)?)))
            .filter(|(_, other)| candidate.is_copy_of(other, percent))
            .min_by_key(|(_, other)| (std::cmp::Reverse(other.len), other.path.as_str()));
        if let Some((found, _)) = found {
            if let Some(slot) = representatives.get_mut(position) {
                *slot = found;
            }
        } else {
            for key in keys {
                let bucket = by_key.entry(key).or_default();
                // A band that very many pages share tells nothing, and comparing them
                // all would take for ever.
                if bucket.len() < 64 {
                    bucket.push(position);
                }
            }
        }
    }
    representatives
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Text(u64),
    Band(usize, u64),
}

fn keys(candidate: &Candidate) -> Vec<Key> {
    match &candidate.body {
        Body::Exact { key, .. } => vec![Key::Text(hash(key.as_bytes()))],
        Body::Sketch { text, signature, shingle_count, .. } => {
            let mut keys = vec![Key::Text(hash(text.as_bytes()))];
            if *shingle_count >= MIN_SHINGLES {
                keys.extend(signature.chunks(BAND_LEN).enumerate().map(
                    |(band, hashes)| {
                        Key::Band(
                            band,
                            hashes.iter().fold(0, |sum, &hash| mixed(sum ^ hash)),
                        )
                    },
                ));
            }
            keys
        }
    }
}

/// Share of common elements of two sets, in percent, from their least hashes.
fn resemblance(a: &[u64], b: &[u64]) -> usize {
    let (mut i, mut j, mut seen, mut common) = (0, 0, 0_usize, 0_usize);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        // Beyond the shorter sketch nothing is known of the other set.
        if seen >= SKETCH_LEN {
            break;
        }
        seen += 1;
        match x.cmp(y) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                common += 1;
                i += 1;
                j += 1;
            }
        }
    }
    if a.len() < SKETCH_LEN && b.len() < SKETCH_LEN {
        seen += a.len().saturating_sub(i) + b.len().saturating_sub(j);
    }
    common * 100 / seen.max(1)
}

fn shingles(text: &str) -> Vec<u64> {
    let words = words(text);
    words
        .windows(SHINGLE_LEN)
        .map(|window| window.iter().fold(0, |sum, &word| mixed(sum ^ word)))
        .collect()
}

/// Hashes of the words of `text`, in order.
fn words(text: &str) -> Vec<u64> {
    let mut words = Vec::new();
    let mut word = String::new();
    for c in text.chars().chain([' ']) {
        if c.is_alphanumeric() && !is_cjk(c) {
            word.extend(c.to_lowercase());
            continue;
        }
        if !word.is_empty() {
            words.push(hash(word.as_bytes()));
            word.clear();
        }
        if c.is_alphanumeric() {
            words.push(mixed(u64::from(u32::from(c))));
        }
    }
    words
}

/// The least hash of the set under each of several orders.
fn signature(shingles: &[u64]) -> Vec<u64> {
    let mut signature = vec![u64::MAX; SIGNATURE_LEN];
    for &shingle in shingles {
        for (order, least) in signature.iter_mut().enumerate() {
            let seed = (order as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
            *least = (*least).min(shingle.wrapping_mul(seed).rotate_left(29) ^ seed);
        }
    }
    signature
}

/// FNV-1a, then mixed: good enough for sets, the same on every machine.
fn hash(bytes: &[u8]) -> u64 {
    let fnv = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |sum, &byte| {
        (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    mixed(fnv)
}

/// The finalizer of `SplitMix64`: every bit of the input changes half of the output.
fn mixed(value: u64) -> u64 {
    let value = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

#[cfg(test)]
mod tests {
    use vitrine_article::{Article, Block};

    use super::{Candidate, representatives};

    fn article(path: &str, title: &str, body: &str) -> Article {
        let mut article = Article::default();
        article.provenance.path = path.into();
        article.metadata.title = title.into();
        article.blocks = vec![Block::paragraph(body)];
        article
    }

    fn body(seed: usize) -> String {
        let words = (0..200).map(|i| (i * (seed + 7) + i * i * seed) % 997);
        words.fold(String::new(), |text, word| text + "word" + &word.to_string() + " ")
    }

    #[test]
    fn near_copies_are_merged_into_the_longest() {
        let articles = [
            article("b", "T", &body(1)),
            article("a", "T", &format!("{} and one more sentence at the end", body(1))),
            article("c", "Other", &body(2)),
            article("d", "T", &body(1).to_uppercase()),
        ];
        let candidates: Vec<_> =
            articles.iter().map(|a| Candidate::new(a, false)).collect();
        assert_eq!(representatives(&candidates, 80), [1, 1, 2, 1]);
    }

    #[test]
    fn records_are_merged_only_when_equal() {
        let articles = [
            article("e#1", "T", &body(1)),
            article("e#2", "T", &body(1)),
            article("e#3", "T 2", &body(1)),
            article("e#4", "T", &format!("{}x", body(1))),
        ];
        let candidates: Vec<_> =
            articles.iter().map(|a| Candidate::new(a, true)).collect();
        assert_eq!(representatives(&candidates, 80), [0, 0, 2, 3]);
    }
}
