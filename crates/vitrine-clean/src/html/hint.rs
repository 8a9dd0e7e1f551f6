//! What the names that an element has for style sheets say that it is.

use super::dom::{Document, NodeId};

/// What words in classes and ids mark, by the reason that is given for it.
const WORDS: [(&str, &[&str]); 7] = [
    (
        "navigation",
        &[
            "nav",
            "navbar",
            "navigation",
            "menu",
            "submenu",
            "breadcrumb",
            "breadcrumbs",
            "crumb",
            "crumbs",
            "pagination",
            "pager",
            "toc",
            "sitemap",
            "skip",
            "prevnext",
            "pagenav",
        ],
    ),
    (
        "sharing",
        &[
            "share",
            "sharing",
            "social",
            "sharebar",
            "addthis",
            "sharedaddy",
            "bshare",
            "jiathis",
            "bdshare",
        ],
    ),
    (
        "comments",
        &[
            "comment",
            "comments",
            "disqus",
            "respond",
            "commentlist",
            "pinglun",
            "replies",
        ],
    ),
    (
        "related pages",
        &[
            "related",
            "recommended",
            "recommend",
            "recommendations",
            "sidebar",
            "popular",
            "trending",
            "outbrain",
            "taboola",
            "newsletter",
            "subscribe",
            "signup",
            "mostread",
            "hotnews",
            "readmore",
            "xiangguan",
            "tuijian",
        ],
    ),
    (
        "page furniture",
        &[
            "footer",
            "foot",
            "copyright",
            "cookie",
            "cookies",
            "consent",
            "gdpr",
            "masthead",
            "adsense",
            "popup",
            "modal",
            "tooltip",
            "toolbar",
            "login",
            "tagcloud",
        ],
    ),
    ("embedded post", &["tweet", "instagram"]),
    (
        DOUBTFUL,
        &[
            "widget",
            "widgets",
            "ad",
            "ads",
            "sponsor",
            "sponsored",
            "tools",
            "search",
            "hidden",
            "print",
            "printfriendly",
            "rating",
            "visually",
            "sr",
            "screen",
            "paywall",
            "banner",
            "advert",
            "advertisement",
            "promo",
            "promos",
            "teaser",
            "teasers",
            "subscription",
        ],
    ),
];

/// Reason for what such a word marks now and then only: it counts where there is little
/// running text.
pub(super) const DOUBTFUL: &str = "marked as secondary";

/// Words that mark a part of the text, whatever stands beside them.
const TEXT: [&str; 12] = [
    "article",
    "entry",
    "content",
    "post",
    "story",
    "main",
    "body",
    "text",
    "maincontent",
    "has",
    "with",
    "page",
];

/// What the class and id of an element say that it is, by whole words.
pub(super) fn by_hint(document: &Document, id: NodeId) -> Option<&'static str> {
    let hint = |name: &str| document.attribute(id, name).unwrap_or_default();
    let words: Vec<String> = words_of(&format!("{} {}", hint("class"), hint("id")));
    if words.len() > 24 || words.iter().any(|word| TEXT.contains(&word.as_str())) {
        // `article-comments` is no article: only a word that cannot be misread counts.
        let is_clear = |word: &&str| {
            matches!(
                *word,
                "comments"
                    | "comment"
                    | "related"
                    | "share"
                    | "sharing"
                    | "social"
                    | "sidebar"
                    | "newsletter"
                    | "footer"
                    | "breadcrumb"
                    | "breadcrumbs"
                    | "disqus"
            )
        };
        let found = words.iter().find(|word| {
            is_clear(&word.as_str())
                && !words.iter().any(|w| w == "has" || w == "with" || w == "no")
        })?;
        return WORDS
            .iter()
            .find(|(_, known)| known.contains(&found.as_str()))
            .map(|&(reason, _)| reason);
    }
    WORDS
        .iter()
        .find(|(_, known)| words.iter().any(|word| known.contains(&word.as_str())))
        .map(|&(reason, _)| reason)
}

/// Whether an element is made for a date, by its class.
pub(super) fn is_for_date(document: &Document, id: NodeId) -> bool {
    let class = document.attribute(id, "class").unwrap_or_default();
    words_of(class).iter().any(|word| {
        matches!(word.as_str(), "date" | "published" | "pubdate" | "posted" | "timestamp")
    })
}

/// Whether an element is the caption of a picture, by its class.
pub(super) fn is_caption(document: &Document, id: NodeId) -> bool {
    let class = document.attribute(id, "class").unwrap_or_default();
    words_of(class).iter().any(|word| {
        matches!(
            word.as_str(),
            "caption" | "captions" | "credit" | "credits" | "figcaption"
        )
    })
}

/// Splits class names at hyphens, underscores and humps.
fn words_of(names: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut was_lower = false;
    for c in names.chars().take(512).chain([' ']) {
        let is_hump = c.is_ascii_uppercase() && was_lower;
        if (!c.is_alphanumeric() || is_hump) && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        }
        was_lower = c.is_lowercase();
    }
    words
}
