//! The structure of `vitrine.toml`, the settings of a corpus.
//!
//! ```toml
//! [archive]                        # what the archive is
//! title = "The Harbour Papers"
//! logo = "logo.svg"                # beside this file
//!
//! [input]
//! include = ["articles/**"]        # files of folders that are read, whatever their name
//! exclude = ["**/drafts/**"]       # files of folders that are left out
//!
//! [input.fields]                   # what the fields of exports are called
//! title = "headline"
//! body = ["content.text", "summary"]
//!
//! [[clean.rules]]                  # what cleaning gets wrong, corrected
//! paths = ["news/**"]              # all pages when left out
//! line = "^Read also: "            # a regular expression, tried on every line
//! action = "drop"                  # drop, keep, title, date, authors or source
//! ```

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use anyhow::Context;
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use regex::Regex;
use serde::Deserialize;
use vitrine_clean::{CleanOptions, Rule, RuleAction};
use vitrine_ingest::{Field, FieldNames};

/// The file that is looked for in the current folder.
const FILE_NAME: &str = "vitrine.toml";

/// The settings of a corpus; a key that is not listed here is an error.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    /// What the archive is.
    pub(crate) archive: ArchiveConfig,
    /// What is read.
    pub(crate) input: InputConfig,
    /// How it is cleaned.
    pub(crate) clean: CleanConfig,
    /// The file that was read.
    #[serde(skip)]
    pub(crate) file: Option<PathBuf>,
}

/// `[archive]`: what the archive is; see [`vitrine_article::About`].
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct ArchiveConfig {
    pub(crate) title: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) institution: Option<String>,
    pub(crate) institution_url: Option<String>,
    /// Path of a picture, from the folder of the file of settings.
    pub(crate) logo: Option<PathBuf>,
    /// A tag or a list of tags.
    languages: Option<Names>,
    pub(crate) url: Option<String>,
    pub(crate) license: Option<String>,
    pub(crate) license_url: Option<String>,
    pub(crate) accent: Option<String>,
}

/// `[clean]`: how pages are cleaned.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct CleanConfig {
    /// Rules for lines, in the order of their use.
    rules: Vec<RuleConfig>,
}

/// `[[clean.rules]]`: what to do with the lines that match.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleConfig {
    /// Patterns of the pages that it is for; all when it is left out.
    #[serde(default)]
    paths: Vec<String>,
    /// Regular expression.
    line: String,
    action: RuleAction,
}

/// `[input]`: what is read, and how.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct InputConfig {
    /// Patterns of the files of folders that are read; empty: those of known extensions.
    pub(crate) include: Vec<String>,
    /// Patterns of the files of folders that are left out.
    pub(crate) exclude: Vec<String>,
    /// Names of the fields of exports.
    pub(crate) fields: FieldConfig,
}

/// `[input.fields]`: for each field the name that it has, or several of which the first
/// counts that is there. A dot leads into an object.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct FieldConfig {
    id: Option<Names>,
    title: Option<Names>,
    date: Option<Names>,
    authors: Option<Names>,
    lang: Option<Names>,
    url: Option<Names>,
    source: Option<Names>,
    section: Option<Names>,
    body: Option<Names>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged, expecting = "expected a name or a list of names")]
enum Names {
    One(String),
    Several(Vec<String>),
}

impl Config {
    /// Reads `file`, or without one the `vitrine.toml` of the current folder if it has one.
    pub(crate) fn load(file: Option<&Path>) -> anyhow::Result<Self> {
        let path = file.map_or_else(|| PathBuf::from(FILE_NAME), Path::to_owned);
        let text = match fs::read_to_string(&path) {
            Err(error) if file.is_none() && error.kind() == io::ErrorKind::NotFound => {
                return Ok(Self::default());
            }
            text => text.with_context(|| {
                format!("cannot read the settings {}", path.display())
            })?,
        };
        let config: Self = toml::from_str(&text)
            .with_context(|| format!("correct the settings in {}", path.display()))?;
        Ok(Self { file: Some(path), ..config })
    }
}

