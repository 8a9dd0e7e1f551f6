//! What is packed can be found and read again.

use std::error::Error as _;

use vitrine_article::{Article, Block};
use vitrine_reader::{
    Archive, ChunkFile, ChunkSource, SearchRequest, SourceError, Suggestion, Typing,
    all_read,
};

use crate::support::{
    Counting, Folder, article, articles, ids, open, packed, search, search_as,
};

fn read(folder: &Folder, id: &str) -> Option<Article> {
    pollster::block_on(open(folder).article(id, "")).unwrap().map(|view| view.article)
}

#[test]
fn every_article_comes_back_as_it_was() {
    let folder = packed(articles());
    for article in articles() {
        assert_eq!(read(&folder, &article.id), Some(article));
    }
    for id in ["", "plai", "plain2", "zzz"] {
        assert_eq!(read(&folder, id), None, "{id:?}");
    }
}

#[test]
fn the_order_of_articles_does_not_change_a_byte() {
    let folder = packed(articles());
    let mut turned = articles();
    for _ in 0..turned.len() {
        turned.rotate_left(1);
        assert_eq!(packed(turned.clone()), folder);
    }
    turned.reverse();
    assert_eq!(packed(turned), folder);
}

#[test]
fn the_page_names_the_root_and_escapes_the_title() {
    let folder = packed(articles());
    let page = String::from_utf8(folder.files["index.html"].clone()).unwrap();
    let root = folder.files.keys().find_map(|path| {
        path.strip_prefix("data/root.")?.strip_suffix(".js").filter(|d| !d.is_empty())
    });
    assert!(page.contains(root.unwrap()));
    assert!(page.contains("Papers &amp; &lt;Notes&gt;"), "{page}");
}

#[test]
fn facts_about_the_archive_are_counted() {
    let folder = packed(articles());
    let archive = open(&folder);
    let info = archive.info();
    assert_eq!((info.article_count, info.title.as_str()), (4, "Papers & <Notes>"));
    assert_eq!(info.languages[0].lang, "en");
    assert_eq!(info.languages[0].article_count, 2);
    assert_eq!(info.first_date.unwrap().to_string(), "2013-06-25");
    assert_eq!(info.last_date.unwrap().to_string(), "2021");
}

#[test]
fn lists_are_newest_first_and_undated_last() {
    let folder = packed(articles());
    let latest = pollster::block_on(open(&folder).latest(0, 10));
    let ids: Vec<_> = latest.iter().map(|hit| hit.id.as_str()).collect();
    assert_eq!(ids, ["zh-1", "rich/α β", "plain", "zh-2"]);
    assert!(latest[0].snippet[0].text.starts_with("国际社会"));
}

#[test]
fn a_record_that_cannot_be_read_keeps_its_place_in_a_list() {
    let mut folder = packed(articles());
    let mut paths = folder.files.keys();
    let path = paths.find(|path| path.starts_with("data/documents/")).unwrap().clone();
    folder.files.remove(&path);
    let archive = open(&folder);
    let latest = pollster::block_on(archive.latest(0, 10));
    assert_eq!(latest.len(), 4);
    let error = all_read(latest).unwrap_err();
    assert!(error.source().unwrap().to_string().contains(&path), "{error:?}");
    // Neither the order nor the number of what is found depends on records.
    let found = pollster::block_on(archive.search(&SearchRequest::new(""))).unwrap();
    assert_eq!((found.total, found.hits.len()), (4, 4));
    assert!(all_read(found.hits).is_err());
}

#[test]
fn articles_have_neighbours_in_time() {
    let folder = packed(articles());
    let beside = |id: &str| {
        let (before, after) = pollster::block_on(open(&folder).beside(id)).unwrap();
        [before, after].map(|hit| hit.map(|hit| hit.id))
    };
    let some = |id: &str| Some(id.to_owned());
    assert_eq!(beside("zh-1"), [some("rich/α β"), None]);
    assert_eq!(beside("plain"), [some("zh-2"), some("rich/α β")]);
    assert_eq!(beside("zh-2"), [None, some("plain")]);
    assert_eq!(beside("nobody"), [None, None]);
}

