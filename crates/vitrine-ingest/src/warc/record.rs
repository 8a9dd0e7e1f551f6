//! The records of a WARC file: headers, lengths, and what to do where they are wrong.

use std::io::{self, Read};

use crate::found::CaptureKey;

/// Longest header of a record, in bytes.
const MAX_HEADER_LEN: usize = 64 << 10;

/// Size of the buffer, in bytes.
const BUFFER_LEN: usize = 64 << 10;

/// A reader that knows where the members of a compressed crawl begin.
pub(crate) trait RecordSource: Read {
    /// Returns whether the last bytes that were read are the first of a member.
    fn began_member(&self) -> bool;
}

/// A crawl that is not compressed.
pub(crate) struct Plain<R>(pub(crate) R);

impl<R: Read> Read for Plain<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        self.0.read(buf)
    }
}

impl<R: Read> RecordSource for Plain<R> {
    fn began_member(&self) -> bool {
        false
    }
}

/// What comes next in a crawl.
pub(crate) enum Next {
    Record(Record),
    Damaged { problem: String },
    End,
}

/// The header of a record.
pub(crate) struct Record {
    /// Names in lower case, and values.
    fields: Vec<(String, String)>,
}

impl Record {
    /// Returns the first value of the field `name`, which is given in lower case.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let field = self.fields.iter().find(|(field, _)| field == name);
        field.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// Returns the type: `response`, `revisit`, ….
    pub(crate) fn kind(&self) -> &str {
        self.get("warc-type").unwrap_or("unknown")
    }

    /// Returns the address, without the angle brackets that some crawlers write.
    pub(crate) fn uri(&self) -> Option<&str> {
        self.get("warc-target-uri").map(bare).filter(|uri| !uri.is_empty())
    }

    /// Returns the time of the capture when it is written as the standard asks for.
    pub(crate) fn captured(&self) -> Option<String> {
        let date = self.get("warc-date")?;
        let (time, fraction) = date.strip_suffix('Z')?.split_at_checked(19)?;
        let is_time = time.bytes().zip(b"dddd-dd-ddTdd:dd:dd").all(|(byte, &form)| {
            if form == b'd' { byte.is_ascii_digit() } else { byte == form }
        });
        let is_fraction = fraction.is_empty()
            || fraction.strip_prefix('.').is_some_and(|digits| {
                (1..=9).contains(&digits.len())
                    && digits.bytes().all(|b| b.is_ascii_digit())
            });
        (is_time && is_fraction).then(|| date.to_owned())
    }

    /// The keys by which revisits refer to this record.
    pub(crate) fn own_keys(&self) -> Vec<CaptureKey> {
        keys(
            self.get("warc-record-id"),
            self.uri(),
            self.get("warc-date"),
            self.get("warc-payload-digest"),
        )
    }

    /// The address of the record that this revisit refers to.
    pub(crate) fn original_uri(&self) -> Option<&str> {
        self.get("warc-refers-to-target-uri").map(bare)
    }

    /// The keys of the record that this revisit refers to.
    pub(crate) fn originals(&self) -> Vec<CaptureKey> {
        keys(
            self.get("warc-refers-to"),
            self.original_uri(),
            self.get("warc-refers-to-date"),
            self.get("warc-payload-digest"),
        )
    }
}

fn keys(
    id: Option<&str>,
    uri: Option<&str>,
    date: Option<&str>,
    digest: Option<&str>,
) -> Vec<CaptureKey> {
    let id = id.map(|id| CaptureKey::new(&["id", bare(id)]));
    let capture = uri.zip(date).map(|(uri, date)| CaptureKey::new(&["at", uri, date]));
    let digest = digest.map(|digest| CaptureKey::new(&["digest", digest]));
    [id, capture, digest].into_iter().flatten().collect()
}

fn bare(value: &str) -> &str {
    value.trim().trim_start_matches('<').trim_end_matches('>')
}

/// The records of a crawl, one after another.
pub(crate) struct Records<'a> {
    source: &'a mut dyn RecordSource,
    buffer: Vec<u8>,
    position: usize,
    /// Whether nothing of a member has been taken yet.
    is_member_start: bool,
    /// Bytes of the record's body that have not been read.
    body_len: u64,
    /// Whether the source ended, or another record began, before the body did.
    is_cut_off: bool,
    /// Whether the bytes from here on are known to be no record.
    is_lost: bool,
}

impl<'a> Records<'a> {
    pub(crate) fn new(source: &'a mut dyn RecordSource) -> Self {
        Self {
            source,
            buffer: Vec::new(),
            position: 0,
            is_member_start: false,
            body_len: 0,
            is_cut_off: false,
            is_lost: false,
        }
    }

    /// Goes to the next record and reads its header.
    ///
    /// # Errors
    ///
    /// The error of the source; after one of kind [`io::ErrorKind::InvalidData`] there may
    /// be more records.
    pub(crate) fn next(&mut self) -> io::Result<Next> {
        self.body_len = 0;
        self.is_cut_off = false;
        loop {
            let mut line = Vec::new();
            if !self.read_line(&mut line)? {
                return Ok(Next::End);
            }
            if line.starts_with(b"WARC/") {
                self.is_lost = false;
                return self.read_header();
            }
            if !line.trim_ascii().is_empty() && !self.is_lost {
                self.is_lost = true;
                let problem = "there are bytes between two records".to_owned();
                return Ok(Next::Damaged { problem });
            }
        }
    }

