//! WARC (ISO 28500): the records of a crawl.
//!
//! Answers of servers that are pages become pages; each other record is passed over with
//! the reason. Reading goes on behind a damaged record.

mod encoding;
mod http;
mod record;

pub(crate) use record::{Plain, RecordSource};

use std::io;

use crate::{
    Capture, FileSink, Skip, UnreadableReason, embedded,
    limits::MAX_PAGE_LEN,
    reader::{Place, Reader, reason_of},
    sniff::{Format, starts_like_html},
    whole,
};
use http::Answer;
use record::{Next, Record, Records};

/// How much of a record is read before it is known to be a page, in bytes: enough for the
/// header of an answer.
const HEAD_LEN: usize = 64 << 10;

/// Reads the records of a crawl.
pub(crate) fn read(
    reader: &mut Reader<'_>,
    place: Place<'_>,
    source: &mut dyn RecordSource,
) {
    let mut records = Records::new(source);
    let mut number = 0_usize;
    loop {
        number += 1;
        match records.next() {
            Ok(Next::End) => break,
            Ok(Next::Damaged { problem }) => {
                let path = format!("{}!#{number}", place.path);
                reader.found.refuse(&path, UnreadableReason::InvalidRecord { problem });
            }
            Ok(Next::Record(record)) => {
                let label =
                    record.uri().map_or_else(|| format!("#{number}"), str::to_owned);
                let label = label.replace(char::is_control, "\u{fffd}");
                let path = format!("{}!{label}", place.path);
                match read_record(reader, &path, &record, &mut records) {
                    Ok(()) => {}
                    Err(error) if !is_damage(&error) => {
                        return reader.found.refuse(&path, reason_of(&error));
                    }
                    Err(error) => reader.found.refuse(&path, reason_of(&error)),
                }
            }
            Err(error) => {
                let path = format!("{}!#{number}", place.path);
                reader.found.refuse(&path, reason_of(&error));
                if !is_damage(&error) {
                    return;
                }
            }
        }
    }
    if number == 1 {
        reader.found.refuse(place.path, UnreadableReason::Empty);
    }
}

/// Whether reading can go on behind an error.
fn is_damage(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::InvalidData
}

/// Reads a record to its end and says what became of it.
fn read_record(
    reader: &mut Reader<'_>,
    path: &str,
    record: &Record,
    records: &mut Records<'_>,
) -> io::Result<()> {
    let kind = record.kind();
    if let Some(files) = reader.files.as_deref_mut() {
        return offer(files, path, record, records);
    }
    let is_web = record.uri().is_some_and(|uri| {
        let uri = uri.to_ascii_lowercase();
        uri.starts_with("http://") || uri.starts_with("https://")
    });
    let skip = match kind {
        "response" | "resource" | "revisit" if !is_web => Some(Skip::NotHttp),
        "response" | "resource" | "revisit" if record.has("warc-segment-number") => {
            Some(Skip::RecordType { kind: "segment".to_owned() })
        }
        "response" | "resource" | "revisit" => None,
        kind => Some(Skip::RecordType { kind: kind.to_owned() }),
    };
    if let Some(skip) = skip {
        reader.found.refuse(path, skip);
        return records.skip_body();
    }
    if kind == "revisit" {
        let address = record.original_uri().map(str::to_owned);
        reader.found.revisit(path, record.originals(), address);
        return records.skip_body();
    }
    for key in record.own_keys() {
        reader.found.original(key);
    }
    let mut bytes = records.read_body(HEAD_LEN)?;
    let answer = if kind == "response" {
        match Answer::parse(&bytes) {
            Ok(answer) => answer,
            Err(problem) => {
                reader.found.refuse(path, UnreadableReason::InvalidRecord { problem });
                return records.skip_body();
            }
        }
    } else {
        Answer::of_resource(record.get("content-type"))
    };
    let format = match format_of(&answer, &bytes) {
        Ok(format) => format,
        Err(skip) => {
            reader.found.refuse(path, skip);
            return records.skip_body();
        }
    };
    bytes.extend(records.read_body(MAX_PAGE_LEN)?);
    if records.has_body() {
        let reason = UnreadableReason::TooLong { limit: MAX_PAGE_LEN };
        reader.found.refuse(path, reason);
        return records.skip_body();
    }
    if let Some(missing) = records.missing_len() {
        let problem = format!("{missing} bytes of it are missing");
        reader.found.refuse(path, UnreadableReason::InvalidRecord { problem });
        records.search_again(&bytes);
        return Ok(());
    }
    if !records.is_at_end()? && records.search_again(&bytes) {
        let problem = "its length reaches into the next record".to_owned();
        reader.found.refuse(path, UnreadableReason::InvalidRecord { problem });
        return Ok(());
    }
    let body = bytes.get(answer.body_at..).unwrap_or_default();
    let body = match encoding::decode(&answer, body) {
        Ok(body) => body,
        Err(reason) => {
            reader.found.refuse(path, reason);
            return Ok(());
        }
    };
    let format = format.unwrap_or_else(|| {
        if starts_like_html(&body) { Format::Html } else { Format::Text }
    });
    let charset = answer.charset();
    let source = whole::Source {
        path,
        format,
        charset: charset.as_deref(),
        capture: Capture {
            url: record.uri().map(str::to_owned),
            captured: record.captured(),
        },
    };
    match whole::read(source, &body, reader.names) {
        Ok(page) => reader.found.captured(page),
        refusal => reader.found.page(refusal),
    }
    Ok(())
}

