//! `Vitrine.open()`: an archive for scripts that build an interface of their own.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use serde_json::{Value, json};

use crate::browser::Browser;
use crate::embedding::in_both_browsers;
use crate::page::Page;
use crate::server::Hosting;
use crate::stage::{Site, Stage};

in_both_browsers! {
    every_call_answers
    errors_have_stable_names
    the_module_is_loaded_when_it_is_called
}

const SCRIPT: &str = "<script src=\"https://example.org/archive/vitrine.js\"></script>";

/// An article of the sample.
const MUSSEL: &str = "the-mussel-in-the-ballast-tank-what-vellmar-learned-from";

fn opened<'s>(stage: &'s Stage, options: &str) -> Page<'s> {
    let page = stage.open("");
    page.evaluate(&format!(
        "Vitrine.open(undefined, {options}).then(archive => {{ window.archive = archive; }})"
    ));
    page
}

fn keys(value: &Value) -> Vec<String> {
    let mut keys: Vec<_> =
        value.as_object().expect("an object").keys().cloned().collect();
    keys.sort_unstable();
    keys
}

fn every_call_answers(browser: Browser) {
    let stage = Stage::in_site(browser, &Site::page(SCRIPT), Hosting::default());
    let page = opened(&stage, "{}");
    let info = page.evaluate("archive.info");
    assert_eq!(info["articleCount"], 77);
    assert!(info["years"].as_array().is_some_and(|years| years.len() > 5), "{info}");

    let found = page.evaluate("archive.search('ballast', { facets: true })");
    assert_eq!(found["total"], 1);
    assert_eq!(keys(&found), ["corrections", "facets", "hits", "isRelaxed", "total"]);
    let hit = &found["hits"][0];
    assert_eq!(hit["id"], MUSSEL);
    assert_eq!(hit["date"], "2013-06-25");
    let spans = hit["titleSpans"].as_array().expect("spans");
    assert!(
        spans.iter().any(|span| span["isMatch"] == true && span["text"] == "Ballast")
    );
    let limited = page.evaluate(
        "archive.search('', { filter: 'year:2013..2014', sort: 'oldest', limit: 3, offset: 1 })",
    );
    assert_eq!(limited["total"], 8);
    assert_eq!(limited["hits"].as_array().map(Vec::len), Some(3));
    // Found in normalization form D, too; and while somebody types.
    assert_eq!(page.evaluate("archive.search('balla', { typing: true })")["total"], 1);

    let facets = page.evaluate("archive.facets('', 'year:2013..2014')");
    assert_eq!(facets["years"].as_array().map(Vec::len), Some(2));
    let suggested = page.evaluate("archive.suggest('balla')");
    assert!(
        suggested.as_array().is_some_and(|all| all
            .iter()
            .any(|one| one["kind"] == "title" && one["id"] == MUSSEL)),
        "{suggested}"
    );
    let latest = page.evaluate("archive.latest({ limit: 2 })");
    assert_eq!(latest[0]["date"], "2024-04-11");
    assert_eq!(latest.as_array().map(Vec::len), Some(2));
    let related = page.evaluate(&format!("archive.related({MUSSEL:?})"));
    assert!(related.as_array().is_some_and(|hits| !hits.is_empty()), "{related}");

    let article = page.evaluate(&format!("archive.article({MUSSEL:?})"));
    assert!(article["text"].as_str().is_some_and(|text| text.contains("mussel")));
    assert!(article["blocks"].as_array().is_some_and(|blocks| blocks.len() > 3));
    assert!(
        article["address"]
            .as_str()
            .is_some_and(|url| url.contains("index.html#/article/"))
    );
    assert_eq!(page.evaluate("archive.article('no such article')"), Value::Null);

    for (format, mark) in [
        ("apa", "(2013"),
        ("chicago", "2013"),
        ("mla", "2013"),
        ("gbt7714", "2013"),
        ("bibtex", "@"),
        ("ris", "TY  - "),
        ("csl-json", "\"issued\""),
    ] {
        let text = page.evaluate(&format!("archive.citation({MUSSEL:?}, {format:?})"));
        assert!(
            text.as_str().is_some_and(|text| text.contains(mark)),
            "{format}: {text}"
        );
    }
    assert_eq!(page.evaluate("archive.citation('no such article')"), Value::Null);

    let report = page.evaluate(
        "(async () => {
            const calls = [];
            const report = await archive.verify((done, total) => calls.push([done, total]));
            return { ...report, last: calls.at(-1), count: calls.length };
        })()",
    );
    assert_eq!(report["damaged"], json!([]));
    assert_eq!(report["last"], json!([report["files"], report["files"]]));
    assert_eq!(report["count"], report["files"]);
    stage.assert_clean();
}

fn errors_have_stable_names(browser: Browser) {
    let stage = Stage::in_site(browser, &Site::page(SCRIPT), Hosting::default());
    let page = opened(&stage, "{ filter: 'year:2013..2014' }");
    assert_eq!(page.evaluate("archive.info.articleCount"), 8);
    assert_eq!(page.evaluate("archive.article('LNM-2024-Z03')"), Value::Null);
    let name = |call: &str| {
        page.evaluate(&format!(
            "{call}.then(() => 'none', error => [error.name, error instanceof Error, error.message])"
        ))
    };
    for call in [
        "archive.search(3)",
        "archive.search('x', { sort: 'best' })",
        "archive.citation('LNM-2014-031', 'harvard')",
        "Vitrine.open(undefined, { root: 'xyz' })",
    ] {
        let error = name(call);
        assert_eq!(error[0], "ArgumentError", "{call}: {error}");
        assert_eq!(error[1], true);
    }
    // What is misspelt is not passed over.
    for (call, unknown, known) in [
        ("Vitrine.open(undefined, { filters: 'year:2013' })", "filters", "root, filter"),
        ("archive.search('x', { facet: true })", "facet", "facets, offset"),
        ("archive.latest({ count: 3 })", "count", "offset, limit"),
    ] {
        let error = name(call);
        assert_eq!(error[0], "ArgumentError", "{call}: {error}");
        let message = error[2].as_str().expect("a message");
        assert!(
            message.contains(unknown) && message.contains(known),
            "{call}: {message}"
        );
    }
    let missing = name("Vitrine.open('/nothing/here')");
    assert_eq!(missing[0], "MissingError", "{missing}");
    // The archive that is open is none the worse for it.
    assert_eq!(page.evaluate("archive.search('')")["total"], 8);
}

