//! What an article says in short, as exports and the heads of pages have it.
//!
//! Content management systems fill it in where nobody wrote one: with the beginning of the
//! text, cut off somewhere, or with the title. What is shown already is not shown twice.

use vitrine_article::Block;

use crate::{
    export::paragraphs,
    html,
    typography::{key, one_line},
};

/// Longest abstract, in bytes: what is longer is the text.
const MAX_LEN: usize = 10_000;

/// What stands at the end of a text that was cut off.
const CUT_OFF: [&str; 7] =
    ["[…]", "[...]", "…", "...", "read more", "continue reading", "阅读全文"];

/// A text that is too long for an abstract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("longer than an abstract ({len_bytes} bytes; at most {MAX_LEN})")]
pub(crate) struct TooLong {
    len_bytes: usize,
}

/// Returns an abstract without markup, in one line; `None` where nothing is left.
///
/// # Errors
///
/// [`TooLong`].
pub(crate) fn read(text: &str) -> Result<Option<String>, TooLong> {
    let text = if text.contains(['<', '&']) {
        let (blocks, _) = html::fragment(text, None);
        one_line(&paragraphs(&blocks).join(" "))
    } else {
        one_line(text)
    };
    if text.len() > MAX_LEN {
        return Err(TooLong { len_bytes: text.len() });
    }
    Ok(text.chars().any(char::is_alphabetic).then_some(text))
}

/// Whether all that `summary` says is in the title or in the text: as a passage, or as a
/// beginning that was cut off.
pub(crate) fn is_repeated(summary: &str, title: &str, blocks: &[Block]) -> bool {
    let mut whole = summary.trim_end();
    while let Some(shorter) = CUT_OFF.iter().find_map(|end| without_end(whole, end)) {
        whole = shorter.trim_end();
    }
    // A word that was cut in two begins a word of the text all the same.
    let summary = key(whole);
    let body = key(&paragraphs(blocks).join(" "));
    summary == key(title) || body.contains(&summary)
}

/// Returns `text` without `end`, in whatever case.
fn without_end<'a>(text: &'a str, end: &str) -> Option<&'a str> {
    let at = text.len().checked_sub(end.len())?;
    let (rest, last) = text.split_at_checked(at)?;
    last.eq_ignore_ascii_case(end).then_some(rest)
}

#[cfg(test)]
mod tests {
    use vitrine_article::Block;

    use super::{TooLong, is_repeated, read};

    #[test]
    fn an_abstract_is_text_in_one_line() {
        let read_whole = |text: &str| read(text).unwrap();
        let plain = read_whole(" Gauges\n drift. ");
        assert_eq!(plain.as_deref(), Some("Gauges drift."));
        let marked = "<p>Gauges &amp; <em>tides</em>.</p>\n<p>They drift.</p>";
        assert_eq!(read_whole(marked).as_deref(), Some("Gauges & tides. They drift."));
        assert_eq!(read_whole("<script>alert(1)</script> –"), None);
        assert_eq!(read(&"long ".repeat(3000)), Err(TooLong { len_bytes: 14_999 }));
    }

    #[test]
    fn what_is_shown_already_is_not_shown_twice() {
        let blocks = [Block::paragraph("Harbour gauges drift, slowly. Nobody looks.")];
        let repeated = |summary| is_repeated(summary, "The Old Gauge", &blocks);
        for summary in [
            "Harbour gauges drift, slowly.",
            "Harbour gauges drift, slo […]",
            "Harbour gauges drift... Read more",
            "The old gauge",
            "nobody looks",
        ] {
            assert!(repeated(summary), "{summary}");
        }
        for summary in ["Why gauges drift.", "Harbour gauges drift, slowly. We looked."] {
            assert!(!repeated(summary), "{summary}");
        }
    }
}
