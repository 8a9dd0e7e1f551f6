//! Looks forms up.

use vitrine_bundle::{Bundle, Chunk, ChunkSource, CursorError, ReadError, Section};

use super::{TermRef, chunk::Forms};

/// Most forms that a prefix stands for; of more, the most frequent are taken.
const MAX_EXPANSIONS: usize = 512;

/// What a word of a query stands for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Match {
    /// Terms of the word itself, ascending by ordinal.
    pub(crate) exact: Vec<TermRef>,
    /// Terms of the longer forms that begin with it, ascending by ordinal.
    pub(crate) completions: Vec<TermRef>,
    /// The forms under which these terms occur.
    pub(crate) forms: Vec<String>,
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
    if let Some(chunk) = bundle.find(Section::Lexicon, form.as_bytes()).await? {
        found.exact = decoded(&chunk, |bytes| terms_of(bytes, form))?;
        found.forms = decoded(&chunk, |bytes| forms_of(bytes, &found.exact))?;
    }
    Ok(found)
}

/// Looks up a form and all forms that begin with it; as many chunks as they fill.
///
/// # Errors
///
/// Fails when a chunk does not load or is damaged.
pub(crate) async fn look_up_prefix<S: ChunkSource>(
    bundle: &Bundle<S>,
    prefix: &str,
) -> Result<Match, ReadError> {
    let mut chunk = match bundle.find(Section::Lexicon, prefix.as_bytes()).await? {
        Some(chunk) => Some(chunk),
        None => bundle.first(Section::Lexicon).await?,
    };
    let mut found = Match::default();
    let mut longer = Vec::new();
    let mut chunks = Vec::new();
    while let Some(current) = chunk {
        let is_beyond = current.first_key() > prefix.as_bytes()
            && !current.first_key().starts_with(prefix.as_bytes());
        if is_beyond {
            break;
        }
        decoded(&current, |bytes| {
            collect_prefix(bytes, prefix, &mut found.exact, &mut longer)
        })?;
        chunk = bundle.next(&current).await?;
        chunks.push(current);
    }
    // A term that several forms share counts once.
    longer.sort_unstable();
    longer.dedup();
    longer.retain(|term| !found.exact.contains(term));
    if longer.len() > MAX_EXPANSIONS {
        longer.sort_by_key(|term| (u32::MAX - term.doc_freq, term.ordinal));
        longer.truncate(MAX_EXPANSIONS);
        longer.sort_unstable();
    }
    let mut all = longer.clone();
    all.extend_from_slice(&found.exact);
    all.sort_unstable();
    found.completions = longer;
    for chunk in &chunks {
        found.forms.extend(decoded(chunk, |bytes| forms_of(bytes, &all))?);
    }
    Ok(found)
}

fn decoded<T>(
    chunk: &Chunk,
    read: impl FnOnce(&[u8]) -> Result<T, CursorError>,
) -> Result<T, ReadError> {
    read(chunk.bytes()).map_err(|error| chunk.undecodable(error))
}

fn terms_of(bytes: &[u8], form: &str) -> Result<Vec<TermRef>, CursorError> {
    let mut forms = Forms::new(bytes)?;
    while let Some((candidate, terms)) = forms.next()? {
        if candidate >= form {
            return Ok(if candidate == form { terms.to_vec() } else { Vec::new() });
        }
    }
    Ok(Vec::new())
}

fn collect_prefix(
    bytes: &[u8],
    prefix: &str,
    exact: &mut Vec<TermRef>,
    longer: &mut Vec<TermRef>,
) -> Result<(), CursorError> {
    let mut forms = Forms::new(bytes)?;
    while let Some((form, terms)) = forms.next()? {
        if form == prefix {
            exact.extend_from_slice(terms);
        } else if form.starts_with(prefix) {
            longer.extend_from_slice(terms);
        } else if form > prefix {
            break;
        }
    }
    Ok(())
}

/// Returns the forms of the chunk that stand for one of `terms`, which ascend.
fn forms_of(bytes: &[u8], terms: &[TermRef]) -> Result<Vec<String>, CursorError> {
    let mut found = Vec::new();
    let mut forms = Forms::new(bytes)?;
    while !terms.is_empty()
        && let Some((form, candidates)) = forms.next()?
    {
        let is_one = |term: &TermRef| terms.binary_search(term).is_ok();
        if candidates.iter().any(is_one) {
            found.push(form.to_owned());
        }
    }
    Ok(found)
}