fn the_module_is_loaded_when_it_is_called(browser: Browser) {
    let stage = Stage::in_site(browser, &Site::page(SCRIPT), Hosting::default());
    let page = stage.open("");
    let asked = |name: &str| stage.requests().iter().any(|url| url.contains(name));
    assert!(asked("vitrine.js"));
    assert!(!asked("vitrine-api") && !asked("vitrine-embed") && !asked("vitrine-core"));
    page.evaluate("Vitrine.open().then(() => true)");
    assert!(asked("vitrine-api") && !asked("vitrine-core"));
    stage.assert_clean();
}

fn named(variable: &str) -> PathBuf {
    let path = std::env::var_os(variable);
    PathBuf::from(path.expect("`cargo xtask e2e` sets the variable"))
}

/// A program of somebody who uses the package: what is right compiles, and each line that is
/// marked as wrong does not.
const PROGRAM: &str = r#"
import { load, open, type Archive, type Hit, type VitrineEventMap } from "vitrine-archive";

async function main(): Promise<void> {
  const archive: Archive = await open("https://example.org/archive/", { filter: "year:2013" });
  const { total, hits, facets } = await archive.search("sea", { sort: "newest", facets: true });
  const first: Hit | undefined = hits[0];
  const title: string | undefined = first?.titleSpans.map((span) => span.text).join("");
  const years: number = facets?.years.reduce((sum, { count }) => sum + count, 0) ?? total;
  for (const suggestion of await archive.suggest("se")) {
    if (suggestion.kind === "title") suggestion.title[0]?.isMatch;
    if (suggestion.kind === "query") suggestion.query.trim();
  }
  const article = await archive.article(first?.id ?? "");
  for (const block of article?.blocks ?? []) {
    if (block.kind === "heading") block.level.toFixed();
    if (block.kind === "list") block.items[0]?.[0]?.kind;
  }
  const entry: string | null = await archive.citation("x", "gbt7714");
  const report = await archive.verify((done, of) => console.log(done / of, entry, title, years));
  report.damaged[0]?.path.trim();
  const vitrine = await load();
  await vitrine.open();
  await window.Vitrine.open(new URL("https://example.org/"));

  const element = document.createElement("vitrine-archive");
  element.route = "query";
  element.addEventListener("vitrine-search", ({ detail }) => detail.total?.toFixed());
  element.addEventListener("vitrine-error", ({ detail }) => detail.name.trim());
  document.addEventListener("click", () => element.focus());
  const name: keyof VitrineEventMap = "vitrine-ready";
  element.dispatchEvent(new CustomEvent(name));

  // @ts-expect-error: there is no such order
  await archive.search("sea", { sort: "best" });
  // @ts-expect-error: an article may be missing
  (await archive.article("x")).title;
  // @ts-expect-error: there is no such format
  await archive.citation("x", "harvard");
  // @ts-expect-error: no memory to free
  archive.free();
  // @ts-expect-error: there is no such route
  element.route = "path";
  // @ts-expect-error: a hit has no text
  first?.text;
}
void main();
"#;

#[test]
fn the_declarations_are_checked_by_typescript() {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    let modules = folder.path().join("node_modules/vitrine-archive");
    fs::create_dir_all(&modules).expect("a folder can be made");
    for name in ["package.json", "index.d.ts", "index.js"] {
        fs::copy(named("VITRINE_NPM").join(name), modules.join(name))
            .expect("it is there");
    }
    fs::write(folder.path().join("main.ts"), PROGRAM).expect("it can be written");
    let mut tsc = Command::new("node");
    tsc.arg(named("VITRINE_TSC")).current_dir(folder.path()).arg("main.ts").args([
        "--noEmit",
        "--strict",
        "--target",
        "es2022",
        "--module",
        "nodenext",
        "--lib",
        "es2023,dom,dom.iterable,esnext.disposable",
        "--noUncheckedIndexedAccess",
    ]);
    let output = tsc.output().expect("node runs");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}");
}

#[test]
fn the_npm_package_holds_the_scripts_and_the_types() {
    let mut npm = Command::new("npm");
    npm.args(["pack", "--dry-run", "--json", "--offline"])
        .current_dir(named("VITRINE_NPM"));
    let output = npm.output().expect("npm runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let packed: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let files = packed[0]["files"].as_array().expect("a list of files");
    let has = |path: &str| files.iter().any(|file| file["path"] == path);
    for path in [
        "package.json",
        "README.md",
        "index.js",
        "index.d.ts",
        "dist/vitrine.js",
        "dist/vitrine-core.js",
        "dist/vitrine-api.js",
        "dist/vitrine-embed.js",
        "dist/vitrine-panels.js",
        "dist/vitrine-zh-Hans.js",
    ] {
        assert!(has(path), "{path} is not in the package: {packed}");
    }
}
