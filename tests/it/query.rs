//! Filters, facets, sorting and corrections, through the façade.

use vitrine_article::Article;
use vitrine_reader::{FacetCount, SearchRequest, SearchResults, Sort, Suggestion};

use crate::support::{Folder, article, ids, open, packed};

/// Five articles on harbours: dates, authors, sources, languages.
fn harbours() -> Folder {
    let row =
        |id: &str, lang: &str, title: &str, date: &str, authors: &[&str]| -> Article {
            let body = if lang == "en" {
                "The harbour and its quays."
            } else {
                "港口与码头。"
            };
            let mut article = article(id, lang, title, body);
            article.metadata.date = date.parse().ok();
            article.metadata.authors =
                authors.iter().map(|&name| name.to_owned()).collect();
            article.metadata.source = Some(format!("Review of {lang}"));
            article.metadata.r#type = (id < "c")
                .then(|| if id == "a" { "News" } else { "Press release" }.to_owned());
            article
        };
    packed(vec![
        row("a", "en", "Zinc and the harbour", "2013-06-25", &["Li Wei", "Ada Okafor"]),
        row("b", "en", "Élan in a harbour", "2015", &["Li Wei"]),
        row("c", "en", "Barges", "", &["Li Weiming"]),
        row("d", "zh-Hans", "港口", "2010-02", &["李伟"]),
        row("e", "zh-Hant", "港口碼頭", "2013-06-24", &[]),
    ])
}

fn ask(folder: &Folder, query: &str, filter: &str, sort: Sort) -> SearchResults {
    let request = SearchRequest {
        filter: filter.to_owned(),
        sort,
        wants_facets: true,
        ..SearchRequest::new(query)
    };
    pollster::block_on(open(folder).search(&request)).unwrap()
}

fn counts(counts: &[FacetCount]) -> Vec<(&str, u32)> {
    counts.iter().map(|facet| (facet.value.as_str(), facet.count)).collect()
}

#[test]
fn filters_narrow_any_query_and_the_empty_one() {
    let folder = harbours();
    let check = |query: &str, filter: &str, expected: &[&str]| {
        let results = ask(&folder, query, filter, Sort::Newest);
        assert_eq!(ids(&results), expected, "{query:?} {filter:?}");
        assert_eq!(results.total as usize, expected.len(), "{query:?} {filter:?}");
    };
    check("", "", &["b", "a", "e", "d", "c"]);
    check("", "year:2013", &["a", "e"]);
    check("", "year:2010..2013", &["a", "e", "d"]);
    check("", "year:2014..", &["b"]);
    check("", "after:2013-06-25", &["b", "a"]);
    check("", "before:2013-06-25", &["e", "d"]);
    check("", "lang:zh", &["e", "d"]);
    check("", "lang:zh-Hant", &["e"]);
    check("", "author:\"Li Wei\"", &["b", "a"]);
    check("", "author:okafor", &["a"]);
    check("", "author:李", &["d"]);
    check("", "(author:okafor OR author:weiming)", &["a", "c"]);
    check("", "source:\"Review of en\" year:2013", &["a"]);
    check("", "type:News", &["a"]);
    check("", "type:\"Press release\"", &["b"]);
    check("", "type:release", &["b"]);
    check("harbour type:news", "", &["a"]);
    check("", "-lang:en", &["e", "d"]);
    check("harbour", "year:2013", &["a"]);
    check("harbour lang:en -author:weiming", "", &["b", "a"]);
    check("author:\"Li Wei\"", "", &["b", "a"]);
    check("", "author:nobody", &[]);
    check("", "section:none", &[]);
}

#[test]
fn results_are_sorted_as_asked_and_undated_ones_kept() {
    let folder = harbours();
    let order = |sort| ids(&ask(&folder, "", "", sort)).join("");
    assert_eq!(order(Sort::Newest), "baedc");
    assert_eq!(order(Sort::Oldest), "deabc");
    assert_eq!(order(Sort::Title), "cbade");
}

