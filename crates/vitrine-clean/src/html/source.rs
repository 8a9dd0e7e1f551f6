//! The source of a page as the parser gets it: without what is never shown, which is often
//! most of it, and without nesting that would take for ever.

use std::borrow::Cow;

use html5ever::tendril::StrTendril;

/// How deep source may nest before further start tags are dropped: the parser looks
/// through its open elements at each tag, which takes for ever when there are very many.
const MAX_NESTING: usize = 512;

/// Returns the source without comments, without the content of scripts (but linked data),
/// style sheets and drawings, and without start tags that would nest deeper than
/// [`MAX_NESTING`].
///
/// Counts tags as they stand in the source, which is more than the parser will nest.
pub(super) fn prepared(source: &str) -> StrTendril {
    let mut out = StrTendril::with_capacity(source.len() as u32);
    let mut depth = 0_usize;
    let mut are_drawings_closed = true;
    let mut rest = source;
    while let Some(start) = rest.find('<') {
        let (before, markup) = rest.split_at(start);
        out.push_slice(before);
        if let Some(comment) = markup.strip_prefix("<!--") {
            rest = after_comment(comment);
            continue;
        }
        let is_start = markup.as_bytes().get(1).is_some_and(u8::is_ascii_alphabetic);
        let is_end = markup.as_bytes().get(1) == Some(&b'/');
        let (tag, after) =
            markup.split_at(if is_start || is_end { tag_len(markup) } else { 1 });
        rest = after;
        if is_start {
            let name = name_of(tag);
            let is_drawing = name == "svg" && !tag.ends_with("/>") && are_drawings_closed;
            let content_len =
                if is_drawing { drawing_len(after) } else { raw_len(&name, after) };
            are_drawings_closed &= !is_drawing || content_len.is_some();
            if let Some(len) = content_len {
                let (content, after) = after.split_at(len);
                if is_drawing
                    || name == "style"
                    || name == "script" && !tag.contains("ld+json")
                {
                    out.push_slice("<");
                    out.push_slice(&name);
                    out.push_slice(">");
                } else {
                    out.push_slice(tag);
                    out.push_slice(content);
                }
                rest = after;
                continue;
            }
            let is_open =
                !is_void(&name) && !closes_itself(&name) && !tag.ends_with("/>");
            if is_open && depth >= MAX_NESTING {
                continue;
            }
            depth += usize::from(is_open);
        } else if is_end {
            depth = depth.saturating_sub(1);
        }
        out.push_slice(tag);
    }
    out.push_slice(rest);
    out
}

/// What follows a comment, given what follows its `<!--`.
fn after_comment(comment: &str) -> &str {
    for start in [">", "->"] {
        if let Some(rest) = comment.strip_prefix(start) {
            return rest;
        }
    }
    // Its end is `-->` or `--!>`, and more hyphens may stand before it.
    let end = comment.match_indices('>').find_map(|(at, _)| {
        let (inside, rest) = comment.split_at(at);
        (inside.ends_with("--") || inside.ends_with("--!")).then(|| rest.get(1..))?
    });
    end.unwrap_or_default()
}

/// Length of the tag that `markup` starts with; one that has no end takes the rest.
fn tag_len(markup: &str) -> usize {
    let bytes = markup.as_bytes();
    let mut at = 1;
    let mut is_value = false;
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'>' => return at,
            b'"' | b'\'' if is_value => {
                let rest = markup.get(at..).unwrap_or_default();
                let Some(end) = rest.find(char::from(byte)) else { break };
                at += end + 1;
                is_value = false;
            }
            b'=' => is_value = true,
            b' ' | b'\t' | b'\n' | b'\r' | b'\x0c' => {}
            _ => is_value = false,
        }
    }
    markup.len()
}

/// Name of the element whose start tag `tag` begins with, in lower case.
fn name_of(tag: &str) -> Cow<'_, str> {
    let name = tag.get(1..).unwrap_or_default();
    let is_end =
        |b: u8| matches!(b, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c' | b'/' | b'>');
    let len = name.bytes().position(is_end).unwrap_or(name.len());
    let name = name.get(..len).unwrap_or_default();
    if name.bytes().any(|b| b.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        Cow::Borrowed(name)
    }
}

/// Whether `markup` starts with a tag; `tag` is the start of it, `<name` or `</name`.
fn starts_with_tag(markup: &str, tag: &str) -> bool {
    markup.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag))
        && !markup.as_bytes().get(tag.len()).is_some_and(u8::is_ascii_alphanumeric)
}

