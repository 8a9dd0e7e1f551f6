//! Lists of articles: by year, section, author and language, in pages of a bounded length.

use std::collections::BTreeMap;

use maud::{Markup, html};
use vitrine_article::{Article, PartialDate};
use vitrine_words::direction;

use crate::{
    FOLDER, Site,
    address::{article_path, encoded, slug, unique, up},
    frame::Frame,
    metadata::language,
    words::Words,
};

/// The page that leads to all others where the viewer is beside them, below the folder of the
/// archive.
pub const START: &str = "pages/index.html";

/// Most articles on a page.
const ARTICLES: usize = 100;
/// Most names on a page.
const NAMES: usize = 500;
/// Most articles and names of a kind on the page to begin with.
const SOME: usize = 30;

/// What lists show of an article.
#[derive(Debug)]
struct Entry {
    id: Box<str>,
    title: Box<str>,
    lang: Box<str>,
    date: Option<PartialDate>,
}

/// Articles by a name, as positions among all entries.
type Groups<K> = BTreeMap<K, Vec<u32>>;

/// What lists show of all articles.
#[derive(Debug, Default)]
pub(crate) struct Lists {
    entries: Vec<Entry>,
    years: Groups<Option<u16>>,
    sections: Groups<String>,
    authors: Groups<String>,
    languages: Groups<String>,
}

/// One list, on one page or several.
struct List<'a> {
    /// Where its first page is, without `.html`.
    stem: String,
    title: String,
    /// Whether the title is a name out of the articles.
    is_name: bool,
    /// The same list in the viewer.
    viewer: String,
    members: &'a [u32],
}

/// Takes the path and the bytes of a file.
pub type Sink<'s, E> = &'s mut dyn FnMut(&str, &[u8]) -> Result<(), E>;

impl Lists {
    /// Adds an article.
    pub(crate) fn add(&mut self, article: &Article) {
        let position = self.entries.len() as u32;
        let metadata = &article.metadata;
        self.entries.push(Entry {
            id: article.id.as_str().into(),
            title: metadata.title.as_str().into(),
            lang: metadata.lang.as_str().into(),
            date: metadata.date,
        });
        let year = metadata.date.map(PartialDate::year);
        self.years.entry(year).or_default().push(position);
        if let Some(section) = &metadata.section {
            self.sections.entry(section.clone()).or_default().push(position);
        }
        for author in &metadata.authors {
            let articles = self.authors.entry(author.clone()).or_default();
            // A byline may name somebody twice.
            if articles.last() != Some(&position) {
                articles.push(position);
            }
        }
        self.languages.entry(metadata.lang.clone()).or_default().push(position);
    }

    /// Writes all lists and the page to begin with.
    pub(crate) fn finish<E>(&self, site: &Site, sink: Sink<'_, E>) -> Result<(), E> {
        let words = Words::of(&site.lang);
        for (year, members) in &self.years {
            let list = List {
                stem: year_stem(*year),
                title: year_name(*year, &words),
                is_name: false,
                viewer: year
                    .map_or_else(everything, |year| narrowed("year", &year.to_string())),
                members,
            };
            self.write(site, &words, &list, sink)?;
        }
        for (field, folder, groups) in [
            ("section", "sections", &self.sections),
            ("author", "authors", &self.authors),
            ("lang", "languages", &self.languages),
        ] {
            for (name, members) in groups {
                let list = List {
                    stem: name_stem(folder, name),
                    title: name.clone(),
                    is_name: true,
                    viewer: narrowed(field, name),
                    members,
                };
                self.write(site, &words, &list, sink)?;
            }
        }
        for (folder, title, groups) in [
            ("sections", words.strings.sections(), &self.sections),
            ("authors", words.strings.authors(), &self.authors),
        ] {
            // Of fewer the first page names each, and nothing leads to a list of them.
            if groups.len() > SOME {
                write_names(site, &words, folder, title, groups, sink)?;
            }
        }
        sink(site.start(), &self.start(site, &words))
    }

