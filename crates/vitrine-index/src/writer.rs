//! Builds an index.

use std::{borrow::Cow, collections::BTreeMap, fmt, slice};

use indexmap::IndexMap;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};
use vitrine_article::PartialDate;
use vitrine_bundle::BundleWriter;
use vitrine_spool::Spool;

use crate::{
    IndexError, IndexStats,
    analysis::{Analyzer, is_function_gram},
    columns::ColumnsWriter,
    fold::{FoldTable, Folding, Observed, unicode_table, write_folding},
    inverted::{Document, FormTerms, Frequencies, Inverter, Numbering, Occurrence},
    lexicon::write_lexicon,
    postings::PostingsWriter,
    related::RelatedFinder,
    score::bm25f::FIELDS,
    segments::{Lists, Segments},
    text_map::TextMap,
    token::{RunEnd, Token, TokenKind, tokenize},
};

/// What is searched of a document.
#[derive(Debug, Clone, Copy)]
pub struct IndexDocument<'a> {
    /// Language of its text, as a BCP 47 tag.
    pub lang: &'a str,
    /// Date of publication.
    pub date: Option<PartialDate>,
    /// Title.
    pub title: &'a str,
    /// Authors.
    pub authors: &'a [String],
    /// Publication in which it appeared.
    pub source: &'a str,
    /// Section of the site.
    pub section: &'a str,
    /// What kind of text it is.
    pub r#type: &'a str,
    /// Text of the body.
    pub body: &'a str,
}

/// Collects documents and writes the sections of folding, lexicon, postings and columns.
///
/// Documents get the numbers 0, 1, … in the order in which they are added.
#[derive(Default)]
pub struct IndexWriter {
    /// Why the folding map is missing; told at the end.
    folding_error: Option<IndexError>,
    table: FoldTable,
    folding: Folding,
    observed: Observed,
    languages: IndexMap<String, Language>,
    documents: Vec<Document>,
    terms: Terms,
    columns: ColumnsWriter,
    /// One occurrence for each term of each document, in the order of documents.
    segments: Segments,
}

/// The forms and terms that occur. Both have numbers in the order of their appearance.
#[derive(Default)]
struct Terms {
    count: u32,
    by_stem: TextMap<u32>,
    by_gram: TextMap<u32>,
    /// Folded words.
    forms: TextMap<FormState>,
    /// The terms of those forms that have several, ascending, by the number of the form.
    several: BTreeMap<u32, Vec<u32>>,
}

/// What is known of a folded word.
#[derive(Default)]
struct FormState {
    /// Its term, which depends on the language; the first, if there are several.
    term: u32,
    /// Whether it says something in one of its languages.
    has_content: bool,
}

struct Language {
    analyzer: Analyzer,
    /// Terms of words as they stand in texts, so that each is analyzed once; forgotten when
    /// they are very many.
    seen: TextMap<u32>,
}

/// Most words of a language that are remembered as they stand in texts.
const MAX_SEEN: usize = 1 << 20;

impl IndexWriter {
    /// Returns a writer of an empty index, which holds all of it in memory.
    pub fn new() -> Self {
        Self::with_segments(Segments::default())
    }

    /// Returns a writer of an empty index that puts aside in `spool` what would need much
    /// memory. The index is the same.
    pub fn in_spool(spool: Spool) -> Self {
        Self::with_segments(Segments::in_spool(spool))
    }

    pub(crate) fn with_segments(segments: Segments) -> Self {
        let mut writer = Self { segments, ..Self::default() };
        match unicode_table() {
            Ok(table) => {
                writer.folding = Folding::new(vec![table.clone()]);
                writer.table = table;
            }
            Err(error) => writer.folding_error = Some(error),
        }
        writer
    }

