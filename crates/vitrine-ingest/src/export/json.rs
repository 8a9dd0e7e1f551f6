//! JSON files: an array of records, or one record.

use std::io::{self, BufRead, Read};

use serde_json::Value;

use crate::{
    FieldNames, Page, Skip, Unreadable, UnreadableReason,
    digest::sha256_hex,
    export::{exported::is_exported, fields::record_of, json_record, lines},
    limits::MAX_PAGE_LEN,
};

/// Reads a JSON file: the elements of an array one after another, each by itself; one
/// object as one record, or as the array of records that it wraps; anything else line by
/// line.
///
/// # Errors
///
/// The error of `source`, once the records before it have been taken.
pub(crate) fn read(
    path: &str,
    mut source: impl BufRead,
    names: &FieldNames,
    take: &mut dyn FnMut(Page),
) -> io::Result<()> {
    match skip_space(&mut source)? {
        Some(b'[') => {
            source.consume(1);
            read_array(path, &mut source, names, take)
        }
        Some(b'{') => {
            let mut bytes = Vec::new();
            source.by_ref().take(MAX_PAGE_LEN as u64).read_to_end(&mut bytes)?;
            match serde_json::from_slice::<Value>(&bytes) {
                Ok(value) => {
                    read_object(path, &bytes, value, names, take);
                    Ok(())
                }
                // Exports of one record a line are often saved under this name, too.
                Err(_) => lines::read(path, bytes.as_slice().chain(source), names, take),
            }
        }
        _ => lines::read(path, source, names, take),
    }
}

fn read_array(
    path: &str,
    source: &mut impl BufRead,
    names: &FieldNames,
    take: &mut dyn FnMut(Page),
) -> io::Result<()> {
    let mut bytes = Vec::new();
    let mut count = 0_usize;
    loop {
        let end = read_element(source, &mut bytes)?;
        let element = bytes.trim_ascii();
        if !element.is_empty() || end == End::Comma {
            count += 1;
            let path = format!("{path}#{count}");
            if bytes.len() > MAX_PAGE_LEN {
                let reason = UnreadableReason::TooLong { limit: MAX_PAGE_LEN };
                take(Err(Unreadable { path, sha256: String::new(), reason }));
            } else {
                take(json_record(path, element, names));
            }
        }
        if end != End::Comma {
            break;
        }
    }
    if count == 0 {
        let reason = UnreadableReason::Empty;
        take(Err(Unreadable { path: path.to_owned(), sha256: sha256_hex(&[]), reason }));
    }
    Ok(())
}

/// Reads one object: a record, or a wrapper around an array of records.
fn read_object(
    path: &str,
    bytes: &[u8],
    value: Value,
    names: &FieldNames,
    take: &mut dyn FnMut(Page),
) {
    let Value::Object(object) = value else { return };
    if is_exported(&object) || record_of(object.clone(), names).is_ok() {
        return take(json_record(path.to_owned(), bytes, names));
    }
    let records = object.into_iter().find_map(|(_, value)| match value {
        Value::Array(items) if items.first().is_some_and(Value::is_object) => Some(items),
        _ => None,
    });
    let Some(records) = records else {
        // Settings and indexes lie beside pages and are none.
        let reason = Skip::NoPage { kind: "JSON without records".to_owned() }.into();
        return take(Err(Unreadable {
            path: path.to_owned(),
            sha256: sha256_hex(bytes),
            reason,
        }));
    };
    for (position, record) in records.into_iter().enumerate() {
        let text = record.to_string();
        take(json_record(format!("{path}#{}", position + 1), text.as_bytes(), names));
    }
}

/// Passes over white space and a byte order mark; returns the next byte, still unread.
fn skip_space(source: &mut impl BufRead) -> io::Result<Option<u8>> {
    loop {
        match source.fill_buf()?.first() {
            Some(b' ' | b'\t' | b'\r' | b'\n' | 0xef | 0xbb | 0xbf) => source.consume(1),
            other => return Ok(other.copied()),
        }
    }
}

/// What stands after an element of an array.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Comma,
    Bracket,
    File,
}

/// Reads the bytes of an array's next element into `bytes`, no more than one byte beyond
/// the limit. Brackets are matched and strings passed over; what is between is not judged.
fn read_element(source: &mut impl BufRead, bytes: &mut Vec<u8>) -> io::Result<End> {
    bytes.clear();
    let (mut depth, mut is_string, mut is_escaped) = (0_usize, false, false);
    loop {
        let available = source.fill_buf()?;
        if available.is_empty() {
            return Ok(End::File);
        }
        let mut end = None;
        let mut len = available.len();
        for (position, &byte) in available.iter().enumerate() {
            match byte {
                _ if is_escaped => is_escaped = false,
                b'\\' if is_string => is_escaped = true,
                b'"' => is_string = !is_string,
                _ if is_string => {}
                b'{' | b'[' => depth += 1,
                b',' if depth == 0 => end = Some(End::Comma),
                b']' if depth == 0 => end = Some(End::Bracket),
                b'}' | b']' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if end.is_some() {
                len = position;
                break;
            }
        }
        let room = (MAX_PAGE_LEN + 1).saturating_sub(bytes.len());
        bytes.extend(available.iter().take(len.min(room)));
        source.consume(len + usize::from(end.is_some()));
        if let Some(end) = end {
            return Ok(end);
        }
    }
}