/// Hands over what a server answered, if it is wanted and whole, or else what is wanted of
/// a page.
fn offer(
    files: &mut dyn FileSink,
    path: &str,
    record: &Record,
    records: &mut Records<'_>,
) -> io::Result<()> {
    let kind = record.kind();
    let is_whole = !record.has("warc-segment-number");
    let is_answer = is_whole && matches!(kind, "response" | "resource");
    let is_wanted = files.wants(path);
    if !(is_answer && (is_wanted || files.wants_from(path))) {
        return records.skip_body();
    }
    let bytes = records.read_body(HEAD_LEN + MAX_PAGE_LEN)?;
    if records.has_body() {
        if is_wanted {
            files.take(path, None);
        }
        return records.skip_body();
    }
    let answer = match kind {
        "response" => Answer::parse(&bytes).unwrap_or_default(),
        _ => Answer::of_resource(record.get("content-type")),
    };
    if matches!(answer.status, 200 | 203) {
        let body = bytes.get(answer.body_at..).unwrap_or_default();
        let body = encoding::decode(&answer, body).ok();
        let body = body.filter(|_| records.missing_len().is_none());
        if is_wanted {
            files.take(path, body);
        } else if let Some(page) = body {
            embedded::offer(path, &page, files);
        }
    }
    Ok(())
}

/// Tells by status and media type whether an answer is a page, and of which format;
/// `None` leaves that to its first bytes.
fn format_of(answer: &Answer, bytes: &[u8]) -> Result<Option<Format>, Skip> {
    match answer.status {
        200 | 203 => {}
        status @ 300..=399 => {
            let location = Some(answer.get("location")).filter(|to| !to.is_empty());
            let location = location.map(|to| to.replace(char::is_control, "\u{fffd}"));
            return Err(Skip::Redirect { status, location });
        }
        status => return Err(Skip::Status { status }),
    }
    match answer.media_type().as_str() {
        "text/html" | "application/xhtml+xml" => Ok(Some(Format::Html)),
        "text/markdown" => Ok(Some(Format::Markdown)),
        // Servers that know no better call everything plain text.
        "text/plain" => Ok(None),
        "" => {
            let body = bytes.get(answer.body_at..).unwrap_or_default();
            if body.is_empty() || starts_like_html(body) {
                Ok(Some(Format::Html))
            } else {
                Err(Skip::NoPage { kind: "no media type".to_owned() })
            }
        }
        kind => Err(Skip::NoPage { kind: kind.to_owned() }),
    }
}
