//! The index that `vitrine export` writes, read by the program it is for.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

use crate::archive::{self, Copy};

/// Loads an index in elasticlunr.js and prints for each query what it finds.
const SCRIPT: &str = "
    const [library, index, queries] = process.argv.slice(1);
    const { readFileSync } = require('fs');
    const elasticlunr = require(library);
    const loaded = elasticlunr.Index.load(JSON.parse(readFileSync(index)));
    const found = readFileSync(queries, 'utf8').trimEnd().split('\\n')
        .map((line) => loaded.search(line.split('\\t')[1], {}).map(({ ref }) => ref).sort());
    process.stdout.write(JSON.stringify(found));
";

/// How many queries of each script are asked.
const QUERIES: [usize; 2] = [180, 40];

#[test]
fn elasticlunr_finds_the_same_articles() {
    let library = std::env::var_os("VITRINE_ELASTICLUNR").map(PathBuf::from).expect(
        "VITRINE_ELASTICLUNR has to name elasticlunr.js; `cargo xtask e2e` fetches it",
    );
    let copy = Copy::make();
    let folder = tempfile::tempdir().expect("a folder can be made");
    let index = folder.path().join("index.json");
    let queries = folder.path().join("queries.tsv");
    let vitrine = |verb: &str, arguments: &[&str]| {
        let mut command = Command::new(archive::command());
        let output = command.arg(verb).arg(copy.path()).args(arguments).output();
        let output = output.expect("the command runs");
        assert!(output.status.success(), "{verb} failed");
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    let words = words(&vitrine("export", &["--format", "jsonl"]));
    assert_eq!(words.len(), QUERIES.iter().sum::<usize>(), "too few words");
    let lines: String =
        words.iter().flat_map(|word| [word.as_str(), "\t", word, "\n"]).collect();
    fs::write(&queries, lines).expect("the queries can be written");
    let path = |path: &PathBuf| path.to_str().expect("UTF-8").to_owned();
    vitrine("export", &["--format", "elasticlunr", "--out", &path(&index)]);

    let mut node = Command::new("node");
    node.args(["-e", SCRIPT]).arg(library).arg(&index).arg(&queries);
    let theirs = node.output().expect("node runs").stdout;
    let theirs: Vec<Vec<String>> = serde_json::from_slice(&theirs).expect("lists of ids");
    let ours =
        vitrine("search", &["--queries", &path(&queries), "--json", "--limit=1000"]);
    assert_eq!(theirs.len(), words.len());
    for ((word, theirs), line) in words.iter().zip(theirs).zip(ours.lines()) {
        let results: Value = serde_json::from_str(line).expect("JSON");
        let hits = results["hits"].as_array().expect("hits");
        let mut ours: Vec<_> =
            hits.iter().map(|hit| hit["id"].as_str().expect("an id")).collect();
        ours.sort_unstable();
        assert!(!ours.is_empty(), "{word} is in the texts");
        assert_eq!(theirs, ours, "{word}");
    }
}

/// Picks words and pairs of Chinese characters that stand in the texts, evenly over the
/// alphabet; none that elasticlunr leaves out as too frequent, nor any that folds.
fn words(articles: &str) -> Vec<String> {
    let mut words = [BTreeSet::new(), BTreeSet::new()];
    for line in articles.lines() {
        let article: Value = serde_json::from_str(line).expect("JSON");
        let mut texts = String::new();
        collect(&article["blocks"], &mut texts);
        for word in texts.split(|c: char| !c.is_alphanumeric() && !"'’-&.".contains(c))
        {
            if word.len() > 5 && word.bytes().all(|byte| byte.is_ascii_lowercase()) {
                words[0].insert(word.to_owned());
            }
            let characters: Vec<char> = word.chars().collect();
            for pair in characters.windows(2) {
                if pair.iter().all(|c| COMMON.contains(*c)) {
                    words[1].insert(String::from_iter(pair));
                }
            }
        }
    }
    words[0].retain(|word| !STOP_WORDS.contains(&word.as_str()));
    let pick = |(words, count): (BTreeSet<String>, usize)| {
        let step = (words.len() / count).max(1);
        words.into_iter().step_by(step).take(count).collect::<Vec<_>>()
    };
    words.into_iter().zip(QUERIES).flat_map(pick).collect()
}

/// Characters that fold to themselves.
const COMMON: &str = "一三上下不中主之人今以作使信全公分利前力加十千半口司同名和四回因地城大天太夫如字完安定家小工市常年平度年心思意我所手政文方日明是月有本来水民法活流海港理生用由的目社第米者自至船行要路身近那部重金面高";

/// Words of more than five letters that elasticlunr leaves out, or whose stem it does.
const STOP_WORDS: &[&str] = &[
    "across", "almost", "because", "cannot", "either", "getting", "having", "however",
    "letting", "liking", "likely", "neither", "others", "owning", "rather", "saying",
    "should", "theirs", "wanted", "wanting",
];

fn collect(value: &Value, out: &mut String) {
    match value {
        Value::String(text) => {
            out.push_str(text);
            out.push(' ');
        }
        Value::Array(values) => values.iter().for_each(|value| collect(value, out)),
        Value::Object(fields) => {
            for (name, value) in fields {
                if !matches!(name.as_str(), "type" | "url") {
                    collect(value, out);
                }
            }
        }
        _ => {}
    }
}
