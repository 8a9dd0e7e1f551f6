//! Chooses the passages of an article that lists show and quote.
//!
//! Who searches for an article uses the words that it repeats. Of its sentences those are
//! chosen that hold most of them for their length, each word counting once: with a tenth of
//! the text, nine of ten results show a word of the query without loading the text.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use vitrine_article::{Article, Block};

/// The passages take this part of the text, within the bounds below.
const SHARE_OF_TEXT: usize = 8;
/// Least bytes of all passages of an article, if it has as many.
const MIN_BYTES: usize = 280;
/// Most bytes at which another passage is added.
const MAX_BYTES: usize = 560;
/// Bytes of the beginning that are taken as they come.
const BEGINNING_BYTES: usize = 120;
/// Most bytes of one passage.
const PASSAGE_BYTES: usize = 220;
/// Most sentences that are looked at.
const MAX_SENTENCES: usize = 200;
/// What a passage costs beyond its length, in bytes: more would take fewer and longer ones,
/// which read better and show fewer of the words that people search for.
const COST_BYTES: usize = 10;

/// Returns passages of the article's text in their order, the first its beginning.
pub(super) fn choose(article: &Article) -> Vec<String> {
    let summary = article.metadata.r#abstract.iter().cloned();
    let texts: Vec<String> =
        summary.chain(article.blocks.iter().filter_map(prose)).collect();
    let len_bytes: usize = texts.iter().map(String::len).sum();
    let budget = (len_bytes / SHARE_OF_TEXT).clamp(MIN_BYTES, MAX_BYTES);
    let mut vocabulary = Vocabulary::default();
    let mut seen = vec![true; vocabulary.words(&article.metadata.title).len()];
    let sentences: Vec<Sentence<'_>> = texts
        .iter()
        .flat_map(|text| text.lines())
        .flat_map(sentences)
        .take(MAX_SENTENCES)
        .map(|(line, range)| {
            let words = vocabulary.words(line.get(range.clone()).unwrap_or_default());
            Sentence { line, range, words }
        })
        .collect();
    seen.resize(vocabulary.numbers.len(), false);
    let mut passages: Vec<String> = Vec::new();
    let mut last: Option<&Sentence<'_>> = None;
    for sentence in
        best(&sentences, seen, budget).iter().filter_map(|&n| sentences.get(n))
    {
        let between = last.and_then(|last| last.gap_to(sentence));
        match (passages.last_mut(), between) {
            (Some(passage), Some(between)) => {
                passage.push_str(between);
                passage.push_str(sentence.text());
            }
            _ => passages.push(sentence.text().to_owned()),
        }
        last = Some(sentence);
    }
    passages
}

/// Returns the numbers of the sentences to take, about `budget` bytes of them; `seen` says
/// by the number of a word whether it need not be shown again.
fn best(
    sentences: &[Sentence<'_>],
    mut seen: Vec<bool>,
    budget: usize,
) -> BTreeSet<usize> {
    let mut counts = vec![0_u32; seen.len()];
    for &word in sentences.iter().flat_map(|sentence| &sentence.words) {
        if let Some(count) = counts.get_mut(word) {
            *count += 1;
        }
    }
    let worths: Vec<f64> = counts.into_iter().map(worth).collect();
    let mut chosen = BTreeSet::new();
    let mut used = 0;
    while used < budget {
        let value = |number: usize| {
            let sentence = sentences.get(number).filter(|_| !chosen.contains(&number))?;
            let new =
                sentence.words.iter().filter(|&&word| seen.get(word) == Some(&false));
            let sum: f64 = new.filter_map(|&word| worths.get(word)).sum();
            Some((number, sum / (sentence.range.len() + COST_BYTES) as f64))
        };
        // Of equals the first.
        let all = (0..sentences.len()).filter_map(value);
        let best = all.reduce(|a, b| if b.1 > a.1 { b } else { a });
        let next = match best {
            Some(_) if used < BEGINNING_BYTES => chosen.len(),
            Some((number, value)) if value > 0.0 => number,
            _ => break,
        };
        if let Some(sentence) = sentences.get(next) {
            used += sentence.range.len();
            for &word in &sentence.words {
                if let Some(seen) = seen.get_mut(word) {
                    *seen = true;
                }
            }
        }
        chosen.insert(next);
    }
    chosen
}

/// What a word is worth that `count` sentences have: little when it is only one.
fn worth(count: u32) -> f64 {
    let count = f64::from(count);
    (count - 0.7) / (count + 1.2)
}

/// A sentence, or a part of a long one.
struct Sentence<'a> {
    line: &'a str,
    range: Range<usize>,
    /// The numbers of its words, each once.
    words: BTreeSet<usize>,
}

impl<'a> Sentence<'a> {
    fn text(&self) -> &'a str {
        self.line.get(self.range.clone()).unwrap_or_default()
    }

    /// Returns what stands between this sentence and the next of its line.
    fn gap_to(&self, next: &Self) -> Option<&'a str> {
        let is_same_line = std::ptr::eq(self.line, next.line);
        let gap = self.line.get(self.range.end..next.range.start)?;
        (is_same_line && gap.trim().is_empty()).then_some(gap)
    }
}

