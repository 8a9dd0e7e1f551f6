//! What every page has around its content.

use maud::{DOCTYPE, Markup, html};
use vitrine_words::direction;

use crate::{STYLE_PATH, Site, address::up, words::Words};

/// What a page may do: show pictures, sound and film of its archive.
const CONTENT_POLICY: &str = "default-src 'none'; img-src 'self'; media-src 'self'; \
                              style-src 'self'; base-uri 'none'; form-action 'none'";

/// A page around its content.
pub(crate) struct Frame<'a> {
    pub(crate) site: &'a Site,
    pub(crate) words: &'a Words,
    /// Where it is, below the folder of the archive.
    pub(crate) path: &'a str,
    /// Its language, a BCP 47 tag.
    pub(crate) lang: &'a str,
    /// Its title, without that of the archive.
    pub(crate) title: &'a str,
    /// What else stands in its head.
    pub(crate) head: Markup,
    /// What the same article or list is in the viewer, below the folder of the archive.
    pub(crate) viewer: &'a str,
}

impl Frame<'_> {
    /// Returns the page with this content.
    pub(crate) fn around(&self, content: &Markup) -> Vec<u8> {
        let Self { site, words, path, lang, title, head, viewer } = self;
        let (up, strings) = (up(path), &words.strings);
        let is_start = title.is_empty();
        // The language of the content is the page's; that of the words around it their own.
        let lang = if matches!(*lang, "" | "und") { words.tag } else { lang };
        let own = (lang != words.tag).then_some(words.tag);
        let own_direction = own.map(direction);
        let page = html! {
            (DOCTYPE)
            html lang=(lang) dir=(direction(lang)) {
                head {
                    meta charset="utf-8";
                    meta http-equiv="Content-Security-Policy" content=(CONTENT_POLICY);
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    meta name="referrer" content="no-referrer";
                    meta name="generator" content=(site.generator);
                    title {
                        @if !is_start { (title) " — " }
                        (site.title)
                    }
                    @if !site.stands_alone {
                        link rel="icon" href={ (up) "icon.svg" } type="image/svg+xml";
                    }
                    link rel="stylesheet" href={ (up) (STYLE_PATH) };
                    @if let Some(base) = &site.base_url {
                        link rel="canonical" href=(base.join(path));
                        link rel="alternate" type="application/atom+xml"
                            title=(site.title) href={ (up) "feed.xml" };
                        @if !site.stands_alone {
                            link rel="search" type="application/opensearchdescription+xml"
                                title=(site.title) href={ (up) "opensearch.xml" };
                        }
                    }
                    (head)
                }
                body {
                    a.skip href="#content" lang=[own] dir=[own_direction] {
                        (strings.contents())
                    }
                    header {
                        p.site lang=(site.lang) dir=(direction(&site.lang)) {
                            a href={ (up) (site.start()) } { (site.title) }
                        }
                        @if !(is_start && site.stands_alone) {
                            nav lang=[own] dir=[own_direction] {
                                @if !site.stands_alone {
                                    a href={ (up) "index.html" } { (strings.search()) } " "
                                    @if !is_start {
                                        a href={ (up) (viewer) } { (strings.open()) } " "
                                    }
                                }
                                @if !is_start {
                                    a href={ (up) (site.start()) } { (strings.lists()) }
                                }
                            }
                        }
                    }
                    main #content { (content) }
                    footer {
                        @if !site.institution.is_empty() { p { (site.institution) } }
                        (license(site))
                    }
                }
            }
        };
        let mut bytes = page.into_string().into_bytes();
        bytes.push(b'\n');
        bytes
    }
}

fn license(Site { license, license_url, .. }: &Site) -> Markup {
    let text = if license.is_empty() { license_url } else { license };
    let is_link = vitrine_article::is_safe_link(license_url);
    html! {
        @if is_link {
            p { a href=(license_url) rel="license" { (text) } }
        } @else if !text.is_empty() {
            p { (text) }
        }
    }
}
