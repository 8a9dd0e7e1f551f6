//! Metadata of a page: what its head declares, completed by what it shows.

use serde_json::Value;
use vitrine_article::{Metadata, is_safe_link};

use super::{
    dom::{Document, ROOT},
    prune::Hidden,
};
use crate::{
    authors,
    date::{self, DayOrder},
    extracted::Extracted,
    label::{self, Labeled, Vocabulary},
    language,
    typography::{key, one_line},
};

/// What a page declares about itself.
#[derive(Debug, Default)]
pub(super) struct Head {
    /// Name or property and content of every `meta` element, in order.
    metas: Vec<(String, String)>,
    /// Fields of JSON-LD that describe an article: `headline`, `datePublished`, `author`.
    linked: Vec<(&'static str, String)>,
    title: String,
    canonical: Option<String>,
    base: Option<String>,
    lang: Option<String>,
}

impl Head {
    pub(super) fn read(document: &Document) -> Self {
        let mut head = Self::default();
        for id in document.descendants(ROOT) {
            let attribute = |name: &str| document.attribute(id, name);
            match document.name(id) {
                "html" => {
                    head.lang = attribute("lang")
                        .or(attribute("xml:lang"))
                        .and_then(language::normalized);
                }
                "meta" => {
                    let name = attribute("name")
                        .or(attribute("property"))
                        .or(attribute("itemprop"));
                    if let (Some(name), Some(content)) = (name, attribute("content")) {
                        head.metas
                            .push((name.trim().to_ascii_lowercase(), one_line(content)));
                    }
                }
                "title" if head.title.is_empty() => {
                    head.title = one_line(&document.text_of(id));
                }
                "base" => {
                    head.base =
                        head.base.or_else(|| attribute("href").map(str::to_owned));
                }
                "link" if attribute("rel") == Some("canonical") => {
                    head.canonical = attribute("href").map(|href| href.trim().to_owned());
                }
                "script" if attribute("type").is_some_and(|t| t.contains("ld+json")) => {
                    head.read_linked(&document.text_of(id));
                }
                _ => {}
            }
        }
        let is_absolute = |url: &String| is_safe_link(url) && url.contains("://");
        let canonical = head.canonical.take().filter(is_absolute);
        head.canonical = canonical
            .or_else(|| head.first(&["og:url", "twitter:url"]).filter(is_absolute));
        head
    }

    /// The address that links are relative to.
    pub(super) fn base(&self) -> Option<&str> {
        self.base
            .as_deref()
            .filter(|base| base.contains("://"))
            .or(self.canonical.as_deref())
    }

    fn first(&self, names: &[&str]) -> Option<String> {
        let find = |name: &&str| {
            let is_found = |(known, content): &&(String, String)| {
                known == name && !content.is_empty()
            };
            self.metas.iter().find(is_found).map(|(_, content)| content.clone())
        };
        names.iter().find_map(find)
    }

    fn all(&self, names: &[&str]) -> Vec<String> {
        let find = |name: &&str| -> Vec<String> {
            let is_found = |(known, content): &&(String, String)| {
                known == name && !content.is_empty()
            };
            self.metas
                .iter()
                .filter(is_found)
                .map(|(_, content)| content.clone())
                .collect()
        };
        names.iter().map(find).find(|found| !found.is_empty()).unwrap_or_default()
    }

    fn linked(&self, field: &str) -> Vec<String> {
        self.linked
            .iter()
            .filter(|(known, _)| *known == field)
            .map(|(_, text)| text.clone())
            .collect()
    }

    /// Reads the JSON-LD objects that describe an article.
    fn read_linked(&mut self, source: &str) {
        let Ok(value) = serde_json::from_str::<Value>(source.trim()) else { return };
        let mut pending = vec![&value];
        while let Some(value) = pending.pop() {
            match value {
                Value::Array(values) => pending.extend(values.iter().rev()),
                Value::Object(fields) => {
                    pending.extend(fields.get("@graph"));
                    let types = texts(fields.get("@type"));
                    let is_article = types.iter().any(|t| {
                        t.ends_with("Article")
                            || t.ends_with("Posting")
                            || t == "Report"
                            || t == "WebPage"
                    });
                    if !is_article {
                        continue;
                    }
                    for (field, key) in
                        [("headline", "headline"), ("date", "datePublished")]
                    {
                        self.linked.extend(
                            texts(fields.get(key)).into_iter().map(|text| (field, text)),
                        );
                    }
                    self.linked.extend(
                        texts(fields.get("author"))
                            .into_iter()
                            .map(|text| ("author", text)),
                    );
                }
                _ => {}
            }
        }
    }

