//! The command as people run it.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use serde_json::Value;

/// Returns the command under test, built beside this test.
pub(crate) fn vitrine() -> Command {
    let path = std::env::var_os("VITRINE_BIN").map_or_else(
        || {
            let mut path = std::env::current_exe().unwrap();
            path.pop();
            path.pop();
            path.join(format!("vitrine{}", std::env::consts::EXE_SUFFIX))
        },
        PathBuf::from,
    );
    assert!(path.is_file(), "build the command first: cargo build -p vitrine-cli");
    Command::new(path)
}

pub(crate) fn run(arguments: &[&str]) -> Output {
    vitrine().args(arguments).output().unwrap()
}

pub(crate) fn lines(output: &Output) -> Vec<Value> {
    String::from_utf8(output.stdout.clone())
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

pub(crate) fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// A folder with an export of two articles and a broken line.
fn export(folder: &Path) -> PathBuf {
    let path = folder.join("export.jsonl");
    let lines = [
        r#"{"id":"a","title":"Tides","date":"2020-01-02","authors":["Ana Roe"],"lang":"en","body":"The tide rises.\n\nThe tide falls."}"#,
        r#"{"id":"b","title":"潮汐","lang":"zh","body":"潮汐由月球引起。"}"#,
    ];
    fs::write(&path, lines.join("\n")).unwrap();
    path
}

#[test]
fn an_export_is_packed_searched_shown_and_verified() {
    let folder = tempfile::tempdir().unwrap();
    let input = export(folder.path());
    let archive = folder.path().join("out");
    let archive = archive.to_str().unwrap();
    let packed = run(&[
        "pack",
        input.to_str().unwrap(),
        "--out",
        archive,
        "--title",
        "T",
        "--json",
    ]);
    assert_eq!(packed.status.code(), Some(0), "{}", stderr(&packed));
    let packed = lines(&packed);
    assert_eq!(packed[0]["totals"]["articles"], 2);
    let files = tree(Path::new(archive));
    assert_eq!(packed[0]["files"], files.len());
    assert_eq!(packed[0]["bytes"], files.values().map(Vec::len).sum::<usize>());
    for file in [
        "index.html",
        "vitrine.js",
        "vitrine-core.js",
        "vitrine-panels.js",
        "vitrine-api.js",
        "vitrine-embed.js",
        "vitrine-zh-Hans.js",
        "README.txt",
        "data/root.js",
    ] {
        assert!(Path::new(archive).join(file).is_file(), "{file}");
    }

    let found = lines(&run(&["search", archive, "tides", "--json"]));
    assert_eq!(found[0]["total"], 1);
    assert_eq!(found[0]["hits"][0]["id"], "a");
    let queries = folder.path().join("queries.tsv");
    fs::write(&queries, "q1\ttide\nq2\t潮汐\n").unwrap();
    let queries = queries.to_str().unwrap();
    let trec = run(&["search", archive, "--queries", queries, "--format", "trec"]);
    let trec = String::from_utf8(trec.stdout).unwrap();
    let ids: Vec<_> =
        trec.lines().map(|l| l.split(' ').take(4).collect::<Vec<_>>()).collect();
    assert_eq!(ids, [["q1", "Q0", "a", "1"], ["q2", "Q0", "b", "1"]]);

    let shown = lines(&run(&["show", archive, "a", "--json"]));
    assert_eq!(shown[0]["title"], "Tides");
    assert_eq!(shown[0]["date"], "2020-01-02");
    let inspected = lines(&run(&["inspect", archive, "--json"]));
    assert_eq!(inspected[0]["article_count"], 2);
    let verified = run(&["verify", archive, "--json"]);
    assert_eq!(verified.status.code(), Some(0));
    assert_eq!(lines(&verified)[0]["articles"], 2);
}

#[test]
fn packing_twice_gives_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let input = export(folder.path());
    let mut states = Vec::new();
    for _ in 0..2 {
        let archive = folder.path().join("out");
        let out = archive.to_str().unwrap();
        assert!(run(&["pack", input.to_str().unwrap(), "--out", out]).status.success());
        states.push(files(&archive));
    }
    assert_eq!(states[0], states[1]);
    let names: Vec<_> =
        fs::read_dir(folder.path()).unwrap().flatten().map(|e| e.file_name()).collect();
    assert_eq!(names.len(), 2, "nothing is left beside the archive: {names:?}");
}