impl ArchiveConfig {
    /// Returns the tags of the archive's languages.
    pub(crate) fn languages(&self) -> &[String] {
        self.languages.as_ref().map_or(&[], Names::as_slice)
    }
}

impl Names {
    fn as_slice(&self) -> &[String] {
        match self {
            Self::One(name) => std::slice::from_ref(name),
            Self::Several(names) => names,
        }
    }
}

impl CleanConfig {
    /// Returns the settings of the cleaner.
    pub(crate) fn options(&self) -> anyhow::Result<CleanOptions> {
        let mut options = CleanOptions::default();
        for RuleConfig { paths, line, action } in &self.rules {
            let line = Regex::new(line)
                .with_context(|| format!("correct the expression {line:?} in a rule"))?;
            let paths = (!paths.is_empty()).then(|| globs(paths)).transpose()?;
            options.rules.push(Rule { paths, line, action: *action });
        }
        Ok(options)
    }
}

impl InputConfig {
    /// Returns the names of the fields of exports.
    pub(crate) fn field_names(&self) -> FieldNames {
        let FieldConfig { id, title, date, authors, lang, url, source, section, body } =
            &self.fields;
        let mut names = FieldNames::default();
        for (field, given) in [
            (Field::Id, id),
            (Field::Title, title),
            (Field::Date, date),
            (Field::Authors, authors),
            (Field::Lang, lang),
            (Field::Url, url),
            (Field::Source, source),
            (Field::Section, section),
            (Field::Body, body),
        ] {
            if let Some(given) = given {
                names.set(field, given.as_slice().to_vec());
            }
        }
        names
    }
}

/// Returns the set of `patterns`; one without a slash matches a name in any folder.
pub(crate) fn globs(patterns: &[String]) -> anyhow::Result<GlobSet> {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        let whole = if pattern.contains('/') {
            pattern.trim_start_matches("./").to_owned()
        } else {
            format!("**/{pattern}")
        };
        let glob = GlobBuilder::new(&whole).literal_separator(true).build();
        set.add(glob.with_context(|| format!("correct the pattern {pattern:?}"))?);
    }
    Ok(set.build()?)
}

#[cfg(test)]
mod tests {
    use super::{Config, globs};

    #[test]
    fn an_unknown_key_is_named_with_its_line() {
        for (text, key, line) in [
            ("[input]\ninclude = []\n\n[output]\n", "output", "line 4"),
            ("[input.fields]\nheading = 'headline'\n", "heading", "line 2"),
            ("[input]\nignore = []\n", "ignore", "line 2"),
        ] {
            let error = toml::from_str::<Config>(text).unwrap_err().to_string();
            assert!(error.contains(key) && error.contains(line), "{error}");
        }
        let error = toml::from_str::<Config>("[input.fields]\ntitle = 7\n").unwrap_err();
        assert!(error.to_string().contains("a name or a list of names"), "{error}");
    }

    #[test]
    fn the_file_to_begin_with_is_valid_with_and_without_its_comments() {
        use crate::verbs::init::TEMPLATE;
        toml::from_str::<Config>(TEMPLATE).unwrap();
        let is_setting = |line: &&str| line.contains(" = ") || line.starts_with("# [");
        let shown: Vec<&str> = TEMPLATE
            .lines()
            .filter(|line| !line.starts_with('#') || is_setting(line))
            .map(|line| line.trim_start_matches("# "))
            .collect();
        let config: Config = toml::from_str(&shown.join("\n")).unwrap();
        assert_eq!(config.clean.options().unwrap().rules.len(), 3);
    }

    #[test]
    fn patterns_match_paths_and_bare_names_anywhere() {
        let set = globs(&["*.php".to_owned(), "news/*.html".to_owned()]).unwrap();
        for (path, expected) in [
            ("a/b/c.php", true),
            ("c.php", true),
            ("news/1.html", true),
            ("news/old/1.html", false),
            ("a/news/1.html", false),
        ] {
            assert_eq!(set.is_match(path), expected, "{path}");
        }
        assert!(globs(&["a[".to_owned()]).is_err());
    }
}
