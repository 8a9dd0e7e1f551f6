//! From surface form to term, with the pipelines of `elasticlunr-rs`.

use std::borrow::Cow;

use elasticlunr::{Language, Pipeline, lang};

/// The analysis of one language: which term a word of its texts stands for.
pub(crate) struct Analyzer {
    pipeline: Pipeline,
    is_english: bool,
}

impl Analyzer {
    /// Returns the analyzer for texts in the language with this BCP 47 primary subtag.
    ///
    /// Words in Latin letters are taken for English where the language has no pipeline or
    /// no use for one: that is what they are in most Chinese texts.
    pub(crate) fn new(language: &str) -> Self {
        // elasticlunr-rs calls Dutch `du`, and Norwegian by its macrolanguage.
        let code = match language {
            "nl" => "du",
            "nb" | "nn" => "no",
            code => code,
        };
        match lang::from_code(code).filter(|_| code != "en") {
            Some(language) => {
                Self { pipeline: language.make_pipeline(), is_english: false }
            }
            None => {
                Self { pipeline: lang::English::new().make_pipeline(), is_english: true }
            }
        }
    }

    /// Returns the term of a word: `form` is its folded form, `surface` stands in the text.
    ///
    /// A stop word, of which the pipeline leaves nothing, is its own term, so that a query
    /// of stop words finds something; being frequent, it counts little elsewhere.
    pub(crate) fn term<'a>(&self, form: &'a str, surface: &str) -> Cow<'a, str> {
        let word = if !self.is_english {
            surface
                .chars()
                .filter(|c| c.is_alphanumeric())
                .flat_map(char::to_lowercase)
                .collect()
        } else if form.is_ascii() {
            form.to_owned()
        } else {
            return Cow::Borrowed(form);
        };
        match self.pipeline.run(vec![word]).pop() {
            Some(term) if !term.is_empty() => Cow::Owned(term),
            _ => Cow::Borrowed(form),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Analyzer;

    fn check(language: &str, words: &[&str], term: &str) {
        let analyzer = Analyzer::new(language);
        for word in words {
            assert_eq!(analyzer.term(&word.to_lowercase(), word), term, "{word}");
        }
    }

    #[test]
    fn words_of_a_stem_share_a_term() {
        check("en", &["govern", "Governing", "governance"], "govern");
        check("zh", &["network", "networks"], "network");
        check("de", &["Häuser", "Häusern"], "haus");
        check("fr", &["continuellement", "continuelle"], "continuel");
        check("ru", &["книги", "книга"], "книг");
        check("nl", &["lichaam", "Lichaam"], "licham");
    }

    #[test]
    fn stop_words_stay() {
        check("en", &["the", "The"], "the");
        check("de", &["und"], "und");
    }

    #[test]
    fn what_is_not_english_is_left_alone() {
        check("en", &["книги"], "книги");
        check("und", &["naïve"], "naïve");
    }
}
