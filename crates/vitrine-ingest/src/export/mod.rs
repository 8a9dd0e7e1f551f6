//! Exports: many records in one file.

pub(crate) mod exported;
pub(crate) mod fields;
pub(crate) mod json;
pub(crate) mod lines;
pub(crate) mod table;

use serde_json::Value;

use crate::{
    Capture, FieldNames, Page, RawContent, RawPage, Unreadable, UnreadableReason,
    decode::{Hint, decode},
    digest::sha256_hex,
};

/// Reads one record of JSON.
fn json_record(path: String, bytes: &[u8], names: &FieldNames) -> Page {
    record_page(path, bytes, |text| {
        let value: Value = serde_json::from_str(text).map_err(|error| {
            let problem = error.to_string();
            // The parser counts lines, too; a record is one line.
            let problem = problem.split(" at line ").next().unwrap_or_default();
            let problem = problem.to_owned();
            UnreadableReason::InvalidJson { column: error.column(), problem }
        })?;
        match value {
            Value::Object(object) if exported::is_exported(&object) => {
                let exported = exported::exported(object)?;
                Ok(RawContent::Exported(Box::new(exported)))
            }
            Value::Object(object) => {
                let record = fields::record_of(object, names)?;
                Ok(RawContent::Record(Box::new(record)))
            }
            other => Err(UnreadableReason::NotAnObject { got: fields::name_of(&other) }),
        }
    })
}

/// Makes a page of the raw `bytes` of a record.
fn record_page(
    path: String,
    bytes: &[u8],
    parse: impl FnOnce(&str) -> Result<RawContent, UnreadableReason>,
) -> Page {
    let sha256 = sha256_hex(bytes);
    let decoded = decode(bytes, Hint::Text);
    match parse(&decoded.text) {
        Ok(content) => Ok(RawPage {
            path,
            sha256,
            encoding: decoded.encoding.to_owned(),
            replaced: decoded.replaced,
            capture: Capture::default(),
            raw: bytes.to_vec(),
            content,
        }),
        Err(reason) => Err(Unreadable { path, sha256, reason }),
    }
}