    fn read_header(&mut self) -> io::Result<Next> {
        let mut fields: Vec<(String, String)> = Vec::new();
        let mut len = 0;
        loop {
            let mut line = Vec::new();
            let is_line = self.read_line(&mut line)?;
            len += line.len();
            let is_ended = line.ends_with(b"\n");
            let text = String::from_utf8_lossy(&line);
            let text = text.trim_end();
            if !is_line || (!is_ended && len <= MAX_HEADER_LEN) {
                let problem = "its header is cut off".to_owned();
                return Ok(self.lost(problem));
            }
            if len > MAX_HEADER_LEN {
                let problem = format!("its header is longer than {MAX_HEADER_LEN} bytes");
                return Ok(self.lost(problem));
            }
            if text.is_empty() {
                break;
            }
            match (text.split_once(':'), fields.last_mut()) {
                (_, Some((_, value))) if text.starts_with([' ', '\t']) => {
                    value.push(' ');
                    value.push_str(text.trim_start());
                }
                (Some((name, value)), _) => {
                    let name = name.trim().to_ascii_lowercase();
                    fields.push((name, value.trim().to_owned()));
                }
                (None, _) => {}
            }
        }
        let record = Record { fields };
        let len = record.get("content-length").unwrap_or_default();
        let Ok(body_len) = len.parse() else {
            let problem = format!("its Content-Length is no length: {len:?}");
            return Ok(self.lost(problem));
        };
        self.body_len = body_len;
        Ok(Next::Record(record))
    }

    /// From here on only the start of another record counts.
    fn lost(&mut self, problem: String) -> Next {
        self.is_lost = true;
        Next::Damaged { problem }
    }

    /// Returns whether some of the record's body has not been read.
    pub(crate) fn has_body(&self) -> bool {
        self.body_len > 0 && !self.is_cut_off
    }

    /// Returns how many bytes of the record's body there ought to be and are not.
    pub(crate) fn missing_len(&self) -> Option<u64> {
        Some(self.body_len).filter(|_| self.is_cut_off)
    }

    /// Reads at most `limit` bytes of what is left of the record's body.
    ///
    /// # Errors
    ///
    /// As [`Self::next`].
    pub(crate) fn read_body(&mut self, limit: usize) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        while bytes.len() < limit && self.has_body() {
            let wanted = self.body_len.min((limit - bytes.len()) as u64);
            let wanted = usize::try_from(wanted).unwrap_or(usize::MAX);
            let available = self.body_bytes()?;
            let available = available.get(..wanted).unwrap_or(available);
            let len = available.len();
            bytes.extend_from_slice(available);
            self.consume(len);
            self.body_len -= len as u64;
        }
        Ok(bytes)
    }

    /// Passes over what is left of the record's body.
    ///
    /// # Errors
    ///
    /// As [`Self::next`].
    pub(crate) fn skip_body(&mut self) -> io::Result<()> {
        while self.has_body() {
            let len = self.body_bytes()?.len() as u64;
            let len = len.min(self.body_len);
            self.consume(usize::try_from(len).unwrap_or(usize::MAX));
            self.body_len -= len;
        }
        Ok(())
    }

    /// Returns whether an empty line or nothing follows, as it does behind a record.
    ///
    /// # Errors
    ///
    /// As [`Self::next`].
    pub(crate) fn is_at_end(&mut self) -> io::Result<bool> {
        self.fill()?;
        let next = self.buffer.get(self.position);
        Ok(self.is_member_start || matches!(next, None | Some(b'\r' | b'\n')))
    }

    /// Looks for another record in the bytes of one whose length was too large; returns
    /// whether reading goes on there.
    pub(crate) fn search_again(&mut self, bytes: &[u8]) -> bool {
        const START: &[u8] = b"\r\n\r\nWARC/1.";
        let found = bytes.windows(START.len()).position(|window| window == START);
        if let Some(position) = found {
            let mut again = bytes.get(position + 4..).unwrap_or_default().to_vec();
            again.extend(self.buffer.drain(self.position..));
            self.buffer = again;
            self.position = 0;
            self.is_member_start = false;
        }
        found.is_some()
    }

    /// Returns bytes of the body; none when it is cut off.
    fn body_bytes(&mut self) -> io::Result<&[u8]> {
        self.fill()?;
        let available = self.buffer.get(self.position..).unwrap_or_default();
        // A length that is too large must not take in the records that follow.
        let is_next = self.is_member_start && available.starts_with(b"WARC/");
        if available.is_empty() || is_next {
            self.is_cut_off = true;
            return Ok(&[]);
        }
        Ok(self.buffer.get(self.position..).unwrap_or_default())
    }

    fn fill(&mut self) -> io::Result<()> {
        if self.position < self.buffer.len() {
            return Ok(());
        }
        self.position = 0;
        self.buffer.resize(BUFFER_LEN, 0);
        let read = loop {
            match self.source.read(&mut self.buffer) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                other => break other,
            }
        };
        self.buffer.truncate(*read.as_ref().unwrap_or(&0));
        self.is_member_start = self.source.began_member();
        read.map(|_| ())
    }

    fn consume(&mut self, len: usize) {
        self.position += len;
        self.is_member_start &= len == 0;
    }

    /// Appends the rest of the line to `line`, at most a little more than a header may
    /// have; returns whether there is one.
    fn read_line(&mut self, line: &mut Vec<u8>) -> io::Result<bool> {
        loop {
            self.fill()?;
            let available = self.buffer.get(self.position..).unwrap_or_default();
            if available.is_empty() {
                return Ok(!line.is_empty());
            }
            let end = available.iter().position(|&byte| byte == b'\n');
            let len = end.map_or(available.len(), |end| end + 1);
            line.extend(available.iter().take(len));
            self.consume(len);
            if end.is_some() || line.len() > MAX_HEADER_LEN {
                return Ok(true);
            }
        }
    }
}