    /// Adds the next document.
    pub fn add(&mut self, document: &IndexDocument<'_>) {
        let IndexDocument { lang, date, title, authors, source, section, r#type, body } =
            *document;
        self.columns.add(
            date,
            [
                &mut [lang].into_iter(),
                &mut [source].into_iter(),
                &mut [section].into_iter(),
                &mut authors.iter().map(String::as_str),
                &mut [r#type].into_iter(),
            ],
            &self.folding.text(&composed(title)),
        );
        let authors = authors.join("\n");
        let language = primary_subtag(lang);
        let slot = self.languages.entry(language);
        let language = slot.index() as u32;
        let state = slot.or_insert_with_key(|code| Language {
            analyzer: Analyzer::new(code),
            seen: TextMap::default(),
        });
        let mut lengths = [0; FIELDS];
        let mut found: BTreeMap<u32, Frequencies> = BTreeMap::new();
        let fields = [title, &authors, source, body];
        for (field, (text, length)) in fields.into_iter().zip(&mut lengths).enumerate() {
            let text = composed(text);
            self.observed.add(&text);
            let terms = &mut self.terms;
            tokenize(&text, &self.folding, RunEnd::Alone, &mut |token| {
                let surface = text.get(token.range.clone()).unwrap_or(token.form);
                let term = terms.term(&token, surface, state);
                *length += 1;
                found.entry(term).or_default().count(field);
            });
        }
        let doc = self.documents.len() as u32;
        self.documents.push(Document { language, lengths });
        self.segments.add(found.into_iter().map(|(term, frequencies)| Occurrence {
            term,
            doc,
            frequencies,
        }));
    }

    /// Writes the index into `bundle` and returns its statistics.
    ///
    /// # Errors
    ///
    /// [`IndexError`] when the index has too many documents, a segment could not be put
    /// aside, or `bundle` refuses a chunk.
    pub fn finish(self, bundle: &mut BundleWriter) -> Result<IndexStats, IndexError> {
        self.sections(bundle)?.finish(bundle)
    }

    /// Writes folding and lexicon into `bundle` and returns the other sections.
    ///
    /// # Errors
    ///
    /// [`IndexError`] when the index has too many documents, a segment could not be put
    /// aside, or `bundle` refuses a chunk.
    pub fn sections(
        self,
        bundle: &mut BundleWriter,
    ) -> Result<IndexSections, IndexError> {
        let Self {
            folding_error,
            table,
            observed,
            documents,
            mut terms,
            columns,
            mut segments,
            languages,
            ..
        } = self;
        drop(languages);
        terms.by_stem = TextMap::default();
        if let Some(error) = folding_error {
            return Err(error);
        }
        let doc_count = u32::try_from(documents.len()).map_err(|_range| {
            IndexError::TooManyDocuments { doc_count: documents.len() }
        })?;
        let (folding, folds_all_texts) = write_folding(&table, &observed, bundle)?;
        let mut order = terms.order();
        let form_of = |number| terms.form(number);
        let numbering = Numbering::new(&mut order, &form_of, segments.take_doc_freqs());
        let form_count = order.len() as u32;
        let entries = order.iter().map(|&number| numbering.entry(form_of(number)));
        write_lexicon(entries, bundle)?;
        drop(order);
        drop(terms);
        let postings = PostingsWriter::new(doc_count, numbering.common_count());
        let lists = segments.invert(&Inverter::new(numbering, documents))?;
        Ok(IndexSections {
            lists,
            postings,
            related: RelatedFinder::new(doc_count),
            columns,
            stats: IndexStats {
                doc_count,
                term_count: 0,
                form_count,
                folding,
                folds_all_texts,
            },
        })
    }
}

/// The sections of an index that take many chunks, written a few at a time.
#[derive(Debug)]
pub struct IndexSections {
    lists: Lists,
    postings: PostingsWriter,
    related: RelatedFinder,
    columns: ColumnsWriter,
    stats: IndexStats,
}

impl IndexSections {
    /// Writes the next postings lists into `bundle`; returns `false` when there are no more.
    ///
    /// # Errors
    ///
    /// [`IndexError`] when a list can't be read again or `bundle` refuses a chunk.
    pub fn write_some(&mut self, bundle: &mut BundleWriter) -> Result<bool, IndexError> {
        for _ in 0..LISTS_AT_ONCE {
            let Some(list) = self.lists.next()? else { return Ok(false) };
            self.related.add(&list);
            self.postings.add(list, bundle)?;
        }
        Ok(true)
    }

    /// Writes all that is left and returns the statistics of the index.
    ///
    /// # Errors
    ///
    /// [`IndexError`] when a list can't be read again or `bundle` refuses a chunk.
    pub fn finish(mut self, bundle: &mut BundleWriter) -> Result<IndexStats, IndexError> {
        while self.write_some(bundle)? {}
        let Self { postings, related, columns, mut stats, .. } = self;
        stats.term_count = postings.finish(bundle)?;
        columns.finish(&related.finish(), bundle)?;
        Ok(stats)
    }
}

/// Lists between two chances to take the chunks.
const LISTS_AT_ONCE: usize = 1024;

/// Most terms of one form; a form has one for each language that stems it differently.
const MAX_TERMS: usize = 64;

/// Returns the text in normalization form C, as folding expects it.
fn composed(text: &str) -> Cow<'_, str> {
    match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => Cow::Borrowed(text),
        _ => Cow::Owned(text.nfc().collect()),
    }
}

