//! ZIM, the container that Kiwix opens (openzim.org, "ZIM file format", version 6.1).

mod language;
mod site;
mod writer;

pub use site::ZimSite;
pub use writer::{ZimError, ZimWriter};
