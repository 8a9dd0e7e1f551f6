//! The list of pages that a web archive (WACZ 1.1.1, `pages.jsonl`) has beside its crawl.

use serde::Serialize;
use vitrine_article::Article;

/// First line of the list.
pub const PAGES_HEADER: &str =
    r#"{"format":"json-pages-1.0","id":"pages","title":"All Pages","hasText":true}"#;

/// A page of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CrawlPage<'a> {
    /// The article's id.
    pub id: &'a str,
    /// Address that it was fetched from.
    pub url: &'a str,
    /// Title.
    pub title: &'a str,
    /// When it was fetched: RFC 3339 in UTC.
    pub ts: &'a str,
    /// The article's text.
    pub text: String,
}

/// Returns the page that an article was fetched from; `None` when no address is known of it.
pub fn crawl_page(article: &Article) -> Option<CrawlPage<'_>> {
    let Article { id, metadata, provenance, .. } = article;
    let url = provenance.url.as_deref().or(metadata.url.as_deref())?;
    // A list must say when; the beginning of the web stands for what nobody wrote down.
    let ts = provenance.captured.as_deref().unwrap_or("1991-08-06T00:00:00Z");
    Some(CrawlPage { id, url, title: &metadata.title, ts, text: article.whole_text() })
}
