//! From an input to its pages, through whatever containers are around them.

use std::io::{self, BufReader, Cursor, Read, Seek, SeekFrom};

use crate::{
    Capture, FieldNames, FileSink, Page, Skip, UnreadableReason,
    budget::Budget,
    container::{gzip, tar, zip},
    decode::{Hint, decode},
    export::{json, lines, table},
    found::Found,
    limits::{MAX_NESTED_ZIP_LEN, MAX_NESTING, MAX_PAGE_LEN},
    mhtml, pick,
    sniff::{EXTENSIONS, Format, SNIFFED_LEN, extension, format_of},
    warc, whole,
};

/// Reads one input with all that is in it.
pub(crate) struct Reader<'a> {
    pub(crate) names: &'a FieldNames,
    pub(crate) found: Found<'a>,
    pub(crate) budget: Budget,
    /// Who takes single files, when these are what is read for and not pages.
    pub(crate) files: Option<&'a mut dyn FileSink>,
}

/// Where a part of an input stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place<'a> {
    /// What it is known by, its containers included.
    pub(crate) path: &'a str,
    /// The name that tells its format.
    pub(crate) name: &'a str,
    /// Number of containers around it.
    pub(crate) depth: usize,
    /// Most bytes that it may have if it is a page.
    pub(crate) limit: usize,
}

/// Reads an input; whatever is wrong with it becomes an outcome.
pub(crate) fn read<'a, S: Read + Seek>(
    path: &str,
    source: &mut S,
    names: &'a FieldNames,
    mut found: Found<'a>,
    files: Option<&'a mut dyn FileSink>,
) {
    let place = Place { path, name: path, depth: 0, limit: MAX_PAGE_LEN };
    let mut sniff = || {
        let len = source.seek(SeekFrom::End(0))?;
        source.seek(SeekFrom::Start(0))?;
        Ok((len, beginning(source)?))
    };
    match sniff() {
        Err(error) => found.refuse(path, reason_of(&error)),
        Ok((len, start)) => {
            let budget = Budget::of_input(len);
            let mut reader = Reader { names, found, budget, files };
            if format_of(path, &start) == Format::Zip {
                // It is read from its end.
                zip::read(&mut reader, place, source);
            } else {
                reader.stream(place, &mut start.chain(source));
            }
        }
    }
}