/// Returns all files of a folder, sorted.
pub(crate) fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            if entry.path().is_dir() {
                folders.push(entry.path());
            } else {
                found.push((entry.path(), fs::read(entry.path()).unwrap()));
            }
        }
    }
    found.sort_unstable();
    found
}

/// Returns all files of a folder by their paths below it, with slashes on every system.
pub(crate) fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let name = |path: PathBuf| {
        path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/")
    };
    files(folder).into_iter().map(|(path, bytes)| (name(path), bytes)).collect()
}

#[test]
fn damage_is_found_and_named() {
    let folder = tempfile::tempdir().unwrap();
    let input = export(folder.path());
    let archive = folder.path().join("out");
    let out = archive.to_str().unwrap();
    assert!(run(&["pack", input.to_str().unwrap(), "--out", out]).status.success());
    let texts =
        fs::read_dir(archive.join("data/texts")).unwrap().flatten().next().unwrap();
    let mut bytes = fs::read(texts.path()).unwrap();
    let at = bytes.len() / 2;
    bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
    fs::write(texts.path(), bytes).unwrap();
    fs::write(archive.join("data/stray.js"), "x").unwrap();
    let verified = run(&["verify", out, "--json"]);
    assert_eq!(verified.status.code(), Some(1));
    let problems = lines(&verified)[0]["problems"].to_string();
    assert!(problems.contains(texts.file_name().to_str().unwrap()), "{problems}");
    assert!(problems.contains("data/stray.js"), "{problems}");
}

#[test]
fn one_bad_record_is_reported_and_the_others_are_packed() {
    let folder = tempfile::tempdir().unwrap();
    let input = export(folder.path());
    let mut lines_of_input = fs::read_to_string(&input).unwrap();
    lines_of_input.push_str("\n{\"id\": oops}\n");
    fs::write(&input, lines_of_input).unwrap();
    let out = folder.path().join("out");
    let report = folder.path().join("report.json");
    let packed = run(&[
        "pack",
        input.to_str().unwrap(),
        "--out",
        out.to_str().unwrap(),
        "--report",
        report.to_str().unwrap(),
        "--json",
    ]);
    assert_eq!(packed.status.code(), Some(1));
    assert!(stderr(&packed).contains("export.jsonl#3"), "{}", stderr(&packed));
    let report: Value = serde_json::from_slice(&fs::read(report).unwrap()).unwrap();
    let totals = &report["totals"];
    assert_eq!((&totals["inputs"], &totals["articles"]), (&3.into(), &2.into()));
    assert_eq!(totals["unreadable"], 1);
    assert_eq!(report["files"].as_array().unwrap().len(), 3);
}

#[test]
fn what_is_not_an_archive_is_never_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let input = export(folder.path());
    let out = folder.path().join("precious");
    fs::create_dir(&out).unwrap();
    fs::write(out.join("thesis.txt"), "years of work").unwrap();
    let packed = run(&["pack", input.to_str().unwrap(), "--out", out.to_str().unwrap()]);
    assert_eq!(packed.status.code(), Some(2));
    assert!(
        stderr(&packed).contains("--out names a folder with other things"),
        "{}",
        stderr(&packed)
    );
    assert_eq!(fs::read_to_string(out.join("thesis.txt")).unwrap(), "years of work");
}

#[test]
fn a_failing_pack_leaves_the_old_archive_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let input = export(folder.path());
    let archive = folder.path().join("out");
    let out = archive.to_str().unwrap();
    assert!(run(&["pack", input.to_str().unwrap(), "--out", out]).status.success());
    let before = files(&archive);
    let empty = folder.path().join("empty");
    fs::create_dir(&empty).unwrap();
    let packed = run(&["pack", empty.to_str().unwrap(), "--out", out]);
    assert_eq!(packed.status.code(), Some(2));
    assert!(stderr(&packed).contains("no page was found"), "{}", stderr(&packed));
    assert_eq!(files(&archive), before);
}

#[test]
fn clean_prints_an_object_for_each_article_or_each_input() {
    let folder = tempfile::tempdir().unwrap();
    export(folder.path());
    fs::write(folder.path().join("empty.txt"), "").unwrap();
    let input = folder.path().to_str().unwrap();
    let articles = lines(&run(&["clean", input]));
    assert_eq!(articles.len(), 2);
    assert_eq!(
        articles[0]["paragraphs"],
        serde_json::json!(["The tide rises.", "The tide falls."])
    );
    let inputs = lines(&run(&["clean", input, "--per-file"]));
    let paths: Vec<_> =
        inputs.iter().map(|input| input["path"].as_str().unwrap()).collect();
    assert_eq!(paths, ["empty.txt", "export.jsonl#1", "export.jsonl#2"]);
    assert_eq!(inputs[0]["article"], false);
}

