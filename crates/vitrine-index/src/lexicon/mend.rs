//! Finds the form that a mistyped word was meant to be.
//!
//! The lexicon is sorted, so a form that differs from the word after its first two letters
//! stands near it. Only when none does, the places are read where the word would stand if
//! one of its first two letters were wrong: a handful of chunks, never the whole lexicon.

use vitrine_bundle::{Bundle, ChunkSource, CursorError, ReadError};

use super::{
    Part,
    chunk::Forms,
    reader::{decoded, find, is_beyond, next},
};

/// Fewest letters of a word that can be mistyped; anything shorter is near everything.
const MIN_LETTERS: usize = 3;

/// Fewest letters of a word that may have two errors.
const MIN_LETTERS_TWO_ERRORS: usize = 8;

/// Most chunks that are read for one word.
const MAX_CHUNKS: usize = 96;

/// Most chunks of a part that are read for one beginning.
const MAX_CHUNKS_OF_PREFIX: usize = 8;

/// How many times as frequent a form must be that does not begin like the word.
const OTHER_FIRST_LETTER: u64 = 4;

/// Returns the form that `word`, which does not occur, was probably meant to be: with the
/// fewest errors, and the most frequent of these.
///
/// One error is a letter too many, missing or wrong, or two neighbors exchanged; words of
/// eight letters and more may have two.
///
/// # Errors
///
/// Fails when a chunk does not load or is damaged.
pub(crate) async fn mend<S: ChunkSource>(
    bundle: &Bundle<S>,
    word: &str,
) -> Result<Option<String>, ReadError> {
    let letters: Vec<char> = word.chars().collect();
    if letters.len() < MIN_LETTERS || !letters.iter().all(|c| c.is_alphabetic()) {
        return Ok(None);
    }
    let mut search = Search {
        max_errors: if letters.len() < MIN_LETTERS_TWO_ERRORS { 1 } else { 2 },
        word: &letters,
        best: None,
        chunks_left: MAX_CHUNKS,
    };
    for prefixes in
        [same_beginning(&letters), known_errors(&letters), unknown_errors(&letters)]
    {
        for prefix in prefixes {
            search.visit(bundle, &prefix).await?;
        }
        if search.best.is_some() {
            break;
        }
    }
    Ok(search.best.map(|best| best.form))
}

/// The beginning of a form whose first two letters are right.
fn same_beginning(letters: &[char]) -> Vec<String> {
    vec![letters.iter().take(2).collect()]
}

/// The beginnings of forms of which the word has a letter too many among its first two, or
/// the first letters exchanged.
fn known_errors(letters: &[char]) -> Vec<String> {
    let orders: [&[usize]; 4] = [&[1, 2], &[0, 2], &[1, 0], &[0, 2, 1]];
    orders
        .iter()
        .map(|order| order.iter().filter_map(|&at| letters.get(at)).collect())
        .collect()
}

/// The beginnings of forms of which one of the first two letters is another or missing in
/// the word; of Latin letters only, whose alphabet is known.
fn unknown_errors(letters: &[char]) -> Vec<String> {
    let &[a, b, c, ..] = letters else { return Vec::new() };
    if !a.is_ascii_lowercase() {
        return Vec::new();
    }
    ('a'..='z')
        .flat_map(|x| [[a, x, b], [a, x, c], [x, a, b], [x, b, c]])
        .map(|prefix| prefix.iter().collect())
        .collect()
}

/// The best form so far.
struct Best {
    form: String,
    errors: usize,
    weight: u64,
}

struct Search<'a> {
    word: &'a [char],
    max_errors: usize,
    best: Option<Best>,
    chunks_left: usize,
}

impl Search<'_> {
    /// Looks at the forms that begin with `prefix`.
    async fn visit<S: ChunkSource>(
        &mut self,
        bundle: &Bundle<S>,
        prefix: &str,
    ) -> Result<(), ReadError> {
        for part in Part::ALL {
            let mut chunk = find(bundle, part, prefix).await?;
            for _ in 0..MAX_CHUNKS_OF_PREFIX {
                let Some(current) = chunk.filter(|chunk| !is_beyond(chunk, prefix))
                else {
                    break;
                };
                let Some(left) = self.chunks_left.checked_sub(1) else { break };
                self.chunks_left = left;
                decoded(&current, |forms| self.compare(forms, prefix))?;
                chunk = next(bundle, &current).await?;
            }
        }
        Ok(())
    }

    fn compare(&mut self, mut forms: Forms<'_>, prefix: &str) -> Result<(), CursorError> {
        let mut letters = Vec::new();
        while let Some(form) = forms.next()? {
            if !form.text.starts_with(prefix) {
                if form.text > prefix {
                    break;
                }
                continue;
            }
            letters.clear();
            letters.extend(form.text.chars());
            let most = self.best.as_ref().map_or(self.max_errors, |best| best.errors);
            let Some(errors) = distance(self.word, &letters, most) else { continue };
            let doc_freq = form.terms.iter().map(|term| u64::from(term.doc_freq)).max();
            let is_same = letters.first() == self.word.first();
            let weight =
                doc_freq.unwrap_or(0) * if is_same { OTHER_FIRST_LETTER } else { 1 };
            let is_better = self.best.as_ref().is_none_or(|best| {
                errors < best.errors || (errors == best.errors && weight > best.weight)
            });
            if is_better {
                self.best = Some(Best { form: form.text.to_owned(), errors, weight });
            }
        }
        Ok(())
    }
}

/// Returns how many errors lie between two words, unless they are more than `most`.
///
/// This is the optimal string alignment distance: insertion, deletion, substitution, and
/// transposition of neighbors cost one each.
fn distance(a: &[char], b: &[char], most: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    let mut left_of_a = None;
    for (row, &letter) in a.iter().enumerate() {
        let mut next = Vec::with_capacity(last.len());
        next.push(row + 1);
        for (column, &other) in b.iter().enumerate() {
            let at =
                |row: &[usize], at: usize| row.get(at).copied().unwrap_or(usize::MAX);
            let mut cost = (at(&last, column) + usize::from(letter != other))
                .min(at(&last, column + 1) + 1)
                .min(at(&next, column) + 1);
            let left_of_b = column.checked_sub(1).and_then(|at| b.get(at)).copied();
            if letter != other && left_of_a == Some(other) && left_of_b == Some(letter) {
                cost = cost.min(at(&before, column - 1) + 1);
            }
            next.push(cost);
        }
        if next.iter().min().is_some_and(|&least| least > most) {
            return None;
        }
        left_of_a = Some(letter);
        before = std::mem::replace(&mut last, next);
    }
    last.last().copied().filter(|&errors| errors <= most)
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn errors_are_counted() {
        let check = |a: &str, b: &str, expected| {
            let (a, b): (Vec<char>, Vec<char>) =
                (a.chars().collect(), b.chars().collect());
            assert_eq!(distance(&a, &b, 2), expected, "{a:?} {b:?}");
            assert_eq!(distance(&b, &a, 2), expected, "{b:?} {a:?}");
        };
        check("harbour", "harbour", Some(0));
        check("harbour", "harbor", Some(1));
        check("harbour", "habrour", Some(1));
        check("harbour", "aharbour", Some(1));
        check("harbour", "hqrbxur", Some(2));
        check("ab", "ba", Some(1));
        check("harbour", "arbor", Some(2));
        check("harbour", "ladder", None);
    }
}