impl Reader<'_> {
    /// Reads a part of the input that can only be read from start to end.
    pub(crate) fn stream(&mut self, place: Place<'_>, source: &mut dyn Read) {
        if let Err(error) = self.try_stream(place, source) {
            self.found.refuse(place.path, reason_of(&error));
        }
    }

    fn try_stream(&mut self, place: Place<'_>, source: &mut dyn Read) -> io::Result<()> {
        let start = beginning(source)?;
        let format = format_of(place.name, &start);
        let is_utf16 = matches!(start.as_slice(), [0xff, 0xfe, ..] | [0xfe, 0xff, ..]);
        let mut source = BufReader::new(start.chain(source));
        let is_container = matches!(
            format,
            Format::Gzip | Format::Zip | Format::Tar | Format::Warc | Format::Mhtml
        );
        if let Some(files) = self.files.as_deref_mut() {
            // A document may be a container by its format, and still be wanted as it is.
            if !is_container || (place.depth > 0 && files.wants(place.path)) {
                pick::offer(files, place, &mut source);
                return Ok(());
            }
        }
        match format {
            Format::Gzip | Format::Zip | Format::Tar if place.depth >= MAX_NESTING => {
                self.found.refuse(place.path, UnreadableReason::TooDeep);
            }
            Format::Text | Format::Lines if is_foreign(place) => {
                let kind = extension(place.name).unwrap_or_default();
                self.found.refuse(place.path, Skip::NoPage { kind });
            }
            Format::Gzip => gzip::read(self, place, &mut source),
            Format::Tar => tar::read(self, place, &mut source),
            Format::Warc => warc::read(self, place, &mut warc::Plain(&mut source)),
            Format::Zip => match bounded(&mut source, MAX_NESTED_ZIP_LEN)? {
                Some(bytes) => zip::read(self, place, Cursor::new(bytes)),
                None => self.too_long(place, MAX_NESTED_ZIP_LEN),
            },
            Format::Lines | Format::Json | Format::Table(_) if is_utf16 => {
                match bounded(&mut source, MAX_PAGE_LEN)? {
                    Some(bytes) => {
                        let text = decode(&bytes, Hint::Text).text;
                        self.export(place, format, &mut text.as_bytes())?;
                    }
                    None => self.too_long(place, MAX_PAGE_LEN),
                }
            }
            Format::Lines | Format::Json | Format::Table(_) => {
                self.export(place, format, &mut source)?;
            }
            Format::Mhtml => match bounded(&mut source, place.limit)? {
                Some(bytes) => match self.files.as_deref_mut() {
                    Some(files) => mhtml::offer_parts(place, &bytes, files),
                    None => {
                        self.found.page(mhtml::read(place.path, &bytes, self.names));
                    }
                },
                None => self.too_long(place, place.limit),
            },
            Format::Text | Format::Html | Format::Markdown => {
                match bounded(&mut source, place.limit)? {
                    Some(bytes) => {
                        let source = whole::Source {
                            path: place.path,
                            format,
                            charset: None,
                            capture: Capture::default(),
                        };
                        let page = whole::read(source, &bytes, self.names);
                        self.found.page(page);
                    }
                    None => self.too_long(place, place.limit),
                }
            }
        }
        Ok(())
    }

    fn export(
        &mut self,
        place: Place<'_>,
        format: Format,
        source: &mut dyn io::BufRead,
    ) -> io::Result<()> {
        let take = &mut |page: Page| self.found.page(page);
        match format {
            Format::Json => json::read(place.path, source, self.names, take),
            Format::Table(delimiter) => {
                table::read(place.path, source, delimiter, self.names, take)
            }
            _ => lines::read(place.path, source, self.names, take),
        }
    }

    fn too_long(&mut self, place: Place<'_>, limit: usize) {
        let reason = match limit {
            MAX_PAGE_LEN | MAX_NESTED_ZIP_LEN => UnreadableReason::TooLong { limit },
            _ => UnreadableReason::TooDense,
        };
        self.found.refuse(place.path, reason);
    }
}

/// Whether a part of a container has an extension that no page has.
fn is_foreign(place: Place<'_>) -> bool {
    place.depth > 0
        && extension(place.name)
            .is_some_and(|extension| !EXTENSIONS.contains(&extension.as_str()))
}

/// Length that few pages of text exceed, in bytes.
const USUAL_PAGE_LEN: usize = 16 << 10;

/// Reads the bytes by which the format is told, or all if there are fewer.
fn beginning(source: &mut (impl Read + ?Sized)) -> io::Result<Vec<u8>> {
    let mut start = vec![0; SNIFFED_LEN];
    let mut len = 0;
    while let Some(room) = start.get_mut(len..).filter(|room| !room.is_empty()) {
        match source.read(room) {
            Ok(0) => break,
            Ok(count) => len += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    start.truncate(len);
    Ok(start)
}

/// Reads all of `source`, or `None` when it is longer than `limit` bytes.
pub(crate) fn bounded(
    source: &mut dyn Read,
    limit: usize,
) -> io::Result<Option<Vec<u8>>> {
    // Most pages fit; a vector that grows from nothing is copied often.
    let mut bytes = Vec::with_capacity(USUAL_PAGE_LEN.min(limit));
    source.take(limit as u64 + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() <= limit).then_some(bytes))
}

/// Says what an error of reading means for the input.
pub(crate) fn reason_of(error: &io::Error) -> UnreadableReason {
    match error.kind() {
        io::ErrorKind::QuotaExceeded => UnreadableReason::TooDense,
        _ if error.raw_os_error().is_some() => {
            UnreadableReason::Io { problem: error.to_string() }
        }
        _ => UnreadableReason::Damaged { problem: error.to_string() },
    }
}
