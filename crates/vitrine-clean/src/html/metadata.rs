//! Metadata of a page: what its head declares, completed by what it shows.

use vitrine_article::{Metadata, PartialDate, is_safe_link};

use super::{
    address,
    beside::Beside,
    dom::{Document, ROOT},
    linked::{LinkedData, Property},
    prune::Hidden,
    published, title,
};
use crate::{
    Warning, abstract_text, authors,
    date::{self, DayOrder},
    extracted::Extracted,
    label::{self, Labeled, Vocabulary},
    language,
    text_type::text_type,
    typography::{key, one_line},
};

/// What a page declares about itself.
#[derive(Debug, Default)]
pub(super) struct Head {
    /// Name or property and content of every `meta` element, in order.
    pub(super) metas: Vec<(String, String)>,
    pub(super) linked: LinkedData,
    pub(super) title: String,
    pub(super) canonical: Option<String>,
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
                    head.linked.read(&document.text_of(id));
                }
                _ => {}
            }
        }
        let is_absolute = |url: &String| is_safe_link(url) && url.contains("://");
        let canonical = head.canonical.take().filter(is_absolute);
        head.canonical = canonical
            .or_else(|| head.first(&["og:url", "twitter:url"]).filter(is_absolute));
        head.base = match (head.base.take(), &head.canonical) {
            (Some(base), Some(url)) if !base.contains("://") => {
                address::resolve(Some(url), &base)
            }
            (Some(base), _) => Some(base),
            (None, url) => url.clone(),
        };
        head
    }

    /// The address that links are relative to; one without a host where that of the page is
    /// not known.
    pub(super) fn base(&self) -> Option<&str> {
        self.base.as_deref()
    }

    /// The longest body that the page declares; empty when it declares none.
    pub(super) fn declared_body(&self) -> String {
        let bodies = self.linked.all(Property::Body);
        bodies.into_iter().max_by_key(String::len).unwrap_or_default()
    }

    pub(super) fn first(&self, names: &[&str]) -> Option<String> {
        let find = |name: &&str| {
            let is_found = |(known, content): &&(String, String)| {
                known == name && !content.is_empty()
            };
            self.metas.iter().find(is_found).map(|(_, content)| content.clone())
        };
        names.iter().find_map(find)
    }

    pub(super) fn all(&self, names: &[&str]) -> Vec<String> {
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

    /// Which of day and month the page writes first, by its language.
    pub(super) fn day_order(&self) -> DayOrder {
        match self.lang.as_deref() {
            Some("en-US") => DayOrder::MonthFirst,
            _ => DayOrder::DayFirst,
        }
    }

    /// The name of the site, as a key.
    fn site_name(&self) -> String {
        key(&self.first(&["og:site_name", "application-name"]).unwrap_or_default())
    }

    /// The account that is declared to have written the page.
    fn account(&self) -> Vec<String> {
        let is_account = |name: &String| {
            name.chars().count() <= 40
                && !name.contains([':', '/', '#', '{', '@'])
                && !matches!(
                    name.to_lowercase().as_str(),
                    "admin" | "administrator" | "root"
                )
        };
        let declared =
            self.linked.all(Property::Author).into_iter().chain(self.all(&["author"]));
        declared.filter(is_account).take(1).collect()
    }

    /// The metadata that the page declares.
    pub(super) fn metadata(&self, document: &Document) -> Metadata {
        let title = title::choose(self, document);
        Metadata {
            title,
            date: None,
            authors: self.declared_authors(),
            source: None,
            section: self.first(&["article:section"]),
            r#type: self.declared_type(),
            r#abstract: self.declared_abstract(),
            lang: self.lang.clone().unwrap_or_default(),
            url: self.canonical.clone(),
        }
    }

    /// The first type that says something: pages declare several, most of them that they
    /// are articles.
    fn declared_type(&self) -> Option<String> {
        let names = ["dc.type", "dcterms.type", "citation_article_type", "og:type"];
        self.declared(Property::Type, &names).find_map(|text| text_type(&text))
    }

    /// What is declared to be an abstract. A plain description says what search engines are
    /// to show: its beginning as a rule, or what the site is.
    fn declared_abstract(&self) -> Option<String> {
        let names = [
            "citation_abstract",
            "dcterms.abstract",
            "dc.description.abstract",
            "dc.abstract",
            "eprints.abstract",
        ];
        self.declared(Property::Abstract, &names)
            .find_map(|text| abstract_text::read(&text).ok().flatten())
    }

    /// What linked data has as `property`, then what the `meta` elements of these names have.
    fn declared(
        &self,
        property: Property,
        names: &[&str],
    ) -> impl Iterator<Item = String> {
        let metas = names.iter().flat_map(|name| self.all(&[name]));
        self.linked.all(property).into_iter().chain(metas)
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
        for list in [self.linked.all(Property::Author), metas] {
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
}

/// Completes the metadata with what the page shows.
///
/// Authors are declared persons, else the byline, else whoever is declared; `far` looks for a
/// date that stands elsewhere on the page.
pub(super) fn complete(
    out: &mut Extracted,
    head: &Head,
    labels: &[Labeled],
    marked: &[Labeled],
    beside: &Beside,
    vocabulary: &Vocabulary,
    far: impl FnOnce() -> Option<PartialDate>,
) {
    let Extracted { metadata, warnings, .. } = out;
    let site = head.site_name();
    let declared = std::mem::take(&mut metadata.authors);
    let (persons, others): (Vec<String>, Vec<String>) = declared
        .into_iter()
        .partition(|name| authors::is_person(name) && key(name) != site);
    metadata.authors = if persons.is_empty() { beside.authors.clone() } else { persons };
    metadata.date = published::vouched(head, beside, vocabulary.day_order);
    for labels in [labels, marked] {
        // Each place knows all authors or none: they are not added up.
        let known = std::mem::take(&mut metadata.authors);
        label::apply(labels, vocabulary, metadata, warnings);
        if !known.is_empty() {
            metadata.authors = known;
        }
    }
    let is_read_openly =
        warnings.iter().any(|warning| matches!(warning, Warning::AmbiguousDate { .. }));
    if metadata.authors.is_empty() {
        metadata.authors = others;
    }
    if metadata.authors.is_empty() {
        metadata.authors = head.account();
    }
    metadata.authors = authors::without_parts(&metadata.authors);
    if metadata.date.is_none() {
        metadata.date = published::shown(head, beside, vocabulary.day_order, far);
        // Both readings of an open date stand among those beside the title.
        let is_open = metadata.date.is_some_and(|date| {
            let both = [Some(date), date::swapped(date).filter(|other| *other != date)];
            both.iter().all(|date| date.is_some_and(|date| beside.dates.contains(&date)))
        });
        out.open_date = is_open.then_some(vocabulary.day_order);
    } else if is_read_openly {
        out.open_date = Some(vocabulary.day_order);
    }
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
            let shown = || {
                let text: String = document.spaced_text_of(id);
                text.chars().take(200).collect::<String>()
            };
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
            if authors::looks_like_names(&value) && value.split(' ').count() <= 12 {
                labels.push(Labeled { field: label::Field::Authors, value });
            }
        }
        pending.extend(document.children(id).iter().rev());
    }
    labels
}
