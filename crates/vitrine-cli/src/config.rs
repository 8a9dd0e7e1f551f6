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

use anyhow::{Context, anyhow, bail};
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use regex::Regex;
use schemars::JsonSchema;
use serde::Deserialize;
use vitrine_clean::{CleanOptions, Rule, RuleAction};
use vitrine_ingest::{Field, FieldNames};

use crate::args::PackArgs;

/// The file that is looked for in the current folder.
const FILE_NAME: &str = "vitrine.toml";

/// The settings of a corpus; a key that is not listed here is an error.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    /// What the archive is.
    pub(crate) archive: ArchiveConfig,
    /// What is read.
    pub(crate) input: InputConfig,
    /// How it is cleaned.
    pub(crate) clean: CleanConfig,
    /// What is written.
    pub(crate) output: OutputConfig,
    /// The file that was read.
    #[serde(skip)]
    pub(crate) file: Option<PathBuf>,
}

/// `[archive]`: what the archive is; see [`vitrine_article::About`].
#[derive(Debug, Default, Deserialize, JsonSchema)]
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
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct CleanConfig {
    /// Rules for lines, in the order of their use.
    rules: Vec<RuleConfig>,
}

/// `[[clean.rules]]`: what to do with the lines that match.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct RuleConfig {
    /// Patterns of the pages that it is for; all when it is left out.
    #[serde(default)]
    paths: Names,
    /// Regular expression.
    line: String,
    /// What to do with the lines.
    #[schemars(with = "ActionName")]
    action: RuleAction,
}

/// The actions of a rule, for the schema.
#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
#[expect(dead_code, reason = "the names of RuleAction, which knows no schema")]
enum ActionName {
    Drop,
    Keep,
    Title,
    Date,
    Authors,
    Source,
}

/// `[input]`: what is read, and how.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct InputConfig {
    /// Files and folders to read where the command line names none, from the folder of the
    /// file of settings.
    paths: Names,
    /// Patterns of the files of folders that are read; empty: those of known extensions.
    include: Names,
    /// Patterns of the files of folders that are left out.
    exclude: Names,
    /// Names of the fields of exports.
    pub(crate) fields: FieldConfig,
}

/// `[output]`: what `vitrine pack` writes where the command line does not say; paths are from
/// the folder of the file of settings.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct OutputConfig {
    /// Folder of the archive.
    folder: Option<PathBuf>,
    /// ZIP file.
    zip: Option<PathBuf>,
    /// Page that holds all.
    single_file: Option<PathBuf>,
    /// Folder of the bag.
    bagit: Option<PathBuf>,
    /// Reports: pages where they end in .html, else JSON.
    reports: Names,
    /// Whether the raw pages are put into the archive.
    pub(crate) keep_originals: bool,
    /// Whether a plain page is written for each article and for lists of them.
    static_pages: bool,
}

/// `[input.fields]`: for each field the name that it has, or several of which the first
/// counts that is there. A dot leads into an object.
#[derive(Debug, Default, Deserialize, JsonSchema)]
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
    r#type: Option<Names>,
    r#abstract: Option<Names>,
    body: Option<Names>,
}

/// A list, or the one thing that would stand in it.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged, expecting = "expected a name or a list of names")]
enum Names {
    One(String),
    Several(Vec<String>),
}

impl Config {
    /// Reads `file`, or without one the `vitrine.toml` of the current folder if it has one.
    pub(crate) fn load(file: Option<&Path>) -> anyhow::Result<Self> {
        let path = Self::path(file);
        let text = match fs::read_to_string(&path) {
            Err(error) if file.is_none() && error.kind() == io::ErrorKind::NotFound => {
                return Ok(Self::default());
            }
            Err(error) if error.kind() == io::ErrorKind::InvalidData => bail!(
                "the settings are not in UTF-8; save them in that encoding: {}",
                path.display()
            ),
            text => text.with_context(|| {
                format!(
                    "cannot read the settings {}; name another file with --config, or write \
                     one with `vitrine init`",
                    path.display()
                )
            })?,
        };
        let config: Self = toml::from_str(&text).map_err(|error| {
            let place = format!("correct the settings in {}", path.display());
            match remedy(error.message()) {
                Some(remedy) => anyhow!("{}\n{remedy}", error.to_string().trim_end()),
                None => error.into(),
            }
            .context(place)
        })?;
        Ok(Self { file: Some(path), ..config })
    }
}

