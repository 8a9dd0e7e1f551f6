//! What a query demands of documents beyond having its words: phrases, exclusions,
//! alternatives, and conditions on fields.

use vitrine_bundle::{Bundle, ChunkSource, ReadError};

use crate::{
    columns::{self, Column, date_number, docs_where, year_of},
    fold::Folding,
    query::{
        Node,
        syntax::{Field, years},
    },
    search::WordPosting,
    token::{RunEnd, tokenize},
};

/// Decides whether documents fulfil a query.
pub(crate) struct Constraint<'a> {
    clause: &'a Node,
    /// Of each word of the query, its documents.
    postings: &'a [Vec<WordPosting>],
    /// The documents of each condition on a field.
    fields: Vec<(Field, &'a str, Vec<u32>)>,
    /// Whether phrases are words only, because none occurs.
    pub(crate) is_relaxed: bool,
}

impl<'a> Constraint<'a> {
    /// Loads the columns that the conditions of a query need.
    ///
    /// # Errors
    ///
    /// Fails when a chunk does not load or is damaged.
    pub(crate) async fn load<S: ChunkSource>(
        bundle: &Bundle<S>,
        folding: &Folding,
        clause: &'a Node,
        postings: &'a [Vec<WordPosting>],
    ) -> Result<Self, ReadError> {
        let mut fields = Vec::new();
        let mut open = vec![clause];
        while let Some(node) = open.pop() {
            match node {
                Node::Field(field, value) => {
                    let docs = field_docs(bundle, folding, *field, value).await?;
                    fields.push((*field, value.as_str(), docs));
                }
                Node::All(nodes) | Node::Any(nodes) => open.extend(nodes),
                Node::Not(node) => open.push(node),
                Node::Words(_) | Node::Title(_) | Node::Phrase(..) => {}
            }
        }
        Ok(Self { clause, postings, fields, is_relaxed: false })
    }

    /// Returns whether a document fulfils the query: `None` when that depends on its text
    /// and `text` is missing.
    pub(crate) fn holds(&self, doc: u32, text: Option<&[String]>) -> Option<bool> {
        self.node_holds(self.clause, doc, text, true)
    }

    /// Words at the top are soft: not all have to occur.
    fn node_holds(
        &self,
        node: &Node,
        doc: u32,
        text: Option<&[String]>,
        is_soft: bool,
    ) -> Option<bool> {
        let posting = |word: &usize| {
            let list = self.postings.get(*word)?;
            let at = list.binary_search_by_key(&doc, |posting| posting.doc).ok()?;
            list.get(at)
        };
        let has_all = |words: &[usize]| words.iter().all(|word| posting(word).is_some());
        match node {
            Node::Words(_) if is_soft => Some(true),
            Node::Phrase(..) if is_soft && self.is_relaxed => Some(true),
            Node::Words(words) => Some(has_all(words)),
            Node::Title(words) => {
                Some(words.iter().all(|word| {
                    posting(word).is_some_and(|posting| posting.title_part > 0)
                }))
            }
            Node::Phrase(forms, words) => match text {
                _ if !has_all(words) => Some(false),
                _ if self.is_relaxed || is_character(forms) => Some(true),
                Some(text) => {
                    Some(text.windows(forms.len().max(1)).any(|window| window == forms))
                }
                None => None,
            },
            Node::Field(field, value) => {
                let mut conditions = self.fields.iter();
                let known =
                    conditions.find(|(f, v, _)| (f, v) == (field, &value.as_str()));
                Some(known.is_some_and(|(_, _, docs)| docs.binary_search(&doc).is_ok()))
            }
            Node::All(nodes) => {
                let mut holds = Some(true);
                for node in nodes {
                    match self.node_holds(node, doc, text, is_soft) {
                        Some(false) => return Some(false),
                        Some(true) => {}
                        None => holds = None,
                    }
                }
                holds
            }
            Node::Any(nodes) => {
                let mut holds = Some(false);
                for node in nodes {
                    match self.node_holds(node, doc, text, false) {
                        Some(true) => return Some(true),
                        Some(false) => {}
                        None => holds = None,
                    }
                }
                holds
            }
            Node::Not(node) => {
                self.node_holds(node, doc, text, false).map(|holds| !holds)
            }
        }
    }

