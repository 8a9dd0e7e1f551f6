//! JSON Lines: one record a line, each read by itself.

use serde_json::{Map, Value};

use crate::{
    Capture, FieldWarning, RawContent, RawPage, Record, Unreadable, UnreadableReason,
    decode::{Hint, decode},
    digest::sha256_hex,
};

/// The records of an export, line by line; blank lines are passed over.
#[derive(Debug)]
pub(crate) struct Lines<'a> {
    path: &'a str,
    rest: &'a [u8],
    line: usize,
}

impl<'a> Lines<'a> {
    pub(crate) fn new(path: &'a str, bytes: &'a [u8]) -> Self {
        let rest = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        Self { path, rest, line: 0 }
    }
}

impl Iterator for Lines<'_> {
    type Item = Result<RawPage, Unreadable>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.rest.is_empty() {
            let mut parts = self.rest.splitn(2, |&b| b == b'\n');
            let line = parts.next().unwrap_or_default();
            self.rest = parts.next().unwrap_or_default();
            self.line += 1;
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            if !line.iter().all(u8::is_ascii_whitespace) {
                return Some(read_line(format!("{}#{}", self.path, self.line), line));
            }
        }
        // An export without a single record is an input too, and is accounted for.
        (std::mem::replace(&mut self.line, 1) == 0).then(|| {
            Err(Unreadable {
                path: self.path.to_owned(),
                sha256: sha256_hex(&[]),
                reason: UnreadableReason::Empty,
            })
        })
    }
}

fn read_line(path: String, line: &[u8]) -> Result<RawPage, Unreadable> {
    let sha256 = sha256_hex(line);
    let decoded = decode(line, Hint::Text);
    match parse_record(&decoded.text) {
        Ok(record) => Ok(RawPage {
            path,
            sha256,
            encoding: decoded.encoding.to_owned(),
            replaced: decoded.replaced,
            capture: Capture::default(),
            content: RawContent::Record(Box::new(record)),
        }),
        Err(reason) => Err(Unreadable { path, sha256, reason }),
    }
}

fn parse_record(line: &str) -> Result<Record, UnreadableReason> {
    let value: Value = serde_json::from_str(line).map_err(|error| {
        let problem = error.to_string();
        // The parser counts lines, too; here there is only one.
        let problem = problem.split(" at line ").next().unwrap_or_default().to_owned();
        UnreadableReason::InvalidJson { column: error.column(), problem }
    })?;
    let Value::Object(fields) = value else {
        return Err(UnreadableReason::NotAnObject { got: name_of(&value) });
    };
    let mut reader = FieldReader { fields, warnings: Vec::new() };
    let mut record = Record {
        id: reader.identifier("id"),
        title: reader.text("title"),
        date: reader.identifier("date"),
        authors: reader.list("authors"),
        lang: reader.text("lang"),
        url: reader.text("url"),
        source: reader.text("source"),
        body: reader.text("body").unwrap_or_default(),
        warnings: Vec::new(),
    };
    record.warnings = reader.warnings;
    if record.title.is_none() && record.body.is_empty() {
        return Err(UnreadableReason::NoText);
    }
    Ok(record)
}

struct FieldReader {
    fields: Map<String, Value>,
    warnings: Vec<FieldWarning>,
}

impl FieldReader {
    fn text(&mut self, field: &'static str) -> Option<String> {
        match self.fields.remove(field)? {
            Value::Null => None,
            Value::String(text) => Some(text).filter(|text| !text.trim().is_empty()),
            other => self.warn(field, "a string", &other),
        }
    }

    /// A text that exports also write as a number: an id, a year.
    fn identifier(&mut self, field: &'static str) -> Option<String> {
        match self.fields.get(field) {
            Some(Value::Number(number)) => Some(number.to_string()),
            _ => self.text(field),
        }
    }

    fn list(&mut self, field: &'static str) -> Vec<String> {
        match self.fields.remove(field) {
            None | Some(Value::Null) => Vec::new(),
            Some(Value::String(text)) => vec![text],
            Some(Value::Array(entries)) => {
                let mut texts = Vec::new();
                for entry in entries {
                    match entry {
                        Value::String(text) => texts.push(text),
                        other => {
                            self.warn(field, "a list of strings", &other);
                        }
                    }
                }
                texts
            }
            Some(other) => {
                self.warn(field, "a string or a list of strings", &other);
                Vec::new()
            }
        }
    }

    fn warn(
        &mut self,
        field: &'static str,
        expected: &'static str,
        got: &Value,
    ) -> Option<String> {
        self.warnings.push(FieldWarning { field, expected, got: name_of(got) });
        None
    }
}

fn name_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use crate::{RawContent, Record, UnreadableReason, read};

    fn record(line: &str) -> Result<Record, UnreadableReason> {
        match read("e.jsonl", line.as_bytes()).next().unwrap() {
            Ok(page) => match page.content {
                RawContent::Record(record) => Ok(*record),
                other => panic!("{other:?}"),
            },
            Err(unreadable) => Err(unreadable.reason),
        }
    }

    #[test]
    fn a_bad_line_is_named_and_the_others_go_on() {
        let export =
            b"{\"title\":\"A\"}\r\n\n{\"title\": }\n[1]\n{\"id\":7,\"body\":\"B\"}";
        let pages: Vec<_> = read("x/e.jsonl", export).collect();
        let paths: Vec<_> = pages
            .iter()
            .map(|page| match page {
                Ok(page) => format!("ok {}", page.path),
                Err(bad) => format!("{bad}"),
            })
            .collect();
        assert_eq!(
            paths,
            [
                "ok x/e.jsonl#1",
                "invalid JSON at column 11: expected value; correct the line or export it \
                 again: \"x/e.jsonl#3\"",
                "the line is a list, not an object with \"title\" or \"body\": \"x/e.jsonl#4\"",
                "ok x/e.jsonl#5",
            ]
        );
    }

    #[test]
    fn authors_may_be_one_string_or_many_and_ids_numbers() {
        assert_eq!(record(r#"{"title":"T","authors":"A"}"#).unwrap().authors, ["A"]);
        let both =
            record(r#"{"id":7,"title":"T","authors":["A",null,"B"],"url":5}"#).unwrap();
        assert_eq!(both.authors, ["A", "B"]);
        assert_eq!(both.id.as_deref(), Some("7"));
        assert_eq!(both.warnings.len(), 2);
    }

    #[test]
    fn a_record_needs_a_title_or_a_body() {
        assert_eq!(record(r#"{"id":"x","body":""}"#), Err(UnreadableReason::NoText));
        assert!(record(r#"{"body":"x"}"#).is_ok() && record(r#"{"title":"x"}"#).is_ok());
    }

    #[test]
    fn an_export_without_records_is_accounted_for() {
        let outcomes: Vec<_> = read("e.jsonl", b"").collect();
        assert_eq!(outcomes.len(), 1);
        assert!(outcomes[0].is_err());
        assert_eq!(read("e.jsonl", b"{\"title\":\"A\"}\n").count(), 1);
    }
}
