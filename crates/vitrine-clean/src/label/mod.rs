//! Labels beside a title: `By`, `Date:`, `作者：`, alone or several on a line.

mod words;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use vitrine_article::Metadata;

use crate::{
    Warning, authors,
    date::{self, DayOrder, OrderEvidence},
    text_type::text_type,
    typography::{is_han, is_sentence_end, one_line},
};

pub(crate) use words::known;

/// What a label introduces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
    /// Only dumps have it: a page of HTML says by its markup what its title is.
    Title,
    Date,
    Authors,
    Source,
    Section,
    Type,
    /// Nothing of the article: a number of visits, an editor, a font size.
    Other,
}

/// A label with its value, which may be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Labeled {
    pub(crate) field: Field,
    pub(crate) value: String,
}

/// How one site writes its labels and dates.
#[derive(Debug, Clone, Default)]
pub(crate) struct Vocabulary {
    /// Labels of the site that are not in the list, with what they stand for.
    pub(crate) learned: BTreeMap<String, Field>,
    /// Which of day and month it writes first.
    pub(crate) day_order: DayOrder,
    /// Whether some date of the site shows that order.
    pub(crate) is_day_order_seen: bool,
}

/// Longest label, in characters.
const MAX_LABEL_LEN: usize = 24;

/// Longest line of labels, in characters.
const MAX_LINE_LEN: usize = 200;

/// What stands between a label and the value before it.
const GAPS: [char; 13] =
    [' ', '|', '｜', '\u{3000}', '\u{a0}', '(', '（', '【', '[', '\t', '，', '；', '·'];

/// Brackets around a line of labels.
const OPENING: [char; 4] = ['(', '（', '【', '['];

/// Puts the values of labels where the metadata has nothing yet.
pub(crate) fn apply(
    labels: &[Labeled],
    vocabulary: &Vocabulary,
    metadata: &mut Metadata,
    warnings: &mut Vec<Warning>,
) {
    for Labeled { field, value } in
        labels.iter().filter(|labeled| !labeled.value.is_empty())
    {
        match field {
            Field::Title if metadata.title.is_empty() => {
                metadata.title.clone_from(value);
            }
            Field::Date if metadata.date.is_none() => {
                let found = date::find(value, vocabulary.day_order)
                    .or_else(|| date::parse(value, vocabulary.day_order));
                let Some(found) = found else { continue };
                metadata.date = Some(found.date);
                if found.order == OrderEvidence::Ambiguous
                    && !vocabulary.is_day_order_seen
                {
                    warnings.push(Warning::AmbiguousDate { text: value.clone() });
                }
            }
            Field::Authors => {
                for name in authors::split(value) {
                    if !metadata.authors.contains(&name) {
                        metadata.authors.push(name);
                    }
                }
            }
            Field::Source if metadata.source.is_none() => {
                metadata.source = Some(value.clone());
            }
            Field::Section if metadata.section.is_none() => {
                metadata.section = Some(value.clone());
            }
            Field::Type if metadata.r#type.is_none() => {
                metadata.r#type = text_type(value);
            }
            _ => {}
        }
    }
}

/// Returns what may be labels on a line, each with what stands after it: before its first
/// colon, before the colons of a line that has several, and before a date at its end.
pub(crate) fn candidates(text: &str) -> Vec<(String, &str)> {
    let bare = |label: &str| label.trim_matches(GAPS).to_owned();
    let is_label = |label: &str| {
        let len = label.chars().count();
        (1..=MAX_LABEL_LEN).contains(&len) && label.chars().any(char::is_alphabetic)
    };
    let colons: Vec<(usize, &str)> = if has_colon(text) {
        text.match_indices([':', '：']).collect()
    } else {
        Vec::new()
    };
    let mut found = Vec::new();
    if colons.len() >= 2 && text.chars().count() <= MAX_LINE_LEN {
        // A label starts after a gap; a time of day has none before its colons.
        let labels: Vec<(usize, usize, usize)> = colons
            .iter()
            .filter_map(|&(colon, mark)| {
                let before = text.get(..colon)?;
                let start = before.rfind(GAPS).map_or(0, |gap| {
                    gap + before
                        .get(gap..)
                        .and_then(|g| g.chars().next())
                        .map_or(1, char::len_utf8)
                });
                is_label(text.get(start..colon)?).then_some((
                    start,
                    colon,
                    colon + mark.len(),
                ))
            })
            .collect();
        let ends = labels.iter().skip(1).map(|&(start, ..)| start).chain([text.len()]);
        for (&(start, colon, value), end) in labels.iter().zip(ends) {
            let label = text.get(start..colon).unwrap_or_default();
            found.push((bare(label), trimmed(text.get(value..end).unwrap_or_default())));
        }
    }
    if let Some(&(colon, mark)) = colons.first() {
        let label = bare(text.get(..colon).unwrap_or_default());
        let is_known = found.iter().any(|(known, _)| *known == label);
        let value = text.get(colon + mark.len()..).unwrap_or_default().trim();
        if is_label(&label) && !is_known && (found.len() < 2 || !label.contains(GAPS)) {
            found.push((label, value));
        }
    } else if text.chars().count() <= 60
        && let Some(date) = date::find(text, DayOrder::DayFirst)
        && date.span.start > 0
    {
        let (label, value) = text.split_at(date.span.start);
        if is_label(&bare(label)) && date::is_alone(value, &(0..date.span.len())) {
            found.push((bare(label), value));
        }
    }
    found
}

