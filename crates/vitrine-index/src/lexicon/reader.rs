//! Looks forms up.

use vitrine_bundle::{Bundle, Chunk, ChunkSource, CursorError, ReadError, Section};

use super::{
    TermRef,
    chunk::{Form, Forms, next_term, search_key},
};

/// Most forms that a prefix stands for; of more, the most frequent are taken.
const MAX_EXPANSIONS: usize = 512;

/// Most chunks that a prefix reads; it stands for the forms in them.
const MAX_PREFIX_CHUNKS: usize = 16;

/// Most chunks that completions are taken from.
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

/// Looks up a form; one chunk.
///
/// # Errors
///
/// Fails when a chunk does not load or is damaged.
pub(crate) async fn look_up<S: ChunkSource>(
    bundle: &Bundle<S>,
    form: &str,
) -> Result<Match, ReadError> {
    let mut found = Match::default();
    let Some(chunk) = find(bundle, form).await? else { return Ok(found) };
    decoded(&chunk, |forms| exact(forms, form, &mut found))?;
    if !found.exact.is_empty() {
        found.forms = decoded(&chunk, |forms| forms_of(forms, &found.exact))?;
    }
    Ok(found)
}

/// Looks up the forms nearest to one that does not occur: those that share the longest
/// beginning with it, when what is different after it is short, as inflections are. One
/// chunk, or two at a boundary.
///
/// # Errors
///
/// Fails when a chunk does not load or is damaged.
pub(crate) async fn look_up_nearest<S: ChunkSource>(
    bundle: &Bundle<S>,
    form: &str,
) -> Result<Match, ReadError> {
    let mut found = Match::default();
    let Some(chunk) = find(bundle, form).await? else { return Ok(found) };
    let mut nearest = Nearest::new(form);
    decoded(&chunk, |forms| nearest.visit(forms))?;
    let following = if nearest.is_last { bundle.next(&chunk).await? } else { None };
    if let Some(chunk) = &following {
        decoded(chunk, |forms| nearest.visit(forms))?;
    }
    found.completions = nearest.terms;
    found.completions.sort_unstable();
    found.completions.dedup();
    for chunk in [Some(&chunk), following.as_ref()].into_iter().flatten() {
        found.forms.extend(decoded(chunk, |forms| forms_of(forms, &found.completions))?);
    }
    Ok(found)
}

/// Returns the chunk where `form` is or would be.
pub(super) async fn find<S: ChunkSource>(
    bundle: &Bundle<S>,
    form: &str,
) -> Result<Option<Chunk>, ReadError> {
    match bundle.find(Section::Lexicon, &search_key(form)).await? {
        Some(chunk) => Ok(Some(chunk)),
        None => bundle.first(Section::Lexicon).await,
    }
}

/// Looks up a form and all forms that begin with it; as many chunks as they fill, up to
/// [`MAX_PREFIX_CHUNKS`].
///
/// # Errors
///
/// Fails when a chunk does not load or is damaged.
pub(crate) async fn look_up_prefix<S: ChunkSource>(
    bundle: &Bundle<S>,
    prefix: &str,
) -> Result<Match, ReadError> {
    let mut chunk = find(bundle, prefix).await?;
    let mut found = Match::default();
    let mut longer = Vec::new();
    let mut chunks = Vec::new();
    while let Some(current) = chunk
        && chunks.len() < MAX_PREFIX_CHUNKS
    {
        let is_beyond = current.first_key() > prefix.as_bytes()
            && !current.first_key().starts_with(prefix.as_bytes());
        if is_beyond {
            break;
        }
        decoded(&current, |forms| {
            collect_prefix(forms, prefix, &mut found, &mut longer)
        })?;
        chunk = bundle.next(&current).await?;
        chunks.push(current);
    }
    // A term that several forms share counts once.
    longer.sort_unstable();
    longer.dedup();
    longer.retain(|term| !found.exact.contains(term));
    if longer.len() > MAX_EXPANSIONS {
        longer.sort_unstable_by_key(|term| (u32::MAX - term.doc_freq, term.ordinal));
        longer.truncate(MAX_EXPANSIONS);
        longer.sort_unstable();
    }
    let mut all = longer.clone();
    all.extend_from_slice(&found.exact);
    all.sort_unstable();
    found.completions = longer;
    for chunk in &chunks {
        found.forms.extend(decoded(chunk, |forms| forms_of(forms, &all))?);
    }
    Ok(found)
}

/// Returns the most frequent forms that begin with `prefix`, one for each term, of the
/// first two chunks that have any.
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
    let mut chunk = find(bundle, prefix).await?;
    for _ in 0..MAX_COMPLETION_CHUNKS {
        let Some(current) = chunk else { break };
        decoded(&current, |mut forms| {
            while let Some(form) = forms.next()? {
                let Some(&term) = form.terms.first() else { continue };
                // The shortest form of a term comes first.
                let is_known =
                    best.iter().any(|(known, _)| known.ordinal == term.ordinal);
                if form.text.starts_with(prefix) && !form.is_function && !is_known {
                    let place = best
                        .partition_point(|(known, _)| known.doc_freq >= term.doc_freq);
                    best.insert(place, (term, form.text.to_owned()));
                    best.truncate(limit);
                }
            }
            Ok(())
        })?;
        chunk = bundle.next(&current).await?;
    }
    Ok(best.into_iter().map(|(_, form)| form).collect())
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
    while let Some(candidate) = forms.next()? {
        if candidate.text >= form {
            if candidate.text == form {
                found.exact = candidate.terms.to_vec();
                found.is_function = candidate.is_function;
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
    while !terms.is_empty()
        && let Some(form) = forms.next()?
    {
        let is_one = |term: &TermRef| terms.binary_search(term).is_ok();
        if form.terms.iter().any(is_one) {
            found.push(form.text.to_owned());
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