#[test]
fn facets_count_all_results() {
    let folder = harbours();
    let request =
        SearchRequest { wants_facets: true, limit: 1, ..SearchRequest::new("") };
    let results = pollster::block_on(open(&folder).search(&request)).unwrap();
    let facets = results.facets.unwrap();
    assert_eq!(counts(&facets.years), [("2015", 1), ("2013", 2), ("2010", 1)]);
    assert_eq!(counts(&facets.langs), [("en", 3), ("zh-Hans", 1), ("zh-Hant", 1)]);
    let authors = [("Li Wei", 2), ("Ada Okafor", 1), ("Li Weiming", 1), ("李伟", 1)];
    assert_eq!(counts(&facets.authors), authors);
    assert_eq!(counts(&facets.sections), []);
    assert_eq!(counts(&facets.types), [("News", 1), ("Press release", 1)]);
    let facets = ask(&folder, "harbour", "year:2013", Sort::Relevance).facets.unwrap();
    assert_eq!(counts(&facets.authors), [("Li Wei", 1), ("Ada Okafor", 1)]);
    // What a facet counts is what its filter finds.
    for FacetCount { value, count } in &facets.authors {
        let filter = format!("year:2013 author:\"{value}\"");
        assert_eq!(ask(&folder, "harbour", &filter, Sort::Title).total, *count);
    }
}

#[test]
fn corrections_are_told_and_can_be_refused() {
    let folder = harbours();
    let results = ask(&folder, "habrour", "", Sort::Relevance);
    assert_eq!(results.total, 3);
    let told: Vec<_> =
        results.corrections.iter().map(|c| (c.from.as_str(), c.to.as_str())).collect();
    assert_eq!(told, [("habrour", "harbour")]);
    for literal in ["+habrour", "harbour -habrour"] {
        assert!(ask(&folder, literal, "", Sort::Relevance).corrections.len() < 2);
    }
    let refused = ask(&folder, "+habrour", "", Sort::Relevance);
    assert_eq!((refused.total, refused.is_relaxed), (0, false));
}

#[test]
fn a_phrase_that_is_nowhere_is_searched_as_words() {
    let folder = harbours();
    let exact = ask(&folder, "\"harbour and its quays\"", "", Sort::Relevance);
    assert_eq!((exact.total, exact.is_relaxed), (3, false));
    let relaxed = ask(&folder, "\"quays harbour\"", "", Sort::Relevance);
    assert_eq!((relaxed.total, relaxed.is_relaxed), (3, true));
}

#[test]
fn related_articles_share_rare_words() {
    let texts = [
        "Herring nets were mended on the quay in winter.",
        "The quay was stacked with herring and with nets.",
        "Parliament debated the budget of the ministry.",
        "The ministry defended its budget before parliament.",
        "Zebras graze.",
    ];
    let articles = texts.iter().enumerate().map(|(number, text)| {
        article(&number.to_string(), "en", &format!("Paper {number}"), text)
    });
    let folder = packed(articles.collect());
    let related = |id: &str| -> Vec<String> {
        let hits = pollster::block_on(open(&folder).related(id)).unwrap();
        hits.into_iter().map(|hit| hit.id).collect()
    };
    assert_eq!(related("0"), ["1"]);
    assert_eq!(related("3"), ["2"]);
    assert!(related("4").is_empty());
    assert!(related("nobody").is_empty());
}

#[test]
fn every_text_of_an_article_can_be_marked() {
    let matcher = pollster::block_on(open(&harbours()).matcher("harbours quay")).unwrap();
    let marked: Vec<String> = matcher
        .mark("The harbour and its quays.")
        .into_iter()
        .filter_map(|span| span.is_match.then_some(span.text))
        .collect();
    assert_eq!(marked, ["harbour", "quays"]);
}

#[test]
fn words_authors_and_titles_are_suggested() {
    let folder = harbours();
    let suggest = |query: &str| pollster::block_on(open(&folder).suggest(query)).unwrap();
    let query = Suggestion::Query { query: "old harbour".to_owned() };
    assert!(suggest("old harb").contains(&query));
    let author = Suggestion::Author { author: "Li Weiming".to_owned() };
    assert!(suggest("li weim").contains(&author));
    assert!(suggest("weim").contains(&author));
    let titles: Vec<String> = suggest("barg")
        .into_iter()
        .filter_map(|suggestion| match suggestion {
            Suggestion::Title { id, .. } => Some(id),
            _ => None,
        })
        .collect();
    assert_eq!(titles, ["c"]);
    assert!(suggest("").is_empty());
}
