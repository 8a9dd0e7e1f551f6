//! What search engines and browsers ask a site for: `robots.txt` (RFC 9309) and the
//! description of its search (`OpenSearch` 1.1).

use maud::html;

use crate::{
    BaseUrl, Site,
    xml::{DECLARATION, plain},
};

/// Most characters of the short name of a search, by its specification.
const SHORT_NAME_LEN: usize = 16;

/// Returns `robots.txt`. Crawlers look for it at the top of a host only: elsewhere its lines
/// are to be copied there.
pub(crate) fn robots(base: &BaseUrl) -> String {
    let sitemap = base.join("sitemap.xml");
    format!("User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n")
}

/// Returns `opensearch.xml`, by which browsers offer to search the archive.
pub(crate) fn search_description(site: &Site, base: &BaseUrl) -> String {
    let title = plain(&site.title);
    let short: String = title.chars().take(SHORT_NAME_LEN).collect();
    let description =
        if site.description.is_empty() { title } else { plain(&site.description) };
    let xml = html! {
        OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/" {
            ShortName { (short.trim()) }
            Description { (description) }
            InputEncoding { "UTF-8" }
            Image width="64" height="64" type="image/svg+xml" { (base.join("icon.svg")) }
            Url type="text/html" template={ (base) "index.html#/?q={searchTerms}" } {}
            Url type="application/opensearchdescription+xml" rel="self"
                template=(base.join("opensearch.xml")) {}
        }
    };
    [DECLARATION, &xml.into_string(), "\n"].concat()
}
