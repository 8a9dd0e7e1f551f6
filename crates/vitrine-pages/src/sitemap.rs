//! The addresses of all pages, for search engines: <https://www.sitemaps.org/protocol.html>.

use maud::html;

use crate::{BaseUrl, lists::Sink, xml::DECLARATION};

/// Most addresses in a file.
const MOST: usize = 50_000;
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// Writes addresses into as many files as they need.
#[derive(Debug)]
pub(crate) struct Sitemap {
    base: BaseUrl,
    most: usize,
    urls: String,
    count: usize,
    files: Vec<String>,
}

impl Sitemap {
    pub(crate) fn new(base: BaseUrl) -> Self {
        Self { base, most: MOST, urls: String::new(), count: 0, files: Vec::new() }
    }

    /// Adds a page by its path below the folder of the archive.
    pub(crate) fn add<E>(&mut self, path: &str, sink: Sink<'_, E>) -> Result<(), E> {
        if self.count == self.most {
            self.write_part(sink)?;
        }
        let url = html! { url { loc { (self.base.join(path)) } } };
        self.urls.push_str(&url.into_string());
        self.urls.push('\n');
        self.count += 1;
        Ok(())
    }

    /// Writes `sitemap.xml`: all addresses, or the list of the files that have them.
    pub(crate) fn finish<E>(mut self, sink: Sink<'_, E>) -> Result<(), E> {
        if self.files.is_empty() {
            return sink("sitemap.xml", self.set().as_bytes());
        }
        self.write_part(sink)?;
        let mut index = format!("{DECLARATION}<sitemapindex xmlns=\"{NAMESPACE}\">\n");
        for file in &self.files {
            let entry = html! { sitemap { loc { (self.base.join(file)) } } };
            index.extend([&entry.into_string(), "\n"]);
        }
        index.push_str("</sitemapindex>\n");
        sink("sitemap.xml", index.as_bytes())
    }

    fn write_part<E>(&mut self, sink: Sink<'_, E>) -> Result<(), E> {
        let path = format!("sitemap-{}.xml", self.files.len() + 1);
        sink(&path, self.set().as_bytes())?;
        self.files.push(path);
        self.urls.clear();
        self.count = 0;
        Ok(())
    }

    fn set(&self) -> String {
        let urls = &self.urls;
        format!("{DECLARATION}<urlset xmlns=\"{NAMESPACE}\">\n{urls}</urlset>\n")
    }
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeMap, convert::Infallible};

    use super::Sitemap;

    #[test]
    fn many_addresses_are_split_and_listed() {
        let mut map = Sitemap::new("https://example.org/a".parse().unwrap());
        map.most = 2;
        let mut files = BTreeMap::new();
        let mut sink = |path: &str, bytes: &[u8]| -> Result<(), Infallible> {
            files.insert(path.to_owned(), String::from_utf8(bytes.to_vec()).unwrap());
            Ok(())
        };
        for page in ["p1", "p2", "p3", "p4", "p5"] {
            map.add(page, &mut sink).unwrap();
        }
        map.finish(&mut sink).unwrap();
        let locs = |file: &str| -> Vec<String> {
            let parsed = roxmltree::Document::parse(&files[file]).unwrap();
            let loc = |node: &roxmltree::Node<'_, '_>| {
                node.has_tag_name((super::NAMESPACE, "loc"))
            };
            parsed
                .descendants()
                .filter(loc)
                .map(|n| n.text().unwrap().to_owned())
                .collect()
        };
        let base = "https://example.org/a/";
        assert_eq!(locs("sitemap.xml").len(), 3);
        assert_eq!(locs("sitemap.xml")[2], format!("{base}sitemap-3.xml"));
        assert_eq!(
            locs("sitemap-2.xml"),
            ["p3", "p4"].map(|page| format!("{base}{page}"))
        );
        assert_eq!(locs("sitemap-3.xml").len(), 1);
    }
}
