//! What came of looking for the files of articles.

use std::collections::BTreeMap;

use vitrine_article::AssetFile;

use super::FileNames;

/// The files that travel with the articles of a corpus.
#[derive(Debug, Default)]
pub struct Carried {
    /// The names by which addresses find them.
    pub names: FileNames,
    /// The files, by their path among the inputs.
    pub files: BTreeMap<String, AssetFile>,
    /// Why a file that an article names does not travel, by its path among the inputs.
    pub refused: BTreeMap<String, String>,
    /// Paths of files that were no inputs before: what lies beside the pages of a folder.
    pub beside: Vec<String>,
    /// Whether articles that were exported from an archive keep the files that they name.
    pub keeps_exported: bool,
}
