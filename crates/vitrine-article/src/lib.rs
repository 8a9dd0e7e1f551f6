//! What an article is, and an archive of them, once cleaning is done and before anything
//! is packed.
//!
//! An [`Article`] is [`Metadata`] (Dublin Core's words), a body of [`Block`]s and the
//! [`Provenance`] that ties it to the bytes it came from. There is no HTML in it: a body
//! is a closed set of blocks and inline elements, so that nothing downstream can be asked
//! to run a script.

mod about;
mod article;
mod articles;
mod asset;
mod block;
mod date;
mod heading;
mod provenance;
mod relation;
mod url;

pub use about::About;
pub use article::{Article, BlockLanguage, Metadata};
pub use articles::Articles;
pub use asset::{Asset, AssetFile, AssetType};
pub use block::{Block, Image, Inline, TableRow, inline_text, plain_text};
pub use date::{ParseDateError, PartialDate};
pub use heading::Heading;
pub use provenance::{Alternate, AlternateKind, Provenance, Removal};
pub use relation::{Relation, RelationKind};
pub use url::is_safe_link;
