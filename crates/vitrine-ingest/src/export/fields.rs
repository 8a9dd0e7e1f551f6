//! Which field of an export is the title, the body, the date.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::{BodyFormat, Record, RecordWarning, UnreadableReason};

/// A field that a record can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Field {
    /// [`Record::id`].
    Id,
    /// [`Record::title`].
    Title,
    /// [`Record::date`].
    Date,
    /// [`Record::authors`].
    Authors,
    /// [`Record::lang`].
    Lang,
    /// [`Record::url`].
    Url,
    /// [`Record::source`].
    Source,
    /// [`Record::section`].
    Section,
    /// [`Record::type`].
    Type,
    /// [`Record::abstract`].
    Abstract,
    /// [`Record::body`].
    Body,
}

/// The names that the fields of an export have.
///
/// A field without a name of its own is found under the names that are common in exports:
/// `headline`, `content`, `published`, whatever their case and hyphens.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldNames(BTreeMap<Field, Vec<String>>);

impl FieldNames {
    /// Says that `field` has one of `names`, the first that is there; a dot leads into an
    /// object: `meta.title`.
    pub fn set(&mut self, field: Field, names: Vec<String>) {
        self.0.insert(field, names);
    }
}

/// The common names of a field, in lower case and without anything but letters.
#[expect(clippy::too_many_lines, reason = "a table")]
fn common_names(field: Field) -> &'static [&'static str] {
    match field {
        Field::Id => {
            &["id", "guid", "uuid", "slug", "articleid", "docid", "编号", "編號"]
        }
        Field::Title => &["title", "headline", "heading", "posttitle", "标题", "標題"],
        Field::Date => &[
            "date",
            "published",
            "publishedat",
            "publisheddate",
            "publishedon",
            "publishedtime",
            "datepublished",
            "publicationdate",
            "publishdate",
            "publishtime",
            "pubdate",
            "issued",
            "postdate",
            "created",
            "createdat",
            "timestamp",
            "日期",
            "发布日期",
            "发布时间",
            "發布日期",
            "發佈日期",
        ],
        Field::Authors => {
            &["authors", "author", "byline", "creator", "writer", "writers", "作者"]
        }
        Field::Lang => &["lang", "language", "locale", "inlanguage", "语言", "語言"],
        Field::Url => &[
            "url",
            "link",
            "permalink",
            "canonical",
            "canonicalurl",
            "href",
            "uri",
            "sourceurl",
            "网址",
            "網址",
            "链接",
            "連結",
        ],
        Field::Source => &[
            "source",
            "publication",
            "publisher",
            "outlet",
            "newspaper",
            "journal",
            "magazine",
            "site",
            "sitename",
            "website",
            "来源",
            "來源",
        ],
        Field::Section => &[
            "section",
            "category",
            "categories",
            "sections",
            "topic",
            "栏目",
            "欄目",
            "分类",
            "分類",
        ],
        Field::Type => &[
            "type",
            "genre",
            "documenttype",
            "doctype",
            "articletype",
            "contenttype",
            "体裁",
            "體裁",
            "文体",
            "文體",
            "类型",
            "類型",
            "文章类型",
            "文章類型",
            "文献类型",
            "文獻類型",
        ],
        Field::Abstract => &[
            "abstract",
            "summary",
            "description",
            "excerpt",
            "standfirst",
            "摘要",
            "内容摘要",
            "內容摘要",
            "内容提要",
            "內容提要",
            "导语",
            "導語",
        ],
        Field::Body => &[
            "body",
            "content",
            "text",
            "articlebody",
            "fulltext",
            "maintext",
            "bodytext",
            "contenthtml",
            "bodyhtml",
            "html",
            "markdown",
            "正文",
            "内容",
            "內容",
        ],
    }
}

