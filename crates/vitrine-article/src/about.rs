//! What an archive is: the words of its owner about the whole.

use serde::{Deserialize, Serialize};

use crate::AssetFile;

/// What the owner of an archive says about it, beside its title; empty stands for nothing.
///
/// The fields are Dublin Core's `description`, `publisher`, `language`, `identifier` and
/// `rights`. What is not there is left out of JSON.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct About {
    /// What the archive holds, in plain text; an empty line parts paragraphs.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// Who publishes it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub institution: String,
    /// Web address of the institution.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub institution_url: String,
    /// Picture of the institution; always an image.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logo: Option<AssetFile>,
    /// BCP 47 tags of the languages of the archive. The first is that of its title and
    /// description.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<String>,
    /// Web address of the folder, where the archive is hosted; it ends in a slash.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub url: String,
    /// What others may do with the articles: the name of a license or a sentence.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub license: String,
    /// Web address of the license.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub license_url: String,
    /// Color of links and marks, as `#rrggbb` in lower case; a viewer makes it lighter or
    /// darker until it can be read.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub accent: String,
}
