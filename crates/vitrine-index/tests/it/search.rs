//! What queries find, in which order, and how it is marked.

use crate::support::{Corpus, doc};
use vitrine_index::Typing;

fn english() -> Corpus {
    Corpus::new(&[
        doc("en", "Cyberspace governance", "Nations discuss the rules of cyberspace."),
        doc(
            "en",
            "Fishing rules",
            "The rules of fishing in China's rivers don’t change.",
        ),
        doc("en", "The networked state", "Governing networks means governing people."),
        doc(
            "en",
            "Résumé of a café",
            "Menus at the G20 café list naïve dishes, COVID-19.",
        ),
        doc("en", "Unrelated", "Nothing here is about that."),
    ])
}

#[test]
fn stems_cases_and_diacritics_match() {
    let corpus = english();
    corpus.check("governance", &[0, 2]);
    corpus.check("NETWORK", &[2]);
    corpus.check("cafe", &[3]);
    corpus.check("CAFÉS", &[3]);
    corpus.check("Café", &[3]);
    corpus.check("ｃａｆé", &[3]);
    corpus.check("China", &[1]);
    corpus.check("China's", &[1]);
    corpus.check("don't", &[1]);
    corpus.check("g20", &[3]);
    corpus.check("covid 19", &[3]);
    corpus.check("", &[0, 1, 2, 3, 4]);
    corpus.check("…!?", &[]);
}

#[test]
fn documents_with_all_words_come_first_and_a_word_too_many_empties_no_list() {
    let corpus = english();
    let (_, hits) = corpus.search("rules cyberspace", Typing::Finished);
    assert_eq!(hits[0], 0);
    corpus.check("cyberspace xyzzy", &[0]);
    let (total, hits) = corpus.search("fishing rivers unrelated", Typing::Finished);
    assert_eq!(hits[0], 1);
    assert_eq!(total as usize, hits.len());
}

#[test]
fn of_translations_the_one_in_the_language_of_the_query_is_meant() {
    // As many translations as a page of results has, in each of which the word is rarer.
    let translation = |_| doc("zh-Hans", "", "潮汐网络 kubelet 河流");
    let mut docs: Vec<_> = (0..10).map(translation).collect();
    docs.push(doc("en", "", "The kubelet runs on each node and talks to the others."));
    let (total, hits) = Corpus::new(&docs).search("kubelet", Typing::Finished);
    assert_eq!((total, hits.first()), (11, Some(&10)));
}

#[test]
fn stop_words_find_something() {
    let (total, _) = english().search("the of", Typing::Finished);
    assert!(total >= 2);
}

#[test]
fn a_word_being_typed_is_a_prefix() {
    let corpus = english();
    for (query, expected) in [("gove", 0), ("netw", 2), ("fi", 1), ("caf", 3)] {
        let (_, hits) = corpus.search(query, Typing::Unfinished);
        assert!(hits.contains(&expected), "{query}: {hits:?}");
    }
}

#[test]
fn a_word_that_occurs_is_no_prefix_once_it_is_finished() {
    let corpus = Corpus::new(&[doc("en", "Nets", "a net"), doc("en", "", "a network")]);
    corpus.check("net", &[0]);
    assert_eq!(corpus.search("net", Typing::Unfinished).1, [0, 1]);
    assert_eq!(corpus.search("net ", Typing::Unfinished).1, [0]);
}

#[test]
fn a_word_that_does_not_occur_stands_for_its_nearest_forms() {
    let corpus = Corpus::new(&[
        doc("en", "", "aeroelastic models"),
        doc("en", "", "the governance of 2013"),
        doc("en", "", "fishing"),
    ]);
    corpus.check("aeroelastics", &[0]);
    corpus.check("govern", &[1]);
    corpus.check("2014", &[]);
    corpus.check("zebra", &[]);
}

#[test]
fn mistyped_words_find_what_was_meant() {
    let corpus = Corpus::new(&[
        doc("en", "", "the harbour and the harbours"),
        doc("en", "", "archaeological expeditions"),
        doc("ru", "", "старая гавань"),
    ]);
    for typo in
        ["harbor", "habrour", "hharbour", "hsrbour", "arbour", "jarbour", "ahrbour"]
    {
        corpus.check(typo, &[0]);
    }
    for typo in ["archeologicall", "arcaheologicla", "xarchaeologicl"] {
        corpus.check(typo, &[1]);
    }
    corpus.check("гавяань", &[2]);
    corpus.check("hxrbxur", &[]);
}

