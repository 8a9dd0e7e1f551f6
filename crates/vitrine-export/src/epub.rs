//! A book of all articles: EPUB 3.3, one chapter each.

use std::{
    collections::BTreeSet,
    fmt::Write as _,
    io::{self, Read, Seek, Write},
};

use vitrine_article::{Article, AssetFile};
use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

use crate::{
    Collection,
    xhtml::{self, Files},
};

const CONTAINER: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/content.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"#;

/// A book that can't be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EpubError {
    /// What is written to refused.
    #[error("the book could not be written")]
    Io(#[from] io::Error),
    /// The container can't hold it.
    #[error("the container of the book could not be written")]
    Zip(#[from] zip::result::ZipError),
}

/// Writes a book, chapter by chapter.
///
/// The same articles and files give the same bytes.
#[derive(Debug)]
pub struct Epub<W: Write + Seek> {
    zip: ZipWriter<W>,
    about: Collection,
    /// Entries of the package's manifest, and of its spine.
    manifest: String,
    spine: String,
    /// Entries of the contents.
    contents: String,
    count: usize,
    /// Pictures that chapters show.
    wanted: BTreeSet<String>,
}

/// The type of a picture that every reading system shows; `None` for others.
fn picture_type(file: &AssetFile) -> Option<&'static str> {
    match file.kind.extension() {
        "png" => Some("image/png"),
        "jpg" => Some("image/jpeg"),
        "gif" => Some("image/gif"),
        "svg" => Some("image/svg+xml"),
        "webp" => Some("image/webp"),
        _ => None,
    }
}

impl<W: Write + Seek> Epub<W> {
    /// Begins a book.
    ///
    /// # Errors
    ///
    /// [`EpubError`] when `out` refuses.
    pub fn new(out: W, about: Collection) -> Result<Self, EpubError> {
        let mut book = Self {
            zip: ZipWriter::new(out),
            about,
            manifest: String::new(),
            spine: String::new(),
            contents: String::new(),
            count: 0,
            wanted: BTreeSet::new(),
        };
        book.file("mimetype", CompressionMethod::Stored, b"application/epub+zip")?;
        book.file(
            "META-INF/container.xml",
            CompressionMethod::Deflated,
            CONTAINER.as_bytes(),
        )?;
        Ok(book)
    }

    /// Adds an article as the next chapter.
    ///
    /// # Errors
    ///
    /// [`EpubError`] when the book can't be written.
    pub fn add(&mut self, article: &Article) -> Result<(), EpubError> {
        self.count += 1;
        let name = format!("{}.xhtml", self.count);
        let shows = |file: &AssetFile| picture_type(file).is_some();
        // A book offers nothing but its chapters; a link that led to a file is text.
        let files = Files { shows: &shows, offers: &|_| false, is_book: true };
        let page = xhtml::page(article, files);
        for asset in &article.assets {
            let Some(file) = &asset.file else { continue };
            let Some(kind) = picture_type(file) else { continue };
            let path = file.path();
            if page.contains(&path) && self.wanted.insert(path.clone()) {
                let digest = &file.digest;
                // Writing to a text cannot fail.
                writeln!(
                    self.manifest,
                    "<item id=\"f{digest}\" href=\"{path}\" media-type=\"{kind}\"/>"
                )
                .ok();
            }
        }
        let number = self.count;
        // Writing to a text cannot fail.
        writeln!(
            self.manifest,
            "<item id=\"c{number}\" href=\"{name}\" media-type=\"application/xhtml+xml\"/>"
        )
        .ok();
        writeln!(self.spine, "<itemref idref=\"c{number}\"/>").ok();
        write!(self.contents, "<li><a href=\"{name}\">").ok();
        let title = &article.metadata.title;
        xhtml::text(
            if title.trim().is_empty() { "–" } else { title },
            &mut self.contents,
        );
        self.contents.push_str("</a></li>\n");
        self.file(&format!("EPUB/{name}"), CompressionMethod::Deflated, page.as_bytes())
    }

