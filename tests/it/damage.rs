//! Damage is an error that names the file; never a panic, never a wrong article.

use vitrine_bundle::envelope;
use vitrine_reader::{Archive, ChunkFile, SearchRequest, Sort, Typing, all_read};

use vitrine_tests::figure;

use crate::support::{Folder, articles, packed};

/// Opens, lists, searches and reads everything; returns whether anything failed, and
/// checks that what did not fail is what was packed.
fn exercise(folder: &Folder) -> bool {
    let Ok(archive) = pollster::block_on(Archive::open(folder, None)) else {
        return true;
    };
    let mut has_failed = false;
    for article in articles() {
        match pollster::block_on(archive.article(&article.id, "seas")) {
            Ok(Some(view)) => assert_eq!(view.article, article),
            Ok(None) => panic!("the article {} was lost in silence", article.id),
            Err(_) => has_failed = true,
        }
        has_failed |= pollster::block_on(archive.related(&article.id)).is_err();
    }
    for query in ["governance of the seas", "海洋治理", "café", "網", "電影"] {
        let request = SearchRequest {
            typing: Typing::Unfinished,
            wants_facets: true,
            sort: Sort::Title,
            ..SearchRequest::new(query)
        };
        let found = pollster::block_on(archive.search(&request));
        has_failed |= found.and_then(|found| all_read(found.hits)).is_err();
    }
    has_failed |= all_read(pollster::block_on(archive.latest(0, 10))).is_err();
    has_failed
}

/// Returns whether a check of every listed file finds something.
fn is_found_by_verification(folder: &Folder) -> bool {
    let Ok(archive) = pollster::block_on(Archive::open(folder, None)) else {
        return true;
    };
    let listing = pollster::block_on(archive.list());
    let check = |file: &ChunkFile| pollster::block_on(archive.check(file)).is_err();
    !listing.errors.is_empty() || listing.files.iter().any(|(file, _)| check(file))
}

/// Returns the archive with the bytes of one chunk changed.
fn with_chunk(folder: &Folder, path: &str, change: impl Fn(&mut Vec<u8>)) -> Folder {
    let mut damaged = folder.clone();
    let mut chunk = envelope::unwrap(&folder.files[path]).unwrap();
    change(&mut chunk);
    damaged.files.insert(path.to_owned(), envelope::wrap(&chunk).into_bytes());
    damaged
}

fn chunks(folder: &Folder) -> Vec<String> {
    folder.files.keys().filter(|path| path.starts_with("data/")).cloned().collect()
}

#[test]
fn an_undamaged_archive_reads_without_error() {
    let folder = packed(articles());
    assert!(!exercise(&folder) && !is_found_by_verification(&folder));
}

#[test]
fn every_flipped_byte_is_an_error() {
    let folder = packed(articles());
    let mut flipped = 0;
    for path in chunks(&folder) {
        let len = envelope::unwrap(&folder.files[&path]).unwrap().len();
        for at in 0..len {
            let damaged = with_chunk(&folder, &path, |chunk| chunk[at] ^= 0x41);
            // The minor version of the pointer is the one byte that may differ.
            if path == "data/root.js" && at == 4 {
                continue;
            }
            assert!(is_found_by_verification(&damaged), "{path} at {at}");
            assert!(exercise(&damaged), "{path} at {at}");
            flipped += 1;
        }
    }
    figure("bytes flipped, each found", flipped);
}

#[test]
fn every_truncated_chunk_is_an_error() {
    let folder = packed(articles());
    let mut cut = 0;
    for path in chunks(&folder) {
        let len = envelope::unwrap(&folder.files[&path]).unwrap().len();
        for at in 0..len {
            let damaged = with_chunk(&folder, &path, |chunk| chunk.truncate(at));
            assert!(is_found_by_verification(&damaged), "{path} cut at {at}");
            assert!(exercise(&damaged), "{path} cut at {at}");
            cut += 1;
        }
    }
    figure("chunks cut short, each found", cut);
}

#[test]
fn every_missing_file_is_an_error_that_names_it() {
    let folder = packed(articles());
    for path in chunks(&folder) {
        let mut damaged = folder.clone();
        damaged.files.remove(&path);
        assert!(is_found_by_verification(&damaged), "{path}");
        assert!(exercise(&damaged), "{path}");
        if path.contains("/texts/") {
            let archive = pollster::block_on(Archive::open(&damaged, None)).unwrap();
            let error = pollster::block_on(archive.article("plain", "")).unwrap_err();
            assert_eq!(error.path(), path);
        }
    }
}

#[test]
fn another_major_version_is_refused_with_advice() {
    let folder = packed(articles());
    let root = chunks(&folder).into_iter().find(|path| path.starts_with("data/root."));
    let pointer = with_chunk(&folder, "data/root.js", |pointer| pointer[3] = 2);
    let error = pollster::block_on(Archive::open(&pointer, None)).unwrap_err();
    assert!(error.to_string().contains("format version 2."), "{error}");
    assert!(error.to_string().contains("pack it again"), "{error}");
    assert!(root.is_some());
}

#[test]
fn a_root_that_is_not_the_one_asked_for_is_refused() {
    let folder = packed(articles());
    let other = "0123456789abcdef0123456789abcdef";
    assert!(pollster::block_on(Archive::open(&folder, Some(other))).is_err());
    assert!(pollster::block_on(Archive::open(&folder, Some("../../etc"))).is_err());
}
