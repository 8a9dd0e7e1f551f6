//! RIS, the tagged format that reference managers exchange.

use vitrine_article::PartialDate;

use crate::{Reference, kind::KINDS};

/// Returns a record, of type `ELEC` where the text is of no other: lines of a tag, two spaces, a hyphen and a value.
pub fn ris(reference: &Reference) -> String {
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
    let kind = KINDS.iter().find(|kind| kind.name == r#type);
    let mut out = String::new();
    let mut line = |tag: &str, value: &str| {
        let value = value.replace(char::is_control, " ");
        if !value.trim().is_empty() {
            out.extend([tag, "  - ", value.trim(), "\r\n"]);
        }
    };
    line("TY", kind.map_or("ELEC", |kind| kind.ris));
    line("TI", title);
    for author in authors {
        line("AU", &author.inverted_order());
    }
    line("T2", container);
    if let Some(date) = date {
        line("PY", &date.year().to_string());
        line("DA", &slashed(*date));
    }
    line("UR", url.as_deref().unwrap_or_default());
    line("Y2", &accessed.map(slashed).unwrap_or_default());
    line("M3", r#type);
    line("AB", r#abstract);
    line("LA", lang);
    line("ID", id);
    out.push_str("ER  - \r\n");
    out
}

/// `2013/06/25/`: year, month, day and a note, each of which may be empty.
fn slashed(date: PartialDate) -> String {
    let two = |number: Option<u8>| number.map(|n| format!("{n:02}")).unwrap_or_default();
    format!("{:04}/{}/{}/", date.year(), two(date.month()), two(date.day()))
}