/// Returns the text of a block that is no program code.
fn prose(block: &Block) -> Option<String> {
    (!matches!(block, Block::Code { .. })).then(|| block.plain_text())
}

/// Cuts a line into sentences, long ones between words.
fn sentences(line: &str) -> impl Iterator<Item = (&str, Range<usize>)> {
    let mut start = 0;
    std::iter::from_fn(move || {
        let rest = line.get(start..).unwrap_or_default();
        start += rest.len() - rest.trim_start().len();
        let rest = rest.trim_start();
        let end = rest.char_indices().find_map(|(at, c)| ends_sentence(rest, at, c));
        let sentence = rest.get(..end.unwrap_or(rest.len()).min(last_edge(rest)))?;
        let range = start..start + sentence.trim_end().len();
        start += sentence.len();
        (!sentence.is_empty()).then_some((line, range))
    })
}

/// Returns the end of the sentence whose last character may be `c` at `at`.
fn ends_sentence(text: &str, at: usize, c: char) -> Option<usize> {
    let end = at + c.len_utf8();
    let is_end = match c {
        '。' | '！' | '？' => true,
        '.' | '!' | '?' => text.get(end..).is_some_and(|rest| rest.starts_with(' ')),
        _ => false,
    };
    is_end.then_some(end)
}

/// Returns where a passage ends at the latest: after a word, if there is one near.
fn last_edge(text: &str) -> usize {
    if text.len() <= PASSAGE_BYTES {
        return text.len();
    }
    let end = text.floor_char_boundary(PASSAGE_BYTES);
    let head = text.get(..end).unwrap_or_default();
    head.rfind(' ').filter(|at| end - at < 30).unwrap_or(end)
}

/// The words of an article, numbered as they first occur.
#[derive(Default)]
struct Vocabulary {
    numbers: BTreeMap<String, usize>,
}

impl Vocabulary {
    fn number(&mut self, word: &str) -> usize {
        if let Some(&number) = self.numbers.get(word) {
            return number;
        }
        let number = self.numbers.len();
        self.numbers.insert(word.to_owned(), number);
        number
    }

    /// Returns the words of a text as they are compared here: six letters stand for all
    /// forms of a word, two characters for a word where none are separated.
    fn words(&mut self, text: &str) -> BTreeSet<usize> {
        let mut words = BTreeSet::new();
        let mut word = String::new();
        let mut last = None;
        for c in text.chars().flat_map(char::to_lowercase).chain([' ']) {
            let is_wide = c >= '\u{2e80}' && c.is_alphanumeric();
            if let Some(last) = last.filter(|_| is_wide) {
                words.insert(self.number(&String::from_iter([last, c])));
            }
            last = is_wide.then_some(c);
            if c.is_alphanumeric() && !is_wide {
                word.push(c);
            } else if !word.is_empty() {
                let end = word.char_indices().nth(6).map_or(word.len(), |(at, _)| at);
                word.truncate(end);
                if end > 2 {
                    words.insert(self.number(&word));
                }
                word.clear();
            }
        }
        words
    }
}

#[cfg(test)]
mod tests {
    use vitrine_article::{Article, Block};

    use super::{MAX_BYTES, PASSAGE_BYTES, choose};

    fn passages(paragraphs: &[&str]) -> Vec<String> {
        let blocks = paragraphs.iter().map(|text| Block::paragraph(*text)).collect();
        choose(&Article { blocks, ..Article::default() })
    }

    #[test]
    fn a_short_text_is_taken_whole() {
        let text = "The tide gauge is old. It still works.";
        assert_eq!(passages(&[text]), [text]);
        assert_eq!(passages(&["潮位站很旧。它还在工作。"]), ["潮位站很旧。它还在工作。"]);
    }

    #[test]
    fn of_a_long_text_the_beginning_and_what_it_repeats() {
        let filler: Vec<String> = (0..400)
            .map(|n| format!("Sentence with filler{n}a and filler{n}b and filler{n}c."))
            .collect();
        let beginning = "Here it begins.";
        let middle = "A tide gauge measures how the sea rises.";
        let end = "Every tide gauge rises with its sea.";
        let text =
            [beginning, &filler[..40].join(" "), middle, &filler[40..60].join(" "), end];
        let chosen = passages(&[&text.join(" ")]);
        assert!(chosen[0].starts_with(beginning), "{chosen:#?}");
        let all = chosen.join(" ");
        assert!(all.contains(middle) || all.contains(end), "{chosen:#?}");
        assert!(all.len() < MAX_BYTES + PASSAGE_BYTES, "{} bytes", all.len());
    }

    #[test]
    fn a_text_without_ends_of_sentences_is_cut_between_words() {
        let chosen = passages(&[&"unending words ".repeat(200)]);
        assert!(chosen.iter().all(|p| p.ends_with("unending") || p.ends_with("words")));
    }
}
