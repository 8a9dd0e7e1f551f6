//! What a search returns, as plain values.

use serde::Serialize;
use vitrine_article::{Article, PartialDate};
use vitrine_bundle::{ReadError, docstore::DocumentRecord};
pub use vitrine_index::Span;
use vitrine_index::{Correction, Facets, MarkedRecord, Matcher, Sort, Typing};

/// Most characters of a snippet.
pub(crate) const SNIPPET_CHARS: usize = 240;

/// A search.
///
/// Queries are words, `"phrases"`, `+literal`, `-excluded`, `prefix*`, `OR`, `(groups)`, and
/// conditions: `title:` `author:` `source:` `section:` `type:` `lang:` with a word or a quoted text,
/// `year:2013`, `year:2010..2015`, `before:` and `after:` with a date. Anything else is
/// words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchRequest {
    /// What to search for, in Unicode's normalization form C; empty for all articles.
    pub query: String,
    /// Conditions in the same language, which filter and do not rank: `year:2013
    /// author:"Li Wei"`. A value of a facet stands for exactly the articles counted.
    pub filter: String,
    /// The order of the hits.
    pub sort: Sort,
    /// Whether to count the values of fields among all articles found.
    pub wants_facets: bool,
    /// Hits to skip.
    pub offset: u32,
    /// Most hits to return.
    pub limit: u32,
    /// Whether the last word may still grow.
    pub typing: Typing,
}

impl SearchRequest {
    /// Returns a search for the ten most relevant articles, with finished words and
    /// without filter and facets.
    pub fn new(query: impl Into<String>) -> Self {
        Self {
            query: query.into(),
            filter: String::new(),
            sort: Sort::Relevance,
            wants_facets: false,
            offset: 0,
            limit: 10,
            typing: Typing::Finished,
        }
    }
}

/// The answer to a search.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SearchResults {
    /// Number of articles found, of which `hits` are a part.
    pub total: u32,
    /// The hits asked for, in the order asked for.
    pub hits: Vec<HitView>,
    /// Words that never occur, and what was searched instead; `+word` is taken literally.
    pub corrections: Vec<Correction>,
    /// Whether a phrase occurs nowhere, so that its words were searched.
    pub is_relaxed: bool,
    /// Values of fields among all articles found, if they were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub facets: Option<Facets>,
}

/// An article in a list.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HitView {
    /// The article's id.
    pub id: String,
    /// Title, with the words that match marked; empty when it has none.
    pub title: Vec<Span>,
    /// Date of publication.
    pub date: Option<PartialDate>,
    /// Authors in the order of the byline.
    pub authors: Vec<String>,
    /// Publication in which it appeared first.
    pub source: Option<String>,
    /// BCP 47 tag.
    pub lang: String,
    /// The passage that answers the search, or the beginning of the text.
    pub snippet: Vec<Span>,
    /// Relevance; comparable among the hits of one search only, 0 in lists.
    pub score: f32,
    /// Why nothing else is known of the article: a file of the archive can't be used.
    #[serde(skip)]
    pub unread: Option<ReadError>,
}

/// Something that somebody who types may mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Suggestion {
    /// A longer query.
    Query {
        /// The query.
        query: String,
    },
    /// The articles of an author.
    Author {
        /// The name, a value of the condition `author:`.
        author: String,
    },
    /// An article.
    Title {
        /// The article's id.
        id: String,
        /// Its title, with the words that match marked.
        title: Vec<Span>,
    },
}

/// An article to be read.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ArticleView {
    /// The article.
    pub article: Article,
    /// Its title with the words of the search marked.
    pub title: Vec<Span>,
}

impl HitView {
    /// Returns an article as results show it.
    pub(crate) fn new(marked: &MarkedRecord) -> Self {
        let DocumentRecord { id, date, authors, source, lang, .. } = &marked.record;
        Self {
            id: id.clone(),
            title: marked.title(),
            date: *date,
            authors: authors.clone(),
            source: Some(source.clone()).filter(|source| !source.is_empty()),
            lang: lang.clone(),
            // Where no word matches, it is the beginning.
            snippet: marked.snippet(SNIPPET_CHARS),
            score: 0.0,
            unread: None,
        }
    }

    /// Returns what stands for an article whose record can't be read.
    pub(crate) fn unreadable(error: ReadError) -> Self {
        Self { unread: Some(error), ..Self::unmarked(DocumentRecord::default()) }
    }

    /// Returns an article as lists show it, with the beginning of its text.
    pub(crate) fn unmarked(record: DocumentRecord) -> Self {
        Self::new(&MarkedRecord::new(record, &Matcher::default()))
    }
}

/// Returns the articles of a list if all could be read.
///
/// # Errors
///
/// [`ReadError`] of the first that could not.
pub fn all_read(hits: Vec<HitView>) -> Result<Vec<HitView>, ReadError> {
    match hits.iter().find_map(|hit| hit.unread.clone()) {
        Some(error) => Err(error),
        None => Ok(hits),
    }
}

/// Returns a text without marks: no span when it is empty.
pub(crate) fn unmarked(text: String) -> Vec<Span> {
    if text.is_empty() { Vec::new() } else { vec![Span { text, is_match: false }] }
}
