//! The places in an archive, and how they stand in an address.

use vitrine_reader::Sort;

use crate::filters::{Field, Filters, order_name, order_of};

/// A place: the home page, a list of articles, or an article.
///
/// Written as `/` or `/article/<id>`, with `#` before it in an address, and the list that it
/// is or belongs to as `?q=<query>`, `year=`, `author=`, `section=`, `type=`, `lang=`, `source=`, and
/// `sort=newest`, `oldest` or `title`, each where it is not empty; a place in an article as
/// `block=<number>`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Route {
    /// The query; empty on the home page and in lists of all articles.
    pub(crate) query: String,
    /// What narrows the list.
    pub(crate) filters: Filters,
    /// The order of the list.
    pub(crate) sort: Sort,
    /// The identifier of the article that is open.
    pub(crate) article: Option<String>,
    /// The block of the article at which reading begins, counted from 0; its beginning if none.
    pub(crate) block: Option<u32>,
}

impl Route {
    /// Returns the list of all articles, newest first.
    pub(crate) fn everything() -> Self {
        Self { sort: Sort::Newest, ..Self::default() }
    }

    /// Returns this list for another query; without one and not narrowed it is the home page.
    pub(crate) fn searching(&self, query: &str) -> Self {
        let query = if query.trim().is_empty() { "" } else { query };
        // Newest first, which a list of all articles is in, was not asked for its results.
        let sort = if self.query.is_empty() { Sort::Relevance } else { self.sort };
        Self { query: query.to_owned(), sort, ..self.list() }
    }

    /// Returns this list with another value of a field; with an empty one it is not narrowed
    /// by it, and without any it is one of all articles.
    pub(crate) fn narrowed(&self, field: Field, value: &str) -> Self {
        let mut list = self.list();
        list.filters.set(field, value);
        if list.is_home() { Self::everything() } else { list }
    }

    /// Returns this list, not narrowed.
    pub(crate) fn not_narrowed(&self) -> Self {
        let list = Self { filters: Filters::default(), ..self.list() };
        if list.is_home() { Self::everything() } else { list }
    }

    /// Returns this list in another order.
    pub(crate) fn sorted(&self, sort: Sort) -> Self {
        Self { sort, ..self.list() }
    }

    /// Returns the list from which this place was opened, or could have been.
    pub(crate) fn list(&self) -> Self {
        Self { article: None, block: None, ..self.clone() }
    }

    /// Returns an article of this place's list.
    pub(crate) fn article(&self, id: &str) -> Self {
        Self { article: Some(id.to_owned()), block: None, ..self.clone() }
    }

    /// Returns whether this is the home page.
    pub(crate) fn is_home(&self) -> bool {
        *self == Self::default()
    }

    /// Reads the part of an address after `#`. What is no place is the home page.
    pub(crate) fn parse(fragment: &str) -> Self {
        let (path, parameters) = fragment.split_once('?').unwrap_or((fragment, ""));
        let mut route = Self::default();
        for parameter in parameters.split('&') {
            let Some((name, value)) = parameter.split_once('=') else { continue };
            let value = decode(&value.replace('+', " "));
            match (name, Field::of_name(name)) {
                ("q", _) if route.query.is_empty() && !value.trim().is_empty() => {
                    route.query = value;
                }
                ("sort", _) => route.sort = order_of(&value),
                ("block", _) => route.block = value.parse().ok(),
                (_, Some(field)) => route.filters.set(field, value.trim()),
                _ => {}
            }
        }
        route.article =
            path.strip_prefix("/article/").filter(|id| !id.is_empty()).map(decode);
        route
    }

    /// Returns the place as it stands after `#`.
    pub(crate) fn fragment(&self) -> String {
        let mut out = String::from("/");
        if let Some(id) = &self.article {
            out.push_str("article/");
            encode(id, &mut out);
        }
        let mut separator = '?';
        let mut add = |name: &str, value: &str| {
            if !value.is_empty() {
                out.push(std::mem::replace(&mut separator, '&'));
                out.push_str(name);
                out.push('=');
                encode(value, &mut out);
            }
        };
        add("q", &self.query);
        for (field, value) in self.filters.iter() {
            add(field.name(), value);
        }
        add("sort", order_name(self.sort));
        add("block", &self.block.map(|block| block.to_string()).unwrap_or_default());
        out
    }
}
/// Appends `text` with everything but the unreserved characters of RFC 3986 encoded.
pub(crate) fn encode(text: &str, out: &mut String) {
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
    use vitrine_reader::Sort;

    use super::Route;
    use crate::filters::Field;

    fn search(query: &str) -> Route {
        Route::default().searching(query)
    }

    fn article(id: &str, query: &str) -> Route {
        search(query).article(id)
    }

    #[test]
    fn a_place_round_trips_through_its_address() {
        let ids = ["a-1", "dump/a b.txt#3", "100%?&=+", "网络/é", "..", "%41"];
        let queries = ["", "two words", "网络 空间", "a&b=c#d+e%20", "\"quoted phrase\""];
        for query in queries {
            let list = search(query);
            assert_eq!(Route::parse(&list.fragment()), list);
            for id in ids {
                let place = list.article(id);
                assert_eq!(Route::parse(&place.fragment()), place);
                let block = Route { block: Some(12), ..place };
                assert_eq!(Route::parse(&block.fragment()), block);
                let place = block;
                assert_eq!(place.list(), list);
            }
        }
    }

    #[test]
    fn what_narrows_a_list_and_its_order_stand_in_the_address() {
        let list = search("sea").narrowed(Field::Author, "Li Wei & Co.");
        let list = list.narrowed(Field::Year, "2010..2015").sorted(Sort::Oldest);
        let address = "/?q=sea&year=2010..2015&author=Li%20Wei%20%26%20Co.&sort=oldest";
        assert_eq!(list.fragment(), address);
        for place in [list.clone(), list.article("a"), Route::everything()] {
            assert_eq!(Route::parse(&place.fragment()), place);
        }
        assert_eq!(
            list.searching("cable").narrowed(Field::Year, "").fragment(),
            "/?q=cable&author=Li%20Wei%20%26%20Co.&sort=oldest"
        );
    }

    #[test]
    fn what_is_left_when_nothing_narrows_is_all_articles() {
        let list = Route::default().narrowed(Field::Year, "2013");
        assert!(!list.is_home());
        assert_eq!(list.narrowed(Field::Year, ""), Route::everything());
        assert_eq!(list.not_narrowed(), Route::everything());
        assert_eq!(search("sea").not_narrowed(), search("sea"));
    }

    #[test]
    fn an_address_is_ascii_and_reads_as_documented() {
        assert_eq!(Route::default().fragment(), "/");
        assert_eq!(search("two words").fragment(), "/?q=two%20words");
        assert_eq!(article("a/b", "网").fragment(), "/article/a%2Fb?q=%E7%BD%91");
    }

    #[test]
    fn addresses_that_other_programs_wrote_are_understood() {
        assert_eq!(Route::parse("/?q=two+words"), search("two words"));
        assert_eq!(Route::parse("/?x=1&q=网"), search("网"));
        assert_eq!(Route::parse("/article/a/b"), article("a/b", ""));
        assert_eq!(Route::parse("/article/50%"), article("50%", ""));
        for home in ["", "/", "/?q=", "/?q=%20", "/article/", "elsewhere", "?"] {
            assert!(Route::parse(home).is_home(), "{home:?}");
        }
    }
}
