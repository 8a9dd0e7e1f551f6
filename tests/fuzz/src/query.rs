//! What people type.

use vitrine_reader::{Archive, SearchRequest, Typing};

use crate::forge::Sample;

/// A query, and after a line end a filter, in a sound archive: never an error.
pub(crate) fn query(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let (query, filter) = text.split_once('\n').unwrap_or((&text, ""));
    let sample = Sample::get();
    let source = sample.forged();
    let archive = pollster::block_on(Archive::open(&source, None)).expect("a sound root");
    for typing in [Typing::Finished, Typing::Unfinished] {
        let request = SearchRequest {
            filter: filter.to_owned(),
            wants_facets: true,
            typing,
            ..SearchRequest::new(query)
        };
        let search = || pollster::block_on(archive.search(&request)).expect("an answer");
        let results = search();
        assert!(results.total as usize >= results.hits.len(), "fewer than are shown");
        assert!(results.total <= archive.info().article_count, "more than there are");
        assert_eq!(search(), results, "it answers differently the second time");
    }
    pollster::block_on(archive.suggest(query)).expect("suggestions");
    let matcher = pollster::block_on(archive.matcher(query)).expect("a matcher");
    let marked: String = matcher.mark(&text).into_iter().map(|span| span.text).collect();
    assert_eq!(marked, text, "marking changed the text");
}
