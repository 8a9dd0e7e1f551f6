//! What reads archives: each part of one replaced by the input, with digests that hold.

use vitrine_bundle::{Section, envelope as script};
use vitrine_reader::{Archive, SearchRequest, Sort, Typing};

use crate::forge::{Codec, Forged, Sample, chunk};

/// Opens, searches, lists, reads and verifies; errors are welcome, panics are not.
fn exercise(source: &Forged) {
    let Ok(archive) = pollster::block_on(Archive::open(source, None)) else { return };
    for (query, typing, sort) in [
        ("governance of the seas", Typing::Finished, Sort::Relevance),
        ("\"common heritage\" OR title:海洋 lang:en -ton", Typing::Finished, Sort::Title),
        ("noduels caf", Typing::Unfinished, Sort::Oldest),
        ("网络安", Typing::Unfinished, Sort::Relevance),
        ("", Typing::Finished, Sort::Newest),
    ] {
        let request = SearchRequest {
            filter: "year:2000..2030 OR author:chen".to_owned(),
            wants_facets: true,
            typing,
            sort,
            ..SearchRequest::new(query)
        };
        drop(pollster::block_on(archive.search(&request)));
        let request = SearchRequest { filter: String::new(), sort, ..request };
        drop(pollster::block_on(archive.search(&request)));
        drop(pollster::block_on(archive.suggest(query)));
    }
    drop(pollster::block_on(archive.latest(0, 20)));
    for id in ["rich/α β", "zh-1", "zh-2", "plain", "absent"] {
        drop(pollster::block_on(archive.article(id, "seas 网络")));
        drop(pollster::block_on(archive.related(id)));
    }
    for doc in 0..5 {
        drop(pollster::block_on(archive.article_at(doc)));
    }
    let listing = pollster::block_on(archive.list());
    for (file, _) in listing.files.iter().take(64) {
        drop(pollster::block_on(archive.check(file)));
    }
}

/// Replaces the content of each chunk of `section` in turn.
fn section(section: Section, data: &[u8]) {
    let sample = Sample::get();
    for position in 0..sample.count(section) {
        let mut forged = sample.clone();
        forged.replace(section, position, chunk(section, Codec::Stored, data));
        exercise(&forged.forged());
    }
}

pub(crate) fn folding(data: &[u8]) {
    section(Section::Folding, data);
}

pub(crate) fn lexicon(data: &[u8]) {
    section(Section::Lexicon, data);
}

pub(crate) fn postings(data: &[u8]) {
    section(Section::Postings, data);
}

pub(crate) fn documents(data: &[u8]) {
    section(Section::Documents, data);
}

pub(crate) fn ids(data: &[u8]) {
    section(Section::Ids, data);
}

pub(crate) fn texts(data: &[u8]) {
    section(Section::Texts, data);
}

pub(crate) fn columns(data: &[u8]) {
    section(Section::Columns, data);
}

pub(crate) fn values(data: &[u8]) {
    section(Section::Values, data);
}

/// A whole chunk, header and all, in the place of the texts.
pub(crate) fn frame(data: &[u8]) {
    let mut sample = Sample::get();
    sample.replace(Section::Texts, 0, data.to_vec());
    exercise(&sample.forged());
}

/// The dictionary of the texts, and after a line end a text compressed with it.
pub(crate) fn dictionary(data: &[u8]) {
    let at = data.iter().rposition(|&byte| byte == b'\n').unwrap_or(data.len());
    let (dictionary, frame) = data.split_at(at);
    let mut sample = Sample::get();
    let section = Section::Dictionaries;
    let key = [Section::Texts.code()];
    sample.add(section, &key, chunk(section, Codec::Stored, dictionary));
    let texts =
        chunk(Section::Texts, Codec::LzmaDictionary, frame.get(1..).unwrap_or(b""));
    sample.replace(Section::Texts, 0, texts);
    exercise(&sample.forged());
}

/// A directory page between the root and the documents.
pub(crate) fn directory(data: &[u8]) {
    let page = chunk(Section::Directory, Codec::Stored, data);
    exercise(&Sample::get().with_page(Section::Documents, page));
}

/// The content of the root.
pub(crate) fn root(data: &[u8]) {
    exercise(&Sample::get().with_root(data));
}

/// A chunk's file.
pub(crate) fn envelope(data: &[u8]) {
    if let Ok(bytes) = script::unwrap(data) {
        let again = script::unwrap(script::wrap(&bytes).as_bytes());
        assert_eq!(again.ok(), Some(bytes), "wrapped and unwrapped it is another");
    }
}
