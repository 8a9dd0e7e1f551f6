//! An archive becomes search results and article views: the one façade over the bundle
//! and the index, the same for the command line and for the browser.
//!
//! Everything returned is plain data. Loading is left to a [`ChunkSource`]; nothing here
//! knows files, a network, a clock or a page.

mod archive;
mod info;
mod results;

pub use archive::Archive;
pub use info::{ArchiveInfo, LanguageInfo, YearInfo};
pub use results::{
    ArticleView, HitView, SearchRequest, SearchResults, Span, Suggestion, all_read,
};
pub use vitrine_bundle::{
    ChunkFile, ChunkSource, Digest, Listing, OpenError, ParseDigestError, ReadError,
    Section, SourceError,
};
pub use vitrine_index::{
    Correction, FacetCount, Facets, Matcher, Sort, Typing, field_names,
};