    /// The metadata that the page declares.
    pub(super) fn metadata(&self, document: &Document, order: DayOrder) -> Metadata {
        let title = self.choose_title(document);
        let declared = self.linked("date").into_iter().chain(self.all(&[
            "article:published_time",
            "citation_publication_date",
            "citation_date",
            "dc.date.issued",
            "dcterms.issued",
            "dc.date",
            "dcterms.date",
            "dc.date.created",
            "datepublished",
            "publishdate",
            "pubdate",
            "publication_date",
            "parsely-pub-date",
            "sailthru.date",
            "article.published",
            "publish-date",
            "og:published_time",
            "date",
            "dcterms.created",
            "cxenseparse:recs:publishtime",
        ]));
        let date = declared.into_iter().find_map(|text| declared_date(&text, order));
        Metadata {
            title,
            date,
            authors: self.declared_authors(),
            source: None,
            section: self.first(&["article:section"]),
            lang: self.lang.clone().unwrap_or_default(),
            url: self.canonical.clone(),
        }
    }

    fn declared_authors(&self) -> Vec<String> {
        let mut names = Vec::new();
        let metas = self.all(&[
            "citation_author",
            "dc.creator",
            "dcterms.creator",
            "author",
            "article:author",
            "parsely-author",
            "byl",
            "sailthru.author",
        ]);
        for list in [self.linked("author"), metas] {
            for text in list {
                // `Doe, Jane` is one name where a name is declared alone.
                let is_reversed = text.split(',').count() == 2
                    && text.split(',').all(|part| part.trim().split(' ').count() == 1)
                    && text.is_ascii();
                let split = match text.split_once(',').filter(|_| is_reversed) {
                    Some((family, given)) => {
                        vec![format!("{} {}", given.trim(), family.trim())]
                    }
                    None => authors::split(&text),
                };
                for name in split {
                    if !name.contains("://")
                        && authors::looks_like_names(&name)
                        && !names.contains(&name)
                    {
                        names.push(name);
                    }
                }
            }
            if !names.is_empty() {
                break;
            }
        }
        names
    }

    /// The headline that the page shows, if the page's title has it; else what is
    /// declared, without the name of the site.
    fn choose_title(&self, document: &Document) -> String {
        let declared =
            self.first(&["og:title", "citation_title", "dc.title", "twitter:title"]);
        let haystacks = [key(&self.title), key(declared.as_deref().unwrap_or_default())];
        let mut headings: Vec<String> = Vec::new();
        for name in ["h1", "h2", "h3"] {
            headings.extend(
                document.elements(name).map(|id| one_line(&document.text_of(id))),
            );
        }
        let site = key(&self.first(&["og:site_name"]).unwrap_or_default());
        let shown = headings
            .iter()
            .filter(|heading| {
                let text = key(heading);
                let is_long = text.chars().count() >= 4 || text.len() >= 8;
                is_long
                    && text != site
                    && haystacks.iter().any(|haystack| haystack.contains(&text))
            })
            .max_by_key(|heading| heading.chars().count());
        if let Some(shown) = shown.filter(|shown| {
            // A name of a section is shown as a heading, too; the headline is most of it.
            key(shown).len() * 2
                >= haystacks
                    .iter()
                    .map(|h| without_site(h, &site).len())
                    .filter(|&len| len > 0)
                    .min()
                    .unwrap_or(0)
        }) {
            return shown.clone();
        }
        let only = document
            .elements("h1")
            .map(|id| one_line(&document.text_of(id)))
            .filter(|text| !text.is_empty())
            .collect::<Vec<_>>();
        let headline = self.linked("headline").into_iter().next();
        let best = declared.or(headline).map(|title| strip_site(&title, &site));
        match (best, only.as_slice()) {
            (Some(best), _) => best,
            (None, [only]) if key(only).len() >= 8 && key(only) != site => only.clone(),
            _ => strip_site(&self.title, &site),
        }
    }
}

/// Completes the metadata with labels and with what elements are made for.
pub(super) fn complete(
    out: &mut Extracted,
    head: &Head,
    labels: &[Labeled],
    marked: &[Labeled],
    vocabulary: &Vocabulary,
) {
    for labels in [labels, marked] {
        // Each place knows all authors or none: they are not added up.
        let declared = std::mem::take(&mut out.metadata.authors);
        label::apply(labels, vocabulary, &mut out.metadata, &mut out.warnings);
        if !declared.is_empty() {
            out.metadata.authors = declared;
        }
    }
    if out.metadata.date.is_none() {
        out.metadata.date = head.canonical.as_deref().and_then(date_of_address);
    }
}

/// The year, month and day that are folders of an address.
fn date_of_address(url: &str) -> Option<vitrine_article::PartialDate> {
    let parts: Vec<&str> = url.split('/').skip(3).collect();
    parts.windows(2).enumerate().find_map(|(at, pair)| {
        let [year, month] = pair else { return None };
        let number = |text: &str, len: usize| {
            let is_number = !text.is_empty()
                && text.len() <= len
                && text.bytes().all(|b| b.is_ascii_digit());
            is_number.then(|| text.parse::<u16>().ok()).flatten()
        };
        let year = number(year, 4).filter(|year| (1900..=2100).contains(year))?;
        let month = number(month, 2).filter(|month| (1..=12).contains(month))? as u8;
        let day = parts.get(at + 2).and_then(|day| number(day, 2)).unwrap_or(0) as u8;
        vitrine_article::PartialDate::new(year, month, day)
            .or_else(|| vitrine_article::PartialDate::new(year, month, 0))
    })
}

fn declared_date(text: &str, order: DayOrder) -> Option<vitrine_article::PartialDate> {
    date::parse(text, order).or_else(|| date::find(text, order)).map(|found| found.date)
}

/// The texts of a JSON-LD value: strings, names of objects, lists of both.
fn texts(value: Option<&Value>) -> Vec<String> {
    let mut out = Vec::new();
    let mut pending: Vec<&Value> = value.into_iter().collect();
    while let Some(value) = pending.pop() {
        match value {
            Value::String(text) => out.push(one_line(text)),
            Value::Array(values) => pending.extend(values.iter().rev()),
            Value::Object(fields) => pending.extend(fields.get("name")),
            _ => {}
        }
    }
    out.retain(|text| !text.is_empty());
    out
}

fn without_site<'a>(title: &'a str, site: &str) -> &'a str {
    if site.is_empty() {
        title
    } else {
        title.strip_suffix(site).or_else(|| title.strip_prefix(site)).unwrap_or(title)
    }
}

