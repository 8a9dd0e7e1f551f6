//! The header of an HTTP answer, as a crawl keeps it.

/// Longest header, in bytes.
const MAX_HEADER_LEN: usize = 64 << 10;

/// An answer of a server without its body.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// Names in lower case, and values.
    fields: Vec<(String, String)>,
    /// Where the body begins.
    pub(crate) body_at: usize,
}

impl Answer {
    /// Reads the header at the start of `bytes`, or says what is wrong with it.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, String> {
        let start = bytes.get(..MAX_HEADER_LEN).unwrap_or(bytes);
        let mut position = 0;
        let mut lines = Vec::new();
        for line in start.split_inclusive(|&byte| byte == b'\n') {
            position += line.len();
            if line.trim_ascii().is_empty() && line.ends_with(b"\n") {
                return Self::of_lines(&lines, position);
            }
            lines.push(String::from_utf8_lossy(line).trim_end().to_owned());
        }
        if bytes.len() < MAX_HEADER_LEN && lines.len() > 1 {
            // Some crawlers leave the empty line out where there is no body.
            return Self::of_lines(&lines, bytes.len());
        }
        Err("the header of the answer does not end".to_owned())
    }

    fn of_lines(lines: &[String], body_at: usize) -> Result<Self, String> {
        let mut lines = lines.iter();
        let status = lines.next().and_then(|line| {
            let rest = line.strip_prefix("HTTP/")?;
            rest.split_ascii_whitespace().nth(1)?.parse().ok()
        });
        let Some(status) = status else {
            return Err("it does not begin with an HTTP status".to_owned());
        };
        let fields = lines
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| {
                (name.trim().to_ascii_lowercase(), value.trim().to_owned())
            })
            .collect();
        Ok(Self { status, fields, body_at })
    }

    /// The answer that a resource without one stands for.
    pub(crate) fn of_resource(media_type: Option<&str>) -> Self {
        let field =
            ("content-type".to_owned(), media_type.unwrap_or_default().to_owned());
        Self { status: 200, fields: vec![field], body_at: 0 }
    }

    /// Returns the value of the field `name`, which is given in lower case.
    pub(crate) fn get(&self, name: &str) -> &str {
        let field = self.fields.iter().find(|(field, _)| field == name);
        field.map_or("", |(_, value)| value.as_str())
    }

    /// Returns the media type in lower case, empty when none is given.
    pub(crate) fn media_type(&self) -> String {
        let value = self.get("content-type").split([';', ',']).next().unwrap_or_default();
        value.trim().to_ascii_lowercase()
    }

    /// Returns the label of the encoding that the server names.
    pub(crate) fn charset(&self) -> Option<String> {
        self.get("content-type").split(';').skip(1).find_map(|parameter| {
            let (name, value) = parameter.split_once('=')?;
            let is_charset = name.trim().eq_ignore_ascii_case("charset");
            is_charset.then(|| value.trim().trim_matches(['"', '\'']).to_owned())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Answer;

    #[test]
    fn status_type_and_charset_are_found() {
        let bytes = b"HTTP/1.1 200 OK\r\nContent-Type: Text/HTML; x=y; Charset=\"Big5\"\r\n\r\nbody";
        let answer = Answer::parse(bytes).unwrap();
        assert_eq!((answer.status, answer.media_type().as_str()), (200, "text/html"));
        assert_eq!(answer.charset().as_deref(), Some("Big5"));
        assert_eq!(&bytes[answer.body_at..], b"body");
        assert_eq!(Answer::parse(b"HTTP/2 301\nLocation: /\n\n").unwrap().status, 301);
    }

    #[test]
    fn what_is_no_answer_is_refused() {
        for bytes in
            [&b""[..], b"\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n", b"HTTP/1.1 x\r\n\r\n"]
        {
            assert!(Answer::parse(bytes).is_err(), "{bytes:?}");
        }
        let endless = b"HTTP/1.1 200 OK\r\nX: y\r\n".repeat(5000);
        assert!(Answer::parse(&endless).is_err());
    }
}