    /// Takes the paths of the pictures that the chapters show, which are to be added.
    pub fn take_wanted(&mut self) -> BTreeSet<String> {
        std::mem::take(&mut self.wanted)
    }

    /// Adds a picture under its path in the archive.
    ///
    /// # Errors
    ///
    /// [`EpubError`] when it can't be read, or the book not be written.
    pub fn add_file(
        &mut self,
        path: &str,
        mut source: impl Read,
    ) -> Result<(), EpubError> {
        self.start(&format!("EPUB/{path}"), CompressionMethod::Stored)?;
        io::copy(&mut source, &mut self.zip)?;
        Ok(())
    }

    /// Ends the book; returns what it was written to.
    ///
    /// # Errors
    ///
    /// [`EpubError`] when it can't be written.
    pub fn finish(mut self) -> Result<W, EpubError> {
        let style = xhtml::STYLE.as_bytes();
        self.file("EPUB/style.css", CompressionMethod::Deflated, style)?;
        let lang = self.about.languages.first().map_or("und", String::as_str).to_owned();
        let mut title = String::new();
        xhtml::text(&self.about.title, &mut title);
        let mut body = format!("<h1>{title}</h1>\n");
        if self.count == 0 {
            // Contents have an entry, and a book a chapter.
            self.manifest.push_str(
                "<item id=\"c0\" href=\"0.xhtml\" media-type=\"application/xhtml+xml\"/>\n",
            );
            self.spine.push_str("<itemref idref=\"c0\"/>\n");
            self.contents.push_str("<li><a href=\"0.xhtml\">–</a></li>\n");
            let page = xhtml::document(&self.about.title, &lang, "<p>–</p>\n");
            self.file("EPUB/0.xhtml", CompressionMethod::Deflated, page.as_bytes())?;
        }
        body.push_str("<nav epub:type=\"toc\">\n<ol>\n");
        body.push_str(&self.contents);
        body.push_str("</ol>\n</nav>\n");
        let contents = xhtml::document(&self.about.title, &lang, &body);
        self.file("EPUB/nav.xhtml", CompressionMethod::Deflated, contents.as_bytes())?;
        let package = self.package(&title);
        self.file("EPUB/content.opf", CompressionMethod::Deflated, package.as_bytes())?;
        Ok(self.zip.finish()?)
    }

    fn package(&self, title: &str) -> String {
        let Self { about, manifest, spine, .. } = self;
        let mut metadata = format!(
            "<dc:identifier id=\"id\">vitrine:{}</dc:identifier>\n<dc:title>{title}</dc:title>\n",
            about.identifier
        );
        let mut element = |name: &str, value: &str| {
            if !value.trim().is_empty() {
                metadata.extend(["<", name, ">"]);
                xhtml::text(value, &mut metadata);
                metadata.extend(["</", name, ">\n"]);
            }
        };
        if about.languages.is_empty() {
            element("dc:language", "und");
        }
        about.languages.iter().for_each(|lang| element("dc:language", lang));
        element("dc:description", &about.description);
        element("dc:publisher", &about.institution);
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" \
             unique-identifier=\"id\">\n\
             <metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n{metadata}\
             <meta property=\"dcterms:modified\">{}</meta>\n</metadata>\n<manifest>\n\
             <item id=\"nav\" href=\"nav.xhtml\" media-type=\"application/xhtml+xml\" \
             properties=\"nav\"/>\n\
             <item id=\"style\" href=\"style.css\" media-type=\"text/css\"/>\n{manifest}\
             </manifest>\n<spine>\n{spine}</spine>\n</package>\n",
            about.modified
        )
    }

    fn start(&mut self, name: &str, method: CompressionMethod) -> Result<(), EpubError> {
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .last_modified_time(DateTime::default());
        Ok(self.zip.start_file(name, options)?)
    }

    fn file(
        &mut self,
        name: &str,
        method: CompressionMethod,
        bytes: &[u8],
    ) -> Result<(), EpubError> {
        self.start(name, method)?;
        Ok(self.zip.write_all(bytes)?)
    }
}
