//! All pages of an archive, article by article.

use vitrine_article::Article;

use crate::{
    Site,
    address::article_path,
    article_page::article_page,
    feed::Feed,
    lists::{Lists, Sink},
    oai::Records,
    robots::{robots, search_description},
    sitemap::Sitemap,
    words::Words,
};

/// The folder of the pages in the folder of an archive.
pub const FOLDER: &str = "pages";

/// Where the style sheet of the pages is, below the folder of the archive.
pub const STYLE_PATH: &str = "pages/style.css";

const STYLE: &str = include_str!("style.css");

/// Makes the pages of an archive.
///
/// Of each article the lists keep its id, title, language and date, some 200 bytes.
#[derive(Debug)]
pub struct Pages {
    site: Site,
    words: Words,
    lists: Lists,
    feed: Feed,
    sitemap: Option<Sitemap>,
    records: Records,
}

impl Pages {
    /// Begins.
    pub fn new(site: Site) -> Self {
        let words = Words::of(&site.lang);
        let sitemap = site.base_url.clone().map(Sitemap::new);
        let (lists, feed, records) = Default::default();
        Self { site, words, lists, feed, sitemap, records }
    }

    /// Hands the page of an article to `sink`. The articles come in the order of the archive:
    /// newest first, undated last.
    ///
    /// # Errors
    ///
    /// What `sink` returns.
    pub fn add<E>(&mut self, article: &Article, sink: Sink<'_, E>) -> Result<(), E> {
        let Self { site, words, lists, feed, sitemap, records } = self;
        if article.metadata.lang != words.tag {
            *words = Words::of(&article.metadata.lang);
        }
        let path = article_path(&article.id);
        sink(&path, &article_page(site, article, words))?;
        lists.add(article);
        if let (Some(base), Some(sitemap)) = (&site.base_url, sitemap) {
            feed.add(base, article);
            sitemap.add(&path, sink)?;
            records.add(site, base, article, sink)?;
        }
        Ok(())
    }

    /// Hands everything else to `sink`: lists, style sheet, and what other programs read.
    ///
    /// # Errors
    ///
    /// What `sink` returns.
    pub fn finish<E>(self, sink: Sink<'_, E>) -> Result<(), E> {
        let Self { site, lists, feed, sitemap, records, .. } = self;
        sink(STYLE_PATH, STYLE.as_bytes())?;
        lists.finish(&site, sink)?;
        let (Some(base), Some(mut sitemap)) = (&site.base_url, sitemap) else {
            return Ok(());
        };
        sitemap.add(site.start(), sink)?;
        for path in lists.year_paths() {
            sitemap.add(&path, sink)?;
        }
        sitemap.finish(sink)?;
        records.finish(&site, base, sink)?;
        if let Some(feed) = feed.finish(&site, base) {
            sink("feed.xml", feed.as_bytes())?;
        }
        if !site.stands_alone {
            sink("opensearch.xml", search_description(&site, base).as_bytes())?;
        }
        sink("robots.txt", robots(base).as_bytes())
    }
}
