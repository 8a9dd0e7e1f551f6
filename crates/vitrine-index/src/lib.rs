//! Text analysis, lexicon, postings, ranking and snippets.
//!
//! Linguistics happens when an archive is packed and the lexicon carries it: each folded
//! surface form that occurs is stored with the terms (stems) that it stands for, and the
//! archive carries the map by which characters fold. A reader looks forms up and needs
//! neither stemmers nor Unicode tables. `SPEC.md` of the bundle describes the bytes.

#[cfg(feature = "write")]
mod analysis;
mod columns;
mod constraint;
#[cfg(feature = "write")]
mod error;
mod facets;
mod fold;
#[cfg(feature = "write")]
mod interchange;
#[cfg(feature = "write")]
mod inverted;
mod lexicon;
mod marked_record;
mod matcher;
mod postings;
mod query;
#[cfg(feature = "write")]
mod related;
mod rerank;
mod score;
mod search;
#[cfg(feature = "write")]
mod segments;
mod snippet;
mod stats;
mod suggest;
#[cfg(feature = "write")]
mod text_map;
mod token;
#[cfg(feature = "write")]
mod writer;

pub use columns::related;
#[cfg(feature = "write")]
pub use error::IndexError;
pub use facets::{FacetCount, Facets};
#[cfg(feature = "write")]
pub use interchange::ElasticlunrIndex;
pub use marked_record::MarkedRecord;
pub use matcher::{Matcher, Span};
pub use query::{Typing, field_names, matcher};
pub use search::{Correction, Hit, Request, Sort, TopDocs, search};
pub use stats::{IndexStats, STATS_TAG};
pub use suggest::{Suggestions, suggest};
#[cfg(feature = "write")]
pub use writer::{IndexDocument, IndexSections, IndexWriter};