    /// Writes the pages of a list.
    fn write<E>(
        &self,
        site: &Site,
        words: &Words,
        list: &List<'_>,
        sink: Sink<'_, E>,
    ) -> Result<(), E> {
        let pages = list.members.chunks(ARTICLES);
        let count = pages.len();
        for (number, members) in pages.enumerate() {
            let path = page_path(&list.stem, number);
            let dir = if list.is_name { "auto" } else { direction(words.tag) };
            let content = html! {
                h1 dir=(dir) { (list.title) }
                p.facts { (Words::count(words.strings.articles(), list.members.len())) }
                ul.articles {
                    @for &position in members { (self.item(position, words, &up(&path))) }
                }
                (turning(&list.stem, number, count, words, &up(&path)))
            };
            let frame = Frame {
                site,
                words,
                path: &path,
                lang: words.tag,
                title: &list.title,
                head: html! {},
                viewer: &list.viewer,
            };
            sink(&path, &frame.around(&content))?;
        }
        Ok(())
    }

    fn item(&self, position: u32, words: &Words, up: &str) -> Markup {
        let Some(entry) = self.entries.get(position as usize) else { return html! {} };
        let (lang, dir) = language(&entry.lang);
        html! {
            li {
                a href={ (up) (article_path(&entry.id)) } lang=[lang] dir=(dir) {
                    @if entry.title.is_empty() {
                        (words.strings.untitled())
                    } @else {
                        (entry.title)
                    }
                }
                @if let Some(date) = entry.date { " " time datetime=(date) { (date) } }
            }
        }
    }

    /// Returns the page to begin with.
    fn start(&self, site: &Site, words: &Words) -> Vec<u8> {
        let (strings, path) = (&words.strings, site.start());
        let up = up(path);
        let newest = 0..self.entries.len().min(SOME) as u32;
        let link = |path: &str, name: &str, members: &[u32]| {
            html! { li { a href={ (up) (path) } { bdi { (name) } } " " small { (members.len()) } } }
        };
        let names = |folder: &str, title: &str, groups: &Groups<String>| {
            html! {
                @if !groups.is_empty() {
                    section {
                        h2 { (title) }
                        ul.names {
                            @for (name, members) in most_frequent(groups) {
                                (link(&page_path(&name_stem(folder, name), 0), name, members))
                            }
                        }
                        @if groups.len() > SOME {
                            p {
                                a href={ (up) (FOLDER) "/" (folder) "/index.html" } {
                                    (Words::count(strings.names(), groups.len()))
                                }
                            }
                        }
                    }
                }
            }
        };
        let content = html! {
            h1 lang=(site.lang) dir=(direction(&site.lang)) { (site.title) }
            @if !site.description.is_empty() { p { (site.description) } }
            p.facts { (Words::count(strings.articles(), self.entries.len())) }
            section {
                h2 { (strings.newest()) }
                ul.articles { @for position in newest { (self.item(position, words, &up)) } }
            }
            section {
                h2 { (strings.years()) }
                ul.names {
                    // Undated articles come last.
                    @for (year, members) in self.years.iter().rev() {
                        (link(&year_path_of(*year), &year_name(*year, words), members))
                    }
                }
            }
            (names("sections", strings.sections(), &self.sections))
            (names("authors", strings.authors(), &self.authors))
            (names("languages", strings.languages(), &self.languages))
            @if site.base_url.is_some() && self.years.keys().any(Option::is_some) {
                p { a href={ (up) "feed.xml" } { (strings.feed()) } }
            }
        };
        let frame = Frame {
            site,
            words,
            path,
            lang: words.tag,
            title: "",
            head: html! {
                @if !site.description.is_empty() {
                    meta name="description" content=(site.description);
                }
            },
            viewer: "index.html",
        };
        frame.around(&content)
    }