/// Waits for a while at each pause, as a browser does that has something else to do.
struct Pausing<'a>(&'a Folder, std::cell::Cell<u32>);

impl ChunkSource for &Pausing<'_> {
    async fn load(&self, file: &ChunkFile) -> Result<Vec<u8>, SourceError> {
        self.0.load(file).await
    }

    async fn pause(&self) {
        self.1.set(self.1.get() + 1);
        let mut has_waited = false;
        std::future::poll_fn(|context| {
            context.waker().wake_by_ref();
            if std::mem::replace(&mut has_waited, true) {
                std::task::Poll::Ready(())
            } else {
                std::task::Poll::Pending
            }
        })
        .await;
    }
}

#[test]
fn pauses_change_no_answer() {
    let folder = packed(articles());
    for query in ["s", "governance of the s", "\"high seas\"", "海"] {
        let request = SearchRequest {
            typing: Typing::Unfinished,
            wants_facets: true,
            ..SearchRequest::new(query)
        };
        let source = Pausing(&folder, std::cell::Cell::default());
        let archive = pollster::block_on(Archive::open(&source, None)).unwrap();
        let paused = pollster::block_on(archive.search(&request)).unwrap();
        assert_eq!(paused, pollster::block_on(open(&folder).search(&request)).unwrap());
        assert!(source.1.get() > 5, "{query:?}: {} pauses", source.1.get());
    }
}

#[test]
fn words_are_found_whatever_their_form() {
    let folder = packed(articles());
    for (query, expected) in [
        ("seas", "rich/α β"),
        ("GOVERNANCE seas", "rich/α β"),
        ("cafe lodz", "plain"),
        ("café ŁÓDŹ", "plain"),
        ("skoda", "rich/α β"),
        ("quay review", "rich/α β"),
        ("海洋治理", "zh-1"),
        ("网络安全", "zh-2"),
        ("網路安全", "zh-2"),
        ("国际合作", "zh-2"),
        ("深", "zh-1"),
        ("论", "zh-1"),
        ("ｓｅａｓ high", "rich/α β"),
    ] {
        let results = search(&folder, query);
        assert_eq!(ids(&results).first(), Some(&expected), "{query:?}");
        assert_eq!(results.total as usize, results.hits.len());
    }
    assert_eq!(search(&folder, "zeppelin").total, 0);
    assert_eq!(search(&folder, "…!").total, 0);
    assert_eq!(search(&folder, "").total as usize, articles().len());
}

#[test]
fn a_word_too_many_does_not_empty_the_list() {
    let folder = packed(articles());
    assert_eq!(ids(&search(&folder, "zeppelin manganese")), ["rich/α β"]);
    assert_eq!(ids(&search(&folder, "what are manganese nodules?")), ["rich/α β"]);
}

#[test]
fn both_languages_answer_one_query() {
    let folder = packed(articles());
    let results = search(&folder, "manganese 深海");
    let mut found = ids(&results);
    found.sort_unstable();
    assert_eq!(found, ["rich/α β", "zh-1"]);
}

#[test]
fn every_prefix_of_a_word_finds_it_while_it_is_typed() {
    let folder = packed(articles());
    for end in 1.."manganese".len() {
        let prefix = &"manganese"[..end];
        let results = search_as(&folder, prefix, Typing::Unfinished);
        assert!(ids(&results).contains(&"rich/α β"), "{prefix:?}");
    }
    // A word that never occurs stands for those that it begins, finished or not.
    assert_eq!(ids(&search(&folder, "mangan")), ["rich/α β"]);
}

