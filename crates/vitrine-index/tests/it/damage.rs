//! Bytes that nobody vouches for: searching damaged chunks fails or answers, never panics.

use vitrine_bundle::Section;

use crate::support::{Corpus, SECTIONS, doc};

const QUERIES: [&str; 6] = ["the governance", "網路空間", "caf", "空", "lang:en", "電影"];

fn corpus() -> Corpus {
    Corpus::new(&[
        doc("en", "Governance", "The governance of cafés and networks, 2013."),
        doc("zh-Hant", "網路空間治理", "網路空間的治理需要各國合作。"),
        doc("fr", "Les cafés", "les cafés et l’homme"),
    ])
}

/// Damages every chunk of `section` in each way of `damage`, until it gives none, and
/// counts the searches that fail.
fn failures(section: Section, damage: impl Fn(&[u8], usize) -> Option<Vec<u8>>) -> usize {
    let corpus = corpus();
    let chunks = corpus.chunks();
    let mut failures = 0;
    for index in 0..chunks[&section].len() {
        for step in 0.. {
            let Some(raw) = damage(&chunks[&section][index].1, step) else { break };
            let mut damaged = chunks.clone();
            damaged.get_mut(&section).unwrap()[index].1 = raw;
            let damaged = corpus.with_chunks(&damaged);
            let fails = |query: &&&str| damaged.try_search(query).is_err();
            failures += QUERIES.iter().filter(fails).count();
        }
    }
    failures
}

#[test]
fn truncated_chunks_are_errors_or_answers() {
    for section in SECTIONS {
        let failures = failures(section, |raw, step| {
            let len = step * if raw.len() < 512 { 1 } else { 101 };
            (len < raw.len()).then(|| raw[..len].to_vec())
        });
        assert!(failures > 0, "{section:?}");
    }
}

#[test]
fn flipped_bits_are_errors_or_answers() {
    for section in SECTIONS {
        let failures = failures(section, |raw, step| {
            let mut damaged = raw.to_vec();
            // Every bit of small chunks, every 331st of large ones.
            let bit = step * if raw.len() < 64 { 1 } else { 331 };
            *damaged.get_mut(bit / 8)? ^= 1 << (bit % 8);
            Some(damaged)
        });
        assert!(failures > 0, "{section:?}");
    }
}
