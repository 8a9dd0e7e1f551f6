//! The files beside the bundle: viewer, page, and the note for whoever unzips it.

use vitrine_bundle::Digest;

/// The viewer's files, as the build made them.
#[derive(Debug, Clone, Copy)]
pub struct ViewerAssets<'a> {
    /// The page's template: `{{title}}`, `{{lang}}` and `{{root}}` are filled in.
    pub index_html: &'a str,
    /// The page's style sheet.
    pub vitrine_css: &'a [u8],
    /// Loader and custom element.
    pub vitrine_js: &'a [u8],
    /// The reader: glue and WebAssembly module.
    pub vitrine_core_js: &'a [u8],
    /// Panels of the reader that are loaded when they are opened: glue and module.
    pub vitrine_panels_js: &'a [u8],
    /// Words of the interface in other languages than English: names of files and what is
    /// in them.
    pub words: &'a [(&'a str, &'a [u8])],
}

/// Fills the page's template; every value is escaped for HTML text and attributes.
pub(crate) fn fill_index(
    template: &str,
    title: &str,
    lang: &str,
    root: Digest,
) -> String {
    let values = [
        ("{{title}}", escape_html(title)),
        ("{{lang}}", escape_html(lang)),
        ("{{root}}", root.to_string()),
    ];
    let mut page = String::with_capacity(template.len() + title.len());
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

/// Returns `README.txt`: what the folder is, how to open it, how to check it.
///
/// It starts with a byte order mark and has CRLF line ends, for old editors' sake.
pub(crate) fn readme(title: &str, article_count: usize) -> String {
    let title: String = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = format!(
        "\
{title}

This folder is an archive of {article_count} articles that can be searched and read in a
web browser, with no connection to the internet and nothing to install.

To open it
  1. If it is inside a ZIP file, unzip the whole folder first.
  2. Double-click index.html.
  A current Firefox, Chrome, Edge or Safari is all that it needs.

To put it on a web site, upload the whole folder to any static web host.
To check that nothing is damaged: vitrine verify FOLDER

--------

本文件夹是一个可以在浏览器中检索和阅读的文章档案，共 {article_count} 篇，无需联网，也无需安装任何软件。

打开方法
  1. 如果它还在 ZIP 压缩包里，请先把整个文件夹解压出来。
  2. 双击 index.html。
  使用较新版本的 Firefox、Chrome、Edge 或 Safari 即可。

如要放到网站上，把整个文件夹上传到任何静态网站空间即可。
检查文件是否完好：vitrine verify 文件夹
"
    );
    format!("\u{feff}{}", text.replace('\n', "\r\n"))
}

#[cfg(test)]
mod tests {
    use super::fill_index;
    use vitrine_bundle::Digest;

    #[test]
    fn values_are_escaped_and_never_filled_in_twice() {
        let page = fill_index(
            "<t>{{title}}</t>{{x}}{{lang}}",
            "<{{lang}}&\"",
            "en",
            Digest::of(b""),
        );
        assert_eq!(page, "<t>&lt;{{lang}}&amp;&quot;</t>{{x}}en");
    }
}
