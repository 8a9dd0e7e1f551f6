//! What the archive is, from the command line and `[archive]` of `vitrine.toml`, checked.

use std::{fs, path::Path};

use anyhow::{Context, bail, ensure};
use vitrine_article::{About, is_safe_link};
use vitrine_pack::inspect_asset;

use crate::{args::AboutArgs, config::Config};

/// Longest text that every visitor may have to load, in bytes.
const MAX_TEXT_LEN: usize = 4000;
/// Longest logo, in bytes: every visitor loads it.
const MAX_LOGO_LEN: u64 = 1 << 20;

/// What the owner says about an archive.
#[derive(Debug, Default)]
pub(crate) struct Said {
    /// Its title, where one is given.
    pub(crate) title: Option<String>,
    /// All else.
    pub(crate) about: About,
    /// Path below the archive's folder, and bytes, of the logo.
    pub(crate) logo: Option<(String, Vec<u8>)>,
}

/// Returns what is said about the archive: what `args` have wins over `config`.
///
/// # Errors
///
/// Names the setting that is wrong, where it stands, and what would be right.
pub(crate) fn of(args: &AboutArgs, config: &Config) -> anyhow::Result<Said> {
    let given = &config.archive;
    let file = config.file.as_deref();
    let source = Source { file };
    let text = |name, arg: &Option<String>, setting: &Option<String>| {
        source.text(name, arg.as_deref(), setting.as_deref())
    };
    let url = |name, arg: &Option<String>, setting: &Option<String>| {
        let (value, place) = text(name, arg, setting)?;
        let is_web = value.starts_with("https://") || value.starts_with("http://");
        ensure!(
            value.is_empty() || (is_web && is_safe_link(&value)),
            "{place} is {value:?}, which is no web address; write it like https://example.org/"
        );
        anyhow::Ok(value)
    };
    let title = text("title", &args.title, &given.title)?.0;
    let mut about = About {
        description: text("description", &args.description, &given.description)?.0,
        institution: text("institution", &args.institution, &given.institution)?.0,
        institution_url: url(
            "institution_url",
            &args.institution_url,
            &given.institution_url,
        )?,
        logo: None,
        languages: languages(&args.lang, given.languages(), source)?,
        url: folder_address(url("url", &args.url, &given.url)?),
        license: text("license", &args.license, &given.license)?.0,
        license_url: url("license_url", &args.license_url, &given.license_url)?,
        accent: color(text("accent", &args.accent, &given.accent)?)?,
    };
    let logo = match (&args.logo, &given.logo) {
        (Some(path), _) => Some((path.clone(), "--logo".to_owned())),
        (None, Some(path)) => {
            let folder = file.and_then(Path::parent).unwrap_or(Path::new(""));
            Some((folder.join(path), source.setting("logo")))
        }
        (None, None) => None,
    };
    let logo = match logo {
        Some((path, place)) => {
            let (path, bytes) = logo_file(&path, &place, &mut about)?;
            Some((path, bytes))
        }
        None => None,
    };
    Ok(Said { title: Some(title).filter(|title| !title.is_empty()), about, logo })
}

/// Where settings come from.
#[derive(Debug, Clone, Copy)]
struct Source<'a> {
    file: Option<&'a Path>,
}

impl Source<'_> {
    /// The name of a setting with its place, for messages.
    fn setting(self, name: &str) -> String {
        let file = self.file.unwrap_or(Path::new("vitrine.toml"));
        format!("{name} of [archive] in {}", file.display())
    }

    /// Returns the value that counts, without white space around it, and its place.
    fn text(
        self,
        name: &str,
        arg: Option<&str>,
        setting: Option<&str>,
    ) -> anyhow::Result<(String, String)> {
        let place = match arg {
            Some(_) => format!("--{}", name.replace('_', "-")),
            None => self.setting(name),
        };
        let value = arg.or(setting).unwrap_or_default().trim();
        ensure!(
            value.len() <= MAX_TEXT_LEN,
            "{place} has {} bytes; every visitor loads it, so make it at most {MAX_TEXT_LEN}",
            value.len()
        );
        let control = |c: char| c.is_control() && !c.is_whitespace();
        ensure!(!value.contains(control), "{place} has control characters; remove them");
        Ok((value.to_owned(), place))
    }
}

/// Returns the tags of the archive's languages.
fn languages(
    args: &[String],
    settings: &[String],
    source: Source<'_>,
) -> anyhow::Result<Vec<String>> {
    let (tags, place) = if args.is_empty() {
        (settings, source.setting("languages"))
    } else {
        (args, "--lang".to_owned())
    };
    for tag in tags {
        ensure!(
            is_language_tag(tag),
            "{place} has {tag:?}, which is no language tag; write it like en or zh-Hans"
        );
    }
    Ok(tags.to_vec())
}

