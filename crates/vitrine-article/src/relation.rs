//! Articles of one archive that belong together.

use serde::{Deserialize, Serialize};

/// Another article of the archive that belongs with this one.
///
/// What a reader needs to offer it stands here, so that nothing has to be loaded for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relation {
    /// How the other article relates to this one.
    pub kind: RelationKind,
    /// Identifier of the other article.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its language as a BCP 47 tag.
    pub lang: String,
}

/// How another article relates to this one.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum RelationKind {
    /// An earlier part of the same series.
    EarlierPart,
    /// A later part of the same series.
    LaterPart,
    /// The same text in another language.
    Translation,
}
