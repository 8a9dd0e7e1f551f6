//! The index of an archive for elasticlunr.js 0.9.5, which `elasticlunr-rs` writes.

use elasticlunr::{Index, IndexBuilder, Language, Pipeline, lang::English};
use vitrine_article::Article;

use crate::token::is_written_without_spaces;

/// Fields of the index, in this order.
const FIELDS: [&str; 4] = ["title", "authors", "source", "body"];

/// An index that elasticlunr.js loads.
///
/// Words are cut at white space and hyphens and stemmed as English, which is what
/// elasticlunr.js does with a query; runs of Chinese and Japanese characters are indexed as
/// pairs, so that a query has to be cut into pairs, too. The texts themselves are not in it.
pub struct ElasticlunrIndex {
    index: Index,
}

impl ElasticlunrIndex {
    /// Returns an empty index.
    pub fn new() -> Self {
        let language = Box::new(Forms(English::new()));
        let builder = IndexBuilder::with_language(language).save_docs(false);
        Self { index: builder.add_fields(FIELDS).build() }
    }

    /// Adds an article; its reference is its id.
    pub fn add(&mut self, article: &Article) {
        let metadata = &article.metadata;
        let authors = metadata.authors.join(" ");
        let body = article.whole_text();
        let source = metadata.source.as_deref().unwrap_or_default();
        self.index.add_doc(&article.id, [&metadata.title, &authors, source, &body]);
    }

    /// Returns the index as JSON, for `elasticlunr.Index.load(JSON.parse(text))`.
    pub fn to_json(&self) -> String {
        self.index.to_json()
    }
}

impl Default for ElasticlunrIndex {
    fn default() -> Self {
        Self::new()
    }
}

impl std::fmt::Debug for ElasticlunrIndex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ElasticlunrIndex").finish_non_exhaustive()
    }
}

/// English, with tokens of other scripts let through.
struct Forms(English);

impl Language for Forms {
    fn name(&self) -> String {
        self.0.name()
    }

    fn code(&self) -> String {
        self.0.code()
    }

    fn tokenize(&self, text: &str) -> Vec<String> {
        let mut tokens = Vec::new();
        for word in text.split(|c: char| c.is_whitespace() || c == '-') {
            let word = word.to_lowercase();
            for part in
                word.split(|c: char| !c.is_alphanumeric() && !"'’.+#&_".contains(c))
            {
                cut(part, &mut tokens);
            }
        }
        tokens
    }

    /// The trimmer of elasticlunr knows no letters but those of English.
    fn make_pipeline(&self) -> Pipeline {
        let mut pipeline = self.0.make_pipeline();
        pipeline.queue.retain(|function| function.name() != "trimmer");
        pipeline
    }
}

/// Cuts a word where its script changes, and runs without spaces into pairs.
fn cut(word: &str, tokens: &mut Vec<String>) {
    let characters: Vec<char> = word.chars().collect();
    let is_same = |a: &char, b: &char| {
        is_written_without_spaces(*a) == is_written_without_spaces(*b)
    };
    for run in characters.chunk_by(is_same) {
        if run.len() > 1 && run.first().is_some_and(|&c| is_written_without_spaces(c)) {
            tokens.extend(run.windows(2).map(String::from_iter));
            continue;
        }
        let token = String::from_iter(run);
        let token = token.trim_matches(|c: char| !c.is_alphanumeric());
        let token = token
            .strip_suffix("'s")
            .or_else(|| token.strip_suffix("’s"))
            .unwrap_or(token);
        if !token.is_empty() {
            tokens.push(token.to_owned());
        }
    }
}
