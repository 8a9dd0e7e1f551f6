//! The names of the files of all inputs, by which addresses find them.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;
use vitrine_article::{Article, AssetType};
use vitrine_ingest::{Page, Skip, Unreadable, UnreadableReason, is_embedded};

use crate::html::resolve;

/// The names of the files of all inputs, members of containers and answers of crawls
/// included.
#[derive(Debug, Default)]
pub struct FileNames {
    /// Paths by their folded form: names differ in case from system to system.
    files: BTreeMap<String, Vec<String>>,
    /// Paths of the answers of crawls, by their address.
    crawled: BTreeMap<String, String>,
    /// Where the answers of crawls are that have none of their own: redirects, and what is
    /// recorded as unchanged. By their address, which is that of the other.
    led: BTreeMap<String, String>,
}

/// How often one answer leads to the next at most; browsers allow twenty.
const MAX_LEADS: usize = 20;

impl FileNames {
    /// Takes the name of a file.
    pub fn insert(&mut self, path: &str) {
        if let Some((_, url)) = split_crawled(path) {
            self.crawled.entry(url_key(url)).or_insert_with(|| path.to_owned());
            return;
        }
        let known = self.files.entry(folded(path)).or_default();
        if !known.iter().any(|known| known == path) {
            known.push(path.to_owned());
        }
    }

    /// Takes the names that reading yields: of what is no page, and of pages that may be
    /// offered as a file, too. A container is a file itself.
    pub fn observe(&mut self, page: &Page) {
        let path = match page {
            Ok(page) => page.path.as_str(),
            Err(Unreadable { path, reason, .. }) => match reason {
                UnreadableReason::Skipped(Skip::Redirect {
                    location: Some(to), ..
                })
                | UnreadableReason::MissingOriginal { address: Some(to) } => {
                    return self.lead(path, to);
                }
                UnreadableReason::MissingOriginal { address: None } => return,
                UnreadableReason::Skipped(skip)
                    if !matches!(skip, Skip::NoPage { .. }) =>
                {
                    return;
                }
                _ => path,
            },
        };
        let file = without_record(path);
        for (end, _) in file.match_indices('!') {
            let container = file.get(..end).unwrap_or_default();
            if AssetType::from_address(container).is_some() {
                self.insert(container);
            }
        }
        if page.is_err() || AssetType::from_address(file).is_some() {
            self.insert(file);
        }
    }

    /// Notes that what is asked for at the address of `path` is at `to`.
    fn lead(&mut self, path: &str, to: &str) {
        if let Some((_, url)) = split_crawled(path)
            && let Some(to) = resolve(Some(url), to)
        {
            self.led.entry(url_key(url)).or_insert_with(|| url_key(&to));
        }
    }

    /// Returns the path of the answer that a crawl has for an address.
    fn answer(&self, url: &str) -> Option<&String> {
        let mut key = &url_key(url);
        for _ in 0..MAX_LEADS {
            if let Some(path) = self.crawled.get(key) {
                return Some(path);
            }
            key = self.led.get(key)?;
        }
        None
    }

    /// Returns the path of the file that `address` means on the page of `article`.
    pub(super) fn find(&self, article: &Article, address: &str) -> Option<String> {
        let page = without_record(&article.provenance.path);
        if is_embedded(address) {
            return Some(format!("{page}!{address}"));
        }
        let bases = [article.provenance.url.as_deref(), article.metadata.url.as_deref()];
        let absolute = || bases.iter().map(|base| resolve(*base, address));
        if let Some(path) = absolute().flatten().find_map(|url| self.answer(&url)) {
            return Some(path.clone());
        }
        if split_crawled(page).is_some() {
            return None;
        }
        if is_mhtml(page) {
            let url = absolute().flatten().next().unwrap_or_else(|| address.to_owned());
            return Some(format!("{page}!{url}"));
        }
        let (container, member) =
            page.rfind('!').map_or(("", page), |at| page.split_at(at + 1));
        beside(member, article.metadata.url.as_deref(), address)
            .iter()
            .flat_map(|path| variants(path))
            .find_map(|path| self.file(&format!("{container}{path}")))
    }