impl Config {
    /// Returns the file of settings that [`Config::load`] reads.
    pub(crate) fn path(file: Option<&Path>) -> PathBuf {
        file.map_or_else(|| PathBuf::from(FILE_NAME), Path::to_owned)
    }

    /// Returns a path of the settings as it is from the current folder.
    fn place(&self, path: &Path) -> PathBuf {
        let folder = self.file.as_deref().and_then(Path::parent);
        folder.map_or_else(|| path.to_owned(), |folder| folder.join(path))
    }

    /// Returns the file of settings, for messages.
    fn shown(&self) -> String {
        self.file.as_deref().unwrap_or(Path::new(FILE_NAME)).display().to_string()
    }

    /// Returns the settings of the cleaner.
    ///
    /// # Errors
    ///
    /// Names the rule that is wrong.
    pub(crate) fn clean_options(&self) -> anyhow::Result<CleanOptions> {
        self.clean
            .options()
            .with_context(|| format!("correct the settings in {}", self.shown()))
    }

    /// Returns the patterns of the files of folders that are read, where there are any, and
    /// those of the files that are left out.
    ///
    /// # Errors
    ///
    /// Names the pattern that is wrong.
    pub(crate) fn patterns(&self) -> anyhow::Result<(Option<GlobSet>, GlobSet)> {
        let set = |name, patterns| {
            globs(patterns)
                .with_context(|| format!("correct {name} of [input] in {}", self.shown()))
        };
        let InputConfig { include, exclude, .. } = &self.input;
        let include = include.as_slice();
        let include =
            (!include.is_empty()).then(|| set("include", include)).transpose()?;
        Ok((include, set("exclude", exclude.as_slice())?))
    }

    /// Returns what to read: what the command line names, or else the settings.
    ///
    /// # Errors
    ///
    /// When neither names anything, or one names what is not there.
    pub(crate) fn inputs(&self, given: &[PathBuf]) -> anyhow::Result<Vec<PathBuf>> {
        let missing = |paths: &[PathBuf], place: &str| match paths
            .iter()
            .find(|path| !path.exists())
        {
            Some(path) => bail!(
                "{place} names {}, and there is no such file or folder; correct the path",
                path.display()
            ),
            None => Ok(()),
        };
        if !given.is_empty() {
            missing(given, "the command line")?;
            return Ok(given.to_vec());
        }
        let paths = self.input.paths.as_slice();
        if paths.is_empty() {
            bail!(
                "nothing to read: name files or folders, or put them into [input] paths of \
                 vitrine.toml; `vitrine init` writes one"
            );
        }
        let paths: Vec<PathBuf> =
            paths.iter().map(|path| self.place(Path::new(path))).collect();
        missing(&paths, &format!("paths of [input] in {}", self.shown()))?;
        Ok(paths)
    }

    /// Returns the folder to write, of the command line or of the settings.
    ///
    /// # Errors
    ///
    /// When neither names one.
    pub(crate) fn folder(&self, given: Option<&Path>) -> anyhow::Result<PathBuf> {
        let set = || self.output.folder.as_deref().map(|path| self.place(path));
        given.map(Path::to_owned).or_else(set).context(
            "no folder to write: name one with --out, or put it into [output] folder of \
             vitrine.toml",
        )
    }