    /// Returns whether every document with words of the query fulfils it.
    pub(crate) fn is_soft(&self) -> bool {
        fn holds(node: &Node, is_soft: bool) -> bool {
            match node {
                Node::Words(words) => is_soft || words.is_empty(),
                Node::All(nodes) => nodes.iter().all(|node| holds(node, is_soft)),
                Node::Any(nodes) => nodes.iter().any(|node| holds(node, false)),
                _ => false,
            }
        }
        holds(self.clause, true)
    }

    /// Returns whether the query has a phrase that a document must have.
    pub(crate) fn wants_phrase(&self) -> bool {
        fn wants(node: &Node) -> bool {
            match node {
                Node::Phrase(forms, _) => !forms.is_empty(),
                Node::All(nodes) => nodes.iter().any(wants),
                _ => false,
            }
        }
        wants(self.clause)
    }
}

/// Returns whether a phrase is a single Chinese, Japanese or Korean character: every
/// document of its postings has it.
fn is_character(forms: &[String]) -> bool {
    matches!(forms, [form] if !form.is_ascii() && form.chars().count() == 1)
}

/// Returns the folded words and bigrams of the parts of a text, one after another, as
/// phrases have them.
pub(crate) fn forms<'t>(
    parts: impl Iterator<Item = &'t str>,
    folding: &Folding,
) -> Vec<String> {
    let mut forms = Vec::new();
    for part in parts {
        tokenize(part, folding, RunEnd::InBigram, &mut |token| {
            forms.push(token.form.to_owned());
        });
        // No phrase goes on from one part to the next.
        forms.push(String::new());
    }
    forms
}

/// Returns the documents, ascending, that fulfil a condition on a field.
async fn field_docs<S: ChunkSource>(
    bundle: &Bundle<S>,
    folding: &Folding,
    field: Field,
    value: &str,
) -> Result<Vec<u32>, ReadError> {
    let date = || value.parse().map_or(0, date_number);
    let column = match field {
        Field::Year => {
            let (first, last) = years(value).unwrap_or_default();
            let years = u32::from(first)..=u32::from(last);
            let is_wanted = |number| years.contains(&year_of(number));
            return docs_where(bundle, Column::Date, &is_wanted).await;
        }
        Field::Before => {
            let limit = date();
            return docs_where(bundle, Column::Date, &|number| number < limit).await;
        }
        Field::After => {
            let first = date();
            return docs_where(bundle, Column::Date, &|number| number >= first).await;
        }
        Field::Lang => Column::Lang,
        Field::Source => Column::Source,
        Field::Section => Column::Section,
        Field::Author => Column::Author,
        Field::Type => Column::Type,
    };
    let folded = |text: &str| forms(std::iter::once(text), folding);
    let wanted = folded(value);
    let words = wanted.split_last().map_or(&[][..], |(_, words)| words);
    let (mut equal, mut similar) = (Vec::new(), Vec::new());
    columns::visit_names(bundle, column, &mut |number, name| {
        if name == value {
            equal.push(number);
        }
        let forms = folded(name);
        let is_similar = match (column, words) {
            (_, []) => false,
            (Column::Lang, words) => forms.starts_with(words),
            (_, [character]) if is_character(words) => {
                forms.iter().any(|form| form.contains(character.as_str()))
            }
            (_, words) => forms.windows(words.len()).any(|window| window == words),
        };
        if is_similar {
            similar.push(number);
        }
    })
    .await?;
    // A value that there is stands for itself alone, so that facets and filters agree.
    let numbers = if equal.is_empty() { similar } else { equal };
    docs_where(bundle, column, &|number| numbers.binary_search(&number).is_ok()).await
}
