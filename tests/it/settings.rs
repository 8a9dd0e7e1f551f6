//! Made with a file of settings: written, read, completed, published as a schema.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use serde_json::Value;

use crate::command::{lines, run, stderr, stdout, vitrine};

const PAGE: &str = r#"{"id":"a","title":"Tides","body":"The tide rises."}"#;

fn in_folder(folder: &Path, arguments: &[&str]) -> std::process::Output {
    vitrine().args(arguments).current_dir(folder).output().unwrap()
}

#[test]
fn what_init_writes_pack_reads_without_arguments() {
    let folder = tempfile::tempdir().unwrap();
    let made = in_folder(
        folder.path(),
        &[
            "init",
            "--title",
            "The \"Harbour\" Papers",
            "--institution",
            "港口研究所",
            "--lang",
            "en",
            "--input",
            "in.jsonl",
            "--folder",
            "out/archive",
            "--json",
        ],
    );
    assert_eq!(made.status.code(), Some(0), "{}", stderr(&made));
    assert_eq!(lines(&made)[0]["file"], "vitrine.toml");
    fs::write(folder.path().join("in.jsonl"), PAGE).unwrap();
    let packed = in_folder(folder.path(), &["pack", "--json"]);
    assert_eq!(packed.status.code(), Some(0), "{}", stderr(&packed));
    let inspected = in_folder(folder.path(), &["inspect", "out/archive", "--json"]);
    assert_eq!(lines(&inspected)[0]["title"], "The \"Harbour\" Papers");

    // From elsewhere, paths are from the folder of the settings.
    let config = folder.path().join("vitrine.toml");
    let elsewhere = tempfile::tempdir().unwrap();
    let arguments = ["pack", "--config", config.to_str().unwrap()];
    let packed = in_folder(elsewhere.path(), &arguments);
    assert_eq!(packed.status.code(), Some(0), "{}", stderr(&packed));
    assert!(fs::read_dir(elsewhere.path()).unwrap().next().is_none());
    // What the command line asks for is what is written.
    let arguments = ["pack", "--zip", "only.zip"];
    fs::remove_dir_all(folder.path().join("out")).unwrap();
    assert!(in_folder(folder.path(), &arguments).status.success());
    assert!(
        folder.path().join("only.zip").is_file() && !folder.path().join("out").exists()
    );
}

#[test]
fn settings_ask_for_plain_pages() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("in.jsonl"), PAGE).unwrap();
    let settings =
        "[input]\npaths = ['in.jsonl']\n[output]\nfolder = 'o'\nstatic_pages = true\n";
    fs::write(folder.path().join("vitrine.toml"), settings).unwrap();
    let packed = in_folder(folder.path(), &["pack"]);
    assert_eq!(packed.status.code(), Some(0), "{}", stderr(&packed));
    assert!(folder.path().join("o/pages/index.html").is_file());
}

#[test]
fn without_inputs_and_outputs_it_is_said_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let refused = in_folder(folder.path(), &["pack"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(stderr(&refused).contains("[output] folder"), "{}", stderr(&refused));
    let refused = in_folder(folder.path(), &["pack", "--out", "x"]);
    assert!(stderr(&refused).contains("vitrine init"), "{}", stderr(&refused));
    fs::write(folder.path().join("vitrine.toml"), "[archive]\ntitel = \"x\"\n").unwrap();
    let refused = in_folder(folder.path(), &["pack"]);
    let told = stderr(&refused);
    assert!(told.contains("line 2") && told.contains("titel"), "{told}");
}

#[test]
fn the_published_schema_is_that_of_the_settings() {
    let printed = stdout(&run(&["init", "--schema"]));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/vitrine.schema.json");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&path, &printed).unwrap();
    }
    let published = fs::read_to_string(&path).unwrap();
    assert_eq!(published.trim(), printed.trim(), "UPDATE_EXPECT=1 writes it anew");
    let schema: Value = serde_json::from_str(&printed).unwrap();
    for table in ["archive", "input", "clean", "output"] {
        assert!(schema["properties"].get(table).is_some(), "{table}");
    }
    assert_eq!(schema["additionalProperties"], false);
}

#[test]
fn quiet_says_only_what_goes_wrong() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.jsonl"), PAGE).unwrap();
    fs::write(folder.path().join("b.bin"), b"x").unwrap();
    let packed = in_folder(folder.path(), &["pack", ".", "--out", "o", "--quiet"]);
    assert_eq!(stderr(&packed), "");
    let packed = in_folder(folder.path(), &["pack", ".", "--out", "o2"]);
    assert!(stderr(&packed).contains("left out"), "{}", stderr(&packed));
    let plain = vitrine().args(["pack", "--bad"]).env("NO_COLOR", "1").output().unwrap();
    assert!(!stderr(&plain).contains('\u{1b}'));
}

