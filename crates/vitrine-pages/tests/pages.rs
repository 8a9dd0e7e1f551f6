//! The files that come of articles, read back as their readers do.

#![expect(clippy::unwrap_used, reason = "a test ends where it cannot go on")]

use std::{collections::BTreeMap, convert::Infallible, path::Path};

use atom_syndication::Feed;
use roxmltree::Document;
use vitrine_article::{
    Article, Asset, AssetFile, AssetType, Block, BlockLanguage, Image, Inline, Metadata,
    Relation, RelationKind, TableRow,
};
use vitrine_pages::{Pages, START, Site, article_path};

const EVIL: &str =
    "</title></script><script>alert(1)</script>\"'><img src=x onerror=x>&\u{1}";

fn article(number: usize, lang: &str, title: &str) -> Article {
    Article {
        id: format!("id/{number} &?"),
        metadata: Metadata {
            title: title.to_owned(),
            date: format!("20{:02}-03-04", 24 - number % 20).parse().ok(),
            authors: vec!["Ana Roe".to_owned(), EVIL.to_owned()],
            section: Some(EVIL.to_owned()),
            source: Some("The Harbour".to_owned()),
            r#type: Some(EVIL.to_owned()),
            r#abstract: Some(EVIL.to_owned()),
            lang: lang.to_owned(),
            url: Some("https://old.example.org/a?b=1&c".to_owned()),
        },
        blocks: vec![Block::paragraph("The tide rises.")],
        ..Article::default()
    }
}

/// An article with every kind of block.
fn rich() -> Article {
    let text = |text: &str| vec![Inline::text(text)];
    let note = "[1]".to_owned();
    let picture = AssetFile {
        digest: "ab".repeat(16),
        kind: AssetType::from_extension("png").unwrap(),
        len_bytes: 9,
        width: 3,
        height: 2,
    };
    let link = |url: &str| Inline::Link { url: url.to_owned(), inlines: text("link") };
    let image =
        |address: &str| Image { addresses: vec![address.to_owned()], ..Image::default() };
    let figure = |address: &str| Block::Figure {
        alt: EVIL.to_owned(),
        caption: text(EVIL),
        image: Some(image(address)),
    };
    let reference = Inline::NoteReference { number: 1, text: note.clone() };
    let base = article(0, "ar", "المد والجزر");
    Article {
        blocks: vec![
            Block::Heading { level: 2, inlines: text(EVIL) },
            Block::Paragraph {
                inlines: vec![
                    reference.clone(),
                    reference,
                    link("javascript:alert(1)"),
                    link("https://example.org/?a&b"),
                    Inline::LineBreak,
                ],
            },
            Block::Code { text: EVIL.to_owned() },
            Block::Table {
                caption: text(EVIL),
                rows: vec![TableRow { header: true, cells: vec![text(EVIL)] }],
            },
            figure("quay.png"),
            figure("lost.png"),
            Block::Quote { blocks: vec![Block::paragraph("引文")] },
            Block::List {
                ordered: true,
                items: vec![vec![Block::Paragraph {
                    inlines: vec![Inline::NoteMark { number: 1, text: note }],
                }]],
            },
            Block::Break,
        ],
        languages: vec![BlockLanguage { block: 6, lang: "zh-Hans".to_owned() }],
        assets: vec![Asset { address: "quay.png".to_owned(), file: Some(picture) }],
        relations: vec![Relation {
            kind: RelationKind::Translation,
            id: "id/1 &?".to_owned(),
            title: EVIL.to_owned(),
            lang: "en".to_owned(),
        }],
        ..base
    }
}

fn made(articles: &[Article], base: Option<&str>) -> BTreeMap<String, String> {
    made_of(articles, base, false)
}

