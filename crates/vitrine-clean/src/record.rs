//! Records of exports: the fields are kept as they were given.

use vitrine_article::{Block, Inline, Metadata, Removal, is_safe_link};
use vitrine_ingest::{BodyFormat, Record};

use crate::{
    Warning, abstract_text, authors,
    date::{self, DayOrder},
    extracted::{Extracted, remove},
    html,
    label::{self, Vocabulary},
    markdown,
    text_type::text_type,
    typography::{columns, key, one_line},
};

/// Turns the fields of a record into metadata and its body into paragraphs.
pub(crate) fn extract(record: Record) -> Extracted {
    let Record {
        id: _,
        title,
        date,
        authors,
        lang,
        url,
        source,
        section,
        r#type,
        r#abstract,
        body,
        format,
        warnings,
    } = record;
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
    let url = url.filter(|url| is_safe_link(url));
    let summary = r#abstract.map(|text| abstract_text::read(&text)).transpose();
    let summary = summary.unwrap_or_else(|error| {
        let problem = format!("field \"abstract\" is {error}; it was left out");
        warnings.push(Warning::Field { problem });
        None
    });
    let mut removed = Vec::new();
    let mut blocks = match format {
        BodyFormat::Plain => paragraphs_of(&body),
        BodyFormat::Markdown => markdown::blocks(&body, url.as_deref()),
        BodyFormat::Html => {
            let (blocks, left_out) = html::fragment(&body, url.as_deref());
            removed = left_out;
            blocks
        }
    };
    let mut title = one_line(&title.unwrap_or_default());
    if let Some(heading) = markdown::take_title(&mut blocks) {
        if title.is_empty() {
            title = heading;
        } else if key(&title) != key(&heading) {
            blocks.insert(
                0,
                Block::Heading { level: 2, inlines: vec![Inline::text(heading)] },
            );
        }
    }
    let given =
        |text: Option<String>| text.map(|text| one_line(&text)).filter(|s| !s.is_empty());
    let mut metadata = Metadata {
        title,
        date: parsed_date.map(|found| found.date),
        authors,
        source: given(source),
        section: given(section),
        r#type: r#type.and_then(|text| text_type(&text)),
        r#abstract: summary.flatten(),
        lang: lang.unwrap_or_default(),
        url,
    };
    if format == BodyFormat::Markdown && metadata.authors.is_empty() {
        take_byline(&mut blocks, &mut metadata, &mut warnings, &mut removed);
    }
    Extracted { metadata, blocks, removed, warnings, ..Extracted::default() }
}

/// Reads a first paragraph that is a byline and nothing else, as Markdown without front
/// matter has it below its title.
fn take_byline(
    blocks: &mut Vec<Block>,
    metadata: &mut Metadata,
    warnings: &mut Vec<Warning>,
    removed: &mut Vec<Removal>,
) {
    let Some(first @ Block::Paragraph { .. }) = blocks.first() else { return };
    let vocabulary = Vocabulary::default();
    let text = first.plain_text();
    if let Some(labels) = label::read(&text, &vocabulary) {
        label::apply(&labels, &vocabulary, metadata, warnings);
        blocks.remove(0);
    } else if metadata.date.is_none()
        && text.starts_with("By ")
        && let Some(found) = date::find(&text, DayOrder::DayFirst)
        && found.span.end == text.len()
    {
        // A byline that names nobody, `By Staff`, has a date all the same.
        metadata.date = Some(found.date);
        remove(removed, &text, "byline");
        blocks.remove(0);
    }
}

/// Widest line of a text that is wrapped by hand, in columns.
const MAX_WRAPPED: usize = 120;

/// Splits a body at blank lines; line ends inside a paragraph become spaces. Where a line
/// is wider than anybody wraps one, each line is a paragraph.
fn paragraphs_of(body: &str) -> Vec<Block> {
    let is_wrapped = body.lines().all(|line| columns(line) <= MAX_WRAPPED);
    let mut blocks = Vec::new();
    let mut paragraph = String::new();
    for line in body.lines().chain([""]) {
        let is_blank = line.trim().is_empty();
        if is_blank || !is_wrapped {
            let text = one_line(&paragraph);
            if !text.is_empty() {
                blocks.push(Block::paragraph(text));
            }
            paragraph.clear();
        }
        if !is_blank {
            paragraph.push_str(line);
            paragraph.push('\n');
        }
    }
    blocks
}
