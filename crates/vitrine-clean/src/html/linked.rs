//! Linked data: the objects of JSON-LD in a page that describe its article.

use serde_json::Value;

use crate::typography::one_line;

/// A property of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Property {
    Headline,
    Published,
    Modified,
    Author,
    Type,
    Abstract,
    Body,
}

/// The properties that a page declares, in order.
#[derive(Debug, Default)]
pub(super) struct LinkedData(Vec<(Property, String)>);

impl LinkedData {
    /// The values of `property`.
    pub(super) fn all(&self, property: Property) -> Vec<String> {
        self.0
            .iter()
            .filter(|(known, _)| *known == property)
            .map(|(_, text)| text.clone())
            .collect()
    }

    /// Reads the objects of one script; what describes no article is passed over.
    pub(super) fn read(&mut self, source: &str) {
        let Ok(value) = serde_json::from_str::<Value>(source.trim()) else {
            self.read_broken(source);
            return;
        };
        let mut pending = vec![&value];
        while let Some(value) = pending.pop() {
            match value {
                Value::Array(values) => pending.extend(values.iter().rev()),
                Value::Object(fields) => {
                    pending.extend(fields.get("@graph"));
                    let types = texts(fields.get("@type"));
                    let is_article = types.iter().any(|t| {
                        t.ends_with("Article")
                            || t.ends_with("Posting")
                            || t == "Report"
                            || t == "WebPage"
                    });
                    if !is_article {
                        continue;
                    }
                    for (property, key) in [
                        (Property::Type, "genre"),
                        (Property::Type, "@type"),
                        (Property::Abstract, "abstract"),
                        (Property::Headline, "headline"),
                        (Property::Published, "datePublished"),
                        (Property::Modified, "dateModified"),
                        (Property::Author, "author"),
                    ] {
                        let found = texts(fields.get(key)).into_iter();
                        self.0.extend(found.map(|text| (property, text)));
                    }
                    if let Some(Value::String(body)) = fields.get("articleBody") {
                        self.0.push((Property::Body, body.clone()));
                    }
                }
                _ => {}
            }
        }
    }

    /// Reads the dates of an object that is no valid JSON.
    fn read_broken(&mut self, source: &str) {
        for (property, key) in [
            (Property::Published, "\"datePublished\""),
            (Property::Modified, "\"dateModified\""),
        ] {
            let value = source.split_once(key).and_then(|(_, rest)| {
                let rest = rest.trim_start().strip_prefix(':')?.trim_start();
                rest.strip_prefix('"')?.split('"').next()
            });
            if let Some(value) = value.filter(|value| value.len() <= 64) {
                self.0.push((property, value.to_owned()));
            }
        }
    }
}

/// The texts of a JSON-LD value: strings, names of objects, lists of both.
fn texts(value: Option<&Value>) -> Vec<String> {
    let mut out = Vec::new();
    let mut pending: Vec<&Value> = value.into_iter().collect();
    while let Some(value) = pending.pop() {
        match value {
            Value::String(text) => out.push(one_line(text)),
            Value::Array(values) => pending.extend(values.iter().rev()),
            Value::Object(fields) => pending.extend(fields.get("name")),
            _ => {}
        }
    }
    out.retain(|text| !text.is_empty());
    out
}