    /// Returns where the pages of the years are, for the sitemap.
    pub(crate) fn year_paths(&self) -> impl Iterator<Item = String> {
        self.years.keys().map(|year| year_path_of(*year))
    }
}

/// Writes the list of the names of a kind.
fn write_names<E>(
    site: &Site,
    words: &Words,
    folder: &str,
    title: &str,
    groups: &Groups<String>,
    sink: Sink<'_, E>,
) -> Result<(), E> {
    let stem = [FOLDER, "/", folder, "/index"].concat();
    let all: Vec<_> = groups.iter().collect();
    let pages = all.chunks(NAMES);
    let count = pages.len();
    for (number, names) in pages.enumerate() {
        let path = page_path(&stem, number);
        let up = up(&path);
        let content = html! {
            h1 { (title) }
            ul.names {
                @for (name, members) in names {
                    li {
                        a href={ (up) (page_path(&name_stem(folder, name), 0)) } {
                            bdi { (name) }
                        }
                        " " small { (members.len()) }
                    }
                }
            }
            (turning(&stem, number, count, words, &up))
        };
        let frame = Frame {
            site,
            words,
            path: &path,
            lang: words.tag,
            title,
            head: html! {},
            viewer: &everything(),
        };
        sink(&path, &frame.around(&content))?;
    }
    Ok(())
}

/// The ways to the pages before and after, where there are several.
fn turning(stem: &str, number: usize, count: usize, words: &Words, up: &str) -> Markup {
    let href = |number: usize| [up, &page_path(stem, number)].concat();
    html! {
        @if count > 1 {
            nav.turning {
                @if let Some(before) = number.checked_sub(1) {
                    a rel="prev" href=(href(before)) { (words.strings.previous()) } " "
                }
                span { (words.page(number + 1, count)) }
                @if number + 1 < count {
                    " " a rel="next" href=(href(number + 1)) { (words.strings.next()) }
                }
            }
        }
    }
}

/// Returns the names that most articles have, in their own order.
fn most_frequent(groups: &Groups<String>) -> Vec<(&String, &Vec<u32>)> {
    let mut names: Vec<_> = groups.iter().collect();
    names.sort_by_key(|(_, members)| std::cmp::Reverse(members.len()));
    names.truncate(SOME);
    names.sort();
    names
}

/// Returns the first page of the year of a date.
pub(crate) fn year_path(date: Option<PartialDate>) -> String {
    year_path_of(date.map(PartialDate::year))
}

/// Returns the first page of a section.
pub(crate) fn section_path(name: &str) -> String {
    page_path(&name_stem("sections", name), 0)
}

/// Returns the first page of an author.
pub(crate) fn author_path(name: &str) -> String {
    page_path(&name_stem("authors", name), 0)
}

fn year_path_of(year: Option<u16>) -> String {
    page_path(&year_stem(year), 0)
}

fn year_stem(year: Option<u16>) -> String {
    let year = year.map_or_else(|| "undated".to_owned(), |year| year.to_string());
    [FOLDER, "/years/", &year].concat()
}

fn year_name(year: Option<u16>, words: &Words) -> String {
    year.map_or_else(|| words.strings.undated().to_owned(), |year| year.to_string())
}

fn name_stem(folder: &str, name: &str) -> String {
    // The usual tags of languages are plain names.
    let is_plain = folder == "languages" && slug(name) == name;
    let name = if is_plain { name.to_owned() } else { unique(name, 10) };
    [FOLDER, "/", folder, "/", &name].concat()
}

/// Returns where a page of a list is; `number` counts from 0.
fn page_path(stem: &str, number: usize) -> String {
    match number {
        0 => [stem, ".html"].concat(),
        number => format!("{stem}_{}.html", number + 1),
    }
}

fn narrowed(field: &str, value: &str) -> String {
    ["index.html#/?", field, "=", &encoded(value)].concat()
}

fn everything() -> String {
    "index.html#/?sort=newest".to_owned()
}
