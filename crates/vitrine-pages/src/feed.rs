//! The newest articles as an Atom feed: RFC 4287.

use maud::{PreEscaped, html};
use vitrine_article::{Article, PartialDate};

use crate::{
    BaseUrl, Site,
    address::article_path,
    metadata::description,
    xml::{DECLARATION, plain},
};

/// Most articles in a feed.
const MOST: usize = 50;

/// The newest articles, as they come.
#[derive(Debug, Default)]
pub(crate) struct Feed {
    newest: Option<PartialDate>,
    entries: Vec<String>,
}

impl Feed {
    /// Adds an article if it is one of the first that have a date.
    pub(crate) fn add(&mut self, base: &BaseUrl, article: &Article) {
        let metadata = &article.metadata;
        let Some(date) = metadata.date.filter(|_| self.entries.len() < MOST) else {
            return;
        };
        self.newest = self.newest.max(Some(date));
        let url = base.join(&article_path(&article.id));
        let entry = html! {
            entry xml:lang=(metadata.lang) {
                id { (url) }
                title { (plain(&metadata.title)) }
                link rel="alternate" type="text/html" href=(url) {}
                published { (instant(date)) }
                updated { (instant(date)) }
                @for author in &metadata.authors { author { name { (plain(author)) } } }
                @if let Some(section) = &metadata.section {
                    category term=(plain(section)) {}
                }
                summary { (plain(&description(article))) }
            }
        };
        self.entries.push(entry.into_string());
    }

    /// Returns the feed; `None` where no article has a date, which a feed must have.
    pub(crate) fn finish(self, site: &Site, base: &BaseUrl) -> Option<String> {
        let newest = self.newest?;
        let publisher = site.publisher();
        let feed = html! {
            feed xmlns="http://www.w3.org/2005/Atom" xml:lang=(site.lang) {
                id { (base) }
                title { (plain(&site.title)) }
                @if !site.description.is_empty() { subtitle { (plain(&site.description)) } }
                updated { (instant(newest)) }
                link rel="self" type="application/atom+xml" href=(base.join("feed.xml")) {}
                link rel="alternate" type="text/html" href=(base.join(site.start())) {}
                author { name { (plain(publisher)) } }
                @if !site.rights().is_empty() { rights { (plain(&site.rights())) } }
                generator { (site.generator) }
                @for entry in &self.entries { "\n" (PreEscaped(entry)) }
            }
        };
        Some([DECLARATION, &feed.into_string(), "\n"].concat())
    }
}

/// Returns the earliest moment that a date may mean, as RFC 3339 has it.
pub(crate) fn instant(date: PartialDate) -> String {
    format!("{}T00:00:00Z", day(date))
}

/// Returns the earliest day that a date may mean.
pub(crate) fn day(date: PartialDate) -> String {
    let (month, day) = (date.month().unwrap_or(1), date.day().unwrap_or(1));
    format!("{:04}-{month:02}-{day:02}", date.year())
}
