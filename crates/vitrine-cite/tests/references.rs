//! References of articles of several kinds in every style and format.
#![expect(clippy::panic, reason = "a test ends where it cannot go on")]

use vitrine_article::{Article, Block, Inline, Metadata};
use vitrine_cite::{CslItem, Reference, Style, bibtex, cite, ris};

fn reference(title: &str, authors: &[&str], date: &str) -> Reference {
    let article = Article {
        id: "seas/α 1".to_owned(),
        metadata: Metadata {
            title: title.to_owned(),
            authors: authors.iter().map(|&name| name.to_owned()).collect(),
            date: date.parse().ok(),
            source: Some("The Quay Review".to_owned()),
            url: Some("https://quay.example/a?b=1".to_owned()),
            lang: "en".to_owned(),
            ..Metadata::default()
        },
        ..Article::default()
    };
    Reference::new(&article, "Papers", None, "2026-11-23".parse().ok())
}

/// Italics between asterisks.
fn set(reference: &Reference, style: Style) -> String {
    let inlines = cite(reference, style);
    let plain = |inlines| Block::Paragraph { inlines }.plain_text();
    let piece = |inline: Inline| match inline {
        Inline::Emphasis { inlines } => format!("*{}*", plain(inlines)),
        Inline::Text { text } => text,
        other => panic!("no reference has {other:?}"),
    };
    inlines.into_iter().map(piece).collect()
}

fn all(reference: &Reference) -> [String; 4] {
    Style::ALL.map(|style| set(reference, style))
}

#[test]
fn two_authors() {
    let reference =
        reference("Governing the high seas", &["Zoë M. Škoda", "Chen Wei"], "2013-06-25");
    assert_eq!(
        all(&reference),
        [
            "Škoda, Z. M., & Wei, C. (2013, June 25). Governing the high seas. \
             *The Quay Review*. https://quay.example/a?b=1",
            "Škoda, Zoë M., and Chen Wei. “Governing the high seas.” *The Quay Review*, \
             June 25, 2013. https://quay.example/a?b=1.",
            "Škoda, Zoë M., and Chen Wei. “Governing the high seas.” *The Quay Review*, \
             25 June 2013, quay.example/a?b=1.",
            "ŠKODA Z M, WEI C. Governing the high seas[EB/OL]. The Quay Review, \
             (2013-06-25)[2026-11-23]. https://quay.example/a?b=1.",
        ]
    );
}

#[test]
fn nobody_and_no_date() {
    let reference = reference("Who owns the tide?", &[], "");
    assert_eq!(
        all(&reference),
        [
            "Who owns the tide? (n.d.). *The Quay Review*. https://quay.example/a?b=1",
            "“Who owns the tide?” *The Quay Review*. Accessed November 23, 2026. \
             https://quay.example/a?b=1.",
            "“Who owns the tide?” *The Quay Review*, quay.example/a?b=1. \
             Accessed 23 Nov. 2026.",
            "Who owns the tide?[EB/OL]. The Quay Review, [2026-11-23]. \
             https://quay.example/a?b=1.",
        ]
    );
}

#[test]
fn many_authors_in_chinese() {
    let mut reference =
        reference("海洋治理", &["陈伟", "林小舟", "李明", "王海"], "2021-05");
    reference.lang = "zh-Hans".to_owned();
    reference.url = None;
    assert_eq!(
        all(&reference),
        [
            "陈伟, 林小舟, 李明, & 王海. (2021, May). 海洋治理. *The Quay Review*.",
            "陈伟, 林小舟, 李明, and 王海. “海洋治理.” *The Quay Review*, May 2021.",
            "陈伟, et al. “海洋治理.” *The Quay Review*, May 2021.",
            "陈伟, 林小舟, 李明, 等. 海洋治理[EB/OL]. The Quay Review, (2021-05)[2026-11-23].",
        ]
    );
}

#[test]
fn the_archive_stands_in_for_an_unknown_source() {
    let article = Article::default();
    let reference =
        Reference::new(&article, "Papers", Some("https://a.example/#x"), None);
    assert_eq!(reference.container, "Papers");
    assert_eq!(reference.url.as_deref(), Some("https://a.example/#x"));
}

#[test]
fn bibtex_escapes_what_tex_would_take_for_commands() {
    let reference = reference("Fish & {chips} 100%", &["Mara van Quill", "FAO"], "2013");
    assert_eq!(
        bibtex(&reference),
        "@online{seas-α-1,\n  title = {{Fish \\& \\{chips\\} 100\\%}},\n  \
         author = {van Quill, Mara and {FAO}},\n  organization = {The Quay Review},\n  \
         date = {2013},\n  url = {https://quay.example/a?b=1},\n  urldate = {2026-11-23},\n  \
         langid = {english},\n}\n"
    );
}

#[test]
fn ris_has_a_line_for_each_value() {
    let reference = reference("High\nseas", &["Mara Quill", "陈伟"], "2013-06");
    assert_eq!(
        ris(&reference),
        "TY  - ELEC\r\nTI  - High seas\r\nAU  - Quill, Mara\r\nAU  - 陈伟\r\n\
         T2  - The Quay Review\r\nPY  - 2013\r\nDA  - 2013/06//\r\n\
         UR  - https://quay.example/a?b=1\r\nY2  - 2026/11/23/\r\nLA  - en\r\n\
         ID  - seas/α 1\r\nER  - \r\n"
    );
}

#[test]
fn references_for_programs_have_the_abstract() {
    let mut reference = reference("High seas", &["Mara Quill"], "2013-06");
    reference.r#abstract = "Who may mine & who\npays.".to_owned();
    assert!(ris(&reference).contains("\r\nAB  - Who may mine & who pays.\r\n"));
    assert!(bibtex(&reference).contains("  abstract = {Who may mine \\& who pays.},\n"));
    let item = serde_json::to_value(CslItem::from(&reference)).unwrap();
    assert_eq!(item["abstract"], reference.r#abstract);
}

#[test]
fn csl_items_have_the_names_of_the_schema() {
    let reference = reference("High seas", &["Mara Quill", "陈伟"], "2013-06");
    let item = serde_json::to_value(CslItem::from(&reference)).unwrap();
    let expected = serde_json::json!({
        "id": "seas/α 1", "type": "webpage", "title": "High seas",
        "author": [{ "family": "Quill", "given": "Mara" }, { "literal": "陈伟" }],
        "container-title": "The Quay Review", "issued": { "date-parts": [[2013, 6]] },
        "accessed": { "date-parts": [[2026, 11, 23]] },
        "URL": "https://quay.example/a?b=1", "language": "en",
    });
    assert_eq!(item, expected);
}