/// Reads a line that is made of labels and their values, dates and bylines; `None` when
/// anything else is in it.
pub(crate) fn read(text: &str, vocabulary: &Vocabulary) -> Option<Vec<Labeled>> {
    if is_too_long(text) {
        return None;
    }
    let text = text.trim().trim_start_matches(OPENING);
    let text = text.trim_end_matches([')', '）', '】', ']']).trim();
    let mut read = Vec::new();
    let pieces = pieces(text, vocabulary);
    let has_labels = pieces.iter().any(|(field, _)| field.is_some());
    for (field, piece) in pieces {
        match field {
            // Told sooner than by reading it.
            None if !has_labels && !date::may_hold(piece) && !may_be_read(piece) => {
                return None;
            }
            None => read.extend(read_plain(piece, has_labels, vocabulary)?),
            Some(field) => read.extend(read_value(field, piece, vocabulary)?),
        }
    }
    (!read.is_empty()).then_some(read)
}

/// What is read on a line without the help of its site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Reading {
    /// No labels, whatever those of the site are.
    Prose,
    /// Nothing; the site may have a label for it.
    Open,
    /// A date or a byline.
    Dated,
}

/// Reads a line by the labels that are known of every site.
pub(crate) fn reading(text: &str) -> Reading {
    if is_too_long(text) {
        return Reading::Prose;
    }
    // A vocabulary has labels before colons and dates.
    let may_have_label = has_colon(text) || date::may_hold(text);
    if !may_have_label && !may_be_read(text) {
        return Reading::Prose;
    }
    match read(text, &Vocabulary::default()) {
        Some(labels) if labels.iter().any(|labeled| labeled.field != Field::Other) => {
            Reading::Dated
        }
        None if !may_have_label => Reading::Prose,
        _ => Reading::Open,
    }
}

/// Whether a line without a label or a date may be read: it starts with a byline, a source
/// or a number.
fn may_be_read(text: &str) -> bool {
    let start = trimmed(text.trim_start_matches(OPENING));
    let Some(first) = start.chars().next() else { return true };
    first.is_ascii_digit()
        || matches!(first, '•' | '.')
        || BYLINES.into_iter().chain(SOURCES).any(|label| starts_with(start, label))
}

/// Whether a line is longer than one of labels.
fn is_too_long(text: &str) -> bool {
    // No character has more than four bytes: most long lines need no counting.
    text.len() > 4 * MAX_LINE_LEN
        || text.len() > MAX_LINE_LEN && text.chars().count() > MAX_LINE_LEN
        // A long sentence has a label only before a colon, and most lines are such.
        || text.len() > 160 && is_sentence_end(text) && !has_colon(text)
}

fn has_colon(text: &str) -> bool {
    // One character is found faster than one of two.
    text.contains(':') || text.contains('：')
}

/// Cuts a line before each label that a colon ends; the first piece may have none.
fn pieces<'a>(text: &'a str, vocabulary: &Vocabulary) -> Vec<(Option<Field>, &'a str)> {
    let mut pieces = Vec::new();
    let mut field = None;
    let mut start = 0;
    for (colon, mark) in text.match_indices([':', '：']) {
        let before = text.get(start..colon).unwrap_or_default();
        let whole = if pieces.is_empty() && field.is_none() { before.trim() } else { "" };
        let word = before.rsplit(GAPS).next().unwrap_or_default();
        for label in [whole, word] {
            if label.is_empty() || label.chars().count() > MAX_LABEL_LEN {
                continue;
            }
            let known = vocabulary.learned.get(label).copied().or_else(|| known(label));
            let Some(found) = known else { continue };
            let value = text.get(start..colon - label.len()).unwrap_or_default();
            if field.is_some() || !trimmed(value).is_empty() {
                pieces.push((field, trimmed(value)));
            }
            field = Some(found);
            start = colon + mark.len();
            break;
        }
    }
    pieces.push((field, trimmed(text.get(start..).unwrap_or_default())));
    pieces
}

