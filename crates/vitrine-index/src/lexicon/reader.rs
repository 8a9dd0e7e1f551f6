//! Looks forms up.

use vitrine_bundle::{Bundle, Chunk, ChunkSource, CursorError, ReadError, Section};

use super::{
    Part, TermRef,
    chunk::{Form, Forms, next_term, search_key},
};
use crate::token::is_written_without_spaces;

/// Most terms that a prefix stands for, of which the most frequent are taken, and most chunks
/// of a part that it reads. One or two letters begin so many forms that the most frequent
/// already stand in nearly all documents; of a longer prefix none is to be missed.
const SHORT_LETTERS: usize = 2;
const MAX_EXPANSIONS_SHORT: usize = 512;
const MAX_EXPANSIONS: usize = 8192;
const MAX_PREFIX_CHUNKS_SHORT: usize = 16;
const MAX_PREFIX_CHUNKS: usize = 64;

/// Most chunks of a part that completions are taken from.
const MAX_COMPLETION_CHUNKS: usize = 2;

/// Least number of bytes that a word shares with its nearest forms.
const MIN_SHARED: usize = 3;

/// What a word of a query stands for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Match {
    /// Terms of the word itself, ascending by ordinal.
    pub(crate) exact: Vec<TermRef>,
    /// Terms of longer forms that begin with it, or of the nearest ones when none is
    /// right; ascending by ordinal.
    pub(crate) completions: Vec<TermRef>,
    /// The forms under which these terms occur.
    pub(crate) forms: Vec<String>,
    /// Whether the word itself is a function word.
    pub(crate) is_function: bool,
}

impl Match {
    /// Returns whether the word stands for nothing.
    pub(crate) fn is_empty(&self) -> bool {
        self.exact.is_empty() && self.completions.is_empty()
    }
}

/// Looks up a form; a chunk of each part at most.
///
/// # Errors
///
/// Fails when a chunk does not load or is damaged.
pub(crate) async fn look_up<S: ChunkSource>(
    bundle: &Bundle<S>,
    form: &str,
) -> Result<Match, ReadError> {
    let mut found = Match::default();
    for part in Part::ALL {
        let Some(chunk) = find(bundle, part, form).await? else { continue };
        decoded(&chunk, |forms| exact(forms, form, &mut found))?;
        if !found.exact.is_empty() {
            // What is written without spaces has no stem, and so no other form.
            found.forms = if form.starts_with(is_written_without_spaces) {
                vec![form.to_owned()]
            } else {
                decoded(&chunk, |forms| forms_of(forms, &found.exact))?
            };
            break;
        }
    }
    Ok(found)
}

/// Looks up the forms nearest to one that does not occur: those that share the longest
/// beginning with it, when what is different after it is short, as inflections are. One
/// chunk of each part, or two at a boundary.
///
/// # Errors
///
/// Fails when a chunk does not load or is damaged.
pub(crate) async fn look_up_nearest<S: ChunkSource>(
    bundle: &Bundle<S>,
    form: &str,
) -> Result<Match, ReadError> {
    let mut found = Match::default();
    let mut nearest = Nearest::new(form);
    let mut chunks = Vec::new();
    for part in Part::ALL {
        let Some(chunk) = find(bundle, part, form).await? else { continue };
        decoded(&chunk, |forms| nearest.visit(forms))?;
        let following = if nearest.is_last { next(bundle, &chunk).await? } else { None };
        chunks.push(chunk);
        if let Some(chunk) = following {
            decoded(&chunk, |forms| nearest.visit(forms))?;
            chunks.push(chunk);
        }
    }
    found.completions = nearest.terms;
    found.completions.sort_unstable();
    found.completions.dedup();
    for chunk in &chunks {
        found.forms.extend(decoded(chunk, |forms| forms_of(forms, &found.completions))?);
    }
    Ok(found)
}

