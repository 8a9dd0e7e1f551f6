//! The language of the interface.

/// The language of the interface: the loader has chosen it, and brings its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Language {
    tag: String,
}

impl Language {
    /// Returns the language with this BCP 47 tag.
    pub(crate) fn new(tag: String) -> Self {
        Self { tag }
    }

    /// Returns its BCP 47 tag.
    pub(crate) fn tag(&self) -> &str {
        &self.tag
    }
}
