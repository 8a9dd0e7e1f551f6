//! What the head of a page says about the article.

use serde_json::Value;
use vitrine_article::{Metadata, PartialDate, is_safe_link};

use super::dom::{Document, ROOT};
use crate::{
    authors,
    date::{self, DayOrder},
    typography::one_line,
};

/// Reads title, date, authors, source, language and address from meta elements, JSON-LD,
/// `<time>`, `<title>`, `<h1>` and the address itself, the more explicit first.
pub(super) fn read(document: &Document) -> Metadata {
    let metas = metas(document);
    let find = |names: &[&str]| {
        names.iter().find_map(|&name| {
            let found =
                metas.iter().find(|(key, value)| key == name && !value.is_empty());
            found.map(|(_, value)| value.clone())
        })
    };
    let linked = linked_data(document);
    let canonical = document
        .elements("link")
        .find(|&id| document.attribute(id, "rel") == Some("canonical"))
        .and_then(|id| document.attribute(id, "href").map(str::to_owned));
    let url = canonical.or_else(|| find(&["og:url", "dc.identifier"]));
    let url = url.filter(|url| is_safe_link(url));
    let date_text = find(&[
        "article:published_time",
        "citation_publication_date",
        "citation_date",
        "dc.date.issued",
        "dcterms.issued",
        "dc.date",
        "dcterms.date",
        "date",
        "pubdate",
        "publishdate",
        "datepublished",
    ]);
    let date = date_text
        .or_else(|| linked.date.clone())
        .and_then(|text| parse_date(&text))
        .or_else(|| time_element(document));
    let mut names: Vec<String> = metas
        .iter()
        .filter(|(key, _)| matches!(key.as_str(), "citation_author" | "dc.creator"))
        .flat_map(|(_, value)| authors::split(value))
        .collect();
    if names.is_empty() {
        names = linked.authors.iter().flat_map(|name| authors::split(name)).collect();
    }
    if names.is_empty() {
        let byline = find(&["author", "article:author", "byl", "parsely-author"]);
        let byline = byline.filter(|byline| authors::looks_like_names(byline));
        names = byline.map(|byline| authors::split(&byline)).unwrap_or_default();
    }
    let lang = document.elements("html").find_map(|id| document.attribute(id, "lang"));
    Metadata {
        title: title(
            document,
            find(&["citation_title", "dc.title", "og:title"]),
            &linked,
        ),
        date,
        authors: names,
        source: find(&["citation_journal_title", "dc.source"]),
        section: find(&["article:section"]),
        lang: lang.unwrap_or_default().to_owned(),
        url,
    }
}

/// Names and contents of the meta elements, names in lower case.
fn metas(document: &Document) -> Vec<(String, String)> {
    let read = |id| {
        let name = ["property", "name", "itemprop"]
            .iter()
            .find_map(|key| document.attribute(id, key))?;
        let content = document.attribute(id, "content")?;
        Some((name.trim().to_ascii_lowercase(), one_line(content)))
    };
    document.elements("meta").filter_map(read).collect()
}

fn parse_date(text: &str) -> Option<PartialDate> {
    let day = text.split(['T', ' ']).next().unwrap_or_default();
    let iso = day.parse::<PartialDate>().ok();
    iso.or_else(|| date::find(text, DayOrder::DayFirst).map(|found| found.date))
        .filter(|&date| date::is_plausible(date))
}

fn time_element(document: &Document) -> Option<PartialDate> {
    let times = document.elements("time");
    times
        .filter_map(|id| {
            let text = document.attribute(id, "datetime").map(str::to_owned);
            parse_date(&text.unwrap_or_else(|| one_line(&document.text_of(id))))
        })
        .next()
}

/// The heading that the title of the page repeats, or whatever names the article best.
fn title(document: &Document, stated: Option<String>, linked: &LinkedData) -> String {
    let page = document.elements("title").next();
    let page = page.map(|id| one_line(&document.text_of(id))).unwrap_or_default();
    let headings: Vec<String> = document
        .elements("h1")
        .chain(document.elements("h2"))
        .map(|id| one_line(&document.text_of(id)))
        .filter(|text| text.chars().count() >= 2)
        .collect();
    let stated = stated.or_else(|| linked.headline.clone()).unwrap_or_default();
    let said = [stated.as_str(), page.as_str()];
    let agrees = |heading: &&String| {
        said.iter().any(|said| said.contains(heading.as_str()) && !heading.is_empty())
    };
    if let Some(heading) = headings.iter().filter(agrees).max_by_key(|text| text.len()) {
        return heading.clone();
    }
    if !stated.is_empty() {
        return stated;
    }
    let firsts = document.elements("h1").map(|id| one_line(&document.text_of(id)));
    let firsts: Vec<String> = firsts.filter(|text| !text.is_empty()).collect();
    if let [only] = firsts.as_slice() {
        return only.clone();
    }
    without_site(&page)
}

/// Cuts the name of the site off the title of a page: its last part, or the first.
fn without_site(title: &str) -> String {
    for separator in [" | ", " - ", " – ", " — ", " :: ", " » ", "_", "｜", "|"] {
        if let Some((head, tail)) = title.rsplit_once(separator) {
            let is_head = head.chars().count() >= tail.chars().count();
            return if is_head { head } else { tail }.trim().to_owned();
        }
    }
    title.to_owned()
}

/// What JSON-LD says.
#[derive(Debug, Default)]
struct LinkedData {
    headline: Option<String>,
    date: Option<String>,
    authors: Vec<String>,
}

fn linked_data(document: &Document) -> LinkedData {
    let mut out = LinkedData::default();
    let is_linked = |&id: &usize| {
        document.attribute(id, "type").is_some_and(|kind| kind.contains("ld+json"))
    };
    let scripts = document.descendants(ROOT).into_iter().filter(is_linked);
    for script in scripts {
        let Ok(value) = serde_json::from_str::<Value>(&document.text_of(script)) else {
            continue;
        };
        let mut pending = vec![value];
        while let Some(value) = pending.pop() {
            match value {
                Value::Array(items) => pending.extend(items),
                Value::Object(mut fields) => {
                    pending.extend(fields.remove("@graph"));
                    let text = |value: &Value| value.as_str().map(one_line);
                    let date = fields.get("datePublished").and_then(text);
                    if date.is_none() && !fields.contains_key("headline") {
                        continue;
                    }
                    out.headline = out.headline.or(fields.get("headline").and_then(text));
                    out.date = out.date.or(date);
                    if out.authors.is_empty() {
                        out.authors = fields.get("author").map(names).unwrap_or_default();
                    }
                }
                _ => {}
            }
        }
    }
    out
}

/// Names in the `author` of JSON-LD: a text, a person, or a list of them.
fn names(author: &Value) -> Vec<String> {
    let items = match author {
        Value::Array(items) => items.as_slice(),
        other => std::slice::from_ref(other),
    };
    let name = |item: &Value| match item {
        Value::String(name) => Some(one_line(name)),
        other => other.get("name").and_then(Value::as_str).map(one_line),
    };
    items.iter().filter_map(name).collect()
}
