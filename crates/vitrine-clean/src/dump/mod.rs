//! Text dumps: a page's visible text, line by line, without its markup.
//!
//! What the markup told is told by structure instead: what recurs on other pages of the
//! folder is the site's, a run of cut-off titles is navigation, labels stand beside the
//! title, and a body that the page shows twice is one body. The steps: characters
//! ([`mend`]) → [`line`]s → evidence of the [`site`], by an [`observation`] of each page → roles of lines ([`layout`]) →
//! [`paragraph`]s → [`repeat`]s.

mod layout;
mod learn;
mod line;
mod mend;
mod observation;
mod paragraph;
mod repeat;
mod site;
mod work;

pub(crate) use layout::extract;
use line::Line;
pub(crate) use line::Lines;
pub(crate) use observation::Observation;
pub(crate) use site::Site;

/// Returns the lines of a dump that are not blank, as a reader sees them.
pub(crate) fn shown_lines(text: &str) -> Vec<String> {
    Lines::of(text).to_vec().iter().map(Line::shown).collect()
}
