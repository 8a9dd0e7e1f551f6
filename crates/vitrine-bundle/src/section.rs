//! The sections of a bundle.

/// What the chunks of a section hold; `SPEC.md` says how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Section {
    /// The root: format version, facts about the archive, the top of every directory.
    Root,
    /// Directory pages of the other sections.
    Directory,
    /// How characters fold to the form that is searched.
    Folding,
    /// Surface forms and the terms that they stand for.
    Lexicon,
    /// The documents of each term.
    Postings,
    /// What a result list shows of each document.
    Documents,
    /// Documents by article id.
    Ids,
    /// The articles themselves.
    Texts,
    /// Facts about documents, a column a fact.
    Columns,
    /// The names of the values in columns.
    Values,
    /// What the chunks of other sections are compressed with.
    Dictionaries,
    /// The pages that articles were cleaned from, where they are kept.
    Originals,
}

impl Section {
    /// Every section, in the order of its code.
    pub const ALL: [Self; 12] = [
        Self::Root,
        Self::Directory,
        Self::Folding,
        Self::Lexicon,
        Self::Postings,
        Self::Documents,
        Self::Ids,
        Self::Texts,
        Self::Columns,
        Self::Values,
        Self::Dictionaries,
        Self::Originals,
    ];

    /// Returns the number that stands for the section in chunk headers and the root.
    pub fn code(self) -> u8 {
        match self {
            Self::Root => 0,
            Self::Directory => 1,
            Self::Folding => 2,
            Self::Lexicon => 3,
            Self::Postings => 4,
            Self::Documents => 5,
            Self::Ids => 6,
            Self::Texts => 7,
            Self::Columns => 9,
            Self::Values => 10,
            Self::Dictionaries => 8,
            Self::Originals => 11,
        }
    }

    /// Returns the section of a code, or `None` when this version knows none.
    pub fn from_code(code: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|section| section.code() == code)
    }

    /// Returns the section's name, which is also its folder's.
    pub fn name(self) -> &'static str {
        match self {
            Self::Root => "root",
            Self::Directory => "directory",
            Self::Folding => "folding",
            Self::Lexicon => "lexicon",
            Self::Postings => "postings",
            Self::Documents => "documents",
            Self::Ids => "ids",
            Self::Texts => "texts",
            Self::Columns => "columns",
            Self::Values => "values",
            Self::Dictionaries => "dictionaries",
            Self::Originals => "originals",
        }
    }
}