/// `value` without the marks that set it apart from its neighbors.
fn trimmed(value: &str) -> &str {
    value.trim_matches([
        ' ', '|', '｜', '\u{3000}', '\u{a0}', '\t', '(', '（', ')', '）', '·', ',', '，',
        '；', '-', '–', '—',
    ])
}

/// The value of a label, and what else a bar or a date sets apart from it.
fn read_value(
    field: Field,
    value: &str,
    vocabulary: &Vocabulary,
) -> Option<Vec<Labeled>> {
    let labeled = |value: &str| Labeled { field, value: value.to_owned() };
    if let Some((value, rest)) = value.split_once(['|', '｜']) {
        let mut read = read_value(field, trimmed(value), vocabulary)?;
        read.extend(read_plain(rest, true, vocabulary)?);
        return Some(read);
    }
    if is_value(&labeled(value))
        && (field != Field::Source || date::parse(value, vocabulary.day_order).is_none())
    {
        return Some(vec![labeled(value)]);
    }
    let found =
        date::find(value, vocabulary.day_order).filter(|_| field != Field::Date)?;
    let names = labeled(trimmed(value.get(..found.span.start)?));
    let mut read = vec![
        names,
        Labeled { field: Field::Date, value: value.get(found.span.clone())?.to_owned() },
    ];
    let rest = trimmed(value.get(found.span.end..)?);
    if !rest.is_empty()
        && !date::is_alone(value.get(found.span.start..)?, &(0..found.span.len()))
    {
        read.extend(read_plain(rest, true, vocabulary)?);
    }
    is_value(read.first()?).then_some(read)
}

/// Text without a label that a colon ends: a date, a byline, a number of visits.
fn read_plain(
    text: &str,
    has_labels: bool,
    vocabulary: &Vocabulary,
) -> Option<Vec<Labeled>> {
    let mut read = Vec::new();
    for part in
        text.split(['|', '｜', '•', '·']).map(trimmed).filter(|part| !part.is_empty())
    {
        let names = || {
            let names = Labeled { field: Field::Authors, value: part.to_owned() };
            // Names alone are told from other words only beside labels.
            (has_labels
                && part.chars().all(|c| is_han(c) || " 、，".contains(c))
                && is_value(&names))
            .then(|| vec![names])
        };
        read.extend(
            read_counters(part)
                .or_else(|| read_byline(part))
                .or_else(|| read_dated(part, has_labels, vocabulary))
                .or_else(|| read_source(part))
                .or_else(names)?,
        );
    }
    Some(read)
}

/// Whether the value can be what its label says.
fn is_value(labeled: &Labeled) -> bool {
    let Labeled { field, value } = labeled;
    value.is_empty()
        || match field {
            Field::Date => {
                date::find(value, DayOrder::DayFirst).is_some()
                    || date::parse(value, DayOrder::DayFirst).is_some()
            }
            Field::Authors => authors::looks_like_names(value),
            Field::Source | Field::Section | Field::Type => {
                value.chars().count() <= 80 && !value.ends_with(['.', '。', '！', '？'])
            }
            Field::Title => true,
            Field::Other => value.chars().count() <= 60 && !is_sentence_end(value),
        }
}

/// What a byline starts with.
const BYLINES: [&str; 8] =
    ["written by", "posted by", "by", "文/", "文／", "撰文/", "图文/", "记者/"];

/// `By`, `By Jane Doe`, `文/王芳`.
fn read_byline(text: &str) -> Option<Vec<Labeled>> {
    let label = BYLINES.into_iter().find(|label| starts_with(text, label))?;
    let value = text.get(label.len()..)?;
    let is_word = label.ends_with('y');
    if is_word && !value.is_empty() && !value.starts_with(' ') {
        return None;
    }
    let value = one_line(value);
    let names = Labeled { field: Field::Authors, value };
    is_value(&names).then(|| vec![names])
}

/// Whether `text` starts with `start`, its ASCII letters in either case.
fn starts_with(text: &str, start: &str) -> bool {
    text.get(..start.len()).is_some_and(|text| text.eq_ignore_ascii_case(start))
}