#[test]
fn shells_and_readers_of_manuals_have_the_command_line() {
    for shell in ["bash", "fish", "zsh", "powershell", "elvish"] {
        let script = stdout(&run(&["completions", shell]));
        assert!(script.contains("single-file"), "{shell}");
        let told: Value =
            serde_json::from_str(&stdout(&run(&["completions", shell, "--json"])))
                .unwrap();
        assert_eq!((&told["shell"], &told["script"]), (&shell.into(), &script.into()));
    }
    let folder = tempfile::tempdir().unwrap();
    let man = folder.path().join("man");
    let written = run(&["manual", man.to_str().unwrap()]);
    assert_eq!(written.status.code(), Some(0), "{}", stderr(&written));
    let page = fs::read_to_string(man.join("vitrine-pack.1")).unwrap();
    assert!(page.contains("single\\-file") && page.contains(".SH"), "{page}");
    let written = run(&["manual", man.to_str().unwrap(), "--json"]);
    let told: Value = serde_json::from_str(&stdout(&written)).unwrap();
    let mut pages: Vec<&str> = told["pages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|page| page.as_str().unwrap())
        .collect();
    pages.sort_unstable();
    let mut files: Vec<String> = fs::read_dir(&man)
        .unwrap()
        .map(|file| file.unwrap().path().to_str().unwrap().to_owned())
        .collect();
    files.sort_unstable();
    assert!(pages.len() > 12, "{told}");
    assert_eq!(pages, files);
}

/// A person at a terminal, who answers when asked.
#[cfg(target_os = "linux")]
struct Person {
    terminal: fs::File,
    shown: String,
}

#[cfg(target_os = "linux")]
impl Person {
    /// Runs the command on a terminal.
    fn run(folder: &Path, arguments: &[&str]) -> (Ended, Self) {
        use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
        let terminal = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
        grantpt(&terminal).unwrap();
        unlockpt(&terminal).unwrap();
        let name = ptsname(&terminal, Vec::new()).unwrap().into_string().unwrap();
        let side = fs::File::options().read(true).write(true).open(name).unwrap();
        let mut command = vitrine();
        command.args(arguments).current_dir(folder).stdout(Stdio::null());
        command.stdin(side.try_clone().unwrap()).stderr(side);
        let child = Ended(command.spawn().unwrap());
        (child, Self { terminal: terminal.into(), shown: String::new() })
    }

    /// Waits until `question` is asked, answers it, and returns what was shown until then.
    fn answer(&mut self, question: &str, answer: &str) -> String {
        while !self.shown.ends_with(&format!("{question}: ")) {
            let mut bytes = [0; 512];
            let len = self.terminal.read(&mut bytes).unwrap();
            assert!(len > 0, "{question:?} is not asked: {}", self.shown);
            self.shown.push_str(std::str::from_utf8(&bytes[..len]).unwrap());
        }
        writeln!(self.terminal, "{answer}").unwrap();
        std::mem::take(&mut self.shown)
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_person_is_asked_and_asked_again() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("in.jsonl"), PAGE).unwrap();
    fs::create_dir(folder.path().join("letters to keep")).unwrap();
    fs::write(folder.path().join("letters to keep/a.txt"), "x").unwrap();
    let (mut child, mut person) = Person::run(folder.path(), &["init"]);
    person.answer("Title of the archive", "The \"Harbour\" Papers");
    person.answer("What it holds, in a sentence", "Essays on ports \\ and people.");
    person.answer("Who publishes it", "");
    let languages = "Its languages, such as en zh-Hans";
    person.answer(languages, "English, zh!");
    let told = person.answer(languages, "en, zh-Hans");
    assert!(
        told.contains("\"zh!\"") && told.contains("write it like en or zh-Hans"),
        "{told}"
    );
    let url = "Where it will be hosted, if it will";
    person.answer(url, "harbour.example");
    let told = person.answer(url, "https://harbour.example/papers");
    assert!(told.contains("write it like https://"), "{told}");
    person.answer("What others may do with the articles", "CC BY 4.0");
    let paths = "Files and folders to read, with spaces between them";
    person.answer(paths, "pages");
    let told = person.answer(paths, "in.jsonl");
    assert!(told.contains("there is no \"pages\""), "{told}");
    let target = "Folder to write the archive to";
    person.answer(target, "letters to keep");
    let told = person.answer(target, "out");
    assert!(told.contains("other things in it"), "{told}");
    assert!(child.0.wait().unwrap().success());

    let packed = in_folder(folder.path(), &["pack", "--json"]);
    assert_eq!(packed.status.code(), Some(0), "{}", stderr(&packed));
    let inspected = &lines(&in_folder(folder.path(), &["inspect", "out", "--json"]))[0];
    assert_eq!(inspected["title"], "The \"Harbour\" Papers");
    assert_eq!(inspected["about"]["description"], "Essays on ports \\ and people.");
    assert_eq!(inspected["about"]["languages"], serde_json::json!(["en", "zh-Hans"]));
    assert_eq!(inspected["about"]["url"], "https://harbour.example/papers/");
    assert_eq!(inspected["about"]["license"], "CC BY 4.0");

    // Who ends the answers early has no half of a file.
    let other = tempfile::tempdir().unwrap();
    let (mut child, mut person) = Person::run(other.path(), &["init"]);
    person.answer("Title of the archive", "T");
    person.answer("What it holds, in a sentence", "\u{4}");
    assert_eq!(child.0.wait().unwrap().code(), Some(2));
    assert!(!other.path().join("vitrine.toml").exists());
}

/// Ends a process when a test does.
struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

fn get(address: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET {path} HTTP/1.0\r\nHost: {address}\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer.split_once("\r\n\r\n").unwrap().1.to_owned()
}

#[test]
fn watching_packs_again_and_tells_the_page() {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("in.jsonl");
    fs::write(&input, PAGE).unwrap();
    let mut command: Command = vitrine();
    command.args(["watch", "in.jsonl", "--out", "o", "--port", "0", "--title", "T"]);
    command.current_dir(folder.path()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = Ended(command.spawn().unwrap());
    let mut out = BufReader::new(child.0.stdout.take().unwrap()).lines();
    let line = out
        .by_ref()
        .map_while(Result::ok)
        .find(|line| line.contains("look at"))
        .expect("it says where to look");
    let address = line.split("http://").nth(1).unwrap().trim_end_matches('/').to_owned();
    let page = get(&address, "/");
    assert!(page.contains("/__watch/script.js") && page.contains("<vitrine-archive"));
    assert!(get(&address, "/__watch/script.js").contains("location.reload"));
    let archive = folder.path().join("o/index.html");
    assert!(!fs::read_to_string(&archive).unwrap().contains("__watch"));
    let before = get(&address, "/__watch/state");
    let two =
        format!("{PAGE}\n{}", PAGE.replace("\"a\"", "\"b\"").replace("rises", "falls"));
    fs::write(&input, two).unwrap();
    let end = Instant::now() + Duration::from_mins(1);
    while get(&address, "/__watch/state") == before {
        assert!(Instant::now() < end, "it did not pack again");
        std::thread::sleep(Duration::from_millis(50));
    }
    let inspected = in_folder(folder.path(), &["inspect", "o", "--json"]);
    assert_eq!(lines(&inspected)[0]["article_count"], 2);
}

#[test]
fn where_it_is_served_is_told_as_json() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("in.jsonl"), PAGE).unwrap();
    let packed = in_folder(folder.path(), &["pack", "in.jsonl", "--out", "o"]);
    assert_eq!(packed.status.code(), Some(0), "{}", stderr(&packed));
    let (_served, mut told) =
        Told::start(folder.path(), &["serve", "o", "--port", "0", "--json"]);
    let serving = told.next(|line| line.get("address").is_some());
    assert_eq!(serving["archive"], "o");
    let address = serving["address"].as_str().unwrap();
    let address = address.strip_prefix("http://").unwrap().strip_suffix('/').unwrap();
    assert!(get(address, "/").contains("<vitrine-archive"));

    let arguments =
        ["watch", "in.jsonl", "--out", "w", "--port", "0", "--title", "T", "--json"];
    let (_watched, mut told) = Told::start(folder.path(), &arguments);
    assert_eq!(told.next(|line| line.get("root").is_some())["totals"]["articles"], 1);
    assert_eq!(told.next(|line| line.get("address").is_some())["archive"], "w");
    // Whole at once: half a file would be read as settings, too.
    let settings = folder.path().join("vitrine.toml");
    fs::write(folder.path().join("new"), "[archive]\ntitel = 'x'\n").unwrap();
    fs::rename(folder.path().join("new"), &settings).unwrap();
    let failure = told.next(|line| line.get("error").is_some());
    let error = failure["error"].as_str().unwrap();
    assert!(error.contains("vitrine.toml") && error.contains("line 2"), "{error}");
    fs::remove_file(settings).unwrap();
    assert_eq!(told.next(|line| line.get("root").is_some())["archive"], "w");
}

/// The lines of JSON that a running command prints.
struct Told(std::io::Lines<BufReader<std::process::ChildStdout>>);

impl Told {
    fn start(folder: &Path, arguments: &[&str]) -> (Ended, Self) {
        let mut command: Command = vitrine();
        command.args(arguments).current_dir(folder).stdout(Stdio::piped());
        let mut child = Ended(command.stderr(Stdio::null()).spawn().unwrap());
        let out = child.0.stdout.take().unwrap();
        (child, Self(BufReader::new(out).lines()))
    }

    /// Returns the next line; it must be one that `is_expected`.
    fn next(&mut self, is_expected: impl Fn(&Value) -> bool) -> Value {
        let line = self.0.next().unwrap().unwrap();
        let value: Value = serde_json::from_str(&line).unwrap();
        assert!(is_expected(&value), "{line}");
        value
    }
}