fn made_of(
    articles: &[Article],
    base: Option<&str>,
    stands_alone: bool,
) -> BTreeMap<String, String> {
    let mut pages = Pages::new(Site {
        stands_alone,
        title: EVIL.to_owned(),
        lang: "en".to_owned(),
        description: EVIL.to_owned(),
        license: "CC BY 4.0".to_owned(),
        license_url: "https://creativecommons.org/licenses/by/4.0/".to_owned(),
        article_count: articles.len(),
        base_url: base.map(|base| base.parse().unwrap()),
        ..Site::default()
    });
    let mut files = BTreeMap::new();
    let mut sink = |path: &str, bytes: &[u8]| -> Result<(), Infallible> {
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        assert_eq!(files.insert(path.to_owned(), text), None, "{path} comes twice");
        Ok(())
    };
    for article in articles {
        pages.add(article, &mut sink).unwrap();
    }
    pages.finish(&mut sink).unwrap();
    files
}

fn many() -> Vec<Article> {
    let mut articles = vec![rich()];
    articles.extend((1..2_500).map(|n| article(n, "en", &format!("Tide {n}"))));
    articles
}

#[test]
fn nothing_of_an_article_becomes_markup() {
    let files = made(&[rich(), article(1, "en", EVIL)], Some("https://example.org/a/"));
    for (path, text) in &files {
        assert!(!text.contains("<script>"), "{path}");
        assert!(!text.contains("<img src=x"), "{path}");
        assert!(!text.contains("javascript:"), "{path}");
    }
    let page = &files[&article_path("id/0 &?")];
    assert_eq!(page.matches("<script").count(), 1, "only the block of data");
    let (_, rest) = page.split_once("<script type=\"application/ld+json\">").unwrap();
    let (data, _) = rest.split_once("</script>").unwrap();
    let data: serde_json::Value = serde_json::from_str(data).unwrap();
    assert_eq!(data["@type"], "ScholarlyArticle", "it has a note");
    assert_eq!(data["author"][1]["name"], EVIL);
    let other = &files[&article_path("id/1 &?")];
    assert!(other.contains("\"@type\":\"NewsArticle\""));
}

#[test]
fn a_page_says_what_programs_look_for() {
    let files = made(&[rich()], Some("https://example.org/a"));
    let path = article_path("id/0 &?");
    let page = &files[&path];
    let url = format!("https://example.org/a/{path}");
    for part in [
        "<html lang=\"ar\" dir=\"rtl\">",
        "content=\"default-src 'none'; ",
        &format!("<link rel=\"canonical\" href=\"{url}\">"),
        "<meta name=\"DC.title\" content=\"المد والجزر\">",
        "<meta name=\"DC.creator\" content=\"Ana Roe\">",
        "<meta name=\"citation_author\" content=\"Ana Roe\">",
        "<meta name=\"citation_publication_date\" content=\"2024/03/04\">",
        "<meta name=\"citation_journal_title\" content=\"The Harbour\">",
        &format!("<meta property=\"og:url\" content=\"{url}\">"),
        &format!("content=\"https://example.org/a/assets/{}.png\"", "ab".repeat(16)),
        "href=\"../../../index.html#/article/id%2F0%20%26%3F\"",
        "id=\"ref-1\" href=\"#note-1\"",
        "id=\"note-1\" href=\"#ref-1\"",
        "<div lang=\"zh-Hans\" dir=\"ltr\"><blockquote>",
        "width=\"3\" height=\"2\"",
    ] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    assert_eq!(page.matches("id=\"ref-1\"").count(), 1);
}

/// Returns the paths that pages lead to, each with the page that does.
fn ways(files: &BTreeMap<String, String>) -> Vec<(&str, String)> {
    let mut ways = Vec::new();
    for (path, page) in
        files.iter().filter(|(_, page)| page.starts_with("<!DOCTYPE html>"))
    {
        for (_, rest) in
            page.match_indices(" href=\"").map(|(at, m)| page.split_at(at + m.len()))
        {
            let href = rest.split('"').next().unwrap();
            let target = href.split('#').next().unwrap();
            if target.is_empty() || href.contains("://") {
                continue;
            }
            let mut place: Vec<&str> = path.split('/').collect();
            place.pop();
            for part in target.split('/') {
                if part == ".." {
                    assert!(place.pop().is_some(), "{path}: {href}");
                } else {
                    place.push(part);
                }
            }
            ways.push((path.as_str(), place.join("/")));
        }
    }
    ways
}

