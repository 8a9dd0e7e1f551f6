//! A bookmark: the reference of an article, a note, and when it was set.
//!
//! Each has a name of its own in the browser's store, so that two tabs do not write over each
//! other's. What stands in the store anybody may have written there: it is read as text, field by
//! field, and whatever is missing or of another kind is empty.

use js_sys::{Array, Date, JSON, encode_uri_component};
use vitrine_article::is_safe_link;
use vitrine_dom::{field, object, recall, remember, remembered};
use wasm_bindgen::JsValue;

use crate::here::Here;

/// A marked article.
#[derive(Debug, Clone, Default)]
pub(crate) struct Bookmark {
    /// Identifier of the article.
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) authors: Vec<String>,
    /// What it appeared in.
    pub(crate) container: String,
    pub(crate) date: String,
    pub(crate) url: String,
    pub(crate) lang: String,
    pub(crate) note: String,
    /// When it was set, in ISO 8601.
    pub(crate) added: String,
}

impl Bookmark {
    /// Reads the fields of a reference and those of a bookmark.
    pub(crate) fn read(value: &JsValue) -> Self {
        let text = |name| field(value, name).as_string().unwrap_or_default();
        let authors = field(value, "authors");
        let authors =
            if authors.is_array() { Array::from(&authors) } else { Array::new() };
        Self {
            id: text("id"),
            title: text("title"),
            authors: authors.iter().filter_map(|name| name.as_string()).collect(),
            container: text("container"),
            date: text("date"),
            url: Some(text("url")).filter(|url| is_safe_link(url)).unwrap_or_default(),
            lang: text("lang"),
            note: text("note"),
            added: text("added"),
        }
    }

    /// Returns a new bookmark of an article.
    pub(crate) fn new(article: &JsValue) -> Self {
        Self { added: Date::new_0().to_iso_string().into(), ..Self::read(article) }
    }

    /// Returns this bookmark with what another of the same article has beyond it. No note is
    /// lost: one that says something else stands below this one's.
    pub(crate) fn merged(self, other: Self) -> Self {
        let note = if self.note.contains(other.note.trim()) {
            self.note
        } else if other.note.contains(self.note.trim()) {
            other.note
        } else {
            [&self.note, "\n\n", &other.note].concat()
        };
        let either = |one: String, other| if one.is_empty() { other } else { one };
        let is_known = !self.authors.is_empty();
        Self {
            id: either(self.id, other.id),
            title: either(self.title, other.title),
            authors: if is_known { self.authors } else { other.authors },
            container: either(self.container, other.container),
            date: either(self.date, other.date),
            url: either(self.url, other.url),
            lang: either(self.lang, other.lang),
            note,
            added: either(self.added, other.added),
        }
    }

    /// Returns the fields as an object.
    pub(crate) fn value(&self) -> JsValue {
        let authors: Array = self.authors.iter().map(JsValue::from).collect();
        object(&[
            ("id", self.id.as_str().into()),
            ("title", self.title.as_str().into()),
            ("authors", authors.into()),
            ("container", self.container.as_str().into()),
            ("date", self.date.as_str().into()),
            ("url", self.url.as_str().into()),
            ("lang", self.lang.as_str().into()),
            ("note", self.note.as_str().into()),
            ("added", self.added.as_str().into()),
        ])
    }

    /// Returns the place of the article.
    pub(crate) fn place(&self) -> String {
        let id: String = encode_uri_component(&self.id).into();
        ["/article/", &id].concat()
    }

    /// Remembers the bookmark. Returns whether the browser did.
    pub(crate) fn keep(&self, here: &Here) -> bool {
        let Ok(text) = JSON::stringify(&self.value()) else { return false };
        let (name, text) = (name(here, &self.id), String::from(text));
        remember(&name, &text);
        recall(&name).as_deref() == Some(&text)
    }
}

