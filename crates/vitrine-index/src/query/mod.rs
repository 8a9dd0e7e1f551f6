//! Queries: what a reader typed becomes words, and words become terms.

use vitrine_bundle::{Bundle, ChunkSource, ReadError, try_join_all};

pub(crate) mod syntax;
pub use syntax::field_names;

use syntax::{Clause, Field, Mode};

use crate::{
    IndexStats, Matcher, Request, Sort,
    fold::{Folding, load_folding},
    lexicon::{Match, look_up, look_up_nearest, look_up_prefix, mend},
    matcher::{Wanted, WantedWord},
    rerank::Neighbors,
    token::{RunEnd, TokenKind, is_written_without_spaces, tokenize},
};

/// Most words of a query that are looked up; a longer one is a pasted text.
const MAX_WORDS: usize = 64;

/// Fewest letters of a word that never occurs and is taken for the stem of one that does, and
/// most letters of the ending that it lacks.
const MIN_STEM: usize = 5;
const MAX_ENDING: usize = 3;

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
    /// What documents have to fulfil.
    pub(crate) clause: Node,
}

/// A clause whose words are looked up.
#[derive(Debug, Clone)]
pub(crate) enum Node {
    /// Words, by their numbers.
    Words(Vec<usize>),
    /// Words of the title, by their numbers.
    Title(Vec<usize>),
    /// A phrase: its folded words, and their numbers.
    Phrase(Vec<String>, Vec<usize>),
    /// A condition on a field.
    Field(Field, String),
    /// Everything that this says.
    All(Vec<Node>),
    /// At least one of these.
    Any(Vec<Node>),
    /// None of this.
    Not(Box<Node>),
}

/// A word or bigram of a query.
pub(crate) struct QueryWord {
    /// Its folded form.
    pub(crate) form: String,
    /// Whether it also stands for what begins with it.
    pub(crate) is_prefix: bool,
    /// Whether it stands for itself alone, not for what it may have been meant to be.
    pub(crate) is_literal: bool,
    /// Whether documents are wanted for it: it is not excluded.
    pub(crate) is_wanted: bool,
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
    /// Returns whether the query wants no words, only conditions if anything.
    pub(crate) fn is_everything(&self) -> bool {
        fn has_text(node: &Node) -> bool {
            match node {
                Node::Words(_) | Node::Title(_) | Node::Phrase(..) => true,
                Node::All(nodes) | Node::Any(nodes) => nodes.iter().any(has_text),
                Node::Field(..) | Node::Not(_) => false,
            }
        }
        match &self.clause {
            Node::All(nodes) => !nodes.first().is_some_and(has_text),
            _ => false,
        }
    }

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
    pub(crate) fn matcher(&self, weights: &[u32]) -> Matcher {
        let Self { folding, words, .. } = self;
        let mut wanted = Wanted::default();
        let wanted_words = || words.iter().enumerate().filter(|(_, word)| word.is_wanted);
        let weight = |number: usize| weights.get(number).copied().unwrap_or(1);
        // Of words that count as one each form is as good as the other.
        for (number, word) in wanted_words().filter(|(_, w)| w.kind == TokenKind::Word) {
            let form = word.correction.as_ref().unwrap_or(&word.form);
            let same = wanted_words().find(|(_, other)| other.found == word.found);
            let number = same.map_or(number, |(first, _)| first);
            let word_of_form =
                WantedWord { number, weight: weight(number), is_exact: true };
            if word.found.forms.contains(form) {
                wanted.forms.add(form, word_of_form);
            }
        }
        for (number, word) in wanted_words() {
            let word_of_form =
                WantedWord { number, weight: weight(number), is_exact: false };
            if word.kind == TokenKind::Gram && word.is_prefix {
                wanted.characters.add(&word.form, word_of_form);
                continue;
            }
            for form in &word.found.forms {
                wanted.forms.add(form, word_of_form);
            }
        }
        Matcher::new(folding.clone(), wanted)
    }
}

/// Splits a query and looks its words up.
pub(crate) async fn parse<S: ChunkSource>(
    bundle: &Bundle<S>,
    stats: &IndexStats,
    request: &Request<'_>,
) -> Result<ParsedQuery, ReadError> {
    let Request { query, filter, .. } = *request;
    let needs_none = |c: char| c.is_ascii() || is_written_without_spaces(c);
    if stats.folds_all_texts
        && query.chars().all(needs_none)
        && filter.is_ascii()
        && !query.contains(':')
    {
        // Pairs of characters that occur as they are need no folding: most queries in
        // Chinese are spared its chunk.
        let folding = Folding::new(vec![stats.folding.clone()]);
        let parsed = resolved(bundle, request, folding).await?;
        let is_certain =
            |word: &QueryWord| word.kind == TokenKind::Word || !word.found.is_empty();
        if parsed.words.iter().all(is_certain) {
            return Ok(parsed);
        }
    }
    let folding = load_folding(bundle, stats, &[query, filter].concat()).await?;
    resolved(bundle, request, folding).await
}