/// A line that is a date, with words around it that say so.
fn read_dated(
    text: &str,
    has_labels: bool,
    vocabulary: &Vocabulary,
) -> Option<Vec<Labeled>> {
    let date = |value: &str| Labeled { field: Field::Date, value: value.to_owned() };
    let found = date::find(text, vocabulary.day_order)?;
    if date::is_alone(text, &found.span) {
        return Some(vec![date(text)]);
    }
    let before = trimmed(text.get(..found.span.start)?);
    let before = before.strip_suffix(" on").unwrap_or(before);
    let mut read = vec![date(text.get(found.span.clone())?)];
    // `Beijing, June 25, 2013` is the start of a text; only a label may precede.
    let is_label = known(before) == Some(Field::Date)
        || vocabulary.learned.get(before) == Some(&Field::Date);
    if !before.is_empty() && !is_label {
        read.extend(read_byline(before)?);
    }
    let rest = text.get(found.span.start..)?;
    let after = trimmed(text.get(found.span.end..)?);
    if !after.is_empty() && !date::is_alone(rest, &(0..found.span.len())) {
        read.extend(read_plain(after, has_labels, vocabulary)?);
    }
    Some(read)
}

/// What the name of a source follows.
const SOURCES: [&str; 8] = [
    "originally published in",
    "originally published by",
    "first published in",
    "originally appeared in",
    "原载于",
    "原載於",
    "转载自",
    "轉載自",
];

/// `Originally published in Foreign Letters`, `原载于《学刊》`.
fn read_source(text: &str) -> Option<Vec<Labeled>> {
    let start = SOURCES.into_iter().find(|start| starts_with(text, start))?;
    let value = text.get(start.len()..)?.trim().trim_end_matches('.').to_owned();
    let labeled = Labeled { field: Field::Source, value };
    is_value(&labeled).then(|| vec![labeled])
}

/// `3966 views | 0 comments`.
fn read_counters(text: &str) -> Option<Vec<Labeled>> {
    if !text.bytes().any(|b| b.is_ascii_digit() || b == b'.') {
        return None;
    }
    let mut parts =
        text.split(['|', '｜', '·', ',', '/']).map(str::trim).filter(|p| !p.is_empty());
    let is_counter = |part: &str| {
        let word =
            part.trim_start_matches(|c: char| c.is_ascii_digit() || ", .".contains(c));
        word.len() < part.len()
            && (known(word) == Some(Field::Other)
                || matches!(word, "次" | "次阅读" | "人阅读" | "条评论"))
    };
    let is_all =
        text.chars().count() <= 60 && parts.clone().count() > 0 && parts.all(is_counter);
    is_all.then(|| vec![Labeled { field: Field::Other, value: text.to_owned() }])
}

#[cfg(test)]
mod tests {
    use super::{Field, Vocabulary, read};

    fn check(text: &str) -> Vec<(Field, String)> {
        let read = read(text, &Vocabulary::default()).unwrap_or_default();
        read.into_iter().map(|labeled| (labeled.field, labeled.value)).collect()
    }

    #[test]
    fn labels_are_read_with_their_values() {
        let one = |field, value: &str| vec![(field, value.to_owned())];
        assert_eq!(check("By"), one(Field::Authors, ""));
        assert_eq!(
            check("By Ana Ruiz and Tom Lee"),
            one(Field::Authors, "Ana Ruiz and Tom Lee")
        );
        assert_eq!(check("（作者：王芳、李小明）"), one(Field::Authors, "王芳、李小明"));
        assert_eq!(check("日期/Date: 25/07/2006"), one(Field::Date, "25/07/2006"));
        assert_eq!(check("阅读 Views: 3181"), one(Field::Other, "3181"));
        assert_eq!(check("Source of documents:"), one(Field::Source, ""));
        assert_eq!(check("3966 views | 0 comments").len(), 2);
        assert_eq!(
            check("作者：王芳  来源：海事评论  时间：2020-01-01  点击：57"),
            [
                (Field::Authors, "王芳".to_owned()),
                (Field::Source, "海事评论".to_owned()),
                (Field::Date, "2020-01-01".to_owned()),
                (Field::Other, "57".to_owned()),
            ]
        );
    }

    #[test]
    fn sentences_are_not_labels() {
        for text in [
            "By all accounts, shore up your defenses, stat.",
            "On June 25, 2013 the harbor was closed for good.",
            "The source: a small spring in the hills.",
            "Read: this is the first rule.",
        ] {
            assert_eq!(check(text), [], "{text:?}");
        }
    }
}
