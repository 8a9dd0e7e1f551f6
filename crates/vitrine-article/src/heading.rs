//! What lists of articles go by.

use crate::PartialDate;

/// What is known of an article without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heading<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its language as a BCP 47 tag.
    pub lang: &'a str,
    /// Its date of publication.
    pub date: Option<PartialDate>,
}
