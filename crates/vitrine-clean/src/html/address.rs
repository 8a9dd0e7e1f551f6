//! Addresses: what a link in a page points to.

/// Resolves `href` against `base`, both as they are written in a page.
///
/// Returns `None` for what stays relative; the scheme is not judged here.
pub(crate) fn resolve(base: Option<&str>, href: &str) -> Option<String> {
    let href: String =
        href.trim().chars().filter(|c| !matches!(c, '\n' | '\r' | '\t')).collect();
    if href.is_empty() {
        return None;
    }
    if let Some((scheme, _)) = href.split_once(':') {
        let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b));
        if is_scheme {
            return Some(href.replace(' ', "%20"));
        }
    }
    let (scheme, rest) = base?.split_once("://")?;
    let authority_len = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(authority_len);
    if authority.is_empty() {
        return None;
    }
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let href = href.replace(' ', "%20");
    let (target, suffix) = href.split_at(href.find(['?', '#']).unwrap_or(href.len()));
    let resolved = if let Some(rest) = target.strip_prefix("//") {
        return Some(format!("{scheme}://{rest}{suffix}"));
    } else if target.starts_with('/') {
        without_dots(target)
    } else if target.is_empty() {
        if path.is_empty() { "/".to_owned() } else { path.to_owned() }
    } else {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        without_dots(&format!("{folder}/{target}"))
    };
    Some(format!("{scheme}://{authority}{resolved}{suffix}"))
}

/// Returns the name of the host in an absolute address, in lower case and without `www.`.
pub(crate) fn host_of(url: &str) -> Option<String> {
    let (_, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?.to_ascii_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    (!host.is_empty()).then(|| host.to_owned())
}

/// Puts `href` into the folder of `base`, where the address of the page is not known and
/// neither of them is absolute.
pub(super) fn below(base: Option<&str>, href: &str) -> Option<String> {
    let base = base.filter(|base| !base.contains("://"))?;
    let (folder, _) = base.rsplit_once('/')?;
    let has_scheme = href.split('/').next().is_some_and(|first| first.contains(':'));
    let is_relative = !has_scheme && !href.starts_with(['/', '#']);
    is_relative.then(|| format!("{folder}/{href}"))
}

fn without_dots(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/').skip(1) {
        match part {
            "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    if path.ends_with("/.") || path.ends_with("/..") {
        parts.push("");
    }
    format!("/{}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::{below, host_of, resolve};

    #[test]
    fn a_host_is_told_from_its_address() {
        for (url, host) in [
            ("https://www.A.example/b?c", Some("a.example")),
            ("http://a.example:81?c", Some("a.example:81")),
            ("https:///b", None),
            ("a.example/b", None),
        ] {
            assert_eq!(host_of(url).as_deref(), host);
        }
    }

    #[test]
    fn a_base_without_a_host_is_a_folder() {
        assert_eq!(below(Some("../x/"), "a.png").as_deref(), Some("../x/a.png"));
        assert_eq!(below(Some("/docs/b"), "a.png").as_deref(), Some("/docs/a.png"));
        for (base, href) in [
            (Some("https://a.example/"), "a.png"),
            (Some("../"), "/a.png"),
            (Some("../"), "https://a.example/a.png"),
            (None, "a.png"),
        ] {
            assert_eq!(below(base, href), None, "{base:?} {href}");
        }
    }

    #[test]
    fn links_resolve_as_in_a_browser() {
        let base = Some("https://example.org/a/b.html?q#f");
        for (href, url) in [
            ("c.html", "https://example.org/a/c.html"),
            ("../c?x#y", "https://example.org/c?x#y"),
            ("/c/./d/..", "https://example.org/c/"),
            ("//other.org/x", "https://other.org/x"),
            ("#top", "https://example.org/a/b.html#top"),
            ("mailto:a@example.org", "mailto:a@example.org"),
            ("a b", "https://example.org/a/a%20b"),
        ] {
            assert_eq!(resolve(base, href).as_deref(), Some(url), "{href:?}");
        }
        assert_eq!(resolve(None, "c.html"), None);
        assert_eq!(resolve(Some("../"), "c.html"), None);
        assert_eq!(resolve(base, "  "), None);
    }
}
