//! Panels of the reader that are loaded when they are opened: the headings of an article, to cite
//! it, to export a list, to see where an article comes from, to keep bookmarks and searches, to
//! learn how to search, to change how the text looks; and what helps while one reads.
//!
//! [`Panels`] is what JavaScript sees. A panel is made in a dialog of the reader, from plain
//! values that the reader hands over; it knows nothing of archives.

mod panels;

mod aloud;
mod assist;
mod cite;
mod contents;
mod export;
mod figure;
mod kept;
mod provenance;
mod query_help;
mod settings;
mod signature;
mod years;

mod delivery;
mod dialog;
mod here;
mod reference;
mod strings;

pub use panels::{Panels, styles};
