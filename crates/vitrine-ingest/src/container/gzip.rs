//! Gzip: one file, or one member for each record of a crawl.

use std::io::{self, BufRead, Read};

use flate2::bufread::GzDecoder;

use crate::{
    budget::Budget,
    limits::MAX_PAGE_LEN,
    reader::{Place, Reader},
    sniff::extension,
    warc,
};

/// How a member begins: magic number, and Deflate, the only method that there is.
const MAGIC: &[u8; 3] = b"\x1f\x8b\x08";

/// Reads what is in a gzip file.
pub(crate) fn read(reader: &mut Reader<'_>, place: Place<'_>, source: &mut dyn BufRead) {
    let lower = place.name.to_ascii_lowercase();
    let stem_len = lower.strip_suffix(".gz").or_else(|| lower.strip_suffix(".tgz"));
    let stem = place.name.get(..stem_len.map_or(lower.len(), str::len));
    let stem = stem.unwrap_or(place.name);
    let mut members = Members::new(source, reader.budget.clone());
    let inner = Place {
        path: place.path,
        name: stem,
        depth: place.depth + 1,
        limit: MAX_PAGE_LEN,
    };
    if extension(stem).as_deref() == Some("warc") {
        warc::read(reader, inner, &mut members);
    } else {
        reader.stream(inner, &mut members);
    }
}

/// The unpacked bytes of all members, one after another.
///
/// A damaged member is an error of kind [`io::ErrorKind::InvalidData`]; reading goes on
/// with the next member that can be found behind it.
pub(crate) struct Members<R> {
    state: State<R>,
    budget: Budget,
    began: bool,
}

enum State<R> {
    Between(Prefixed<R>),
    Inside(Box<GzDecoder<Prefixed<R>>>),
    Ended,
}

impl<R: BufRead> Members<R> {
    pub(crate) fn new(source: R, budget: Budget) -> Self {
        let source = Prefixed { prefix: b"", inner: source };
        Self { state: State::Between(source), budget, began: false }
    }
}

impl<R: BufRead> warc::RecordSource for Members<R> {
    fn began_member(&self) -> bool {
        self.began
    }
}

impl<R: BufRead> Read for Members<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        if buf.is_empty() {
            return Ok(0);
        }
        self.began = false;
        loop {
            match std::mem::replace(&mut self.state, State::Ended) {
                State::Ended => return Ok(0),
                State::Between(mut source) => {
                    if !source.skip_to_member()? {
                        return Ok(0);
                    }
                    self.began = true;
                    self.state = State::Inside(Box::new(GzDecoder::new(source)));
                }
                State::Inside(mut decoder) => match decoder.read(buf) {
                    Ok(0) => self.state = State::Between(decoder.into_inner()),
                    Ok(len) => {
                        self.state = State::Inside(decoder);
                        self.budget.spend(len)?;
                        return Ok(len);
                    }
                    Err(error) if error.raw_os_error().is_some() => return Err(error),
                    Err(error) if error.kind() == io::ErrorKind::QuotaExceeded => {
                        return Err(error);
                    }
                    Err(error) => {
                        self.state = State::Between(decoder.into_inner());
                        let problem = format!("gzip: {error}");
                        return Err(io::Error::new(io::ErrorKind::InvalidData, problem));
                    }
                },
            }
        }
    }
}

/// A reader with a few bytes put back before it.
struct Prefixed<R> {
    prefix: &'static [u8],
    inner: R,
}

impl<R: BufRead> Prefixed<R> {
    /// Goes to the next place where a member may begin.
    fn skip_to_member(&mut self) -> io::Result<bool> {
        let mut matched = 0_usize;
        loop {
            let Some(&byte) = self.fill_buf()?.first() else { return Ok(false) };
            self.consume(1);
            matched = match MAGIC.get(matched) {
                Some(&wanted) if wanted == byte => matched + 1,
                _ => usize::from(byte == MAGIC[0]),
            };
            if matched == MAGIC.len() {
                self.prefix = MAGIC;
                return Ok(true);
            }
        }
    }
}

impl<R: BufRead> Read for Prefixed<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let mut available = self.fill_buf()?;
        let len = available.read(buf)?;
        self.consume(len);
        Ok(len)
    }
}

impl<R: BufRead> BufRead for Prefixed<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.prefix.is_empty() { self.inner.fill_buf() } else { Ok(self.prefix) }
    }

    fn consume(&mut self, len: usize) {
        match self.prefix.get(len..) {
            Some(rest) if !self.prefix.is_empty() => self.prefix = rest,
            _ => self.inner.consume(len),
        }
    }
}