#[test]
fn stop_words_decide_nothing_beside_other_words() {
    let corpus = Corpus::new(&[
        doc("en", "", "how do i how do i how do i"),
        doc("en", "", "they mend a net of many kinds in the evenings"),
        doc("zh-Hans", "", "这是什么什么是什么"),
        doc("zh-Hans", "", "渔民在夜里修补许多渔网"),
    ]);
    assert_eq!(corpus.search("how do i mend nets", Typing::Finished).1[0], 1);
    assert_eq!(corpus.search("修补渔网是什么", Typing::Finished).1[0], 3);
    assert_eq!(corpus.search("how do i", Typing::Finished).1[0], 0);
}

#[test]
fn a_title_with_the_whole_query_wins() {
    let corpus = Corpus::new(&[
        doc("en", "Quays", "harbour length harbour length harbour length harbour"),
        doc("en", "Harbour: its length", "Metres are the unit."),
    ]);
    assert_eq!(corpus.search("harbour length", Typing::Finished).1, [1, 0]);
}

#[test]
fn marks_cover_stems_folded_forms_and_runs_of_bigrams() {
    let corpus = Corpus::new(&[
        doc("en", "", "Governing cafés governs the cafe"),
        doc("zh-Hant", "", "網路空間治理"),
    ]);
    let check = |query: &str, text: &str, expected: &str| {
        let spans = corpus.matcher(query).mark(text);
        let marked: String = spans
            .iter()
            .map(|s| if s.is_match { format!("[{}]", s.text) } else { s.text.clone() })
            .collect();
        assert_eq!(marked, expected, "{query:?}");
    };
    check("governing", "Governs; governing, China's", "[Governs]; [governing], China's");
    check("cafe", "a Café, a CAFE", "a [Café], a [CAFE]");
    check("网路空间", "的網路空間治理", "的[網路空間]治理");
    check("治", "治理與治國", "[治]理與[治]國");
    check("", "nothing", "nothing");
    check("zebra", "nothing", "nothing");
}

#[test]
fn a_snippet_shows_the_words_within_its_length() {
    let corpus = english();
    let long = "Filler sentences come first. ".repeat(40)
        + "Here  the\nrules of cyberspace are told. "
        + &"Filler sentences come last. ".repeat(40);
    let spans = corpus.matcher("rules cyberspace").snippet(&long, 80);
    let text: String = spans.iter().map(|span| span.text.as_str()).collect();
    assert!(text.chars().count() <= 82, "{text:?}");
    assert!(text.contains("Here the rules of cyberspace are told"), "{text:?}");
    assert!(text.starts_with('…') && text.ends_with('…'), "{text:?}");
    let marked: Vec<&str> = spans
        .iter()
        .filter(|span| span.is_match)
        .map(|span| span.text.as_str())
        .collect();
    assert_eq!(marked, ["rules", "cyberspace"]);
}

#[test]
fn a_document_titled_like_the_query_wins() {
    let body = "words of another kind";
    let corpus = Corpus::new(&[
        doc("en", "Something else", "water everywhere and more words"),
        doc("en", "Water", body),
    ]);
    assert_eq!(corpus.search("water", Typing::Finished).1, [1, 0]);
}

#[test]
fn a_word_as_it_was_typed_stands_above_its_stem() {
    let corpus = Corpus::new(&[
        doc("en", "Harbour management", "How a harbour is run."),
        doc("en", "Harbour managers", "Who runs a harbour."),
        doc("en", "Managing harbours", "How to run a harbour."),
    ]);
    let first = |query: &str| corpus.search(query, Typing::Finished).1.first().copied();
    assert_eq!(first("management"), Some(0));
    assert_eq!(first("managers"), Some(1));
    assert_eq!(first("managing"), Some(2));
}

#[test]
fn a_title_that_repeats_a_word_is_that_word() {
    let corpus = Corpus::new(&[
        doc(
            "en",
            "tides.high",
            "A tide is high when the tide has come in. Tides, tides.",
        ),
        doc("en", "tides.low", "A tide is low when the tide has gone out. Tides, tides."),
        doc("en", "tides.tide", "A tide."),
    ]);
    assert_eq!(corpus.search("tides.tide", Typing::Finished).1.first(), Some(&2));
}

