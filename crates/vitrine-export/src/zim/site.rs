//! A site of all articles: what stands in the container.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    io::{Read, Seek, Write},
};

use vitrine_article::{Article, AssetFile, PartialDate};

use super::{ZimError, ZimWriter, language};
use crate::{
    Collection,
    xhtml::{self, Files},
};

/// The picture by which Kiwix lists a file, 48 × 48 pixels.
const ILLUSTRATION: &[u8] = include_bytes!("illustration.png");

/// Most characters of a title and a description.
const MAX_TITLE: usize = 30;
const MAX_DESCRIPTION: usize = 80;

const HTML: &str = "text/html";
const MAIN: &str = "index.html";

/// Writes a ZIM file of articles, with a list of each year, and the files that they show or
/// offer.
#[derive(Debug)]
pub struct ZimSite<W> {
    zim: ZimWriter<W>,
    about: Collection,
    count: usize,
    /// Entries of the list of each year; those without a date have none.
    years: BTreeMap<Option<u16>, (usize, String)>,
    wanted: BTreeSet<String>,
}

impl<W: Read + Write + Seek> ZimSite<W> {
    /// Begins a file.
    ///
    /// # Errors
    ///
    /// [`ZimError`] when `out` refuses.
    pub fn new(out: W, about: Collection) -> Result<Self, ZimError> {
        Ok(Self {
            zim: ZimWriter::new(out)?,
            about,
            count: 0,
            years: BTreeMap::new(),
            wanted: BTreeSet::new(),
        })
    }

    /// Adds an article.
    ///
    /// # Errors
    ///
    /// [`ZimError`] when it can't be written.
    pub fn add(&mut self, article: &Article) -> Result<(), ZimError> {
        self.count += 1;
        let path = format!("{}.html", self.count);
        let shows = |file: &AssetFile| file.kind.is_image();
        let offers = |file: &AssetFile| file.kind.is_linkable();
        let files = Files { shows: &shows, offers: &offers, is_book: false };
        let page = xhtml::page(article, files);
        let carried = article.assets.iter().filter_map(|asset| asset.file.as_ref());
        self.wanted
            .extend(carried.map(AssetFile::path).filter(|path| page.contains(path)));
        let metadata = &article.metadata;
        let title =
            if metadata.title.trim().is_empty() { "–" } else { &metadata.title };
        let year = metadata.date.map(PartialDate::year);
        let (count, list) = self.years.entry(year).or_default();
        *count += 1;
        // Writing to a text cannot fail.
        write!(list, "<li><a href=\"{path}\">").ok();
        xhtml::text(title, list);
        let date = metadata.date.map(|date| date.to_string()).unwrap_or_default();
        writeln!(list, "</a> <span class=\"facts\">{date}</span></li>").ok();
        self.zim.add(&path, title, HTML, page.as_bytes())
    }

    /// Takes the paths of the files that the articles show or offer, which are to be added.
    pub fn take_wanted(&mut self) -> BTreeSet<String> {
        std::mem::take(&mut self.wanted)
    }

    /// Adds a file under its path in the archive.
    ///
    /// # Errors
    ///
    /// [`ZimError`] when it can't be written.
    pub fn add_file(
        &mut self,
        path: &str,
        media_type: &str,
        bytes: &[u8],
    ) -> Result<(), ZimError> {
        self.zim.add(path, "", media_type, bytes)
    }

    /// Ends the file; returns what it was written to.
    ///
    /// # Errors
    ///
    /// [`ZimError`] when it can't be written.
    pub fn finish(mut self) -> Result<W, ZimError> {
        let lang = self.about.languages.first().cloned().unwrap_or_default();
        let mut body = String::from("<h1>");
        xhtml::text(&self.about.title, &mut body);
        body.push_str("</h1>\n");
        if !self.about.description.is_empty() {
            body.push_str("<p>");
            xhtml::text(&self.about.description, &mut body);
            body.push_str("</p>\n");
        }
        body.push_str("<ul>\n");
        let title = self.about.title.clone();
        for (year, (count, list)) in std::mem::take(&mut self.years).into_iter().rev() {
            let name = year.map_or_else(|| "undated".to_owned(), |year| year.to_string());
            let shown = year.map_or_else(|| "–".to_owned(), |year| year.to_string());
            // Writing to a text cannot fail.
            writeln!(body, "<li><a href=\"{name}.list.html\">{shown}</a> ({count})</li>")
                .ok();
            let mut page = format!("<p><a href=\"{MAIN}\">");
            xhtml::text(&title, &mut page);
            write!(page, "</a></p>\n<h1>{shown}</h1>\n<ul>\n{list}</ul>\n").ok();
            let page = xhtml::document(&format!("{title}: {shown}"), &lang, &page);
            self.zim.add(&format!("{name}.list.html"), "", HTML, page.as_bytes())?;
        }
        body.push_str("</ul>\n");
        let index = xhtml::document(&title, &lang, &body);
        let shown = if title.trim().is_empty() { "–" } else { &title };
        self.zim.add(MAIN, shown, HTML, index.as_bytes())?;
        self.zim.add("style.css", "", "text/css", xhtml::STYLE.as_bytes())?;
        self.describe()?;
        let id = identifier(&self.about.identifier);
        self.zim.finish(MAIN, id)
    }

    fn describe(&mut self) -> Result<(), ZimError> {
        let Collection {
            title,
            description,
            institution,
            languages,
            identifier,
            modified,
        } = &self.about;
        let description = if description.trim().is_empty() {
            format!("{} articles", self.count)
        } else {
            description.clone()
        };
        let institution = if institution.trim().is_empty() { title } else { institution };
        let name = format!("vitrine_{identifier}");
        for (key, value) in [
            ("Title", shortened(title, MAX_TITLE)),
            ("Description", shortened(&description, MAX_DESCRIPTION)),
            ("Language", language::codes(languages)),
            ("Creator", institution.clone()),
            ("Publisher", institution.clone()),
            ("Name", name),
            ("Date", modified.chars().take(10).collect()),
            ("Scraper", format!("vitrine {}", env!("CARGO_PKG_VERSION"))),
        ] {
            let value = if value.trim().is_empty() { "–" } else { &value };
            self.zim.add_metadata(key, "text/plain;charset=utf-8", value.as_bytes())?;
        }
        self.zim.add_metadata("Illustration_48x48@1", "image/png", ILLUSTRATION)
    }
}

/// Returns the beginning of a text that is longer than `max` characters.
fn shortened(text: &str, max: usize) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= max {
        return text;
    }
    let start: String = text.chars().take(max - 1).collect();
    format!("{}…", start.trim_end())
}

/// Returns the bytes of a digest of 32 hexadecimal digits.
fn identifier(digest: &str) -> [u8; 16] {
    let mut id = [0; 16];
    for (position, byte) in id.iter_mut().enumerate() {
        let digits = digest.get(2 * position..2 * position + 2).unwrap_or("00");
        *byte = u8::from_str_radix(digits, 16).unwrap_or_default();
    }
    id
}
