//! Markdown files: front matter in YAML or TOML, then the text.

use serde_json::{Map, Value};

use crate::{
    BodyFormat, FieldNames, Record, RecordWarning, Skip, UnreadableReason,
    export::fields::fields_of,
};

/// Longest front matter that is parsed, in bytes.
const MAX_FRONT_MATTER_LEN: usize = 1 << 20;

/// Makes a record of the text of a Markdown file.
pub(crate) fn record(
    path: &str,
    text: &str,
    names: &FieldNames,
) -> Result<Record, UnreadableReason> {
    let (front_matter, body) = split(text);
    let (fields, problem) = match front_matter.parse() {
        Ok(fields) => (fields, None),
        Err(problem) => (Map::new(), Some(problem)),
    };
    if is_draft(&fields) {
        return Err(Skip::Draft.into());
    }
    let mut record = fields_of(fields, names);
    body.clone_into(&mut record.body);
    record.format = BodyFormat::Markdown;
    if record.title.is_none() && body.trim().is_empty() {
        return Err(UnreadableReason::Empty);
    }
    if let Some(problem) = problem {
        record.warnings.push(RecordWarning::FrontMatter { problem });
    }
    if record.date.is_none() {
        record.date = date_of_name(path);
    }
    Ok(record)
}

/// The block before the text, without its fences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FrontMatter<'a> {
    None,
    Yaml(&'a str),
    Toml(&'a str),
}

/// Parts a file into front matter and text.
fn split(text: &str) -> (FrontMatter<'_>, &str) {
    let start = text.trim_start_matches('\u{feff}');
    let (first, rest) = start.split_once('\n').unwrap_or((start, ""));
    let fence = first.trim_end();
    if !matches!(fence, "---" | "+++") {
        return (FrontMatter::None, start);
    }
    let mut position = 0;
    for line in rest.split_inclusive('\n') {
        let end = line.trim_end();
        if end == fence || (fence == "---" && end == "...") {
            let (matter, body) = rest.split_at(position);
            let body = body.get(line.len()..).unwrap_or_default();
            let matter = match fence {
                "---" => FrontMatter::Yaml(matter),
                _ => FrontMatter::Toml(matter),
            };
            return (matter, body);
        }
        position += line.len();
        if position > MAX_FRONT_MATTER_LEN {
            break;
        }
    }
    // A rule at the start of a text, and no front matter.
    (FrontMatter::None, start)
}

impl FrontMatter<'_> {
    fn parse(self) -> Result<Map<String, Value>, String> {
        let one_line = |problem: String| {
            problem.lines().next().unwrap_or("it cannot be parsed").to_owned()
        };
        match self {
            Self::None => Ok(Map::new()),
            Self::Yaml(text) if text.trim().is_empty() => Ok(Map::new()),
            Self::Yaml(text) => match yaml(text) {
                Ok(Value::Object(fields)) => Ok(fields),
                Ok(Value::Null) => Ok(Map::new()),
                Ok(_) => Err("it is YAML, but no map of names and values".to_owned()),
                Err(error) => Err(one_line(error.to_string())),
            },
            Self::Toml(text) => text
                .parse::<toml::Table>()
                .map(|table| {
                    table
                        .into_iter()
                        .map(|(name, value)| (name, json_of(value)))
                        .collect()
                })
                .map_err(|error| error.message().to_owned()),
        }
    }
}

/// Parses YAML; `no`, `on` and `y` are words here, because they are languages and names.
fn yaml(text: &str) -> Result<Value, serde_saphyr::Error> {
    let options = serde_saphyr::options! { strict_booleans: true };
    serde_saphyr::from_str_with_options(text, options)
}

/// The same value as JSON has it; a date becomes its text.
fn json_of(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::String(text),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => number.into(),
        toml::Value::Boolean(truth) => Value::Bool(truth),
        toml::Value::Datetime(date) => Value::String(date.to_string()),
        toml::Value::Array(items) => items.into_iter().map(json_of).collect(),
        toml::Value::Table(table) => {
            table.into_iter().map(|(name, value)| (name, json_of(value))).collect()
        }
    }
}

/// Whether the front matter says that the page is not published: Hugo's `draft: true`,
/// Jekyll's `published: false`.
fn is_draft(fields: &Map<String, Value>) -> bool {
    fields.iter().any(|(name, value)| match name.to_ascii_lowercase().as_str() {
        "draft" => *value == Value::Bool(true),
        "published" => *value == Value::Bool(false),
        _ => false,
    })
}

/// The date at the start of a file's name, as in `2020-02-20-title.md`.
fn date_of_name(path: &str) -> Option<String> {
    let name = path.rsplit(['/', '!']).next()?;
    let date = name.get(..10)?;
    let is_date = date.bytes().enumerate().all(|(position, byte)| match position {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    let is_ended = name.get(10..)?.starts_with(['-', '_', '.', ' ']);
    (is_date && is_ended).then(|| date.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{FrontMatter, date_of_name, record, split};
    use crate::{FieldNames, Skip, UnreadableReason};

    #[test]
    fn front_matter_is_what_stands_between_two_fences() {
        for (text, expected) in [
            ("---\na: 1\n---\nText", (FrontMatter::Yaml("a: 1\n"), "Text")),
            ("---\r\na: 1\r\n...\r\nText", (FrontMatter::Yaml("a: 1\r\n"), "Text")),
            ("\u{feff}+++\na = 1\n+++\n", (FrontMatter::Toml("a = 1\n"), "")),
            ("---\nText", (FrontMatter::None, "---\nText")),
            ("Text\n---\n", (FrontMatter::None, "Text\n---\n")),
            ("", (FrontMatter::None, "")),
        ] {
            assert_eq!(split(text), expected, "{text:?}");
        }
    }

    #[test]
    fn fields_are_read_and_damage_costs_only_the_front_matter() {
        let names = FieldNames::default();
        let yaml = "---\ntitle: 'A: b'\ndate: 2020-02-20\nauthor: [X, Y]\n\
                    categories:\n  - News\n  - Sea\ntype: interview\n---\nBody";
        let found = record("a.md", yaml, &names).unwrap();
        assert_eq!(found.title.as_deref(), Some("A: b"));
        assert_eq!(found.date.as_deref(), Some("2020-02-20"));
        assert_eq!(found.authors, ["X", "Y"]);
        assert_eq!(found.section.as_deref(), Some("News, Sea"));
        assert_eq!(found.r#type.as_deref(), Some("interview"));
        let toml = "+++\ntitle = \"T\"\ndate = 2020-02-20T10:00:00Z\n+++\nBody";
        let found = record("a.md", toml, &names).unwrap();
        assert_eq!(found.date.as_deref(), Some("2020-02-20T10:00:00Z"));
        let broken = "---\ntitle: [x\n---\nBody";
        let found = record("a/2021-03-04-tide.md", broken, &names).unwrap();
        assert_eq!((found.body.as_str(), found.warnings.len()), ("Body", 1));
        assert_eq!(found.date.as_deref(), Some("2021-03-04"));
    }

    #[test]
    fn drafts_and_empty_files_are_no_pages() {
        let names = FieldNames::default();
        let draft = record("a.md", "---\ndraft: true\n---\nBody", &names);
        assert_eq!(draft, Err(UnreadableReason::Skipped(Skip::Draft)));
        assert_eq!(record("a.md", "---\n---\n", &names), Err(UnreadableReason::Empty));
        assert_eq!(date_of_name("a/2021-13.md"), None);
    }
}