    /// Returns the file of this name, or one whose name differs in case only.
    fn file(&self, path: &str) -> Option<String> {
        let known = self.files.get(&folded(path))?;
        known.iter().find(|known| *known == path).or(known.first()).cloned()
    }
}

/// Whether a page has its files in it, as browsers save it.
fn is_mhtml(page: &str) -> bool {
    let extension = page.rsplit_once('.').map(|(_, extension)| extension);
    extension.is_some_and(|extension| {
        ["mhtml", "mht"].iter().any(|known| extension.eq_ignore_ascii_case(known))
    })
}

/// The paths at which a file may lie that a page calls `address`, the likeliest first.
fn beside(page: &str, page_url: Option<&str>, address: &str) -> Vec<String> {
    let address = address.split('#').next().unwrap_or_default();
    let mut paths: Vec<Option<String>> = Vec::new();
    let (folder, _) = page.rsplit_once('/').unwrap_or_default();
    let host = ["https://", "http://", "//"]
        .iter()
        .find_map(|start| address.strip_prefix(start));
    if let Some(rest) = host {
        // A mirror of the site: the file lies to the page as their addresses do, or in a
        // folder that has the name of its host.
        if let Some(way) = page_url.and_then(|url| way_between(url, rest)) {
            paths.push(join(folder, &way));
        }
        paths.extend(ancestors(folder).map(|folder| join(folder, rest)));
    } else if let Some(rest) = address.strip_prefix('/') {
        paths.extend(ancestors(folder).map(|folder| join(folder, rest)));
    } else if !address.split('/').next().is_some_and(|first| first.contains(':')) {
        paths.push(join(folder, address));
    }
    paths.into_iter().flatten().filter(|path| !path.is_empty()).collect()
}

/// How one gets from the folder of the page at `url` to the file at host and path `to`.
fn way_between(url: &str, to: &str) -> Option<String> {
    let (_, from) = url.split_once("://")?;
    let from = from.split(['?', '#']).next()?;
    let (host, from) = from.split_once('/')?;
    let (to_host, to) = to.split_once('/')?;
    if !host.eq_ignore_ascii_case(to_host) {
        return None;
    }
    let (folder, _) = from.rsplit_once('/').unwrap_or_default();
    let mut from = folder.split('/').filter(|part| !part.is_empty()).peekable();
    let mut to = to.split('/').peekable();
    while let (Some(a), Some(b)) = (from.peek(), to.peek())
        && a == b
    {
        from.next();
        to.next();
    }
    let mut way = "../".repeat(from.count());
    way.push_str(&to.collect::<Vec<_>>().join("/"));
    Some(way)
}

/// `folder` and the folders around it, the outermost, `""`, last.
fn ancestors(folder: &str) -> impl Iterator<Item = &str> {
    let ends = folder.rmatch_indices('/').map(|(end, _)| end);
    let outer = ends.filter_map(|end| folder.get(..end));
    let root = (!folder.is_empty()).then_some("");
    std::iter::once(folder).chain(outer).chain(root)
}