#[test]
fn matches_are_marked_in_titles_and_snippets() {
    let folder = packed(articles());
    let marked = |query: &str| -> Vec<String> {
        let results = search(&folder, query);
        let hit = results.hits.first().unwrap();
        let spans = hit.title.iter().chain(&hit.snippet);
        spans.filter(|span| span.is_match).map(|span| span.text.clone()).collect()
    };
    assert_eq!(marked("governing manganese"), ["Governing", "manganese"]);
    assert_eq!(marked("網路"), ["網路", "網路"]);
    assert_eq!(marked("网路安全"), ["網路安全", "網路"]);
    assert_eq!(marked("cafe"), ["Café", "café"]);
}

#[test]
fn results_do_not_depend_on_earlier_searches() {
    let folder = packed(many(300));
    let archive = open(&folder);
    let ask = |archive: &Archive<&Folder>, query: &str| {
        let request = vitrine_reader::SearchRequest {
            limit: 20,
            typing: Typing::Unfinished,
            ..vitrine_reader::SearchRequest::new(query)
        };
        pollster::block_on(archive.search(&request)).unwrap()
    };
    let queries = ["word7", "word1", "w", "topic3 word2", "文章", "word7"];
    for query in queries {
        assert_eq!(ask(&archive, query), ask(&open(&folder), query), "{query:?}");
    }
}

#[test]
fn a_page_of_results_continues_the_one_before() {
    let folder = packed(many(120));
    let archive = open(&folder);
    let page = |offset: u32| {
        let request = vitrine_reader::SearchRequest {
            offset,
            limit: 50,
            ..vitrine_reader::SearchRequest::new("shared")
        };
        pollster::block_on(archive.search(&request)).unwrap()
    };
    let mut found: Vec<String> =
        [0, 50, 100].iter().flat_map(|&at| page(at).hits).map(|hit| hit.id).collect();
    assert_eq!(page(0).total, 120);
    assert_eq!(found.len(), 120);
    found.sort_unstable();
    found.dedup();
    assert_eq!(found.len(), 120);
}

#[test]
fn only_what_is_needed_is_loaded() {
    let folder = packed(many(3000));
    let source = Counting { folder: &folder, loaded: Vec::new().into() };
    let archive = pollster::block_on(Archive::open(&source, None)).unwrap();
    assert_eq!(source.loaded.borrow().len(), 2, "root pointer and root");
    pollster::block_on(archive.article("article-1234", "")).unwrap().unwrap();
    let chunks = |name: &str| {
        let loaded = source.loaded.borrow();
        loaded.iter().filter(|path| path.contains(name)).count()
    };
    assert_eq!((chunks("/ids/"), chunks("/texts/")), (1, 1));
    assert_eq!(chunks("/postings/") + chunks("/lexicon/"), 0);
    assert!(folder.files.keys().filter(|path| path.contains("/documents/")).count() > 10);
    assert!(folder.files.keys().any(|path| path.contains("/directory/")));
}

#[test]
fn blocks_nested_beyond_the_limit_keep_their_text() {
    let mut block = Block::paragraph("at the bottom");
    for _ in 0..200 {
        block = Block::Quote { blocks: vec![block] };
    }
    let mut deep = article("deep", "en", "Deep", "x");
    deep.blocks = vec![block];
    let folder = packed(vec![deep]);
    assert_eq!(read(&folder, "deep").unwrap().plain_text(), "at the bottom");
}

#[test]
fn an_empty_archive_opens() {
    let folder = packed(Vec::new());
    assert_eq!(open(&folder).info().article_count, 0);
    assert_eq!(search(&folder, "anything").total, 0);
}

/// Returns articles of which each holds a few words of its own.
fn many(count: usize) -> Vec<Article> {
    (0..count)
        .map(|n| {
            let words: Vec<String> =
                (0..60).map(|k| format!("word{}", (n * 31 + k * k * 7) % 997)).collect();
            let title = format!("Article {n} on topic{}", n % 17);
            let body = format!("shared {} 第{n}篇文章", words.join(" "));
            article(
                &format!("article-{n}"),
                if n % 5 == 0 { "zh-Hans" } else { "en" },
                &title,
                &body,
            )
        })
        .collect()
}

