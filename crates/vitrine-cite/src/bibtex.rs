//! BibTeX, as biblatex understands it: <https://ctan.org/pkg/biblatex>.

use crate::{Name, Reference};

/// Returns an entry of type `online`.
///
/// Text is UTF-8; what TeX would take for a command is escaped.
pub fn bibtex(reference: &Reference) -> String {
    let Reference {
        id,
        title,
        authors,
        container,
        r#type,
        r#abstract,
        date,
        url,
        accessed,
        lang,
    } = reference;
    let mut out = format!("@online{{{},\n", key(id));
    let authors: Vec<String> = authors.iter().map(name).collect();
    // Braces around a title keep its capitals.
    field(&mut out, "title", &format!("{{{}}}", escaped(title)));
    field(&mut out, "author", &authors.join(" and "));
    field(&mut out, "organization", &escaped(container));
    field(&mut out, "type", &escaped(r#type));
    field(&mut out, "abstract", &escaped(r#abstract));
    field(&mut out, "date", &date.map(|date| date.to_string()).unwrap_or_default());
    field(&mut out, "url", &url.as_deref().map(verbatim).unwrap_or_default());
    field(&mut out, "urldate", &accessed.map(|day| day.to_string()).unwrap_or_default());
    field(&mut out, "langid", babel(lang));
    out.push_str("}\n");
    out
}

fn field(out: &mut String, name: &str, value: &str) {
    if !value.is_empty() && value != "{}" {
        out.extend(["  ", name, " = {", value, "},\n"]);
    }
}

fn name(name: &Name) -> String {
    match name {
        // A name in braces is not taken apart.
        Name::Literal { name } => format!("{{{}}}", escaped(name)),
        Name::Person { family, given, suffix } => {
            let parts = [family, suffix, given];
            let parts: Vec<String> = parts
                .into_iter()
                .filter(|part| !part.is_empty())
                .map(|part| escaped(part))
                .collect();
            parts.join(", ")
        }
    }
}

/// What stands in an id and in a key; the rest becomes a hyphen.
fn key(id: &str) -> String {
    let keep = |c: char| if c.is_alphanumeric() || "-_.:".contains(c) { c } else { '-' };
    let key: String = id.chars().map(keep).collect();
    if key.is_empty() { "article".to_owned() } else { key }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '{' | '}' | '#' | '$' | '%' | '&' | '_' => out.extend(['\\', c]),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// An address: nothing in it is escaped, but braces would end the field.
fn verbatim(url: &str) -> String {
    url.replace('{', "%7B").replace('}', "%7D").replace(char::is_control, "")
}

/// The name that the packages babel and polyglossia have for a language.
fn babel(lang: &str) -> &'static str {
    match lang.split('-').next().unwrap_or_default() {
        "ar" => "arabic",
        "de" => "german",
        "en" => "english",
        "es" => "spanish",
        "fr" => "french",
        "it" => "italian",
        "ja" => "japanese",
        "ko" => "korean",
        "pt" => "portuguese",
        "ru" => "russian",
        "zh" => "chinese",
        _ => "",
    }
}