#[test]
fn every_way_leads_to_a_page() {
    let files = made(&many(), None);
    let all = |path: &str| files.contains_key(path);
    for (path, target) in ways(&files) {
        let is_beside = matches!(target.as_str(), "index.html" | "icon.svg")
            || target.starts_with("assets/");
        assert!(is_beside || all(&target), "{path} leads to {target}");
    }
    // Every article is on some list.
    let lists: String = files
        .iter()
        .filter(|(path, _)| path.starts_with("pages/years/"))
        .map(|(_, page)| page.as_str())
        .collect();
    for article in many() {
        assert!(lists.contains(&article_path(&article.id)), "{}", article.id);
    }
    assert!(all("pages/languages/en_2.html") && all(START));
    let beside = files.keys().filter(|path| !path.starts_with("pages/"));
    assert_eq!(beside.count(), 0, "no file needs an address that nobody knows");
}

#[test]
fn pages_that_stand_alone_lead_to_each_other_only() {
    let files = made_of(&many(), Some("https://example.org/a/"), true);
    for (path, target) in ways(&files) {
        let is_there = target.starts_with("assets/") || files.contains_key(&target);
        assert!(is_there, "{path} leads to {target}");
    }
    // The same articles are at the same addresses, with and without a viewer.
    let beside = made(&many(), Some("https://example.org/a/"));
    let paths = |files: &BTreeMap<String, String>, without: &[&str]| -> Vec<String> {
        files.keys().filter(|path| !without.contains(&path.as_str())).cloned().collect()
    };
    assert_eq!(
        paths(&files, &["index.html"]),
        paths(&beside, &[START, "opensearch.xml"])
    );
    let start = &files["index.html"];
    assert!(start.contains(&format!("href=\"{}\"", article_path("id/0 &?"))));
    assert!(
        start.contains(
            "<link rel=\"canonical\" href=\"https://example.org/a/index.html\">"
        )
    );
    assert!(files["feed.xml"].contains("href=\"https://example.org/a/index.html\""));
    assert!(!files.values().any(|text| text.contains("index.html#/")));
}

#[test]
fn feeds_maps_and_records_are_as_their_readers_want_them() {
    let files = made(&many(), Some("https://example.org/a/"));
    let feed: Feed = files["feed.xml"].parse().unwrap();
    assert_eq!(feed.entries().len(), 50);
    assert_eq!(feed.updated().to_rfc3339(), "2024-03-04T00:00:00+00:00");
    assert!(feed.entries()[0].links()[0].href().ends_with(&article_path("id/0 &?")));
    for (path, text) in &files {
        if Path::new(path).extension().is_some_and(|extension| extension == "xml") {
            Document::parse(text).unwrap_or_else(|error| panic!("{path}: {error}"));
        }
    }
    let records = |path: &str| {
        let document = Document::parse(&files[path]).unwrap();
        let count = document
            .descendants()
            .filter(|node| {
                node.has_tag_name(("http://www.openarchives.org/OAI/2.0/", "record"))
            })
            .count();
        let token = document
            .descendants()
            .find(|node| node.tag_name().name() == "resumptionToken");
        (count, token.map(|token| token.text().unwrap_or_default().to_owned()))
    };
    assert_eq!(records("oai_dc.xml"), (2_000, Some("oai_dc-2.xml".to_owned())));
    assert_eq!(records("oai_dc-2.xml"), (500, Some(String::new())));
    assert!(files["sitemap.xml"].contains(&article_path("id/2499 &?")));
    assert!(
        files["robots.txt"].ends_with("Sitemap: https://example.org/a/sitemap.xml\n")
    );
    assert!(files["opensearch.xml"].contains("/index.html#/?q={searchTerms}"));
    let undated = Article { metadata: Metadata::default(), ..rich() };
    assert!(!made(&[undated], Some("https://example.org/")).contains_key("feed.xml"));
}

#[test]
fn the_same_articles_give_the_same_files() {
    assert_eq!(
        made(&many(), Some("https://e.org/")),
        made(&many(), Some("https://e.org/"))
    );
    assert!(made(&[], None).contains_key(START));
}