/// Returns the chunk of `part` where `form` is or would be.
pub(super) async fn find<S: ChunkSource>(
    bundle: &Bundle<S>,
    part: Part,
    form: &str,
) -> Result<Option<Chunk>, ReadError> {
    let mut chunk = bundle.find(Section::Lexicon, &search_key(part, form)).await?;
    if chunk.is_none() {
        chunk = bundle.first(Section::Lexicon).await?;
    }
    // Before the first form of a part stands the other part.
    if let Some(before) = chunk.as_ref().filter(|chunk| part_of(chunk) < part as u8) {
        chunk = bundle.next(before).await?;
    }
    Ok(chunk.filter(|chunk| part_of(chunk) == part as u8))
}

/// Returns the chunk after `chunk` in its part.
pub(super) async fn next<S: ChunkSource>(
    bundle: &Bundle<S>,
    chunk: &Chunk,
) -> Result<Option<Chunk>, ReadError> {
    let next = bundle.next(chunk).await?;
    Ok(next.filter(|next| part_of(next) == part_of(chunk)))
}

/// Returns the number of the part to which a chunk belongs.
fn part_of(chunk: &Chunk) -> u8 {
    chunk.first_key().first().copied().unwrap_or(0)
}

/// Returns whether all forms of a chunk are after those that begin with `prefix`.
pub(super) fn is_beyond(chunk: &Chunk, prefix: &str) -> bool {
    let first = chunk.first_key().get(1..).unwrap_or_default();
    first > prefix.as_bytes() && !first.starts_with(prefix.as_bytes())
}

/// Looks up a form and all forms that begin with it; as many chunks as they fill, up to
/// [`MAX_PREFIX_CHUNKS`] of each part, fewer for one or two letters.
///
/// # Errors
///
/// Fails when a chunk does not load or is damaged.
pub(crate) async fn look_up_prefix<S: ChunkSource>(
    bundle: &Bundle<S>,
    prefix: &str,
) -> Result<Match, ReadError> {
    let mut found = Match::default();
    let mut longer = Vec::new();
    let mut chunks = Vec::new();
    let is_short = prefix.chars().count() <= SHORT_LETTERS;
    let (max_expansions, max_chunks) = if is_short {
        (MAX_EXPANSIONS_SHORT, MAX_PREFIX_CHUNKS_SHORT)
    } else {
        (MAX_EXPANSIONS, MAX_PREFIX_CHUNKS)
    };
    for part in Part::ALL {
        let mut chunk = find(bundle, part, prefix).await?;
        for _ in 0..max_chunks {
            let Some(current) = chunk.filter(|chunk| !is_beyond(chunk, prefix)) else {
                break;
            };
            bundle.pause().await;
            decoded(&current, |forms| {
                collect_prefix(forms, prefix, &mut found, &mut longer)
            })?;
            chunk = next(bundle, &current).await?;
            chunks.push(current);
        }
    }
    // A term that several forms share counts once.
    longer.sort_unstable();
    longer.dedup();
    longer.retain(|term| !found.exact.contains(term));
    if longer.len() > max_expansions {
        longer.sort_unstable_by_key(|term| (u32::MAX - term.doc_freq, term.ordinal));
        longer.truncate(max_expansions);
        longer.sort_unstable();
    }
    let mut all = longer.clone();
    all.extend_from_slice(&found.exact);
    all.sort_unstable();
    found.completions = longer;
    for chunk in &chunks {
        bundle.pause().await;
        found.forms.extend(decoded(chunk, |forms| forms_of(forms, &all))?);
    }
    Ok(found)
}

/// Returns the most frequent forms that begin with `prefix`, one for each term, of the
/// first two chunks that have any; of rare ones only when there are too few others.
///
/// # Errors
///
/// Fails when a chunk does not load or is damaged.
pub(crate) async fn complete<S: ChunkSource>(
    bundle: &Bundle<S>,
    prefix: &str,
    limit: usize,
) -> Result<Vec<String>, ReadError> {
    let mut best: Vec<(TermRef, String)> = Vec::new();
    for part in Part::ALL {
        if best.len() >= limit {
            break;
        }
        let mut chunk = find(bundle, part, prefix).await?;
        for _ in 0..MAX_COMPLETION_CHUNKS {
            let Some(current) = chunk else { break };
            decoded(&current, |forms| collect_best(forms, prefix, limit, &mut best))?;
            chunk = next(bundle, &current).await?;
        }
    }
    Ok(best.into_iter().map(|(_, form)| form).collect())
}