/// Splits a query, folded in this way, and looks its words up.
async fn resolved<S: ChunkSource>(
    bundle: &Bundle<S>,
    request: &Request<'_>,
    folding: Folding,
) -> Result<ParsedQuery, ReadError> {
    let Request { query, filter, typing, .. } = *request;
    let mut splitter =
        Splitter { folding: &folding, words: Vec::new(), sequence: Vec::new() };
    let wanted = splitter.node(&syntax::parse(query), true);
    // A filter is no wish: its words count nothing, and all have to hold.
    let filter = splitter.node(&syntax::parse(filter), false);
    let clause = Node::All(vec![wanted, Node::Any(vec![filter])]);
    let Splitter { mut words, mut sequence, .. } = splitter;
    let is_unfinished =
        typing == Typing::Unfinished && query.ends_with(char::is_alphanumeric);
    if is_unfinished
        && let Some(last) = sequence.last().and_then(|&last| words.get_mut(last))
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
    merge(&mut words, &mut sequence);
    Ok(ParsedQuery { folding, words, sequence, clause })
}

/// Collects the words of clauses.
struct Splitter<'a> {
    folding: &'a Folding,
    words: Vec<QueryWord>,
    sequence: Vec<usize>,
}

impl Splitter<'_> {
    fn node(&mut self, clause: &Clause, is_wanted: bool) -> Node {
        let mut all = |clauses: &[Clause]| {
            clauses.iter().map(|clause| self.node(clause, is_wanted)).collect()
        };
        match clause {
            Clause::All(clauses) => Node::All(all(clauses)),
            Clause::Any(clauses) => Node::Any(all(clauses)),
            Clause::Not(clause) => Node::Not(Box::new(self.node(clause, false))),
            Clause::Field(field, value) => Node::Field(*field, value.clone()),
            Clause::Text(text, mode) => {
                let numbers = self.text(text, *mode, is_wanted);
                match mode {
                    Mode::Words | Mode::Prefix => Node::Words(numbers),
                    Mode::Title => Node::Title(numbers),
                    Mode::Phrase => {
                        let forms = numbers.iter().filter_map(|&at| self.words.get(at));
                        let forms = forms.map(|word| word.form.clone()).collect();
                        Node::Phrase(forms, numbers)
                    }
                }
            }
        }
    }

    /// Adds the words of a text and returns their numbers.
    fn text(&mut self, text: &str, mode: Mode, is_wanted: bool) -> Vec<usize> {
        let Self { folding, words, sequence } = self;
        let is_literal = mode == Mode::Phrase;
        let mut numbers = Vec::new();
        tokenize(text, folding, RunEnd::InBigram, &mut |token| {
            let same = words.iter().position(|word| {
                word.form == token.form
                    && (word.is_literal, word.is_wanted) == (is_literal, is_wanted)
            });
            let number = same.unwrap_or(words.len());
            if let Some(word) = words.get_mut(number) {
                word.count += 1;
            } else if number < MAX_WORDS {
                // Every character begins a bigram or stands alone, so that a single one is
                // found wherever it occurs as a prefix.
                let is_prefix =
                    token.kind == TokenKind::Gram && token.form.chars().count() == 1;
                words.push(QueryWord {
                    form: token.form.to_owned(),
                    is_prefix,
                    is_literal,
                    is_wanted,
                    kind: token.kind,
                    count: 1,
                    found: Match::default(),
                    correction: None,
                });
            } else {
                return;
            }
            numbers.push(number);
            if is_wanted {
                sequence.push(number);
            }
        });
        if mode == Mode::Prefix
            && let Some(last) = numbers.last().and_then(|&last| words.get_mut(last))
            && last.kind == TokenKind::Word
        {
            last.is_prefix = true;
        }
        numbers
    }
}

/// Counts words that stand for the same terms, as inflections of a word do, as one: the
/// first of them. The others stay, for the clauses that they stand in, with a count of 0.
fn merge(words: &mut [QueryWord], sequence: &mut [usize]) {
    for at in 1..words.len() {
        let (before, rest) = words.split_at_mut(at);
        let Some(word) = rest.first_mut().filter(|word| !word.found.is_empty()) else {
            continue;
        };
        let same = before.iter().position(|other| {
            other.is_wanted == word.is_wanted
                && other.count > 0
                && other.found.exact == word.found.exact
                && other.found.completions == word.found.completions
        });
        if let Some((place, same)) = same.and_then(|at| Some((at, before.get_mut(at)?))) {
            same.count += std::mem::take(&mut word.count);
            for number in sequence.iter_mut().filter(|number| **number == at) {
                *number = place;
            }
        }
    }
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
    if !found.is_empty() || word.kind == TokenKind::Gram || word.is_literal {
        return Ok((found, None));
    }
    let nearest = if word.form.chars().all(char::is_alphabetic) {
        look_up_nearest(bundle, &word.form).await?
    } else {
        Match::default()
    };
    // A word with an ending less than those that occur is an inflection before it is a typo:
    // `elección` where there are `elecciones`, whatever other language has `election`.
    let is_stem = |form: &String| {
        let ending = form.strip_prefix(&word.form).map(|ending| ending.chars().count());
        ending.is_some_and(|count| count <= MAX_ENDING)
    };
    if word.form.chars().count() >= MIN_STEM && nearest.forms.iter().any(is_stem) {
        return Ok((nearest, None));
    }
    if let Some(form) = mend(bundle, &word.form).await? {
        return Ok((look_up(bundle, &form).await?, Some(form)));
    }
    if !nearest.is_empty() {
        return Ok((nearest, None));
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
    let request = Request {
        query,
        filter: "",
        typing: Typing::Finished,
        sort: Sort::Relevance,
        limit: 0,
        wants_facets: false,
    };
    Ok(parse(bundle, stats, &request).await?.matcher(&[]))
}
