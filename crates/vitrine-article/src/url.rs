//! Which addresses an article may link to.

/// Returns whether `url` may stand in a link: `http:`, `https:` or `mailto:`, absolute,
/// and free of control characters and white space.
///
/// A viewer checks again before it makes a link, because a bundle is data too.
pub fn is_safe_link(url: &str) -> bool {
    let is_plain = !url.chars().any(|c| c.is_control() || c.is_whitespace());
    let scheme = url.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    is_plain && matches!(scheme.as_deref(), Some("http" | "https" | "mailto"))
}

#[cfg(test)]
mod tests {
    use super::is_safe_link;

    #[test]
    fn only_web_and_mail_addresses_are_links() {
        assert!(is_safe_link("https://example.org/a?b#c"));
        assert!(is_safe_link("MAILTO:a@example.org"));
        for url in ["javascript:alert(1)", "java\nscript:x", "/a", "data:,x", "", "http"]
        {
            assert!(!is_safe_link(url), "{url:?}");
        }
    }
}
