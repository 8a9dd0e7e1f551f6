//! JSON Lines: one record a line, each read by itself.

use std::io::{self, BufRead, Read};

use serde_json::Value;

use crate::{
    FieldNames, Page, Skip, Unreadable, UnreadableReason, digest::sha256_hex,
    limits::MAX_PAGE_LEN,
};

use super::json_record;

/// Reads the records of an export line by line; blank lines are passed over.
///
/// # Errors
///
/// The error of `source`, once the records before it have been taken.
pub(crate) fn read(
    file: &str,
    mut source: impl BufRead,
    names: &FieldNames,
    take: &mut dyn FnMut(Page),
) -> io::Result<()> {
    let mut bytes = Vec::new();
    let mut line = 0_usize;
    let mut count = 0_usize;
    loop {
        bytes.clear();
        let limit = MAX_PAGE_LEN as u64 + 1;
        if source.by_ref().take(limit).read_until(b'\n', &mut bytes)? == 0 {
            break;
        }
        line += 1;
        let mut record = bytes.as_slice();
        if line == 1 {
            record = record.strip_prefix(b"\xef\xbb\xbf").unwrap_or(record);
        }
        let is_ended = record.ends_with(b"\n");
        record = record.strip_suffix(b"\n").unwrap_or(record);
        record = record.strip_suffix(b"\r").unwrap_or(record);
        if record.iter().all(u8::is_ascii_whitespace) && bytes.len() <= MAX_PAGE_LEN {
            continue;
        }
        count += 1;
        let path = format!("{file}#{line}");
        if bytes.len() > MAX_PAGE_LEN && !is_ended {
            let reason = UnreadableReason::TooLong { limit: MAX_PAGE_LEN };
            take(Err(Unreadable { path, sha256: String::new(), reason }));
            source.skip_until(b'\n')?;
            continue;
        }
        let page = json_record(path, record, names);
        if count == 1 && page.is_err() && is_page_list(record) {
            let reason = Skip::PackagePart.into();
            let (path, sha256) = (file.to_owned(), sha256_hex(record));
            take(Err(Unreadable { path, sha256, reason }));
            return Ok(());
        }
        take(page);
    }
    if count == 0 {
        // An export without a single record is an input too, and is accounted for.
        take(Err(Unreadable {
            path: file.to_owned(),
            sha256: sha256_hex(&[]),
            reason: UnreadableReason::Empty,
        }));
    }
    Ok(())
}

/// Whether a first line begins the list of pages of a crawl (WACZ), which names them and
/// holds none.
fn is_page_list(line: &[u8]) -> bool {
    serde_json::from_slice::<Value>(line).is_ok_and(|header| {
        let format = header.get("format").and_then(Value::as_str);
        format.is_some_and(|format| format.starts_with("json-pages-"))
    })
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
                "the record is a list, not an object with \"title\" or \"body\": \"x/e.jsonl#4\"",
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
    fn the_list_of_pages_of_a_crawl_is_no_export() {
        let list = b"{\"format\":\"json-pages-1.0\",\"id\":\"pages\"}\n\
            {\"url\":\"https://a.example/\",\"title\":\"A\"}\n";
        let pages: Vec<_> = read("pages/pages.jsonl", list).collect();
        let skipped = UnreadableReason::Skipped(crate::Skip::PackagePart);
        assert_eq!(pages.len(), 1);
        assert_eq!(pages[0].as_ref().unwrap_err().reason, skipped);
    }

    #[test]
    fn an_export_in_utf16_is_read_whole() {
        let table = "title\tbody\r\nÆgir\tThe sea.\r\nRán\tThe net.\r\n";
        let mut bytes = vec![0xff, 0xfe];
        bytes.extend(table.encode_utf16().flat_map(u16::to_le_bytes));
        let titles: Vec<_> = read("e.tsv", &bytes)
            .map(|page| match page.unwrap().content {
                RawContent::Record(record) => record.title.unwrap(),
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(titles, ["Ægir", "Rán"]);
    }

    #[test]
    fn an_export_without_records_is_accounted_for() {
        let outcomes: Vec<_> = read("e.jsonl", b"").collect();
        assert_eq!(outcomes.len(), 1);
        assert!(outcomes[0].is_err());
        assert_eq!(read("e.jsonl", b"{\"title\":\"A\"}\n").count(), 1);
    }
}
