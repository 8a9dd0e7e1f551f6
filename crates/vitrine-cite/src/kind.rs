//! What the types of texts are called in the formats of programs.

/// A type of text.
pub(crate) struct Kind {
    /// What an archive calls it.
    pub(crate) name: &'static str,
    /// Its type in CSL 1.0.2.
    pub(crate) csl: &'static str,
    /// Its type in RIS.
    pub(crate) ris: &'static str,
}

/// The types that these formats know; of BibTeX's entries none fits a text that is read in an
/// archive better than `online`, which takes the type as a field.
pub(crate) const KINDS: [Kind; 10] = [
    kind("News", "article-newspaper", "NEWS"),
    kind("Paper", "article-journal", "EJOUR"),
    kind("Report", "report", "RPRT"),
    kind("Thesis", "thesis", "THES"),
    kind("Book", "book", "EBOOK"),
    kind("Chapter", "chapter", "ECHAP"),
    kind("Interview", "interview", "ELEC"),
    kind("Review", "review", "ELEC"),
    kind("Speech", "speech", "ELEC"),
    kind("Blog post", "post-weblog", "BLOG"),
];

const fn kind(name: &'static str, csl: &'static str, ris: &'static str) -> Kind {
    Kind { name, csl, ris }
}
