//! CSV and TSV: the first row names the columns, each other row is a record.

use std::io::{self, BufRead, Read};

use csv::{ByteRecord, ReaderBuilder};
use serde_json::{Map, Value};

use crate::{
    FieldNames, Page, RawContent, RecordWarning, Unreadable, UnreadableReason,
    decode::{Hint, decode},
    digest::sha256_hex,
    export::{fields::record_of, record_page},
    limits::MAX_PAGE_LEN,
};

/// Reads the rows of a table.
///
/// # Errors
///
/// The error of `source`, once the rows before it have been taken.
pub(crate) fn read(
    path: &str,
    mut source: impl BufRead,
    delimiter: Option<u8>,
    names: &FieldNames,
    take: &mut dyn FnMut(Page),
) -> io::Result<()> {
    let delimiter = match delimiter {
        Some(delimiter) => delimiter,
        None => delimiter_of(source.fill_buf()?),
    };
    let copied = Copied { inner: source, bytes: Vec::new(), offset: 0 };
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(copied);
    let mut row = ByteRecord::new();
    let mut columns: Vec<String> = Vec::new();
    let mut count = 0_usize;
    loop {
        let is_row = match reader.read_byte_record(&mut row) {
            Ok(is_row) => is_row,
            Err(error) => {
                let line = reader.position().line();
                let problem = error.to_string();
                let reason = match error.into_kind() {
                    csv::ErrorKind::Io(error)
                        if error.kind() == io::ErrorKind::FileTooLarge =>
                    {
                        UnreadableReason::TooLong { limit: MAX_PAGE_LEN }
                    }
                    csv::ErrorKind::Io(error) => return Err(error),
                    _ => UnreadableReason::InvalidTable { problem },
                };
                let path = format!("{path}#{line}");
                take(Err(Unreadable { path, sha256: String::new(), reason }));
                return Ok(());
            }
        };
        if !is_row {
            break;
        }
        let (start, line) = row.position().map_or((0, 0), |at| (at.byte(), at.line()));
        let end = reader.position().byte();
        let bytes = reader.get_mut().take_bytes(start, end);
        let bytes = bytes.trim_ascii();
        if columns.is_empty() {
            columns = cells(&row);
            continue;
        }
        if row.iter().all(|cell| cell.trim_ascii().is_empty()) {
            continue;
        }
        count += 1;
        let cells = cells(&row);
        take(record_page(format!("{path}#{line}"), bytes, |_| {
            let got = cells.len();
            let mut fields = Map::new();
            for (column, cell) in columns.iter().zip(cells) {
                fields.entry(column.clone()).or_insert(Value::String(cell));
            }
            let mut record = record_of(fields, names)?;
            let expected = columns.len();
            if got > expected {
                record.warnings.push(RecordWarning::Columns { expected, got });
            }
            Ok(RawContent::Record(Box::new(record)))
        }));
    }
    if count == 0 {
        let reason = UnreadableReason::Empty;
        take(Err(Unreadable { path: path.to_owned(), sha256: sha256_hex(&[]), reason }));
    }
    Ok(())
}

/// Stands between the cells of a row while they are decoded.
const SEPARATOR: u8 = 0x1f;

/// The cells of a row, decoded together: one cell alone is little evidence.
fn cells(row: &ByteRecord) -> Vec<String> {
    if let Ok(cells) = row.iter().map(std::str::from_utf8).collect::<Result<Vec<_>, _>>()
    {
        return cells.into_iter().map(str::to_owned).collect();
    }
    let mut joined = Vec::new();
    for (position, cell) in row.iter().enumerate() {
        if position > 0 {
            joined.push(SEPARATOR);
        }
        joined.extend(cell.iter().filter(|&&byte| byte != SEPARATOR));
    }
    let text = decode(&joined, Hint::Text).text;
    text.split(char::from(SEPARATOR)).map(str::to_owned).collect()
}

/// The delimiter that parts most cells of the first line.
fn delimiter_of(start: &[u8]) -> u8 {
    let line = start.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let count = |delimiter: u8| {
        let mut is_quoted = false;
        line.iter()
            .filter(|&&byte| {
                is_quoted ^= byte == b'"';
                byte == delimiter && !is_quoted
            })
            .count()
    };
    // Of equals the last one counts, hence the comma stands last.
    [b'|', b'\t', b';', b','].into_iter().max_by_key(|&byte| count(byte)).unwrap_or(b',')
}

/// A reader that keeps what was read since the last row, for the row's digest.
struct Copied<R> {
    inner: R,
    bytes: Vec<u8>,
    /// Position of `bytes` in the source.
    offset: u64,
}

impl<R: Read> Read for Copied<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        // A quotation mark that is never closed makes one row of all that follows.
        if self.bytes.len() > MAX_PAGE_LEN {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let len = self.inner.read(buf)?;
        self.bytes.extend(buf.iter().take(len));
        Ok(len)
    }
}

impl<R> Copied<R> {
    /// Returns the bytes from `start` to `end` and forgets those before `end`.
    fn take_bytes(&mut self, start: u64, end: u64) -> Vec<u8> {
        let place = |at: u64| {
            usize::try_from(at.saturating_sub(self.offset)).unwrap_or(usize::MAX)
        };
        let (start, end) = (place(start), place(end).min(self.bytes.len()));
        let row = self.bytes.get(start..end).unwrap_or_default().to_vec();
        self.bytes.drain(..end);
        self.offset += end as u64;
        row
    }
}
