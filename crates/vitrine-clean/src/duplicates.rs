//! Copies of the same article, found without comparing every pair.
//!
//! A body is its set of four-word sequences (a Chinese character is a word). Equal bodies
//! are found by their text; similar ones by `MinHash`: the least hashes of a set under
//! several orders agree between two sets as often as the sets overlap, and bands of them
//! serve as keys, so that only pages which share a band are compared.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use vitrine_article::{Article, PartialDate};

use crate::{
    export::paragraphs,
    fingerprint::{Counts, Digest, hash, mixed},
    typography::{is_alphanumeric, is_cjk, key},
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

/// A band that very many pages share tells nothing, and comparing them all would take for
/// ever.
const MAX_BUCKET: usize = 64;

/// What tells which articles have to be compared; there is one for each.
#[derive(Debug, Default)]
pub(crate) struct Fingerprint {
    /// Hashes that copies share: of the text, and of bands of the signature.
    keys: Box<[u64]>,
    /// Length of the cleaned body, in characters: the longest stands for the others.
    len: usize,
    path: String,
}

/// What is compared of an article.
#[derive(Debug)]
pub(crate) struct Candidate {
    title: Digest,
    body: Body,
    date: Option<PartialDate>,
}

#[derive(Debug)]
enum Body {
    /// A record with an id of its own: only an equal text is a copy, and only in the same
    /// language. A text that is not translated yet stands under both languages of a site.
    Exact { title: Digest, text: Digest, key: Digest, lang: String },
    /// A page.
    Sketch { text: Digest, sketch: Vec<u64>, shingle_count: usize },
}

impl Fingerprint {
    /// Takes the text of an article, and the key of that.
    pub(crate) fn new(text: &str, key: &str, path: &str, is_record: bool) -> Self {
        let mut keys = vec![hash(key.as_bytes())];
        let words = if is_record { Vec::new() } else { words(text) };
        let mut distinct = BTreeSet::new();
        let is_long = shingles(&words).any(|shingle| {
            distinct.insert(shingle);
            distinct.len() >= MIN_SHINGLES
        });
        if is_long {
            let signature = signature(shingles(&words));
            keys.extend(signature.chunks(BAND_LEN).enumerate().map(|(band, hashes)| {
                hashes.iter().fold(mixed(band as u64 + 1), |sum, &hash| mixed(sum ^ hash))
            }));
        }
        Self { keys: keys.into(), len: text.chars().count(), path: path.to_owned() }
    }

    /// Articles ascend by it: the first of several copies is the one that is kept.
    fn rank(&self) -> (Reverse<usize>, &str) {
        (Reverse(self.len), &self.path)
    }
}

impl Candidate {
    pub(crate) fn new(article: &Article, is_record: bool) -> Self {
        let text = paragraphs(&article.blocks).join("\n");
        let key_of_text = Digest::of(&key(&text));
        let body = if is_record {
            Body::Exact {
                title: Digest::of(&article.metadata.title),
                text: Digest::of(&text),
                key: key_of_text,
                lang: article.metadata.primary_language().to_owned(),
            }
        } else {
            let mut sketch: Vec<u64> = shingles(&words(&text)).collect();
            sketch.sort_unstable();
            sketch.dedup();
            let shingle_count = sketch.len();
            sketch.truncate(SKETCH_LEN);
            sketch.shrink_to_fit();
            Body::Sketch { text: key_of_text, sketch, shingle_count }
        };
        let title = Digest::of(&key(&article.metadata.title));
        Self { title, body, date: article.metadata.date }
    }

    /// Whether `self` is a copy of `other`.
    fn is_copy_of(&self, other: &Self, percent: u8) -> bool {
        match (&self.body, &other.body) {
            (
                Body::Exact { title: title_a, text: a, lang: lang_a, .. },
                Body::Exact { title: title_b, text: b, lang: lang_b, .. },
            ) => title_a == title_b && a == b && lang_a == lang_b,
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

/// Returns for each article the position of the one that stands for it, itself when it is
/// no copy: the longest body, then the least path.
///
/// Only what shares a key with another is compared, and read for that.
///
/// # Errors
///
/// Whatever `read` returns instead of an article.
pub(crate) fn representatives<E>(
    fingerprints: &[Fingerprint],
    percent: u8,
    read: impl Fn(usize) -> Result<Option<Candidate>, E>,
) -> Result<Vec<usize>, E> {
    let all_keys: Vec<u64> =
        fingerprints.iter().flat_map(|f| f.keys.iter().copied()).collect();
    let key_counts = Counts::from(all_keys);
    let mut order: Vec<usize> = (0..fingerprints.len()).collect();
    order.sort_by_key(|&position| fingerprints.get(position).map(Fingerprint::rank));
    let mut representatives: Vec<usize> = (0..fingerprints.len()).collect();
    let mut by_key: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    let mut kept: BTreeMap<usize, Candidate> = BTreeMap::new();
    for position in order {
        let keys = fingerprints.get(position).map(|f| f.keys.iter().copied());
        let keys: BTreeSet<u64> =
            keys.into_iter().flatten().filter(|&key| key_counts.get(key) > 1).collect();
        if keys.is_empty() {
            continue;
        }
        let Some(candidate) = read(position)? else { continue };
        let known: BTreeSet<usize> =
            keys.iter().filter_map(|key| by_key.get(key)).flatten().copied().collect();
        let found = known
            .into_iter()
            .filter(|known| {
                kept.get(known).is_some_and(|other| candidate.is_copy_of(other, percent))
            })
            .min_by_key(|&known| fingerprints.get(known).map(Fingerprint::rank));
        if let Some(found) = found {
            if let Some(slot) = representatives.get_mut(position) {
                *slot = found;
            }
        } else {
            for key in keys {
                let bucket = by_key.entry(key).or_default();
                if bucket.len() < MAX_BUCKET {
                    bucket.push(position);
                }
            }
            kept.insert(position, candidate);
        }
    }
    Ok(representatives)
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

/// Hashes of the sequences of words, in order.
fn shingles(words: &[u64]) -> impl Iterator<Item = u64> {
    words.windows(SHINGLE_LEN).map(|window| {
        mixed(window.iter().fold(0_u64, |sum, &word| sum.rotate_left(17) ^ word))
    })
}

/// Hashes of the words of `text`, in order, upper and lower case being the same.
fn words(text: &str) -> Vec<u64> {
    let mut words = Vec::with_capacity(text.len() / 4);
    let mut word = Word::default();
    for c in text.chars() {
        match c {
            c if c.is_ascii_alphanumeric() => word.push(c.to_ascii_lowercase()),
            c if c.is_ascii() || !is_alphanumeric(c) => words.extend(word.take()),
            c if is_cjk(c) => {
                words.extend(word.take());
                words.push(mixed(u64::from(c)));
            }
            c => c.to_lowercase().for_each(|c| word.push(c)),
        }
    }
    words.extend(word.take());
    words
}

/// The hash of a word that grows by a letter.
#[derive(Debug, Default)]
struct Word {
    hash: u64,
    /// The last letters, which are no part of the hash yet.
    letters: u64,
    len: u32,
}

impl Word {
    fn push(&mut self, letter: char) {
        // Multiplying takes the most time.
        self.letters = self.letters << 8 ^ u64::from(letter);
        self.len += 1;
        if self.len.is_multiple_of(4) {
            self.mix();
        }
    }

    /// A step of FNV-1a with several letters.
    fn mix(&mut self) {
        self.hash = (self.hash ^ self.letters).wrapping_mul(0x0100_0000_01b3);
        self.letters = 0;
    }

    /// The hash of the word, if it has a letter; it is empty then.
    fn take(&mut self) -> Option<u64> {
        if self.len == 0 {
            return None;
        }
        self.mix();
        let Self { hash, .. } = std::mem::take(self);
        Some(mixed(hash))
    }
}

/// The least hash of the set in each of several equal parts of all hashes: one permutation
/// hashing (Li, Owen and Zhang 2012). Where none is, the next part's stands (Shrivastava and
/// Li 2014).
fn signature(shingles: impl Iterator<Item = u64>) -> Vec<u64> {
    let mut least: [Option<u64>; SIGNATURE_LEN] = [None; SIGNATURE_LEN];
    for shingle in shingles {
        let part = (shingle >> (u64::BITS - SIGNATURE_LEN.ilog2())) as usize;
        if let Some(least) = least.get_mut(part) {
            *least = Some(least.map_or(shingle, |least| least.min(shingle)));
        }
    }
    let next = |part: usize| {
        let (before, from) = least.split_at(part);
        let mut parts = from.iter().chain(before).enumerate();
        let (distance, hash) =
            parts.find_map(|(distance, hash)| Some((distance, (*hash)?)))?;
        Some(if distance == 0 { hash } else { mixed(hash ^ distance as u64) })
    };
    (0..SIGNATURE_LEN).filter_map(next).collect()
}

#[cfg(test)]
mod tests {
    use vitrine_article::{Article, Block};

    use super::{Candidate, Fingerprint, representatives};
    use crate::typography::key;

    fn check(articles: &[Article], is_record: bool, expected: &[usize]) {
        let fingerprints: Vec<_> = articles
            .iter()
            .map(|article| {
                let text = article.plain_text();
                let path = &article.provenance.path;
                Fingerprint::new(&text, &key(&text), path, is_record)
            })
            .collect();
        let read = |position: usize| {
            Ok::<_, ()>(Some(Candidate::new(&articles[position], is_record)))
        };
        assert_eq!(representatives(&fingerprints, 80, read).unwrap(), expected);
    }

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
        check(&articles, false, &[1, 1, 2, 1]);
    }

    #[test]
    fn records_are_merged_only_when_equal() {
        let articles = [
            article("e#1", "T", &body(1)),
            article("e#2", "T", &body(1)),
            article("e#3", "T 2", &body(1)),
            article("e#4", "T", &format!("{}x", body(1))),
        ];
        check(&articles, true, &[0, 0, 2, 3]);
    }

    #[test]
    fn a_record_of_another_language_is_no_copy() {
        let mut articles = [article("e#1", "T", &body(1)), article("e#2", "T", &body(1))];
        articles[0].metadata.lang = "en".into();
        articles[1].metadata.lang = "zh-Hans".into();
        check(&articles, true, &[0, 1]);
    }
}
