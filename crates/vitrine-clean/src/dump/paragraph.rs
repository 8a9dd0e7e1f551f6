//! Lines become paragraphs: hard wraps and split inline text are joined again.

use super::line::Line;
use crate::typography::{columns, is_cjk, is_sentence_end, one_line};

/// A paragraph or list item of the body.
#[derive(Debug, Clone)]
pub(super) struct Paragraph {
    pub(super) text: String,
    /// The key of its text.
    pub(super) key: String,
    pub(super) is_item: bool,
}

/// Widest line that a hard wrap leaves, in characters or columns.
const MAX_WRAP: usize = 110;

/// Joins the lines of a body; `None` stands for a place where something was left out.
pub(super) fn paragraphs(lines: &[Option<&Line<'_>>]) -> Vec<Paragraph> {
    let present: Vec<&Line<'_>> = lines.iter().copied().flatten().collect();
    let wrap = wrap_of(&present);
    let is_split = is_split_inline(&present);
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    let mut previous: Option<&Line<'_>> = None;
    for line in lines {
        let Some(line) = *line else {
            previous = None;
            continue;
        };
        let is_continued = previous.is_some_and(|previous| {
            let is_apart = line.marker.is_some() || line.follows_blank;
            let so_far =
                paragraphs.last().map_or("", |paragraph| paragraph.text.as_str());
            !is_apart
                && match wrap {
                    Some(wrap) => {
                        (previous.is_indented || !line.is_indented)
                            && wrap.is_full(previous, line)
                    }
                    None => is_split && is_unfinished(so_far, line.text),
                }
        });
        match paragraphs.last_mut().filter(|_| is_continued) {
            Some(paragraph) => {
                paragraph.text.push('\n');
                paragraph.text.push_str(line.text);
                paragraph.key.push_str(line.key);
            }
            None => paragraphs.push(Paragraph {
                text: line.text.to_owned(),
                key: line.key.to_owned(),
                is_item: line.marker.is_some(),
            }),
        }
        previous = Some(line);
    }
    for paragraph in paragraphs.iter_mut().filter(|p| p.text.contains('\n')) {
        paragraph.text = one_line(&paragraph.text);
    }
    paragraphs
}

/// The width that a dump's lines were wrapped at.
#[derive(Debug, Clone, Copy)]
struct Wrap {
    width: usize,
    measure: Measure,
    breaks_anywhere: bool,
}

/// What a program counted that wrapped lines.
#[derive(Debug, Clone, Copy)]
enum Measure {
    Chars,
    Columns,
}

impl Measure {
    fn of_line(self, line: &Line<'_>) -> usize {
        match self {
            Self::Chars => line.len,
            Self::Columns => line.columns,
        }
    }

    fn of_text(self, text: &str) -> usize {
        match self {
            Self::Chars => text.chars().count(),
            Self::Columns => columns(text),
        }
    }
}

impl Wrap {
    /// Whether `next` begins with a word that had no room on `line`.
    fn is_full(self, line: &Line<'_>, next: &Line<'_>) -> bool {
        // Some programs wrap between any two ideographs, some at spaces only.
        let word = next.text.split(' ').next().unwrap_or_default();
        let first = match next.text.chars().next() {
            Some(c) if is_cjk(c) && self.breaks_anywhere => {
                self.measure.of_text(c.encode_utf8(&mut [0; 4]))
            }
            _ => self.measure.of_text(word).min(self.width / 2) + 1,
        };
        let indent = if line.is_indented { 4 } else { 0 };
        // The sign of a list item and the space after it are on the line, too.
        let marker = if line.marker.is_some() { 2 } else { 0 };
        self.measure.of_line(line) + first + indent + marker > self.width
    }
}

/// Finds the width of a hard wrap: hardly any line that another follows at once could
/// have taken that one's first word.
fn wrap_of(lines: &[&Line<'_>]) -> Option<Wrap> {
    let mut best: Option<(usize, Wrap)> = None;
    for (measure, breaks_anywhere) in [
        (Measure::Chars, true),
        (Measure::Columns, true),
        (Measure::Chars, false),
        (Measure::Columns, false),
    ] {
        let width = lines.iter().map(|line| measure.of_line(line)).max()?;
        if !(30..=MAX_WRAP).contains(&width) {
            continue;
        }
        let wrap = Wrap { width, measure, breaks_anywhere };
        let (mut pairs, mut full, mut ended) = (0_usize, 0_usize, 0_usize);
        for pair in lines.windows(2) {
            let [line, next] = pair else { continue };
            if !next.follows_blank && next.marker.is_none() {
                pairs += 1;
                full += usize::from(wrap.is_full(line, next));
                ended += usize::from(is_sentence_end(line.text));
            }
        }
        // Lines that mostly end a sentence are paragraphs, however even.
        if pairs >= 3
            && ended * 5 <= pairs * 2
            && full * 100 >= pairs * 70
            && best.is_none_or(|(share, _)| full * 100 / pairs > share)
        {
            best = Some((full * 100 / pairs, wrap));
        }
    }
    best.map(|(_, wrap)| wrap)
}

/// Whether lines break off in the middle of sentences, as they do where each link or
/// emphasis was dumped on a line of its own.
fn is_split_inline(lines: &[&Line<'_>]) -> bool {
    let count = lines
        .windows(2)
        .filter(|pair| match pair {
            [line, next] => {
                next.marker.is_none()
                    && !next.follows_blank
                    && starts_inside(next.text)
                    && !is_sentence_end(line.text)
                    && !ends_item(line.text)
            }
            _ => false,
        })
        .count();
    count >= 2 && count * 25 >= lines.len()
}

/// Whether a line introduces a list or is an item of one.
fn ends_item(text: &str) -> bool {
    text.ends_with([':', '：', ';', '；'])
}

fn starts_inside(text: &str) -> bool {
    text.chars().next().is_some_and(|c| {
        c.is_lowercase()
            || matches!(
                c,
                ',' | ';' | ')' | '，' | '。' | '、' | '；' | '）' | '”' | '》'
            )
    })
}

/// Whether a paragraph stops inside a sentence that `next` goes on with.
fn is_unfinished(so_far: &str, next: &str) -> bool {
    if ends_item(so_far) {
        return false;
    }
    if is_sentence_end(so_far) {
        // An abbreviation, or the end of a quotation inside a sentence.
        return starts_inside(next) && !next.starts_with("http");
    }
    if starts_inside(next) {
        return true;
    }
    // A heading has no sentence in it and is short.
    let has_sentence = so_far.contains(". ")
        || so_far.contains("? ")
        || so_far.contains(['。', '，', '；']);
    has_sentence || columns(so_far) > 70 || ends_with_function_word(so_far)
}

/// Whether the last word is one that no heading ends with.
fn ends_with_function_word(text: &str) -> bool {
    const WORDS: [&str; 24] = [
        "a", "an", "and", "around", "as", "at", "by", "for", "from", "if", "in", "into",
        "its", "of", "on", "or", "our", "that", "the", "their", "to", "was", "with",
        "your",
    ];
    text.rsplit(' ').next().is_some_and(|word| WORDS.contains(&word))
}