#[test]
fn a_restricted_archive_holds_nothing_else() {
    let titles = ["One sea", "Two seas", "Three seas", "Four seas"];
    let made = titles.iter().enumerate().map(|(at, title)| {
        let mut article =
            article(&format!("a{at}"), "en", title, "Ships cross the same sea.");
        article.metadata.date = format!("201{at}-05").parse().ok();
        article.metadata.section =
            Some(if at == 2 { "News" } else { "Essays" }.to_owned());
        article.metadata.authors = vec![format!("Ana {title}")];
        if at == 3 {
            article.metadata.lang = "fr".to_owned();
        }
        article
    });
    let folder = packed(made.collect());
    let mut archive = open(&folder);
    assert_eq!(archive.info().languages.len(), 2);
    pollster::block_on(archive.restrict("section:Essays year:2010..2012")).unwrap();
    let info = archive.info();
    assert_eq!(info.article_count, 2);
    let years: Vec<_> =
        info.years.iter().map(|year| (year.year, year.article_count)).collect();
    assert_eq!(years, [(2010, 1), (2011, 1), (2012, 0), (2013, 0)]);
    assert_eq!(info.first_date.unwrap().to_string(), "2010");
    assert_eq!(info.last_date.unwrap().to_string(), "2011");
    let languages = info.languages.iter().map(|it| (it.lang.as_str(), it.article_count));
    assert_eq!(languages.collect::<Vec<_>>(), [("en", 2)]);
    let suggested = pollster::block_on(archive.suggest("ana")).unwrap();
    let mut authors: Vec<_> = suggested
        .iter()
        .filter_map(|it| match it {
            Suggestion::Author { author } => Some(author.as_str()),
            _ => None,
        })
        .collect();
    authors.sort_unstable();
    assert_eq!(authors, ["Ana One sea", "Ana Two seas"]);
    // Words that only the others have are not suggested.
    let words = |typed: &str| {
        let suggested = pollster::block_on(archive.suggest(typed)).unwrap();
        let is_query = |it: &Suggestion| matches!(it, Suggestion::Query { .. });
        suggested.into_iter().filter(is_query).collect::<Vec<_>>()
    };
    let the = Suggestion::Query { query: "sea the".to_owned() };
    assert_eq!(words("sea th"), [the], "and not the third title");

    let latest = pollster::block_on(archive.latest(0, 10));
    assert_eq!(
        latest.iter().map(|hit| hit.id.as_str()).collect::<Vec<_>>(),
        ["a1", "a0"]
    );
    assert_eq!(pollster::block_on(archive.latest(1, 1))[0].id, "a0");
    // An alternative of the reader is one among those that are left.
    for query in ["sea", "year:2012 OR sea", "section:News OR year:2013 OR sea"] {
        let request = SearchRequest { wants_facets: true, ..SearchRequest::new(query) };
        let found = pollster::block_on(archive.search(&request)).unwrap();
        assert_eq!(found.total, 2, "{query}");
        assert_eq!(found.facets.unwrap().years.len(), 2);
    }
    let narrowed =
        SearchRequest { filter: "year:2012".to_owned(), ..SearchRequest::new("") };
    assert_eq!(pollster::block_on(archive.search(&narrowed)).unwrap().total, 0);
    let has = |id: &str| pollster::block_on(archive.article(id, "")).unwrap().is_some();
    assert_eq!(["a0", "a1", "a2", "a3"].map(has), [true, true, false, false]);
    let beside = |id: &str| {
        let (before, after) = pollster::block_on(archive.beside(id)).unwrap();
        (before.map(|hit| hit.id), after.map(|hit| hit.id))
    };
    assert_eq!(beside("a1"), (Some("a0".to_owned()), None));
    assert_eq!(beside("a0"), (None, Some("a1".to_owned())));
    assert_eq!(beside("a2"), (None, None));
    for hit in pollster::block_on(archive.related("a0")).unwrap() {
        assert_eq!(hit.id, "a1");
    }
}
