//! Suggestions while somebody types: words of the archive and names of authors.

use vitrine_bundle::{Bundle, ChunkSource, ReadError};

use crate::{
    IndexStats,
    columns::{Column, value_name},
    constraint::forms,
    fold::load_folding,
    lexicon::complete,
    token::{RunEnd, TokenKind, tokenize},
};

/// Authors among whom names are suggested: those with most documents.
const MAX_AUTHORS: u32 = 500;

/// What somebody who types may mean.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Suggestions {
    /// The query with its last word completed, the most frequent word first.
    pub queries: Vec<String>,
    /// Names of authors of which a word begins like the query.
    pub authors: Vec<String>,
}

/// Suggests up to `limit` completions of `query` and as many authors.
///
/// # Errors
///
/// [`ReadError`] when a chunk can't be loaded or is damaged.
pub async fn suggest<S: ChunkSource>(
    bundle: &Bundle<S>,
    stats: &IndexStats,
    query: &str,
    limit: usize,
) -> Result<Suggestions, ReadError> {
    let mut suggestions = Suggestions::default();
    let folding = load_folding(bundle, stats, query).await?;
    let mut last = None;
    tokenize(query, &folding, RunEnd::InBigram, &mut |token| {
        last = Some((token.form.to_owned(), token.range, token.kind));
    });
    let Some((form, range, kind)) = last.filter(|(_, range, _)| range.end == query.len())
    else {
        return Ok(suggestions);
    };
    if kind == TokenKind::Word {
        let before = query.get(..range.start).unwrap_or_default();
        let words = complete(bundle, &form, limit).await?;
        suggestions.queries =
            words.into_iter().map(|word| format!("{before}{word}")).collect();
    }
    let wanted = folding_of(query, &folding);
    for number in 0..MAX_AUTHORS {
        let Some(name) = value_name(bundle, Column::Author, number).await? else { break };
        let words = forms(std::iter::once(name.as_str()), &folding);
        let is_meant = (0..words.len())
            .any(|at| words.get(at..).unwrap_or_default().join(" ").starts_with(&wanted));
        if is_meant && !wanted.is_empty() {
            suggestions.authors.push(name);
            if suggestions.authors.len() == limit {
                break;
            }
        }
    }
    Ok(suggestions)
}

/// Returns the folded words of a text with spaces between them.
fn folding_of(text: &str, folding: &crate::fold::Folding) -> String {
    let mut words = forms(std::iter::once(text), folding);
    words.pop();
    words.join(" ")
}
