//! Citations of articles: as a reference list has them, and as reference managers read them.
//!
//! A [`Reference`] is what is known of an article and how it was read. [`cite`] sets it in a
//! [`Style`]; [`bibtex`], [`ris`], [`CslItem`] and [`context_object`] are for programs.

mod bibtex;
mod coins;
mod csl;
mod name;
mod reference;
mod ris;
mod style;

pub use bibtex::bibtex;
pub use coins::context_object;
pub use csl::{CslDate, CslItem, CslName};
pub use name::Name;
pub use reference::Reference;
pub use ris::ris;
pub use style::{Style, cite};
