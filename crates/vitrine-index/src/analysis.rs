//! From surface form to term, with the pipelines of `elasticlunr-rs`.

use std::borrow::Cow;

use elasticlunr::{Language, Pipeline, lang};

/// Chinese characters that hold sentences together, folded: pairs with one of them say
/// little, as stop words do.
const FUNCTION_CHARACTERS: &str =
    "的了是在和与或及等之其这那哪些什么甚谁何怎如吗呢为于以由";

/// Returns whether a bigram holds a sentence together more than it says something.
pub(crate) fn is_function_gram(form: &str) -> bool {
    form.contains(|c| FUNCTION_CHARACTERS.contains(c))
}

/// What a word stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Analysis<'a> {
    /// The term, a stem as a rule.
    pub(crate) term: Cow<'a, str>,
    /// Whether it is a stop word of its language.
    pub(crate) is_function: bool,
}

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

    /// Analyzes a word: `form` is its folded form, `surface` stands in the text.
    ///
    /// A stop word, of which the pipeline leaves nothing, is its own term, so that a query
    /// of stop words finds something.
    pub(crate) fn analyze<'a>(&self, form: &'a str, surface: &str) -> Analysis<'a> {
        let itself = |is_function| Analysis { term: Cow::Borrowed(form), is_function };
        let word = if !self.is_english {
            surface
                .chars()
                .filter(|c| c.is_alphanumeric())
                .flat_map(char::to_lowercase)
                .collect()
        } else if form.is_ascii() {
            form.to_owned()
        } else {
            return itself(false);
        };
        match self.pipeline.run(vec![word]).pop() {
            Some(term) if !term.is_empty() => {
                Analysis { term: Cow::Owned(term), is_function: false }
            }
            _ => itself(true),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Analyzer, is_function_gram};

    fn check(language: &str, words: &[&str], term: &str) {
        let analyzer = Analyzer::new(language);
        for word in words {
            let form = word.to_lowercase();
            let analysis = analyzer.analyze(&form, word);
            assert_eq!(analysis.term, term, "{word}");
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
    fn stop_words_stay_and_are_told_apart() {
        check("en", &["the", "The"], "the");
        check("de", &["und"], "und");
        assert!(Analyzer::new("en").analyze("the", "the").is_function);
        assert!(!Analyzer::new("de").analyze("the", "the").is_function);
        assert!(is_function_gram("海的") && !is_function_gram("海洋"));
    }

    #[test]
    fn what_is_not_english_is_left_alone() {
        check("en", &["книги"], "книги");
        check("und", &["naïve"], "naïve");
    }
}