#[test]
fn mistakes_are_told_with_a_remedy_and_code_2() {
    for (arguments, expected) in [
        (
            &["pack", "/nowhere/at/all", "--out", "x"][..],
            "no such file or folder; correct the path",
        ),
        (&["search", "/nowhere/at/all", "x"][..], "no such folder"),
        (&["verify", env!("CARGO_MANIFEST_DIR")][..], "no Vitrine archive"),
        (&["search"][..], "Usage"),
        (&["search", "x", "y", "--filter", "topic:2010"][..], "title, author, source"),
        (&["search", "x", "y", "--filter", "year:last"][..], "write it like year:2013"),
        (&["verify", file!()][..], "name the folder of the archive"),
        (&["sign", "--key", "none.key", "."][..], "no Vitrine archive"),
        (&["pack", "--config", "none.toml", "--out", "x"][..], "vitrine init"),
    ] {
        // As from the top of the source tree, whose folders these are.
        let top = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
        let output = vitrine().args(arguments).current_dir(top).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(stderr(&output).contains(expected), "{}", stderr(&output));
    }
}

#[test]
fn mistakes_in_the_settings_are_told_with_file_place_and_remedy() {
    let folder = tempfile::tempdir().unwrap();
    export(folder.path());
    fs::create_dir(folder.path().join("letters")).unwrap();
    fs::write(folder.path().join("letters/a.txt"), "Dear Ana").unwrap();
    let rule = "[[clean.rules]]\naction = 'drop'\nline = 'x'\n[[clean.rules]]\n\
                action = 'drop'\n";
    for (settings, expected) in [
        (b"[archive]\ntitle = 'caf\xE9'\n".as_slice(), &["UTF-8", "save"][..]),
        (b"\xFF\xFE[\0", &["UTF-8", "save"]),
        (b"[input]\npaths = ['pages']\n", &["paths of [input]", "correct the path"]),
        (b"[input]\npaths = 'pages'\n", &["paths of [input]", "correct the path"]),
        (b"[input]\npaths = 7\n", &["line 2, column 9", "write \"one\", or ["]),
        (b"[input.fields]\ntitle = 7\n", &["line 2, column 9", "write \"one\", or ["]),
        (b"[archive]\n\ntitle = 7\n", &["line 3, column 9", "stands in quotes"]),
        (b"[output]\nfolder = true\n", &["line 2, column 10", "stands in quotes"]),
        (b"[output]\nstatic_pages = 'yes'\n", &["line 2", "true or false"]),
        (b"clean.rules = 'x'\n", &["line 1", "[[clean.rules]]"]),
        (b"input = 'pages'\n", &["line 1", "[input]"]),
        (b"[input]\ninclude = ['a[']\n", &["correct include of [input]", "a["]),
        (
            &[rule.as_bytes(), b"line = '('\n"].concat(),
            &["line of the rule number 2", "unclosed"],
        ),
        (
            &[rule.as_bytes(), b"line = 'x'\npaths = ['a[']\n"].concat(),
            &["paths of the rule number 2", "unclosed"],
        ),
        (b"[output]\nfolder = 'letters'\n", &["folder of [output]", "name another one"]),
    ] {
        fs::write(folder.path().join("vitrine.toml"), settings).unwrap();
        let mut command = vitrine();
        command.arg("pack").current_dir(folder.path());
        let asks_input = settings.starts_with(b"[input]\npaths");
        if !asks_input {
            command.arg("export.jsonl");
        }
        if !settings.starts_with(b"[output]") {
            command.args(["--out", "x"]);
        }
        let packed = command.output().unwrap();
        let told = stderr(&packed);
        assert_eq!(packed.status.code(), Some(2), "{told}");
        for part in expected.iter().chain(&["vitrine.toml"]) {
            assert!(told.contains(part), "{part} in {told}");
        }
    }
}

