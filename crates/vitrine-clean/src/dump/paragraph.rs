//! Lines become paragraphs: hard wraps and split inline text are joined again.

use super::line::Line;
use crate::typography::{columns, is_cjk, is_han, is_sentence_end, one_line};

/// A paragraph or list item of the body.
#[derive(Debug, Clone)]
pub(super) struct Paragraph {
    pub(super) text: String,
    pub(super) is_item: bool,
}

/// Widest line that a hard wrap leaves, in characters or columns.
const MAX_WRAP: usize = 110;

/// Joins the lines of a body; `None` stands for a place where something was left out.
pub(super) fn paragraphs(lines: &[Option<&Line>]) -> Vec<Paragraph> {
    let present: Vec<&Line> = lines.iter().copied().flatten().collect();
    let wrap = wrap_of(&present);
    let is_split = is_split_inline(&present);
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    let mut previous: Option<&Line> = None;
    for line in lines {
        let Some(line) = *line else {
            previous = None;
            continue;
        };
        let is_continued = previous.is_some_and(|previous| {
            let is_apart = line.marker.is_some() || line.follows_blank;
            !is_apart
                && match wrap {
                    Some(wrap) => {
                        !(line.is_indented && !previous.is_indented)
                            && wrap.is_full(previous, line)
                    }
                    None => is_split && is_unfinished(&previous.text, &line.text),
                }
        });
        match paragraphs.last_mut().filter(|_| is_continued) {
            Some(paragraph) => {
                paragraph.text.push('\n');
                paragraph.text.push_str(&line.text);
            }
            None => paragraphs.push(Paragraph {
                text: line.text.clone(),
                is_item: line.marker.is_some(),
            }),
        }
        previous = Some(line);
    }
    for paragraph in &mut paragraphs {
        paragraph.text = one_line(&paragraph.text);
    }
    paragraphs
}

/// The width that a dump's lines were wrapped at.
#[derive(Debug, Clone, Copy)]
struct Wrap {
    width: usize,
    measure: fn(&str) -> usize,
}

impl Wrap {
    /// Whether `next` begins with a word that had no room on `line`.
    fn is_full(self, line: &Line, next: &Line) -> bool {
        let first = match next.text.chars().next() {
            Some(c) if is_cjk(c) => (self.measure)(&c.to_string()),
            _ => {
                let word: String =
                    next.text.chars().take_while(|c| *c != ' ' && !is_cjk(*c)).collect();
                (self.measure)(&word) + 1
            }
        };
        let indent = if line.is_indented { 4 } else { 0 };
        (self.measure)(&line.text) + first + indent > self.width
    }
}

/// Finds the width of a hard wrap: hardly any line that another follows at once could
/// have taken that one's first word.
fn wrap_of(lines: &[&Line]) -> Option<Wrap> {
    let chars: fn(&str) -> usize = |text| text.chars().count();
    let mut best: Option<(usize, Wrap)> = None;
    for measure in [chars, columns] {
        let width = lines.iter().map(|line| measure(&line.text)).max()?;
        if !(30..=MAX_WRAP).contains(&width) {
            continue;
        }
        let wrap = Wrap { width, measure };
        let (mut pairs, mut full) = (0_usize, 0_usize);
        for pair in lines.windows(2) {
            let [line, next] = pair else { continue };
            if !next.follows_blank && next.marker.is_none() {
                pairs += 1;
                full += usize::from(wrap.is_full(line, next));
            }
        }
        if pairs >= 3
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
fn is_split_inline(lines: &[&Line]) -> bool {
    let starts_inside =
        |line: &&&Line| line.marker.is_none() && starts_inside(&line.text);
    let count = lines.iter().filter(starts_inside).count();
    count >= 2 && count * 25 >= lines.len()
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

/// Whether `line` stops inside a sentence that `next` goes on with.
fn is_unfinished(line: &str, next: &str) -> bool {
    let last = line.chars().next_back();
    if is_sentence_end(line) || matches!(last, Some(':' | '：')) {
        // An abbreviation, or the end of a quotation inside a sentence.
        return starts_inside(next) && !next.starts_with("http");
    }
    if starts_inside(next) || matches!(last, Some(',' | '，' | '、' | '(' | '（' | '—'))
    {
        return true;
    }
    let has_sentence =
        line.contains(". ") || line.contains("? ") || line.contains(['。', '，', '；']);
    let len = line.chars().map(|c| if is_han(c) { 3 } else { 1 }).sum::<usize>();
    has_sentence && len > 60
}