fn chinese() -> Corpus {
    Corpus::new(&[
        doc("zh-Hant", "網路空間治理", "網路空間的治理需要各國合作。"),
        doc("zh-Hans", "河流渔业", "2013年河流的渔业规则。Network 很重要"),
        doc("en", "Cyberspace governance", "Also known as 网络空间 in Chinese."),
    ])
}

#[test]
fn chinese_matches_in_either_script() {
    let corpus = chinese();
    corpus.check("網路", &[0]);
    corpus.check("网路", &[0]);
    corpus.check("漁業", &[1]);
    corpus.check("渔业", &[1]);
    corpus.check("2013年", &[1]);
}

#[test]
fn every_single_character_and_every_substring_is_found() {
    let texts = ["網路空間的治理需要各國合作", "河流的渔业规则", "网络空间"];
    let corpus = chinese();
    for (doc, text) in texts.iter().enumerate() {
        let chars: Vec<char> = text.chars().collect();
        for start in 0..chars.len() {
            for end in start + 1..=chars.len() {
                let query: String = chars[start..end].iter().collect();
                let (_, hits) = corpus.search(&query, Typing::Finished);
                assert!(hits.contains(&(doc as u32)), "{query}: {hits:?}");
            }
        }
    }
}

#[test]
fn both_languages_answer_one_query() {
    let corpus = chinese();
    let (_, hits) = corpus.search("governance 治理", Typing::Finished);
    assert!(hits.contains(&0) && hits.contains(&2), "{hits:?}");
    corpus.check("networks 重要", &[1]);
}

#[test]
fn languages_have_their_stems() {
    let corpus = Corpus::new(&[
        doc("de", "Häuser", "Die alten Häuser der Stadt"),
        doc("fr", "L'homme", "l’homme et les chevaux"),
        doc("ru", "Книги", "Старые книги ёлка"),
    ]);
    corpus.check("Häuser", &[0]);
    corpus.check("hauser", &[0]);
    corpus.check("homme", &[1]);
    corpus.check("елка", &[2]);
}

#[test]
fn answers_do_not_depend_on_what_was_searched_before() {
    let corpus = chinese();
    let fresh = corpus.search("空间", Typing::Finished);
    for query in ["治理", "network", "河", "g"] {
        corpus.search(query, Typing::Unfinished);
    }
    assert_eq!(corpus.search("空间", Typing::Finished), fresh);
}

#[test]
fn the_same_documents_give_the_same_bytes() {
    assert_eq!(chinese().files(), chinese().files());
}

#[test]
fn the_language_of_queries_narrows_and_widens() {
    let corpus = Corpus::new(&[
        doc("en", "Harbour towns", "Deep sea mining begins. The port is old."),
        doc("en", "Mining", "The sea is deep, and mining governs its ports."),
        doc("en", "Fishing", "Governing the deep sea; port and harbour."),
        doc("zh-Hans", "深海采矿", "深海的采矿，海港。"),
    ]);
    corpus.check("\"deep sea\"", &[0, 2]);
    corpus.check("\"deep sea mining\"", &[0]);
    corpus.check("\"深海采矿\"", &[3]);
    corpus.check("mining -harbour", &[1]);
    corpus.check("mining -\"deep sea\"", &[1]);
    corpus.check("mining OR fishing", &[0, 1, 2]);
    corpus.check("deep (fishing OR towns)", &[0, 2]);
    corpus.check("title:mining", &[1]);
    corpus.check("+governs", &[1]);
    corpus.check("governs", &[1, 2]);
    corpus.check("harb*", &[0, 2]);
    corpus.check("-mining", &[2, 3]);
    corpus.check("采矿 -海港", &[]);
    corpus.check("sea lang:en -fishing", &[0, 1]);
    // A phrase that is nowhere is words; the rest still holds.
    corpus.check("\"mining sea port\" -fishing", &[0, 1]);
    for nonsense in ["(((", "\"", "- - -", "OR OR", "year:x", "title:", "\"\" OR ()", "+"]
    {
        corpus.search(nonsense, Typing::Finished);
    }
}

#[test]
fn limits_take_the_best() {
    let corpus = english();
    let (total, all) = corpus.search("rules", Typing::Finished);
    for limit in 0..4 {
        let (same_total, some) = corpus.search_limited("rules", Typing::Finished, limit);
        assert_eq!((same_total, &some[..]), (total, &all[..limit.min(all.len())]));
    }
}

#[test]
fn an_empty_archive_answers_nothing() {
    Corpus::new(&[]).check("anything 什么", &[]);
}