#[test]
fn a_place_that_cannot_be_written_is_told_before_the_work() {
    let folder = tempfile::tempdir().unwrap();
    let input = export(folder.path());
    let input = input.to_str().unwrap();
    fs::create_dir(folder.path().join("letters")).unwrap();
    fs::write(folder.path().join("letters/a.txt"), "Dear Ana").unwrap();
    let place = folder.path().join("letters");
    let place = place.to_str().unwrap();
    for (option, expected) in [
        ("--zip", "name a file to write"),
        ("--single-file", "name a file to write"),
        ("--bagit", "--bagit names a folder with other things"),
    ] {
        let packed = run(&["pack", input, option, place]);
        assert_eq!(packed.status.code(), Some(2), "{option}");
        assert!(stderr(&packed).contains(expected), "{}", stderr(&packed));
    }
    // A report may be the first in its folder.
    let report = folder.path().join("reports/of today/report.html");
    let out = folder.path().join("out");
    let out = out.to_str().unwrap();
    let packed =
        run(&["pack", input, "--out", out, "--report", report.to_str().unwrap()]);
    assert_eq!(packed.status.code(), Some(0), "{}", stderr(&packed));
    assert!(report.is_file());
    let archive = run(&["pack", out, "--out", &format!("{out}2")]);
    assert_eq!(archive.status.code(), Some(2));
    assert!(stderr(&archive).contains("--format jsonl"), "{}", stderr(&archive));
}

#[test]
fn what_was_written_among_the_inputs_is_not_read_again() {
    let folder = tempfile::tempdir().unwrap();
    export(folder.path());
    let pack = || {
        let mut command = vitrine();
        command.args(["pack", ".", "--out", "archive", "--title", "T", "--json"]);
        command.args(["--zip", "a.zip", "--single-file", "a.html", "--bagit", "bag"]);
        command.args(["--report", "report.html", "--report", "report.json"]);
        let packed = command.current_dir(folder.path()).output().unwrap();
        assert_eq!(packed.status.code(), Some(0), "{}", stderr(&packed));
        lines(&packed)[0]["totals"].clone()
    };
    let first = pack();
    let archive = tree(&folder.path().join("archive"));
    assert_eq!(first["articles"], 2);
    assert_eq!(pack(), first);
    assert!(
        tree(&folder.path().join("archive")) == archive,
        "the archive is another one"
    );
    // An archive of another name is none of the pages, either.
    fs::rename(folder.path().join("archive"), folder.path().join("old")).unwrap();
    assert_eq!(pack(), first);
}

#[test]
fn the_report_is_a_page_that_runs_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("export.jsonl");
    let hostile = r#"{"title":"<script>alert(1)</script>","lang":"\"><b>","body":"<img src=x onerror=alert(1)> and words."}"#;
    fs::write(&input, hostile).unwrap();
    let (page, data) =
        (folder.path().join("report.html"), folder.path().join("report.json"));
    let out = folder.path().join("out");
    let packed = vitrine()
        .arg("pack")
        .arg(&input)
        .arg("--out")
        .arg(&out)
        .arg("--report")
        .arg(&page)
        .arg("--report")
        .arg(&data)
        .output()
        .unwrap();
    assert_eq!(packed.status.code(), Some(0), "{}", stderr(&packed));
    let page = fs::read_to_string(page).unwrap();
    assert!(page.contains("&lt;script&gt;alert(1)"), "{page}");
    for forbidden in ["<script", "<img", "<b>"] {
        assert!(!page.contains(forbidden), "{forbidden} in {page}");
    }
    let data: Value = serde_json::from_str(&fs::read_to_string(data).unwrap()).unwrap();
    assert_eq!(data["files"][0]["title"], "<script>alert(1)</script>");
    assert_eq!(data["files"][0]["concerns"][0]["kind"], "short");
}

