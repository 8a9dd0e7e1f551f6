//! The documentation says what is so: its examples run, its options are those of the command.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use crate::command::{run, stderr, stdout, vitrine};

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs")
}

fn pages() -> Vec<(String, String)> {
    let mut pages = Vec::new();
    for entry in fs::read_dir(docs()).unwrap().flatten() {
        let name = entry.file_name().into_string().unwrap();
        if Path::new(&name).extension().is_some_and(|extension| extension == "md") {
            pages.push((name, fs::read_to_string(entry.path()).unwrap()));
        }
    }
    pages.sort();
    pages
}

/// Splits a line as a shell does, for what stands in examples.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quote) = (Vec::new(), String::new(), None);
    for c in line.chars() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, ' ') => {
                words.extend((!word.is_empty()).then(|| std::mem::take(&mut word)));
            }
            (_, c) => word.push(c),
        }
    }
    words.extend((!word.is_empty()).then_some(word));
    words
}

/// The pages whose examples are run, in the order in which a reader meets them.
const RUN: [&str; 5] = [
    "quick-start-archivist.md",
    "quick-start-researcher.md",
    "quick-start-developer.md",
    "handing-over.md",
    "exporting.md",
];

#[test]
fn the_examples_of_the_guides_run() {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("pages");
    fs::create_dir(&input).unwrap();
    let body =
        "<p>The tide rises over the harbour wall every spring, as it did.</p>".repeat(4);
    for (name, title) in [("tides.html", "Tides"), ("ports.html", "Ports")] {
        let page = format!(
            "<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{body}\
             <p>About {title}.</p></article></body></html>"
        );
        fs::write(input.join(name), page).unwrap();
    }
    let pages = pages();
    let mut count = 0;
    for name in RUN {
        let (_, text) = pages.iter().find(|(page, _)| page == name).unwrap();
        let mut is_console = false;
        for line in text.lines() {
            match line {
                "```console" => is_console = true,
                "```" => is_console = false,
                _ if is_console => {
                    let command = line.strip_prefix("$ vitrine ").unwrap_or_else(|| {
                        panic!("{name}: an example is a command of its own: {line}")
                    });
                    let done = vitrine()
                        .args(words(command))
                        .current_dir(folder.path())
                        .output()
                        .unwrap();
                    assert_eq!(done.status.code(), Some(0), "{line}: {}", stderr(&done));
                    count += 1;
                }
                _ => {}
            }
        }
    }
    assert!(count >= 12, "{count} examples");
}

#[test]
fn the_book_has_every_page_and_every_link_leads_somewhere() {
    let contents = fs::read_to_string(docs().join("SUMMARY.md")).unwrap();
    let linked = |text: &str| -> Vec<String> {
        let targets = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        let local =
            targets.filter(|target| !target.contains("://") && !target.starts_with('#'));
        local.map(|target| target.split('#').next().unwrap().to_owned()).collect()
    };
    let listed: BTreeSet<String> = linked(&contents).into_iter().collect();
    for (name, text) in pages() {
        assert!(
            name == "SUMMARY.md" || listed.contains(&name),
            "{name} is in no chapter"
        );
        for target in linked(&text) {
            // Of a folder the book has no page.
            assert!(docs().join(&target).is_file(), "{name} leads to {target}");
        }
    }
}

/// The help of the command and of each verb, as a page.
fn reference() -> String {
    let mut page = String::from(
        "# The command\n\nThis page is what `vitrine --help` and `vitrine VERB --help` say.\n",
    );
    let help = stdout(&run(&["--help"]));
    let verbs: Vec<String> = help
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.strip_prefix("  ")?.split(' ').next().map(str::to_owned))
        .filter(|verb| !verb.is_empty() && verb != "help")
        .collect();
    assert!(verbs.len() > 9, "{help}");
    page.extend(["\n```text\n", help.trim_end(), "\n```\n"]);
    for verb in verbs {
        let help = stdout(&run(&[&verb, "--help"]));
        page.extend([
            "\n## vitrine ",
            &verb,
            "\n\n```text\n",
            help.trim_end(),
            "\n```\n",
        ]);
    }
    page
}

#[test]
fn every_option_stands_in_the_reference() {
    let path = docs().join("command.md");
    let expected =
        reference().lines().map(str::trim_end).collect::<Vec<_>>().join("\n") + "\n";
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&path, &expected).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap();
    assert_eq!(written, expected, "UPDATE_EXPECT=1 writes it anew");
}

#[test]
fn every_verb_shows_examples() {
    for help in reference().split("\n## vitrine ").skip(1) {
        let verb = help.lines().next().unwrap();
        let examples = help.split("\nExamples:\n").nth(1).unwrap_or_default();
        assert!(
            examples.starts_with(&format!("  vitrine {verb}")),
            "{verb} has no examples"
        );
    }
}

#[test]
fn every_verb_answers_programs() {
    for help in reference().split("\n## vitrine ").skip(1) {
        let verb = help.lines().next().unwrap();
        // What `vitrine clean` prints is JSON anyhow.
        assert!(verb == "clean" || help.contains("--json"), "{verb} has no --json");
    }
}

#[test]
fn every_setting_stands_in_its_page() {
    let page = fs::read_to_string(docs().join("configuration.md")).unwrap();
    let template = include_str!("../../crates/vitrine-cli/src/verbs/vitrine.toml");
    assert!(
        page.contains(template.trim()),
        "docs/configuration.md shows the whole template"
    );
}
