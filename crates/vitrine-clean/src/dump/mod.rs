//! Text dumps: a page's visible text, line by line, without its markup.
//!
//! What the markup told is told by structure instead: what recurs on other pages of the
//! folder is the site's, a run of cut-off titles is navigation, labels stand beside the
//! title, and a body that the page shows twice is one body. The steps: characters
//! ([`mend`]) → [`line`]s → evidence of the [`site`] → roles of lines ([`layout`]) →
//! [`paragraph`]s → [`repeat`]s.

mod layout;
mod learn;
mod line;
mod mend;
mod paragraph;
mod repeat;
mod site;
mod work;

pub(crate) use layout::extract;
pub(crate) use line::{Line, lines};
pub(crate) use site::Site;

/// Returns the lines of a dump that are not blank, as a reader sees them.
pub(crate) fn shown_lines(text: &str) -> Vec<String> {
    lines(text).iter().map(Line::shown).collect()
}
