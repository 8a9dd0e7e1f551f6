//! Queries: what a reader typed becomes words, and words become terms.

use vitrine_bundle::{Bundle, ChunkSource, ReadError, try_join_all};

use crate::{
    IndexStats, Matcher,
    fold::{Folding, load_folding},
    lexicon::{Match, look_up, look_up_nearest, look_up_prefix, mend},
    matcher::Wanted,
    rerank::Neighbors,
    token::{RunEnd, TokenKind, tokenize},
};

/// Most words of a query that are looked up; a longer one is a pasted text.
const MAX_WORDS: usize = 64;

/// Whether the last word of a query may still grow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typing {
    /// It may: it also stands for every longer word that begins with it.
    Unfinished,
    /// It is complete.
    Finished,
}

/// A query as words, each with what the lexicon has for it.
pub(crate) struct ParsedQuery {
    /// The folding that the query and the marking need.
    pub(crate) folding: Folding,
    /// The distinct words in the order of the query.
    pub(crate) words: Vec<QueryWord>,
    /// The numbers of the words, one after another as they stand in the query.
    pub(crate) sequence: Vec<usize>,
}

/// A word or bigram of a query.
pub(crate) struct QueryWord {
    /// Its folded form.
    pub(crate) form: String,
    /// Whether it also stands for what begins with it.
    pub(crate) is_prefix: bool,
    /// Whether it is a word or a bigram.
    pub(crate) kind: TokenKind,
    /// How often the query has it.
    pub(crate) count: u32,
    /// What it stands for.
    pub(crate) found: Match,
    /// The form that it was taken for, because it never occurs.
    pub(crate) correction: Option<String>,
}

impl ParsedQuery {
    /// Returns the words that follow each other in the query and tell something; pairs of
    /// characters are closer than words can be already.
    pub(crate) fn neighbors(&self, weights: &[u32]) -> Vec<Neighbors> {
        let tells = |at: &&usize| {
            self.words.get(**at).is_some_and(|word| {
                word.kind == TokenKind::Word
                    && !word.found.is_function
                    && !word.found.is_empty()
            })
        };
        let sequence: Vec<usize> = self.sequence.iter().filter(tells).copied().collect();
        let weight = |at: usize| weights.get(at).copied().unwrap_or(0);
        sequence
            .windows(2)
            .filter_map(|pair| match *pair {
                [first, second] if first != second => {
                    let weight = weight(first).min(weight(second));
                    Some(Neighbors { first, second, weight })
                }
                _ => None,
            })
            .collect()
    }

    /// Returns what marks the words of the query in texts; `weights` go with the words.
    pub(crate) fn matcher(self, weights: &[u32]) -> Matcher {
        let Self { folding, words, .. } = self;
        let mut wanted = Wanted::default();
        for (index, word) in words.into_iter().enumerate() {
            let weight = weights.get(index).copied().unwrap_or(1);
            if word.kind == TokenKind::Gram && word.is_prefix {
                wanted.characters.insert(word.form, (index, weight));
                continue;
            }
            for form in word.found.forms {
                wanted.forms.entry(form).or_insert((index, weight));
            }
        }
        Matcher::new(folding, wanted)
    }
}

/// Splits a query and looks its words up.
pub(crate) async fn parse<S: ChunkSource>(
    bundle: &Bundle<S>,
    stats: &IndexStats,
    query: &str,
    typing: Typing,
) -> Result<ParsedQuery, ReadError> {
    let folding = load_folding(bundle, stats, query).await?;
    let mut words: Vec<QueryWord> = Vec::new();
    let mut sequence = Vec::new();
    let mut end_of_last = 0;
    tokenize(query, &folding, RunEnd::InBigram, &mut |token| {
        end_of_last = token.range.end;
        if let Some(at) = words.iter().position(|word| word.form == token.form) {
            sequence.push(at);
            words[at].count += 1;
        } else if words.len() < MAX_WORDS {
            sequence.push(words.len());
            // Every character begins a bigram or stands alone, so that a single one is
            // found wherever it occurs as a prefix.
            let is_character =
                token.kind == TokenKind::Gram && token.form.chars().count() == 1;
            words.push(QueryWord {
                form: token.form.to_owned(),
                is_prefix: is_character,
                kind: token.kind,
                count: 1,
                found: Match::default(),
                correction: None,
            });
        }
    });
    if typing == Typing::Unfinished
        && end_of_last == query.len()
        && let Some(last) = words.last_mut()
        && last.kind == TokenKind::Word
    {
        last.is_prefix = true;
    }
    let found = words.iter().map(|word| resolve(bundle, word));
    let found = try_join_all(found).await?;
    for (word, (found, correction)) in words.iter_mut().zip(found) {
        word.found = found;
        word.correction = correction;
    }
    let (words, sequence) = merged(words, &sequence);
    Ok(ParsedQuery { folding, words, sequence })
}

/// Makes one of words that stand for the same terms, as inflections of a word do.
fn merged(words: Vec<QueryWord>, sequence: &[usize]) -> (Vec<QueryWord>, Vec<usize>) {
    let mut kept: Vec<QueryWord> = Vec::new();
    let mut places = Vec::with_capacity(words.len());
    for word in words {
        let same = kept.iter().position(|other| {
            !word.found.is_empty()
                && other.found.exact == word.found.exact
                && other.found.completions == word.found.completions
        });
        if let Some(same) = same.and_then(|at| Some((at, kept.get_mut(at)?))) {
            same.1.count += word.count;
            places.push(same.0);
        } else {
            places.push(kept.len());
            kept.push(word);
        }
    }
    let sequence = sequence.iter().filter_map(|&at| places.get(at).copied()).collect();
    (kept, sequence)
}

/// Returns what a word stands for, and the form that it was taken for, if it never occurs
/// and seems mistyped.
async fn resolve<S: ChunkSource>(
    bundle: &Bundle<S>,
    word: &QueryWord,
) -> Result<(Match, Option<String>), ReadError> {
    if word.is_prefix {
        let found = look_up_prefix(bundle, &word.form).await?;
        if !found.is_empty() {
            return Ok((found, None));
        }
    }
    let found = look_up(bundle, &word.form).await?;
    if !found.is_empty() || word.kind == TokenKind::Gram {
        return Ok((found, None));
    }
    if let Some(form) = mend(bundle, &word.form).await? {
        return Ok((look_up(bundle, &form).await?, Some(form)));
    }
    if word.form.chars().all(char::is_alphabetic) {
        let found = look_up_nearest(bundle, &word.form).await?;
        if !found.is_empty() {
            return Ok((found, None));
        }
    }
    // The forms that a word begins are its relatives more often than not: where `govern`
    // never occurs, it stands for `governance`.
    Ok((look_up_prefix(bundle, &word.form).await?, None))
}

/// Returns what marks the words of `query` in texts, without searching.
///
/// # Errors
///
/// [`ReadError`] when a chunk of the lexicon can't be loaded or is damaged.
pub async fn matcher<S: ChunkSource>(
    bundle: &Bundle<S>,
    stats: &IndexStats,
    query: &str,
) -> Result<Matcher, ReadError> {
    Ok(parse(bundle, stats, query, Typing::Finished).await?.matcher(&[]))
}
