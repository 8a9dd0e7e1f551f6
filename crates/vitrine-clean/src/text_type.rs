//! What kind of text an article is, in a few plain words.

use crate::typography::one_line;

/// What exports and pages call the types that have a plain name, in lower case and without
/// anything but letters. Sources are the types of Schema.org, of Dublin Core and Open Graph, of
/// Zotero's items, and what content management systems write.
const NAMES: [(&str, &[&str]); 15] = [
    (
        "News",
        &["news", "newsarticle", "reportagenewsarticle", "newsstory", "新闻", "新聞"],
    ),
    ("Analysis", &["analysis", "analysisnewsarticle", "backgroundnewsarticle", "分析"]),
    (
        "Opinion",
        &[
            "opinion",
            "opinionnewsarticle",
            "oped",
            "commentary",
            "comment",
            "column",
            "评论",
            "評論",
        ],
    ),
    ("Editorial", &["editorial", "leader", "社论", "社論"]),
    (
        "Review",
        &["review", "reviewnewsarticle", "criticreview", "bookreview", "书评", "書評"],
    ),
    ("Interview", &["interview", "qa", "访谈", "訪談", "专访", "專訪"]),
    (
        "Report",
        &["report", "techreport", "technicalreport", "workingpaper", "报告", "報告"],
    ),
    (
        "Paper",
        &[
            "paper",
            "scholarlyarticle",
            "medicalscholarlyarticle",
            "journalarticle",
            "articlejournal",
            "researcharticle",
            "researchpaper",
            "论文",
            "論文",
        ],
    ),
    ("Book", &["book", "monograph", "图书", "圖書"]),
    ("Chapter", &["chapter", "bookchapter", "booksection"]),
    ("Thesis", &["thesis", "dissertation", "学位论文", "學位論文"]),
    ("Speech", &["speech", "lecture", "address", "演讲", "演講", "讲话", "講話"]),
    (
        "Press release",
        &["pressrelease", "newsrelease", "mediarelease", "新闻稿", "新聞稿", "通稿"],
    ),
    ("Blog post", &["blogpost", "blogposting", "liveblogposting", "blog", "博客"]),
    ("Manual", &["manual", "techarticle", "apireference", "howto", "documentation"]),
];

/// Names that every page of a site has and that tell nothing.
const EMPTY: [&str; 16] = [
    "article",
    "articles",
    "webpage",
    "website",
    "page",
    "post",
    "posts",
    "text",
    "document",
    "item",
    "itempage",
    "object",
    "content",
    "collectionpage",
    "文章",
    "网页",
];

/// Longest type, in characters: a longer one is a sentence.
const MAX_LEN: usize = 60;

/// Returns the plain name of what a page or an export calls the type of its text, or that
/// itself where none is known; `None` where it tells nothing.
pub(crate) fn text_type(text: &str) -> Option<String> {
    let text = one_line(text);
    // An address of a vocabulary: its last part is the name.
    let name = if text.contains("://") {
        text.trim_end_matches('/').rsplit(['/', '#']).next().unwrap_or_default()
    } else {
        &text
    };
    let key: String = name
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    if key.is_empty()
        || EMPTY.contains(&key.as_str())
        || !(1..=MAX_LEN).contains(&name.chars().count())
    {
        return None;
    }
    let known = NAMES.iter().find(|(_, names)| names.contains(&key.as_str()));
    Some(known.map_or_else(|| name.to_owned(), |(plain, _)| (*plain).to_owned()))
}

#[cfg(test)]
mod tests {
    use super::text_type;

    #[test]
    fn types_have_plain_names_or_their_own() {
        for (given, expected) in [
            ("NewsArticle", Some("News")),
            ("https://schema.org/BlogPosting", Some("Blog post")),
            ("press-release", Some("Press release")),
            (" Op-Ed ", Some("Opinion")),
            ("访谈", Some("Interview")),
            ("Policy brief", Some("Policy brief")),
            ("article", None),
            ("http://purl.org/dc/dcmitype/Text", None),
            ("", None),
            ("…", None),
        ] {
            assert_eq!(text_type(given).as_deref(), expected, "{given:?}");
        }
    }
}