/// Returns `name` as [`common_names`] has it.
fn normalized(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Makes a record of the fields of an object.
pub(crate) fn record_of(
    fields: Map<String, Value>,
    names: &FieldNames,
) -> Result<Record, UnreadableReason> {
    let record = fields_of(fields, names);
    if record.title.is_none() && record.body.is_empty() {
        return Err(UnreadableReason::NoText);
    }
    Ok(record)
}

/// Makes a record of fields that may lack a title and a body.
pub(crate) fn fields_of(fields: Map<String, Value>, names: &FieldNames) -> Record {
    let mut reader = FieldReader { fields, names, warnings: Vec::new() };
    let mut record = Record {
        id: reader.identifier(Field::Id),
        title: reader.text(Field::Title),
        date: reader.identifier(Field::Date),
        authors: reader.list(Field::Authors),
        lang: reader.text(Field::Lang),
        url: reader.text(Field::Url),
        source: reader.text(Field::Source),
        section: Some(reader.list(Field::Section).join(", ")).filter(|s| !s.is_empty()),
        r#type: Some(reader.list(Field::Type).join(", ")).filter(|s| !s.is_empty()),
        r#abstract: reader.text(Field::Abstract),
        body: reader.text(Field::Body).unwrap_or_default(),
        format: BodyFormat::Plain,
        warnings: Vec::new(),
    };
    record.warnings = reader.warnings;
    if is_html(&record.body) {
        record.format = BodyFormat::Html;
    }
    record
}

/// Whether a body is written in HTML: it has an element that plain text has no use for.
fn is_html(body: &str) -> bool {
    const MARKS: [&str; 6] = ["</p>", "<br>", "<br/>", "<br />", "</div>", "<p>"];
    body.contains('<') && {
        let lower = body.to_ascii_lowercase();
        MARKS.iter().any(|mark| lower.contains(mark))
    }
}

struct FieldReader<'a> {
    fields: Map<String, Value>,
    names: &'a FieldNames,
    warnings: Vec<RecordWarning>,
}

impl FieldReader<'_> {
    /// Takes the value of a field, with the name that it has.
    fn take(&mut self, field: Field) -> Option<(String, Value)> {
        if let Some(names) = self.names.0.get(&field) {
            return names.iter().find_map(|name| {
                let value = self.fields.get(name).or_else(|| {
                    let mut parts = name.split('.');
                    let first = self.fields.get(parts.next()?)?;
                    parts.try_fold(first, |value, part| value.get(part))
                })?;
                is_given(value).then(|| (name.clone(), value.clone()))
            });
        }
        let name = common_names(field).iter().find_map(|common| {
            let (name, _) = self
                .fields
                .iter()
                .find(|(name, value)| normalized(name) == *common && is_given(value))?;
            Some(name.clone())
        })?;
        let value = self.fields.remove(&name)?;
        Some((name, value))
    }

    fn text(&mut self, field: Field) -> Option<String> {
        let (name, value) = self.take(field)?;
        let got = name_of(&value);
        let text = text_of(value);
        if text.is_none() {
            self.warn(name, "a string", got);
        }
        text
    }

    /// A text that exports also write as a number: an id, a year.
    fn identifier(&mut self, field: Field) -> Option<String> {
        let (name, value) = self.take(field)?;
        let got = name_of(&value);
        let text = match value {
            Value::Number(number) => Some(number.to_string()),
            other => text_of(other),
        };
        if text.is_none() {
            self.warn(name, "a string", got);
        }
        text
    }

    fn list(&mut self, field: Field) -> Vec<String> {
        let Some((name, value)) = self.take(field) else { return Vec::new() };
        let entries = match value {
            Value::Array(entries) => entries,
            other => vec![other],
        };
        let mut texts = Vec::new();
        for entry in entries {
            let got = name_of(&entry);
            match text_of(entry) {
                Some(text) => texts.push(text),
                None => self.warn(name.clone(), "a string or a list of strings", got),
            }
        }
        texts
    }

    fn warn(&mut self, field: String, expected: &'static str, got: &'static str) {
        self.warnings.push(RecordWarning::Field { field, expected, got });
    }
}

fn is_given(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => !text.trim().is_empty(),
        _ => true,
    }
}

/// The text of a value: a string, or an object that wraps one as exports of content
/// management systems do (`{"rendered": …}`, `{"name": …}`).
fn text_of(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        Value::Object(mut fields) => ["rendered", "name", "value", "text"]
            .iter()
            .find_map(|name| match fields.remove(*name)? {
                Value::String(text) => Some(text),
                _ => None,
            }),
        _ => None,
    }
}

/// Names the type of a value.
pub(crate) fn name_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
