//! The files beside the bundle: the viewer, and the page that opens it.

use vitrine_article::About;
use vitrine_bundle::Digest;

use crate::PackOptions;

/// The viewer's files, as the build made them.
#[derive(Debug, Clone, Copy)]
pub struct ViewerAssets<'a> {
    /// The page's template: `{{title}}`, `{{lang}}`, `{{root}}`, `{{version}}`, the
    /// ways to plain pages `{{links}}` and `{{lists}}`, and `{{meta}}`, the
    /// elements that tell search engines about the archive, are filled in.
    pub index_html: &'a str,
    /// The page's style sheet.
    pub vitrine_css: &'a [u8],
    /// Loader and custom element.
    pub vitrine_js: &'a [u8],
    /// The reader: glue and WebAssembly module.
    pub vitrine_core_js: &'a [u8],
    /// Panels of the reader that are loaded when they are opened: glue and module.
    pub vitrine_panels_js: &'a [u8],
    /// What answers the scripts of others: glue and module.
    pub vitrine_api_js: &'a [u8],
    /// What only the pages of others need.
    pub vitrine_embed_js: &'a [u8],
    /// Installs the service worker and talks to it.
    pub vitrine_offline_js: &'a [u8],
    /// The service worker, without what it has to know of the archive.
    pub sw_js: &'a str,
    /// Icons of the page and of the installed archive: names of files and what is in them.
    pub icons: &'a [(&'a str, &'a [u8])],
    /// Words of the interface in other languages than English: names of files and what is
    /// in them.
    pub words: &'a [(&'a str, &'a [u8])],
}

/// What is filled into the page's template.
pub(crate) struct Filling<'a> {
    pub(crate) options: &'a PackOptions,
    pub(crate) lang: &'a str,
    pub(crate) root: Digest,
    /// Version of viewer and data together.
    pub(crate) version: Digest,
}

/// Fills the page's template; every value is escaped for HTML text and attributes.
pub(crate) fn fill_index(template: &str, filling: &Filling<'_>) -> String {
    let Filling { options, lang, root, version } = filling;
    let title = escape_html(&options.title);
    let plain_page = options.plain_page.as_deref();
    let links = plain_page.map(|page| {
        format!(
            "<link rel=\"alternate\" type=\"text/html\" href=\"{}\">",
            escape_html(page)
        )
    });
    let lists = plain_page
        .map(|page| format!("<p><a href=\"{}\">{title}</a></p>", escape_html(page)));
    let values = [
        ("{{lang}}", escape_html(lang)),
        ("{{root}}", root.to_string()),
        ("{{version}}", version.to_string()),
        ("{{meta}}", meta(&options.about)),
        ("{{links}}", links.unwrap_or_default()),
        ("{{lists}}", lists.unwrap_or_default()),
        ("{{title}}", title),
    ];
    let mut page = String::with_capacity(2 * template.len());
    let mut rest = template;
    while let Some(start) = rest.find("{{") {
        let (before, tail) = rest.split_at(start);
        page.push_str(before);
        let value = values
            .iter()
            .find_map(|(name, value)| Some((value.as_str(), tail.strip_prefix(name)?)));
        let (value, after) = value.unwrap_or_else(|| tail.split_at(2));
        page.push_str(value);
        rest = after;
    }
    page.push_str(rest);
    page
}

/// Returns what the head of the page says about the archive, an element a line.
fn meta(about: &About) -> String {
    let elements = [
        ("<meta name=\"description\" content=\"", &about.description),
        ("<meta name=\"author\" content=\"", &about.institution),
        ("<link rel=\"canonical\" href=\"", &about.url),
        ("<link rel=\"license\" href=\"", &about.license_url),
    ];
    let elements = elements.into_iter().filter(|(_, value)| !value.is_empty());
    let lines = elements
        .map(|(start, value)| [start, &escape_html(&one_line(value)), "\">"].concat());
    lines.collect::<Vec<_>>().join("\n    ")
}

/// Returns the page's style sheet, with the archive's color made as dark as it has to be on light
/// paper and as light on dark.
pub(crate) fn style(sheet: &[u8], about: &About) -> Vec<u8> {
    let accent = about.accent.strip_prefix('#').unwrap_or_default();
    let is_color = accent.len() == 6 && accent.bytes().all(|b| b.is_ascii_hexdigit());
    let rule = format!(
        "@supports (color:oklch(from red l c h)){{vitrine-archive{{--vitrine-accent:light-dark(\
         oklch(from #{accent} min(l,.48) c h),oklch(from #{accent} max(l,.78) min(c,.12) h))}}}}\n"
    );
    let rule = if is_color { rule } else { String::new() };
    [sheet, rule.as_bytes()].concat()
}

/// Returns a text with a space for each run of white space.
pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn escape_html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Filling, fill_index};
    use crate::PackOptions;
    use vitrine_article::About;
    use vitrine_bundle::Digest;

    fn options(title: &str, about: About) -> PackOptions {
        PackOptions { title: title.to_owned(), about, ..PackOptions::default() }
    }

    fn filling(options: &PackOptions) -> Filling<'_> {
        let root = Digest::of(b"");
        Filling { options, lang: "en", root, version: root }
    }

    #[test]
    fn values_are_escaped_and_never_filled_in_twice() {
        let page = fill_index(
            "<t>{{title}}</t>{{x}}{{lang}}{{links}}",
            &filling(&PackOptions {
                plain_page: Some("a\"b".to_owned()),
                ..options("<{{lang}}&\"", About::default())
            }),
        );
        assert_eq!(
            page,
            "<t>&lt;{{lang}}&amp;&quot;</t>{{x}}en\
             <link rel=\"alternate\" type=\"text/html\" href=\"a&quot;b\">"
        );
    }
    #[test]
    fn the_head_says_what_is_known_of_the_archive() {
        let about = About {
            description: "Essays\n\n\"on\" <ports>".to_owned(),
            license_url: "https://example.org/by?a&b".to_owned(),
            ..About::default()
        };
        let options = options("Papers", about);
        assert_eq!(
            fill_index("[{{meta}}]", &filling(&options)),
            "[<meta name=\"description\" content=\"Essays &quot;on&quot; &lt;ports&gt;\">\n    \
             <link rel=\"license\" href=\"https://example.org/by?a&amp;b\">]"
        );
    }
}