fn collect_best(
    mut forms: Forms<'_>,
    prefix: &str,
    limit: usize,
    best: &mut Vec<(TermRef, String)>,
) -> Result<(), CursorError> {
    while let Some(form) = forms.next()? {
        let Some(&term) = form.terms.first() else { continue };
        // The shortest form of a term comes first.
        let is_known = best.iter().any(|(known, _)| known.ordinal == term.ordinal);
        if form.text.starts_with(prefix) && !form.is_function && !is_known {
            let place =
                best.partition_point(|(known, _)| known.doc_freq >= term.doc_freq);
            best.insert(place, (term, form.text.to_owned()));
            best.truncate(limit);
        }
    }
    Ok(())
}

/// Reads the forms of a chunk.
pub(super) fn decoded<T>(
    chunk: &Chunk,
    read: impl FnOnce(Forms<'_>) -> Result<T, CursorError>,
) -> Result<T, ReadError> {
    next_term(chunk.first_key())
        .and_then(|next_term| read(Forms::new(chunk.bytes(), next_term)?))
        .map_err(|error| chunk.undecodable(error))
}

fn exact(mut forms: Forms<'_>, form: &str, found: &mut Match) -> Result<(), CursorError> {
    while forms.step()? {
        if forms.bytes.as_slice() >= form.as_bytes() {
            if forms.bytes == form.as_bytes() {
                found.is_function = forms.is_function;
                found.exact = forms.terms;
            }
            break;
        }
    }
    Ok(())
}

fn collect_prefix(
    mut forms: Forms<'_>,
    prefix: &str,
    found: &mut Match,
    longer: &mut Vec<TermRef>,
) -> Result<(), CursorError> {
    while let Some(form) = forms.next()? {
        if form.text == prefix {
            found.exact.extend_from_slice(form.terms);
            found.is_function = form.is_function;
        } else if form.text.starts_with(prefix) {
            longer.extend_from_slice(form.terms);
        } else if form.text > prefix {
            break;
        }
    }
    Ok(())
}

/// Returns the forms of the chunk that stand for one of `terms`, which ascend.
fn forms_of(mut forms: Forms<'_>, terms: &[TermRef]) -> Result<Vec<String>, CursorError> {
    let mut found = Vec::new();
    while !terms.is_empty() && forms.step()? {
        if forms.terms.iter().any(|term| terms.binary_search(term).is_ok()) {
            found.push(forms.text()?.to_owned());
        }
    }
    Ok(found)
}

/// Collects the forms of [`look_up_nearest`].
struct Nearest<'a> {
    word: &'a str,
    /// Bytes that the forms found so far share with the word.
    shared: usize,
    terms: Vec<TermRef>,
    /// Whether the word is after all forms visited.
    is_last: bool,
}

impl<'a> Nearest<'a> {
    fn new(word: &'a str) -> Self {
        Self { word, shared: 0, terms: Vec::new(), is_last: true }
    }

    fn visit(&mut self, mut forms: Forms<'_>) -> Result<(), CursorError> {
        while let Some(Form { text: form, terms, .. }) = forms.next()? {
            self.is_last = form < self.word;
            let common = self.word.bytes().zip(form.bytes()).take_while(|(a, b)| a == b);
            let shared = self.word.floor_char_boundary(common.count());
            let different = self.word.len() - shared + form.len() - shared;
            if shared < MIN_SHARED || different > shared / 2 || shared < self.shared {
                continue;
            }
            if shared > self.shared {
                self.shared = shared;
                self.terms.clear();
            }
            self.terms.extend_from_slice(terms);
        }
        Ok(())
    }
}