/// Whether a text has the form of a BCP 47 tag that begins with a language.
fn is_language_tag(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let is_language = parts.next().is_some_and(|part| {
        (2..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphabetic())
    });
    let is_part = |part: &str| {
        (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    is_language && tag.len() <= 35 && parts.all(is_part)
}

/// Returns the address of a folder, from that or the address of its page.
fn folder_address(url: String) -> String {
    let url = url.strip_suffix("index.html").map(str::to_owned).unwrap_or(url);
    if url.is_empty() || url.ends_with('/') { url } else { url + "/" }
}

/// Returns a color in lower case.
fn color((value, place): (String, String)) -> anyhow::Result<String> {
    let is_digits =
        |digits: &str| digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit());
    let is_color = value.strip_prefix('#').is_some_and(is_digits);
    ensure!(
        value.is_empty() || is_color,
        "{place} is {value:?}, which is no color; write it like #1a5f7a"
    );
    Ok(value.to_ascii_lowercase())
}

/// Reads the logo; returns its path in the archive and its bytes.
fn logo_file(
    path: &Path,
    place: &str,
    about: &mut About,
) -> anyhow::Result<(String, Vec<u8>)> {
    let shown = path.display();
    let problem =
        || format!("{place} names {shown}, which cannot be read; correct the path");
    let len = fs::metadata(path).with_context(problem)?.len();
    ensure!(
        len <= MAX_LOGO_LEN,
        "{place} names {shown}, which has {len} bytes; every visitor loads the logo, so make it \
         smaller than {MAX_LOGO_LEN}"
    );
    let bytes = fs::read(path).with_context(problem)?;
    let remedy = "give a PNG, JPEG, WebP, AVIF, GIF or SVG picture";
    let name = path.to_string_lossy();
    let file = match inspect_asset(&name, &bytes) {
        Ok(file) if file.kind.is_image() => file,
        Ok(file) => bail!(
            "{place} names {shown}, which is a file of type {}; {remedy}",
            file.kind.extension()
        ),
        Err(error) => {
            return Err(error).with_context(|| {
                format!("{place} names {shown}, which can't be the logo; {remedy}")
            });
        }
    };
    let path = file.path();
    about.logo = Some(file);
    Ok((path, bytes))
}

#[cfg(test)]
mod tests {
    use super::{folder_address, is_language_tag, of};
    use crate::{args::AboutArgs, config::Config};

    fn config(text: &str) -> Config {
        toml::from_str(&format!("[archive]\n{text}")).unwrap()
    }

    #[test]
    fn the_command_line_wins_over_the_file() {
        let config = config(
            "title = 'A'\ninstitution = ' I '\nlanguages = 'zh-Hans'\nurl = 'https://a.example/b'",
        );
        let args = AboutArgs {
            title: Some("B".to_owned()),
            url: Some("https://b.example/index.html".to_owned()),
            accent: Some("#AABBCC".to_owned()),
            ..AboutArgs::default()
        };
        let said = of(&args, &config).unwrap();
        assert_eq!(said.title.as_deref(), Some("B"));
        assert_eq!(said.about.institution, "I");
        assert_eq!(said.about.languages, ["zh-Hans"]);
        assert_eq!(said.about.url, "https://b.example/");
        assert_eq!(said.about.accent, "#aabbcc");
        let said = of(&AboutArgs::default(), &config).unwrap();
        assert_eq!(said.about.url, "https://a.example/b/");
    }

    #[test]
    fn what_is_wrong_is_named_with_its_place_and_a_remedy() {
        for (text, expected) in [
            ("url = 'javascript:alert(1)'", "url of [archive] in vitrine.toml is"),
            ("license_url = 'example.org'", "write it like https://"),
            ("languages = ['english!']", "write it like en or zh-Hans"),
            ("accent = 'red'", "write it like #1a5f7a"),
            ("logo = 'no-such-file.png'", "correct the path"),
            ("logo = 'Cargo.toml'", "give a PNG"),
        ] {
            let error = of(&AboutArgs::default(), &config(text)).unwrap_err();
            assert!(format!("{error:#}").contains(expected), "{text}: {error:#}");
        }
        let long = format!("description = '{}'", "x".repeat(5000));
        let error = of(&AboutArgs::default(), &config(&long)).unwrap_err().to_string();
        assert!(error.contains("at most 4000"), "{error}");
    }

    #[test]
    fn tags_and_addresses() {
        for (tag, expected) in
            [("en", true), ("zh-Hans", true), ("", false), ("e", false), ("en-", false)]
        {
            assert_eq!(is_language_tag(tag), expected, "{tag}");
        }
        assert_eq!(folder_address(String::new()), "");
    }
}
