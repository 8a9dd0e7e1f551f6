//! Records of exports: the fields are kept as they were given.

use vitrine_article::{Block, Metadata, is_safe_link};
use vitrine_ingest::Record;

use crate::{
    Warning, authors,
    date::{self, DayOrder},
    extracted::Extracted,
    typography::one_line,
};

/// Turns the fields of a record into metadata and its body into paragraphs.
pub(crate) fn extract(record: Record) -> Extracted {
    let Record { id: _, title, date, authors, lang, url, source, body, warnings } =
        record;
    let mut warnings: Vec<Warning> = warnings
        .into_iter()
        .map(|warning| Warning::Field { problem: warning.to_string() })
        .collect();
    let parsed_date =
        date.as_deref().and_then(|text| date::parse(text, DayOrder::DayFirst));
    if let Some(text) =
        date.filter(|text| parsed_date.is_none() && !text.trim().is_empty())
    {
        warnings.push(Warning::Date { text });
    }
    let authors = match authors.as_slice() {
        [only] => authors::split(only),
        _ => {
            authors.iter().map(|name| one_line(name)).filter(|n| !n.is_empty()).collect()
        }
    };
    let url = url.map(|url| url.trim().to_owned());
    if let Some(url) = url.as_deref().filter(|url| !is_safe_link(url)) {
        let problem =
            format!("field \"url\" is no web address; it was left out: {url:?}");
        warnings.push(Warning::Field { problem });
    }
    Extracted {
        metadata: Metadata {
            title: one_line(&title.unwrap_or_default()),
            date: parsed_date.map(|found| found.date),
            authors,
            source: source.map(|source| one_line(&source)).filter(|s| !s.is_empty()),
            section: None,
            lang: lang.unwrap_or_default(),
            url: url.filter(|url| is_safe_link(url)),
        },
        blocks: paragraphs_of(&body),
        removed: Vec::new(),
        warnings,
        non_article: None,
    }
}

/// Splits a body at blank lines; line ends inside a paragraph become spaces.
fn paragraphs_of(body: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut paragraph = String::new();
    for line in body.lines().chain([""]) {
        if line.trim().is_empty() {
            let text = one_line(&paragraph);
            if !text.is_empty() {
                blocks.push(Block::paragraph(text));
            }
            paragraph.clear();
        } else {
            paragraph.push_str(line);
            paragraph.push('\n');
        }
    }
    blocks
}