#[test]
fn a_page_is_explained_line_by_line() {
    let folder = tempfile::tempdir().unwrap();
    let text = "Home | News | Contact | Search\n\nTides of the North\n\nBy Ana Roe\n\n2 January 2020\n\n\
        The tide rises twice a day, and nobody along this coast has ever asked it to.\n\n\
        It falls as often, which the boats know better than the people who own them.\n";
    fs::write(folder.path().join("tides.txt"), text).unwrap();
    let input = folder.path().to_str().unwrap();
    let explained = run(&["clean", input, "--explain", "tides.txt"]);
    assert_eq!(explained.status.code(), Some(0), "{}", stderr(&explained));
    let explained = String::from_utf8(explained.stdout).unwrap();
    let decisions: Vec<&str> =
        explained.lines().map(|line| line.split("  ").next().unwrap()).collect();
    assert!(decisions[0].starts_with("left out: "), "{explained}");
    assert_eq!(
        decisions[1..],
        ["title", "authors", "date", "body 1", "body 2"],
        "{explained}"
    );
    let unknown = run(&["clean", input, "--explain", "ebb.txt"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(stderr(&unknown).contains("ebb.txt"), "{}", stderr(&unknown));
}

#[test]
fn settings_say_what_is_read_and_what_fields_are_called() {
    let folder = tempfile::tempdir().unwrap();
    let pages = folder.path().join("pages");
    fs::create_dir_all(pages.join("print")).unwrap();
    fs::write(pages.join("a.php"), "<!doctype html><p>A page of a kind.").unwrap();
    fs::write(pages.join("print/b.php"), "<!doctype html><p>A copy of it.").unwrap();
    let row = r#"{"kop": "Tij", "inhoud": {"woorden": "Het tij keert."}, "title": "no"}"#;
    fs::write(pages.join("c.jsonl"), row).unwrap();
    let config = folder.path().join("vitrine.toml");
    let settings = "[input]\ninclude = [\"*.php\", \"*.jsonl\"]\nexclude = [\"print/**\"]\n\
        [input.fields]\ntitle = \"kop\"\nbody = [\"text\", \"inhoud.woorden\"]\n";
    fs::write(&config, settings).unwrap();
    let clean = |config: Option<&str>| {
        let mut command = vitrine();
        command.current_dir(folder.path()).args(["clean", "pages", "--per-file"]);
        command.args(config.map(|file| ["--config", file]).into_iter().flatten());
        command.output().unwrap()
    };
    // The settings of the current folder are found; `--config` names others.
    for found in [lines(&clean(None)), lines(&clean(Some("vitrine.toml")))] {
        let paths: Vec<_> =
            found.iter().map(|row| row["path"].as_str().unwrap()).collect();
        assert_eq!(paths, ["a.php", "c.jsonl#1"]);
        assert_eq!(found[1]["title"], "Tij");
        assert_eq!(found[1]["paragraphs"], serde_json::json!(["Het tij keert."]));
    }
    fs::write(&config, "[input]\n\n[input.fields]\nheading = \"kop\"\n").unwrap();
    let failed = clean(None);
    assert_eq!(failed.status.code(), Some(2));
    let message = stderr(&failed);
    assert!(message.contains("heading") && message.contains("line 4"), "{message}");
    assert!(
        stderr(&clean(Some("none.toml"))).contains("cannot read the settings none.toml")
    );
}

#[test]
fn rules_correct_what_cleaning_gets_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let (pages, settings) = (folder.path().join("pages"), folder.path().join("own.toml"));
    fs::create_dir(&pages).unwrap();
    let text = "Quay Letters No. 4\n\nStory told by Ana Roe of the pilots\n\n\
        The tide rises twice a day, and nobody along this coast has ever asked it to.\n\n\
        Read also: the tide tables of the harbour master, printed every year in March.\n\n\
        It falls as often, which the boats know better than the people who own them.\n\n\
        All rights reserved.\n";
    fs::write(pages.join("a.txt"), text).unwrap();
    fs::write(
        &settings,
        "[[clean.rules]]\nline = '^Read also'\naction = 'drop'\n\
         [[clean.rules]]\nline = 'told by (.+) of'\naction = 'authors'\n\
         [[clean.rules]]\npaths = ['a.*']\nline = '^All rights'\naction = 'keep'\n\
         [[clean.rules]]\npaths = ['b/**']\nline = '.'\naction = 'drop'\n",
    )
    .unwrap();
    let (pages, settings) = (pages.to_str().unwrap(), settings.to_str().unwrap());
    let cleaned = run(&["clean", pages, "--config", settings]);
    assert_eq!(cleaned.status.code(), Some(0), "{}", stderr(&cleaned));
    let article = &lines(&cleaned)[0];
    assert_eq!(article["authors"], serde_json::json!(["Ana Roe"]));
    let paragraphs: Vec<&str> = article["paragraphs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|paragraph| paragraph.as_str().unwrap())
        .collect();
    assert_eq!(paragraphs.len(), 3, "{paragraphs:?}");
    assert!(
        paragraphs[1].starts_with("It falls") && paragraphs[2].starts_with("All rights")
    );
    let removed = article["removed"].to_string();
    assert!(
        removed.contains("Read also") && removed.contains("rule of the corpus"),
        "{removed}"
    );

    fs::write(settings, "[[clean.rules]]\nline = '('\naction = 'drop'\n").unwrap();
    let refused = run(&["clean", pages, "--config", settings]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(stderr(&refused).contains("expression"), "{}", stderr(&refused));
}

#[test]
fn settings_to_begin_with_are_written_once() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("vitrine.toml");
    let file = file.to_str().unwrap();
    assert_eq!(run(&["init", file]).status.code(), Some(0));
    fs::write(folder.path().join("a.txt"), "Words").unwrap();
    let read =
        run(&["clean", folder.path().join("a.txt").to_str().unwrap(), "--config", file]);
    assert_eq!(read.status.code(), Some(0), "{}", stderr(&read));
    let again = run(&["init", file]);
    assert_eq!(again.status.code(), Some(2));
    assert!(stderr(&again).contains("not replaced"), "{}", stderr(&again));
}

#[test]
fn an_archive_is_exported() {
    let folder = tempfile::tempdir().unwrap();
    let input = export(folder.path());
    let archive = folder.path().join("out");
    let archive = archive.to_str().unwrap();
    assert!(run(&["pack", input.to_str().unwrap(), "--out", archive]).status.success());
    let exported = |format: &str| {
        let output = run(&["export", archive, "--format", format]);
        assert!(output.status.success(), "{}", stderr(&output));
        String::from_utf8(output.stdout).unwrap()
    };
    assert_eq!(exported("jsonl").lines().count(), 2);
    assert!(exported("bibtex").contains("author = {Roe, Ana},"));
    assert!(exported("ris").contains("TI  - 潮汐\r\n"));
    let table = exported("csv");
    assert!(table.contains("\r\na,Tides,Ana Roe,2020-01-02,"), "{table}");
    let items: Value = serde_json::from_str(&exported("csl-json")).unwrap();
    assert_eq!(items[0]["author"][0]["family"], "Roe");
    let index: Value = serde_json::from_str(&exported("elasticlunr")).unwrap();
    assert_eq!(index["version"], "0.9.5");

    let file = folder.path().join("export.jsonl").join("x.bib");
    let refused =
        run(&["export", archive, "--format", "bibtex", "--out", file.to_str().unwrap()]);
    assert!(stderr(&refused).contains("cannot write"), "{}", stderr(&refused));
}

#[test]
fn what_the_archive_is_travels_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    fs::write(path("a.txt"), "Tides\n\nThe moon pulls.").unwrap();
    let logo = "<svg xmlns='http://www.w3.org/2000/svg' width='80' height='40'/>";
    fs::write(path("logo.svg"), logo).unwrap();
    fs::write(
        path("vitrine.toml"),
        "[archive]\ntitle = 'Not this'\ndescription = 'Essays on <ports>.'\n\
         institution = 'Harbour Institute'\nlogo = 'logo.svg'\nlanguages = ['en', 'zh-Hans']\n\
         url = 'https://harbour.example/papers'\nlicense = 'CC BY 4.0'\n",
    )
    .unwrap();
    let (input, out, settings) = (path("a.txt"), path("out"), path("vitrine.toml"));
    let pack = ["pack", &input, "--out", &out, "--config", &settings];
    let packed = run(&[&pack[..], &["--title", "Papers"]].concat());
    assert_eq!(packed.status.code(), Some(0), "{}", stderr(&packed));

    let inspected = lines(&run(&["inspect", &out, "--json"]));
    assert_eq!(inspected[0]["title"], "Papers");
    let about = &inspected[0]["about"];
    assert_eq!(about["description"], "Essays on <ports>.");
    assert_eq!(about["url"], "https://harbour.example/papers/");
    assert_eq!(about["logo"]["width"], 80);
    let digest = about["logo"]["digest"].as_str().unwrap();
    let carried = Path::new(&out).join(format!("assets/{digest}.svg"));
    assert_eq!(fs::read_to_string(&carried).unwrap(), logo);
    let page = fs::read_to_string(Path::new(&out).join("index.html")).unwrap();
    let meta = "<meta name=\"description\" content=\"Essays on &lt;ports&gt;.\">";
    assert!(page.contains(meta) && page.contains("<html lang=\"en\">"), "{page}");
    assert_eq!(run(&["verify", &out]).status.code(), Some(0));
    fs::write(&carried, "<svg xmlns='http://www.w3.org/2000/svg'/>").unwrap();
    assert_eq!(run(&["verify", &out]).status.code(), Some(1));

    fs::write(path("vitrine.toml"), "[archive]\nlogo = 'a.txt'\n").unwrap();
    let refused = run(&pack);
    assert_eq!(refused.status.code(), Some(2));
    let told = stderr(&refused);
    assert!(
        told.contains("logo of [archive] in") && told.contains("give a PNG"),
        "{told}"
    );
}