    /// Puts what the settings say of the output where the command line says nothing.
    pub(crate) fn complete(&self, args: &PackArgs) -> PackArgs {
        let mut args = args.clone();
        let OutputConfig {
            folder,
            zip,
            single_file,
            bagit,
            reports,
            keep_originals,
            static_pages,
        } = &self.output;
        let handover = &mut args.handover;
        let asks_nothing = args.out.is_none()
            && [&handover.zip, &handover.single_file, &handover.bagit]
                .iter()
                .all(|path| path.is_none());
        if asks_nothing {
            for (place, setting) in [
                (&mut args.out, folder),
                (&mut handover.zip, zip),
                (&mut handover.single_file, single_file),
                (&mut handover.bagit, bagit),
            ] {
                *place = setting.as_deref().map(|path| self.place(path));
            }
        }
        if args.report.is_empty() {
            let reports = reports.as_slice().iter();
            args.report = reports.map(|path| self.place(Path::new(path))).collect();
        }
        args.keep_originals |= keep_originals;
        args.static_pages |= static_pages;
        args
    }
}

/// Returns what to do about a value of the wrong kind, for people who know no kinds.
fn remedy(message: &str) -> Option<&'static str> {
    let (_, expected) = message.split_once("expected ")?;
    let remedies = [
        ("a string", "a text stands in quotes: \"like this\""),
        ("path", "a path stands in quotes: \"like/this\""),
        ("a boolean", "write true or false, without quotes"),
        ("a name", "write \"one\", or [\"one\", \"another\"]"),
        ("a sequence", "each of them begins with a line of its own: [[clean.rules]]"),
        ("struct", "it is a table: its settings stand below a line like [input]"),
    ];
    remedies
        .into_iter()
        .find(|(kind, _)| expected.starts_with(kind))
        .map(|(_, remedy)| remedy)
}

/// Returns the JSON Schema of the settings.
pub(crate) fn schema() -> String {
    let mut schema = schemars::schema_for!(Config);
    schema.insert("title".to_owned(), "vitrine.toml".into());
    schema.insert("description".to_owned(), "Settings of a corpus for vitrine.".into());
    serde_json::to_string_pretty(&schema).unwrap_or_default()
}

impl ArchiveConfig {
    /// Returns the tags of the archive's languages.
    pub(crate) fn languages(&self) -> &[String] {
        self.languages.as_ref().map_or(&[], Names::as_slice)
    }
}

impl Default for Names {
    fn default() -> Self {
        Self::Several(Vec::new())
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
    fn options(&self) -> anyhow::Result<CleanOptions> {
        let mut options = CleanOptions::default();
        for (index, RuleConfig { paths, line, action }) in self.rules.iter().enumerate() {
            let place = |what| format!("{what} of the rule number {}", index + 1);
            let line = Regex::new(line).with_context(|| {
                format!("{} is no regular expression: {line:?}", place("line"))
            })?;
            let paths = paths.as_slice();
            let paths = (!paths.is_empty()).then(|| globs(paths)).transpose();
            let paths = paths.with_context(|| place("paths"))?;
            options.rules.push(Rule { paths, line, action: *action });
        }
        Ok(options)
    }
}

impl InputConfig {
    /// Returns the names of the fields of exports.
    pub(crate) fn field_names(&self) -> FieldNames {
        let FieldConfig {
            id,
            title,
            date,
            authors,
            lang,
            url,
            source,
            section,
            r#type,
            r#abstract,
            body,
        } = &self.fields;
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
            (Field::Type, r#type),
            (Field::Abstract, r#abstract),
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
fn globs(patterns: &[String]) -> anyhow::Result<GlobSet> {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        let whole = if pattern.contains('/') {
            pattern.trim_start_matches("./").to_owned()
        } else {
            format!("**/{pattern}")
        };
        let glob = GlobBuilder::new(&whole).literal_separator(true).build();
        set.add(glob.with_context(|| format!("the pattern {pattern:?}"))?);
    }
    Ok(set.build()?)
}

#[cfg(test)]
mod tests {
    use super::{Config, globs};

    #[test]
    fn an_unknown_key_is_named_with_its_line() {
        for (text, key, line) in [
            ("[input]\ninclude = []\n\n[outputs]\n", "outputs", "line 4"),
            ("[input.fields]\nheading = 'headline'\n", "heading", "line 2"),
            ("[input]\nignore = []\n", "ignore", "line 2"),
        ] {
            let error = toml::from_str::<Config>(text).unwrap_err().to_string();
            assert!(error.contains(key) && error.contains(line), "{error}");
        }
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