/// Takes the name of the site off a title: `Headline | Site`, `Site - Headline`.
fn strip_site(title: &str, site: &str) -> String {
    const MARKS: [&str; 10] =
        [" | ", " - ", " – ", " — ", " :: ", " » ", "_", "|", " · ", "－"];
    for mark in MARKS {
        if !title.contains(mark) {
            continue;
        }
        let parts: Vec<&str> = title.split(mark).collect();
        let (first, last) = (
            parts.first().copied().unwrap_or_default(),
            parts.last().copied().unwrap_or_default(),
        );
        if !site.is_empty() && key(last).contains(site)
            || (!site.is_empty() && site.contains(&key(last)))
        {
            return one_line(
                title
                    .strip_suffix(last)
                    .and_then(|rest| rest.strip_suffix(mark))
                    .unwrap_or(first),
            );
        }
        if !site.is_empty() && key(first).contains(site) {
            return one_line(
                title
                    .strip_prefix(first)
                    .and_then(|rest| rest.strip_prefix(mark))
                    .unwrap_or(last),
            );
        }
        // A hyphen inside a headline is common, a bar or an underscore is not.
        let len = |text: &str| key(text).len();
        if len(first) >= len(last) && len(first) >= 6 {
            return one_line(if parts.len() == 2 || mark.trim() != "-" {
                first
            } else {
                title
                    .strip_suffix(last)
                    .and_then(|rest| rest.strip_suffix(mark))
                    .unwrap_or(first)
            });
        }
        if parts.len() == 2 && len(last) > len(first) {
            return one_line(last);
        }
    }
    one_line(title)
}

/// Elements that are made for a date or for names, in document order.
pub(super) fn marked(document: &Document, hidden: &Hidden) -> Vec<Labeled> {
    let mut labels = Vec::new();
    let mut pending = vec![ROOT];
    while let Some(id) = pending.pop() {
        if hidden.is_hidden(id) {
            continue;
        }
        let attribute = |name: &str| document.attribute(id, name).unwrap_or_default();
        let item = attribute("itemprop");
        let value = |declared: &str| {
            let declared = attribute(declared);
            let shown = || document.text_of(id).chars().take(200).collect::<String>();
            if declared.is_empty() { one_line(&shown()) } else { one_line(declared) }
        };
        let class = attribute("class").to_ascii_lowercase();
        let is_byline = ["byline", "author"].iter().any(|hint| class.contains(hint));
        if document.name(id) == "time" || item == "datePublished" {
            let declared = if item == "datePublished" && document.name(id) != "time" {
                "content"
            } else {
                "datetime"
            };
            labels.push(Labeled { field: label::Field::Date, value: value(declared) });
        } else if item == "author" || attribute("rel") == "author" || is_byline {
            let value = value("content");
            if authors::looks_like_names(&value) {
                labels.push(Labeled { field: label::Field::Authors, value });
            }
        }
        pending.extend(document.children(id).iter().rev());
    }
    labels
}