/// Returns the bookmark of an article, if it has one.
pub(crate) fn bookmark(here: &Here, id: &str) -> Option<Bookmark> {
    let value = JSON::parse(&recall(&name(here, id))?).ok()?;
    Some(Bookmark { id: id.to_owned(), ..Bookmark::read(&value) })
}

/// Returns all bookmarks, the newest first.
pub(crate) fn bookmarks(here: &Here) -> Vec<Bookmark> {
    let beginning = name(here, "");
    let names = remembered(&beginning);
    let ids = names.iter().filter_map(|name| name.strip_prefix(&beginning));
    let mut found: Vec<Bookmark> = ids.filter_map(|id| bookmark(here, id)).collect();
    found.sort_by(|one, other| other.added.cmp(&one.added));
    found
}

/// Forgets the bookmark of an article.
pub(crate) fn forget_bookmark(here: &Here, id: &str) {
    remember(&name(here, id), "");
}

/// Forgets all bookmarks, those too that cannot be read.
pub(crate) fn forget_bookmarks(here: &Here) {
    for name in remembered(&name(here, "")) {
        remember(&name, "");
    }
}

fn name(here: &Here, id: &str) -> String {
    [&here.name("mark"), "#", id].concat()
}

/// Returns bookmarks as JSON.
pub(crate) fn json(bookmarks: &[Bookmark]) -> String {
    let values: Array = bookmarks.iter().map(Bookmark::value).collect();
    JSON::stringify_with_replacer_and_space(&values, &JsValue::NULL, &2.into())
        .map(String::from)
        .unwrap_or_default()
}

/// Returns bookmarks as a list in Markdown, the notes below their articles.
pub(crate) fn markdown(bookmarks: &[Bookmark]) -> String {
    let mut out = String::new();
    for bookmark in bookmarks {
        let Bookmark { title, authors, container, date, url, note, .. } = bookmark;
        let title = escaped(title);
        out.push_str("- ");
        if url.is_empty() {
            out.push_str(&title);
        } else {
            out.extend(["[", &title, "](<", url, ">)"]);
        }
        let facts = [&authors.join(", "), container, date];
        for fact in facts.into_iter().filter(|fact| !fact.is_empty()) {
            out.extend([" · ", &escaped(fact)]);
        }
        out.push('\n');
        for line in note.lines() {
            out.extend(["\n  > ", &escaped(line)]);
        }
        out.push_str(if note.is_empty() { "" } else { "\n\n" });
    }
    out
}

/// Returns text in which no character marks anything up.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if "\\`*_[]<>#&|~".contains(c) {
            out.push('\\');
        }
        out.push(if c == '\n' { ' ' } else { c });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Bookmark, markdown};

    #[test]
    fn no_note_is_lost_when_bookmarks_are_merged() {
        let noted =
            |note: &str| Bookmark { note: note.to_owned(), ..Bookmark::default() };
        let check = |own: &str, other: &str, expected: &str| {
            assert_eq!(noted(own).merged(noted(other)).note, expected);
        };
        check("", "b", "b");
        check("a", "", "a");
        check("a", "b", "a\n\nb");
        check("a\n\nb", "b", "a\n\nb");
        check("a", "a\n\nb", "a\n\nb");
    }

    #[test]
    fn markdown_has_each_article_and_its_note() {
        let marked = Bookmark {
            title: "A *quiet* harbour".to_owned(),
            authors: vec!["Mara Quill".to_owned(), "李伟".to_owned()],
            url: "https://example.org/a".to_owned(),
            date: "2013-06".to_owned(),
            note: "First line.\n# Second.".to_owned(),
            ..Bookmark::default()
        };
        let bare = Bookmark { title: "[Bare]".to_owned(), ..Bookmark::default() };
        let expected = "- [A \\*quiet\\* harbour](<https://example.org/a>) · Mara Quill, 李伟 · \
                        2013-06\n\n  > First line.\n  > \\# Second.\n\n- \\[Bare\\]\n";
        assert_eq!(markdown(&[marked, bare]), expected);
    }
}
