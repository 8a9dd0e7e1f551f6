//! Citations of articles: as a reference list has them, and as reference managers read them.
//!
//! A [`Reference`] is what is known of an article and how it was read. [`cite`] sets it in a
//! [`Style`]; [`bibtex`], [`ris`], [`CslItem`] and [`csv_row`] are for programs.

mod bibtex;
mod csl;
mod csv;
mod kind;
mod name;
mod reference;
mod ris;
mod style;

pub use bibtex::bibtex;
pub use csl::{CslDate, CslItem, CslName};
pub use csv::{CSV_HEADER, csv_row};
pub use name::Name;
pub use reference::Reference;
pub use ris::ris;
pub use style::{Style, cite};
