//! The two kinds of places in an archive, and how they stand in an address.

/// A place: the home page, a list of results, or an article.
///
/// Written as `/`, `/?q=<query>`, `/article/<id>` or `/article/<id>?q=<query>`, with
/// `#` before it in an address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Route {
    /// The query; empty on the home page, and in an article that was not searched for.
    pub(crate) query: String,
    /// The identifier of the article that is open.
    pub(crate) article: Option<String>,
}

impl Route {
    /// Returns the list of results of `query`; the home page when it is blank.
    pub(crate) fn search(query: &str) -> Self {
        let query = if query.trim().is_empty() { "" } else { query };
        Self { query: query.to_owned(), article: None }
    }

    /// Returns the list from which this place was opened, or could have been.
    pub(crate) fn list(&self) -> Self {
        Self::search(&self.query)
    }

    /// Returns an article of this place's list.
    pub(crate) fn article(&self, id: &str) -> Self {
        Self { query: self.query.clone(), article: Some(id.to_owned()) }
    }

    /// Returns whether this is the home page.
    pub(crate) fn is_home(&self) -> bool {
        self.query.is_empty() && self.article.is_none()
    }

    /// Reads the part of an address after `#`. What is no place is the home page.
    pub(crate) fn parse(fragment: &str) -> Self {
        let (path, parameters) = fragment.split_once('?').unwrap_or((fragment, ""));
        let query = parameters
            .split('&')
            .find_map(|parameter| parameter.strip_prefix("q="))
            .map(|value| decode(&value.replace('+', " ")))
            .unwrap_or_default();
        let article =
            path.strip_prefix("/article/").filter(|id| !id.is_empty()).map(decode);
        Self { article, ..Self::search(&query) }
    }

    /// Returns the place as it stands after `#`.
    pub(crate) fn fragment(&self) -> String {
        let mut out = String::from("/");
        if let Some(id) = &self.article {
            out.push_str("article/");
            encode(id, &mut out);
        }
        if !self.query.is_empty() {
            out.push_str("?q=");
            encode(&self.query, &mut out);
        }
        out
    }
}

/// Appends `text` with everything but the unreserved characters of RFC 3986 encoded.
fn encode(text: &str, out: &mut String) {
    const DIGITS: [char; 16] =
        ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'];
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(DIGITS[usize::from(byte >> 4)]);
            out.push(DIGITS[usize::from(byte & 15)]);
        }
    }
}

/// Returns `text` with `%XX` decoded; what is no such triple stays as it is.
pub(crate) fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).and_then(|&byte| char::from(byte).to_digit(16));
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let code = digit(at + 1).zip(digit(at + 2)).filter(|_| byte == b'%');
        if let Some((high, low)) = code {
            out.push((high * 16 + low) as u8);
            at += 3;
        } else {
            out.push(byte);
            at += 1;
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::Route;

    fn article(id: &str, query: &str) -> Route {
        Route { query: query.to_owned(), article: Some(id.to_owned()) }
    }

    #[test]
    fn a_place_round_trips_through_its_address() {
        let ids = ["a-1", "dump/a b.txt#3", "100%?&=+", "网络/é", "..", "%41"];
        let queries = ["", "two words", "网络 空间", "a&b=c#d+e%20", "\"quoted phrase\""];
        for query in queries {
            let list = Route::search(query);
            assert_eq!(Route::parse(&list.fragment()), list);
            for id in ids {
                let place = list.article(id);
                assert_eq!(Route::parse(&place.fragment()), place);
                assert_eq!(place.list(), list);
            }
        }
    }

    #[test]
    fn an_address_is_ascii_and_reads_as_documented() {
        assert_eq!(Route::default().fragment(), "/");
        assert_eq!(Route::search("two words").fragment(), "/?q=two%20words");
        assert_eq!(article("a/b", "网").fragment(), "/article/a%2Fb?q=%E7%BD%91");
    }

    #[test]
    fn addresses_that_other_programs_wrote_are_understood() {
        assert_eq!(Route::parse("/?q=two+words"), Route::search("two words"));
        assert_eq!(Route::parse("/?x=1&q=网"), Route::search("网"));
        assert_eq!(Route::parse("/article/a/b"), article("a/b", ""));
        assert_eq!(Route::parse("/article/50%"), article("50%", ""));
        for home in ["", "/", "/?q=", "/?q=%20", "/article/", "elsewhere", "?"] {
            assert!(Route::parse(home).is_home(), "{home:?}");
        }
    }
}