/// Joins a relative path to a folder; `None` for one that leads out of the input.
fn join(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> =
        folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The names under which programs save a file: with its query and without, as it stands
/// in the address and decoded.
fn variants(path: &str) -> Vec<String> {
    let bare = path.split('?').next().unwrap_or_default();
    let mut out = Vec::new();
    for name in
        [percent_decoded(path), path.to_owned(), percent_decoded(bare), bare.to_owned()]
    {
        if !out.contains(&name) {
            out.push(name);
        }
    }
    out
}

fn percent_decoded(text: &str) -> String {
    String::from_utf8(vitrine_ingest::percent_decoded(text))
        .unwrap_or_else(|_| text.to_owned())
}

/// What addresses of the same answer have in common: the scheme and the part behind `#` do
/// not count, nor how the rest is encoded.
fn url_key(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let rest = rest.split('#').next().unwrap_or_default();
    let (host, path) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
    let host = host.to_ascii_lowercase();
    let host = host.strip_suffix(":80").or(host.strip_suffix(":443")).unwrap_or(&host);
    format!("{host}{}", percent_decoded(path))
}

/// The container and the address of an answer of a crawl.
fn split_crawled(path: &str) -> Option<(&str, &str)> {
    let at = path.find("!http://").or_else(|| path.find("!https://"))?;
    Some((path.get(..at)?, path.get(at + 1..)?))
}

/// The path of the file that a record is in.
fn without_record(path: &str) -> &str {
    match path.rsplit_once('#') {
        Some((file, number))
            if !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()) =>
        {
            file
        }
        _ => path,
    }
}

fn folded(path: &str) -> String {
    path.nfc().flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use vitrine_article::{Article, Metadata, Provenance};

    use super::FileNames;

    fn find(
        names: &[&str],
        page: &str,
        url: Option<&str>,
        address: &str,
    ) -> Option<String> {
        let mut known = FileNames::default();
        for name in names {
            known.insert(name);
        }
        let article = Article {
            metadata: Metadata { url: url.map(str::to_owned), ..Metadata::default() },
            provenance: Provenance { path: page.to_owned(), ..Provenance::default() },
            ..Article::default()
        };
        known.find(&article, address)
    }

    #[test]
    fn an_address_finds_the_file_beside_the_page() {
        let url = Some("https://a.example/news/1.html");
        for (file, page, url, address) in [
            ("news/img/a.png", "news/1.html", None, "img/a.png"),
            ("news/img/a.png", "news/1.html", None, "./img/../img/a.png#x"),
            ("img/a.png", "news/1.html", None, "../img/a.png"),
            ("news/A b.PNG", "news/1.html", None, "a%20b.png?v=2"),
            ("news/a%20b.png", "news/1.html", None, "a%20b.png"),
            ("news/img.php?id=1", "news/1.html", None, "img.php?id=1"),
            ("site/img/a.png", "site/news/1.html", None, "/img/a.png"),
            ("site/img/a.png", "site/news/1.html", url, "https://a.example/img/a.png"),
            ("cdn.example/a.png", "a.example/1.html", url, "//cdn.example/a.png"),
            ("old.zip!img/a.png", "old.zip!news/1.html", None, "../img/a.png"),
            ("news/i/a.png", "news/e.jsonl#12", None, "i/a.png"),
            ("c.warc!https://a.example/img/ä.png", "c.warc!x", url, "/img/%C3%A4.png"),
            (
                "c.warc!http://a.example:80/a.png",
                "d.warc!x",
                url,
                "https://a.example/a.png",
            ),
        ] {
            let found = find(&[file], page, url, address);
            assert_eq!(found.as_deref(), Some(file), "{page} {address}");
        }
        let both = ["Map.png", "map.png"];
        assert_eq!(find(&both, "p.html", None, "map.png").as_deref(), Some("map.png"));
        assert_eq!(
            find(&[], "s/p.mhtml", None, "https://a.example/a.png").as_deref(),
            Some("s/p.mhtml!https://a.example/a.png")
        );
    }

    #[test]
    fn no_address_leads_out_of_the_inputs() {
        for (names, page, address) in [
            (&["etc/passwd"][..], "p.html", "../../etc/passwd"),
            (&["etc/passwd"], "a/p.html", "%2e%2e/%2e%2e/etc/passwd"),
            (&["passwd"], "p.html", "file:///passwd"),
            (&["a.png"], "p.html", "javascript:a.png"),
            (&["old.zip!a.png"], "p.html", "a.png"),
            (&["a.png"], "old.zip!p.html", "../a.png"),
            (&["a.png"], "p.html", ""),
        ] {
            assert_eq!(find(names, page, None, address), None, "{address}");
        }
    }
}
