//! `vitrine init`: a commented file of settings to begin with.

use std::{
    fs::File,
    io::{self, BufRead, IsTerminal, Write},
    path::Path,
    process::ExitCode,
};

use anyhow::{Context, bail, ensure};
use serde::Serialize;

use crate::{
    about, archive_folder,
    args::{AboutArgs, InitArgs},
    config, output, publish,
};

/// The settings that a corpus begins with: none, each shown in a comment.
pub(crate) const TEMPLATE: &str = include_str!("vitrine.toml");

/// What `--json` prints.
#[derive(Serialize)]
struct Done<'a> {
    file: &'a Path,
}

/// Runs the verb.
pub(crate) fn run(args: &InitArgs) -> anyhow::Result<ExitCode> {
    if args.schema {
        output::print(&config::schema())?;
        return Ok(ExitCode::SUCCESS);
    }
    let path = args.file.display();
    ensure!(
        !args.file.exists(),
        "{path} is there, and is not replaced; change it, or name another file"
    );
    let place = || format!("cannot write {path}; its folder must be there");
    let mut settings = given(args);
    let is_asked = settings.is_empty()
        && !args.json
        && io::stdin().is_terminal()
        && io::stderr().is_terminal();
    if is_asked {
        settings = ask(args.file.parent().unwrap_or(Path::new("")))?;
    }
    let text = filled(TEMPLATE, &settings);
    let mut file = File::create_new(&args.file).with_context(place)?;
    file.write_all(text.as_bytes()).with_context(|| format!("cannot write {path}"))?;
    if args.json {
        output::print_json(&Done { file: &args.file })?;
    } else {
        output::print(&format!(
            "{path} is written; `vitrine pack` reads it from its folder"
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// A setting: its table, its name, its value.
type Setting = (&'static str, &'static str, toml::Value);

/// Returns what the command line says.
fn given(args: &InitArgs) -> Vec<Setting> {
    let AboutArgs {
        title,
        description,
        institution,
        institution_url,
        logo,
        lang,
        url,
        license,
        license_url,
        accent,
    } = &args.about;
    let logo = logo.as_ref().map(|path| path.to_string_lossy().into_owned());
    let texts = [
        ("archive", "title", title),
        ("archive", "description", description),
        ("archive", "institution", institution),
        ("archive", "institution_url", institution_url),
        ("archive", "logo", &logo),
        ("archive", "url", url),
        ("archive", "license", license),
        ("archive", "license_url", license_url),
        ("archive", "accent", accent),
        ("output", "folder", &args.folder),
    ];
    let mut settings: Vec<Setting> = texts
        .into_iter()
        .filter_map(|(table, name, text)| Some((table, name, text.clone()?.into())))
        .collect();
    let lists = [("archive", "languages", lang), ("input", "paths", &args.inputs)];
    for (table, name, list) in lists {
        if !list.is_empty() {
            settings.push((table, name, list.clone().into()));
        }
    }
    settings
}

/// What a person is asked: table and name of the setting, and the question.
const QUESTIONS: [(&str, &str, &str); 8] = [
    ("archive", "title", "Title of the archive"),
    ("archive", "description", "What it holds, in a sentence"),
    ("archive", "institution", "Who publishes it"),
    ("archive", "languages", "Its languages, such as en zh-Hans"),
    ("archive", "url", "Where it will be hosted, if it will"),
    ("archive", "license", "What others may do with the articles"),
    ("input", "paths", "Files and folders to read, with spaces between them"),
    ("output", "folder", "Folder to write the archive to"),
];

/// Asks a person, again where an answer is none that `vitrine pack` takes; an empty answer
/// leaves a setting out. Paths are from `folder`, that of the settings.
fn ask(folder: &Path) -> anyhow::Result<Vec<Setting>> {
    let mut settings = Vec::new();
    output::say("An empty answer leaves a setting out; all can be changed later.");
    for (table, name, question) in QUESTIONS {
        let answer = loop {
            let Some(answer) = answer_to(question)? else { break None };
            let value = match name {
                "languages" | "paths" => parts(&answer, folder).into(),
                _ => answer.into(),
            };
            match check(table, name, &value, folder) {
                Ok(()) => break Some(value),
                Err(reason) => output::say(&format!("  {reason:#}")),
            }
        };
        settings.extend(answer.map(|value| (table, name, value)));
    }
    Ok(settings)
}

/// Asks one question; returns `None` for an empty answer.
fn answer_to(question: &str) -> anyhow::Result<Option<String>> {
    loop {
        write!(io::stderr(), "{question}: ").context("cannot ask")?;
        io::stderr().flush().context("cannot ask")?;
        let mut line = String::new();
        match io::stdin().lock().read_line(&mut line) {
            Ok(0) => bail!(
                "the answers ended before the questions did, and nothing is written; \
                 `vitrine init --help` says how to give them as options"
            ),
            Ok(_) => {
                let answer = line.trim();
                return Ok((!answer.is_empty()).then(|| answer.to_owned()));
            }
            Err(error) if error.kind() == io::ErrorKind::InvalidData => output::say(
                "  the letters arrive in another encoding than UTF-8; set the terminal to \
                 UTF-8, or leave it empty",
            ),
            Err(error) => return Err(error).context("cannot read the answer"),
        }
    }
}

/// Returns the parts of an answer: all of it where that is a path, else what spaces and commas
/// part.
fn parts(answer: &str, folder: &Path) -> Vec<String> {
    if folder.join(answer).exists() {
        return vec![answer.to_owned()];
    }
    let parts = answer.split([' ', ',']).filter(|part| !part.is_empty());
    parts.map(str::to_owned).collect()
}

/// Returns why `vitrine pack` would not take a setting, if it would not.
fn check(
    table: &str,
    name: &str,
    value: &toml::Value,
    folder: &Path,
) -> anyhow::Result<()> {
    match (table, name) {
        ("input", _) => {
            let paths = value.as_array().into_iter().flatten();
            for path in paths.filter_map(toml::Value::as_str) {
                ensure!(
                    folder.join(path).exists(),
                    "there is no {path:?} from {}; name files and folders that are there, or \
                     leave it empty",
                    shown(folder)
                );
            }
        }
        ("output", _) => {
            let place = folder.join(value.as_str().unwrap_or_default());
            publish::check_place(&place, archive_folder::is_archive, "the answer")?;
        }
        _ => {
            let settings: toml::Table = [(
                table.to_owned(),
                toml::Table::from_iter([(name.to_owned(), value.clone())]).into(),
            )]
            .into_iter()
            .collect();
            about::of(&AboutArgs::default(), &settings.try_into()?)?;
        }
    }
    Ok(())
}

fn shown(folder: &Path) -> String {
    if folder.as_os_str().is_empty() {
        "the current folder".to_owned()
    } else {
        folder.display().to_string()
    }
}

/// Puts settings into the template, each in the place of the comment that shows it.
fn filled(template: &str, settings: &[Setting]) -> String {
    let mut out = String::new();
    let mut table = "";
    for line in template.lines() {
        // Tables stand in comments, too.
        let heading = line.trim_start_matches("# ").strip_prefix('[');
        if let Some(name) = heading.and_then(|rest| rest.trim_end().strip_suffix(']')) {
            table = name;
        }
        let shown = line.strip_prefix("# ").and_then(|rest| rest.split_once(" = "));
        let setting = shown.and_then(|(shown, _)| {
            settings.iter().find(|(of, name, _)| *of == table && *name == shown)
        });
        match setting {
            Some((_, name, value)) => out.extend([*name, " = ", &value.to_string()]),
            None => out.push_str(line),
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{TEMPLATE, filled};

    #[test]
    fn settings_stand_where_the_comment_showed_them() {
        let settings = [
            ("archive", "title", "A \"b\" \\ c".into()),
            ("input", "paths", vec!["x y".to_owned()].into()),
            ("output", "folder", "out".into()),
        ];
        let text = filled(TEMPLATE, &settings);
        let parsed: toml::Table = text.parse().unwrap();
        assert_eq!(parsed["archive"]["title"].as_str(), Some("A \"b\" \\ c"));
        assert_eq!(parsed["input"]["paths"][0].as_str(), Some("x y"));
        assert_eq!(parsed["output"]["folder"].as_str(), Some("out"));
        assert_eq!(text.lines().count(), TEMPLATE.lines().count());
    }
}
