//! `vitrine init`: a commented file of settings to begin with.

use std::{
    fs::File,
    io::{self, BufRead, IsTerminal, Write},
    path::Path,
    process::ExitCode,
};

use anyhow::Context;
use serde::Serialize;

use crate::{
    args::{AboutArgs, InitArgs},
    config, output,
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
    let place = || format!("cannot write {path}; a file that is there is not replaced");
    if args.file.exists() {
        Err(io::Error::from(io::ErrorKind::AlreadyExists)).with_context(place)?;
    }
    let mut settings = given(args);
    let is_asked = settings.is_empty()
        && !args.json
        && io::stdin().is_terminal()
        && io::stderr().is_terminal();
    if is_asked {
        settings = ask()?;
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

/// Asks a person; an empty answer leaves a setting out.
fn ask() -> anyhow::Result<Vec<Setting>> {
    let mut settings = Vec::new();
    for (table, name, question) in [
        ("archive", "title", "Title of the archive"),
        ("archive", "description", "What it holds, in a sentence"),
        ("archive", "institution", "Who publishes it"),
        ("archive", "languages", "Its languages, such as en zh-Hans"),
        ("archive", "url", "Where it will be hosted, if it will"),
        ("archive", "license", "What others may do with the articles"),
        ("input", "paths", "Files and folders to read, with spaces between them"),
        ("output", "folder", "Folder to write the archive to"),
    ] {
        write!(io::stderr(), "{question}: ").context("cannot ask")?;
        io::stderr().flush().context("cannot ask")?;
        let mut answer = String::new();
        io::stdin().lock().read_line(&mut answer).context("cannot read the answer")?;
        let answer = answer.trim();
        if answer.is_empty() {
            continue;
        }
        let is_list = matches!(name, "languages" | "paths");
        let value = if is_list {
            let parts: Vec<String> = answer
                .split([' ', ','])
                .filter(|part| !part.is_empty())
                .map(str::to_owned)
                .collect();
            parts.into()
        } else {
            answer.to_owned().into()
        };
        settings.push((table, name, value));
    }
    Ok(settings)
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
