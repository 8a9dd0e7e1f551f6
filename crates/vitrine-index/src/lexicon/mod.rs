//! The lexicon: every folded form that occurs, and the terms that it stands for.
//!
//! A form is what a reader can type; a term is what the postings know: the stem in the
//! language of the texts where the form occurs. Because the lexicon carries the result of
//! stemming, a reader needs no stemmer. Forms stand in the order of their bytes, so that
//! one chunk answers a word and neighboring chunks a prefix.
//!
//! Readers search for words that many documents contain, and most words occur in few. Forms
//! of common terms are a part of their own, before the others, and so are the lists of
//! these terms: a search for common words does not bring rare ones along.

mod chunk;
mod mend;
mod reader;
#[cfg(feature = "write")]
mod writer;

pub(crate) use chunk::{Part, TermRef};
pub(crate) use mend::mend;
pub(crate) use reader::{Match, complete, look_up, look_up_nearest, look_up_prefix};
#[cfg(feature = "write")]
pub(crate) use writer::{LexiconEntry, write_lexicon};
