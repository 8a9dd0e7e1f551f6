//! What all pages of an archive say.

use std::{fmt, str::FromStr};

use vitrine_article::is_safe_link;

use crate::START;

/// The archive that the pages are of.
#[derive(Debug, Clone, Default)]
pub struct Site {
    /// Title.
    pub title: String,
    /// Language of the lists, a BCP 47 tag.
    pub lang: String,
    /// What it is, in a sentence or two; empty when nothing is said.
    pub description: String,
    /// Who publishes it; empty when nothing is said.
    pub institution: String,
    /// License of the articles: a name or a sentence; empty when nothing is said.
    pub license: String,
    /// Web address of the license; empty when nothing is said.
    pub license_url: String,
    /// Name and version of the program that packs.
    pub generator: String,
    /// Number of articles that will be added.
    pub article_count: usize,
    /// Where the archive will be found. Without it there are no files that must name whole
    /// addresses: sitemap, feed, search description, records.
    pub base_url: Option<BaseUrl>,
    /// Whether the pages stand by themselves: nothing leads to the viewer, which is not beside
    /// them, and the page to begin with is `index.html`.
    pub stands_alone: bool,
}

impl Site {
    /// Returns the page to begin with, below the folder of the pages' archive.
    pub(crate) fn start(&self) -> &'static str {
        if self.stands_alone { "index.html" } else { START }
    }

    /// Returns license and address in one line; empty when nothing is said.
    pub(crate) fn rights(&self) -> String {
        [self.license.as_str(), &self.license_url].join(" ").trim().to_owned()
    }

    /// Returns who publishes the archive, which may be known by its title alone.
    pub(crate) fn publisher(&self) -> &str {
        if self.institution.is_empty() { &self.title } else { &self.institution }
    }
}

/// The address of the folder of an archive, with a slash at its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl(String);

/// An address that is none of a folder on the web.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "not the address of a folder on the web: {text:?}; write one such as \
     https://example.org/archive/"
)]
pub struct BaseUrlError {
    text: String,
}

impl BaseUrl {
    /// Returns the address of a file of the archive.
    pub fn join(&self, path: &str) -> String {
        [&self.0, path].concat()
    }

    /// Returns the name of the host, without its port.
    pub fn host(&self) -> &str {
        let after = self.0.split_once("://").map_or("", |(_, after)| after);
        let authority = after.split('/').next().unwrap_or_default();
        authority.rsplit_once(':').map_or(authority, |(host, _)| host)
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for BaseUrl {
    type Err = BaseUrlError;

    /// Reads an absolute `http:` or `https:` address without a query; a slash is added where
    /// it has none at its end.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let after = ["https://", "http://"].iter().find_map(|s| text.strip_prefix(s));
        let is_folder = after.is_some_and(|after| {
            let host = after.split('/').next().unwrap_or_default();
            !host.is_empty()
                && !host.contains('@')
                && !after.contains(['?', '#', '"', '<'])
        });
        if !is_folder || !is_safe_link(text) {
            return Err(BaseUrlError { text: text.to_owned() });
        }
        let slash = if text.ends_with('/') { "" } else { "/" };
        Ok(Self([text, slash].concat()))
    }
}

#[cfg(test)]
mod tests {
    use super::BaseUrl;

    #[test]
    fn a_base_is_a_folder_on_the_web() {
        let base: BaseUrl = "https://example.org:8443/a".parse().unwrap();
        assert_eq!(base.join("feed.xml"), "https://example.org:8443/a/feed.xml");
        assert_eq!(base.host(), "example.org");
        for text in
            ["", "example.org", "ftp://a/", "https://", "http://a/?b", "http://a/ b"]
        {
            assert!(text.parse::<BaseUrl>().is_err(), "{text:?}");
        }
    }
}