/// Length of the content of an element in which there are no tags but its own end tag;
/// `None` for an element of another kind.
fn raw_len(name: &str, content: &str) -> Option<usize> {
    let end_tag = match name {
        "script" => return Some(script_len(content)),
        "plaintext" => return Some(content.len()),
        "style" => "</style",
        "title" => "</title",
        "textarea" => "</textarea",
        "noscript" => "</noscript",
        "iframe" => "</iframe",
        "noembed" => "</noembed",
        "noframes" => "</noframes",
        "xmp" => "</xmp",
        _ => return None,
    };
    let is_end = |&(at, _): &(usize, &str)| {
        starts_with_tag(content.get(at..).unwrap_or_default(), end_tag)
    };
    Some(content.match_indices('<').find(is_end).map_or(content.len(), |(at, _)| at))
}

/// Length of the content of a script. Between `<!--` and `-->`, what looks like a script has
/// an end tag of its own.
fn script_len(content: &str) -> usize {
    let mut comment = None;
    let mut inner = None;
    let mut inner_end = None;
    let is_closed = |from: usize, to: usize| {
        content.get(from..to).is_some_and(|inside| inside.contains("-->"))
    };
    for (at, _) in content.match_indices('<') {
        let markup = content.get(at..).unwrap_or_default();
        if markup.starts_with("<!--") {
            comment = Some(at);
        } else if inner.is_none() && starts_with_tag(markup, "<script") {
            inner = comment.take().filter(|&start| !is_closed(start, at)).map(|_| at);
        } else if starts_with_tag(markup, "</script") {
            match inner.take() {
                Some(start) if !is_closed(start, at) => {
                    comment = Some(at);
                    inner_end = Some(at);
                }
                _ => return at,
            }
        }
    }
    inner_end.unwrap_or(content.len())
}

/// Length of the content of a drawing; `None` for one that has no end before an element of
/// the page.
fn drawing_len(content: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, _) in content.match_indices('<') {
        let markup = content.get(at..)?;
        if starts_with_tag(markup, "</svg") {
            match depth.checked_sub(1) {
                Some(outer) => depth = outer,
                None => return Some(at),
            }
        }
        match name_of(markup).as_ref() {
            "svg" => depth += 1,
            "div" | "p" | "span" | "body" | "ul" | "li" | "table" | "h1" | "h2"
            | "h3" | "img" | "br" | "article" | "section" | "main" => return None,
            _ => {}
        }
    }
    None
}

fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Elements that the next one of their kind ends, so that their end tag is often left out.
fn closes_itself(name: &str) -> bool {
    matches!(
        name,
        "p" | "li" | "dt" | "dd" | "tr" | "td" | "th" | "option" | "thead" | "tbody"
    )
}

#[cfg(test)]
mod tests {
    use super::prepared;

    #[test]
    fn deep_nesting_is_cut_off() {
        let source =
            format!("{}text{}", "<div>".repeat(100_000), "</div>".repeat(100_000));
        let limited = prepared(&source);
        assert_eq!(limited.matches("<div>").count(), 512);
        assert!(limited.contains("text"));
        let drawings = format!("{}<div>x", "<svg>".repeat(100_000));
        assert_eq!(prepared(&drawings).matches("<svg>").count(), 512);
    }

    #[test]
    fn what_is_not_shown_is_left_out() {
        for (source, expected) in [
            ("<p>a < b<br><i x='1'>c</i>", "<p>a < b<br><i x='1'>c</i>"),
            ("a<!-- <p> -- --->b<!-->c<!---->d<!--x--!>e<!--f", "abcde"),
            ("<a title='x>y<!--'>b</a>", "<a title='x>y<!--'>b</a>"),
            ("<a title=it's>b</a><p title='c'>", "<a title=it's>b</a><p title='c'>"),
            ("<SCRIPT async>a('</p>')</SCRIPT>b", "<script></SCRIPT>b"),
            ("<script>'<!--<script></script>'</script>b", "<script></script>b"),
            ("<script>'<!-- --><script>'</script>b", "<script></script>b"),
            ("<script>'<!--'</script>b", "<script></script>b"),
            ("<script><!-- '<script>' --></script>b", "<script></script>b"),
            ("<style>p > a {}</style>b", "<style></style>b"),
            ("<svg a='b'><title>c</title><svg></svg></svg>d", "<svg></svg>d"),
            ("<svg><path><p>d</p></svg>", "<svg><path><p>d</p></svg>"),
            ("<script-x>a</script-x>", "<script-x>a</script-x>"),
            ("<title><!--</title>a", "<title><!--</title>a"),
            ("<noscript><b></noscript>a", "<noscript><b></noscript>a"),
        ] {
            assert_eq!(&*prepared(source), expected, "{source}");
        }
        let linked = r#"<script type="application/ld+json">{"a":"<!--"}</script>"#;
        assert_eq!(&*prepared(linked), linked);
    }
}