fn primary_subtag(lang: &str) -> String {
    lang.split('-').next().unwrap_or_default().to_ascii_lowercase()
}

impl fmt::Debug for IndexWriter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IndexWriter")
            .field("documents", &self.documents.len())
            .field("terms", &self.terms.count)
            .finish_non_exhaustive()
    }
}

impl Terms {
    /// Returns the term of a token, which stands as `surface` in a text of `language`.
    fn term(&mut self, token: &Token<'_>, surface: &str, language: &mut Language) -> u32 {
        let Self { count, by_stem, by_gram, forms, several } = self;
        let new = || {
            *count += 1;
            *count - 1
        };
        if token.kind == TokenKind::Gram {
            let (_, term) = by_gram.entry(token.form, new);
            return term.copied().unwrap_or_default();
        }
        // Words in ASCII are what their form says, whatever their case.
        let key = if surface.is_ascii() { token.form } else { surface };
        if let Some(&term) = language.seen.get(key) {
            return term;
        }
        let analysis = language.analyzer.analyze(token.form, surface);
        let (_, known) = by_stem.entry(&analysis.term, new);
        let term = known.copied().unwrap_or_default();
        let (number, state) =
            forms.entry(token.form, || FormState { term, has_content: false });
        if let Some(state) = state {
            state.has_content |= !analysis.is_function;
            if state.term != term {
                let terms = several.entry(number).or_insert(vec![state.term]);
                if let Err(place) = terms.binary_search(&term) {
                    terms.insert(place, term);
                }
            }
        }
        if language.seen.len() >= MAX_SEEN {
            language.seen = TextMap::default();
        }
        language.seen.entry(key, || term);
        term
    }

    /// Returns a form with its terms: pairs of characters come first, then words, both as
    /// they appeared.
    fn form(&self, number: u32) -> FormTerms<'_> {
        let Self { by_gram, forms, several, .. } = self;
        if let Some((form, term)) = by_gram.at(number) {
            let terms = slice::from_ref(term);
            return FormTerms { form, terms, is_function: is_function_gram(form) };
        }
        let number = number - by_gram.len() as u32;
        let Some((form, state)) = forms.at(number) else {
            return FormTerms { form: "", terms: &[], is_function: true };
        };
        let terms = several.get(&number).map(Vec::as_slice);
        let terms = terms.unwrap_or(slice::from_ref(&state.term));
        let terms = terms.get(..MAX_TERMS).unwrap_or(terms);
        FormTerms { form, terms, is_function: !state.has_content }
    }

    /// Returns the numbers of the forms in the order of their bytes.
    fn order(&self) -> Vec<u32> {
        let count = self.by_gram.len() + self.forms.len();
        let mut order: Vec<u32> = (0..count as u32).collect();
        order.sort_unstable_by_key(|&number| self.form(number).form);
        order
    }
}
