//! Characters that a dump got wrong: text decoded twice, entities and tags left over.

use std::borrow::Cow;

use crate::typography::has_byte;

/// Returns whether [`mend`] leaves each line of `text` as it is; may say no where it does.
pub(super) fn is_meant(text: &str) -> bool {
    !has_byte(text, |b| matches!(b, 0xc3 | b'<' | b'&'))
}

/// Returns `line` as it was meant.
pub(super) fn mend(line: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(line);
    if is_meant(line) {
        return text;
    }
    // All of these begin with the same byte of UTF-8.
    if line.as_bytes().contains(&0xc3)
        && line.contains(['Ã', 'â', 'Â', 'å', 'ã', 'ä', 'æ', 'ç', 'è', 'é'])
    {
        text = undo_double_decoding(&text).into();
    }
    if text.contains('<') && text.contains('>') {
        text = without_tags(&text).into();
    }
    if text.contains('&') {
        text = without_entities(&text).into();
    }
    text
}

/// Undoes UTF-8 that was read as windows-1252: a run of its characters that are bytes of
/// valid UTF-8 cannot be anything else.
fn undo_double_decoding(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut bytes: Vec<u8> = Vec::new();
    let mut run = String::new();
    for c in text.chars().chain(['\0']) {
        if let Some(byte) = windows_1252_byte(c) {
            bytes.push(byte);
            run.push(c);
            continue;
        }
        if !run.is_empty() {
            out.push_str(match std::str::from_utf8(&bytes) {
                Ok(meant) => meant,
                Err(_) => &run,
            });
            bytes.clear();
            run.clear();
        }
        out.push(c);
    }
    out.pop();
    out
}

/// The byte above 0x7f that windows-1252 has for `c`.
fn windows_1252_byte(c: char) -> Option<u8> {
    const HIGH: [(char, u8); 27] = [
        ('€', 0x80),
        ('‚', 0x82),
        ('ƒ', 0x83),
        ('„', 0x84),
        ('…', 0x85),
        ('†', 0x86),
        ('‡', 0x87),
        ('ˆ', 0x88),
        ('‰', 0x89),
        ('Š', 0x8a),
        ('‹', 0x8b),
        ('Œ', 0x8c),
        ('Ž', 0x8e),
        ('‘', 0x91),
        ('’', 0x92),
        ('“', 0x93),
        ('”', 0x94),
        ('•', 0x95),
        ('–', 0x96),
        ('—', 0x97),
        ('˜', 0x98),
        ('™', 0x99),
        ('š', 0x9a),
        ('›', 0x9b),
        ('œ', 0x9c),
        ('ž', 0x9e),
        ('Ÿ', 0x9f),
    ];
    match c {
        '\u{80}'..='\u{ff}' => u8::try_from(u32::from(c)).ok(),
        _ => HIGH.iter().find(|(high, _)| *high == c).map(|&(_, byte)| byte),
    }
}

/// Takes out tags of text markup where a line shows that it has some: it starts with one
/// or closes one.
fn without_tags(text: &str) -> String {
    if !text.contains("</")
        && !text.contains("<br")
        && !text.trim_start().starts_with('<')
    {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        let (before, tag) = rest.split_at(start);
        out.push_str(before);
        if let Some(end) =
            tag.find('>').filter(|&end| is_text_tag(tag.get(1..end).unwrap_or_default()))
        {
            rest = tag.get(end + 1..).unwrap_or_default();
        } else {
            out.push('<');
            rest = tag.get(1..).unwrap_or_default();
        }
    }
    out.push_str(rest);
    out
}

fn is_text_tag(tag: &str) -> bool {
    const NAMES: [&str; 26] = [
        "p",
        "br",
        "div",
        "span",
        "strong",
        "b",
        "em",
        "i",
        "u",
        "a",
        "font",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "ul",
        "ol",
        "blockquote",
        "img",
        "small",
        "sup",
        "sub",
        "center",
    ];
    let name =
        tag.trim_start_matches('/').split([' ', '/', '\t']).next().unwrap_or_default();
    !tag.contains('<') && NAMES.iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// Replaces character references; what is none stays.
fn without_entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        let (before, reference) = rest.split_at(start);
        out.push_str(before);
        let end =
            reference.char_indices().take(12).find(|(_, c)| *c == ';').map(|(at, _)| at);
        let meant = end.and_then(|end| entity(reference.get(1..end)?));
        if let (Some(c), Some(end)) = (meant, end) {
            out.push(c);
            rest = reference.get(end + 1..).unwrap_or_default();
        } else {
            out.push('&');
            rest = reference.get(1..).unwrap_or_default();
        }
    }
    out.push_str(rest);
    out
}

fn entity(name: &str) -> Option<char> {
    const NAMED: [(&str, char); 38] = [
        ("amp", '&'),
        ("lt", '<'),
        ("gt", '>'),
        ("quot", '"'),
        ("apos", '\''),
        ("nbsp", '\u{a0}'),
        ("ndash", '–'),
        ("mdash", '—'),
        ("lsquo", '‘'),
        ("rsquo", '’'),
        ("ldquo", '“'),
        ("rdquo", '”'),
        ("hellip", '…'),
        ("bull", '•'),
        ("middot", '·'),
        ("copy", '©'),
        ("reg", '®'),
        ("trade", '™'),
        ("deg", '°'),
        ("pound", '£'),
        ("euro", '€'),
        ("yen", '¥'),
        ("sect", '§'),
        ("laquo", '«'),
        ("raquo", '»'),
        ("eacute", 'é'),
        ("egrave", 'è'),
        ("agrave", 'à'),
        ("ccedil", 'ç'),
        ("ouml", 'ö'),
        ("uuml", 'ü'),
        ("auml", 'ä'),
        ("szlig", 'ß'),
        ("ntilde", 'ñ'),
        ("iacute", 'í'),
        ("oacute", 'ó'),
        ("times", '×'),
        ("emsp", '\u{2003}'),
    ];
    let Some(number) = name.strip_prefix('#') else {
        return NAMED.iter().find(|(known, _)| *known == name).map(|&(_, c)| c);
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
        None => number.parse().ok()?,
    };
    char::from_u32(code).filter(|c| !c.is_control())
}

#[cfg(test)]
mod tests {
    use super::mend;

    #[test]
    fn what_was_decoded_twice_is_mended() {
        assert_eq!(
            mend("thereâ€™s a cafÃ© â€” â€œopenâ€\u{9d}"),
            "there’s a café — “open”"
        );
        assert_eq!(mend("déjà vu à la façade — “open”"), "déjà vu à la façade — “open”");
    }

    #[test]
    fn entities_and_tags_are_text_again() {
        assert_eq!(
            mend("<p>It&rsquo;s <b>so</b> &#8212; AT&T &amp; co</p>"),
            "It’s so — AT&T & co"
        );
        assert_eq!(mend("if a < b and c > d"), "if a < b and c > d");
        assert_eq!(mend("the <div> element"), "the <div> element");
    }
}
