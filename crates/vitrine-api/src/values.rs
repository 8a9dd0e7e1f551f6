//! What is returned, field by field as `types.d.ts` declares it.

use serde::Serialize;
use vitrine_article::{Block, PartialDate};
use vitrine_reader::{ArchiveInfo, HitView, ReadError, Suggestion as Suggested};

use vitrine_loader::message;

#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Info {
    title: String,
    article_count: u32,
    languages: Vec<LanguageInfo>,
    years: Vec<YearInfo>,
    first_date: Option<PartialDate>,
    last_date: Option<PartialDate>,
    generator: String,
    has_originals: bool,
}

#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct LanguageInfo {
    lang: String,
    article_count: u32,
}

#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct YearInfo {
    year: u16,
    article_count: u32,
}

impl From<&ArchiveInfo> for Info {
    fn from(info: &ArchiveInfo) -> Self {
        let languages = info.languages.iter().map(|language| LanguageInfo {
            lang: language.lang.clone(),
            article_count: language.article_count,
        });
        let years = info
            .years
            .iter()
            .map(|year| YearInfo { year: year.year, article_count: year.article_count });
        Self {
            title: info.title.clone(),
            article_count: info.article_count,
            languages: languages.collect(),
            years: years.collect(),
            first_date: info.first_date,
            last_date: info.last_date,
            generator: info.generator.clone(),
            has_originals: info.has_originals,
        }
    }
}

#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SearchResults {
    total: u32,
    hits: Vec<Hit>,
    corrections: Vec<Correction>,
    is_relaxed: bool,
    facets: Option<Facets>,
}

#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Hit {
    id: String,
    title: String,
    title_spans: Vec<Span>,
    date: Option<PartialDate>,
    authors: Vec<String>,
    source: Option<String>,
    lang: String,
    snippet: Vec<Span>,
    score: f32,
}

#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Span {
    text: String,
    is_match: bool,
}

#[derive(Debug, Default, Serialize)]
pub(crate) struct Correction {
    from: String,
    to: String,
}

#[derive(Debug, Default, Serialize)]
pub(crate) struct Facets {
    years: Vec<FacetCount>,
    langs: Vec<FacetCount>,
    authors: Vec<FacetCount>,
    sources: Vec<FacetCount>,
    sections: Vec<FacetCount>,
    types: Vec<FacetCount>,
}

#[derive(Debug, Default, Serialize)]
pub(crate) struct FacetCount {
    value: String,
    count: u32,
}

impl From<vitrine_reader::SearchResults> for SearchResults {
    fn from(found: vitrine_reader::SearchResults) -> Self {
        let corrections = found
            .corrections
            .into_iter()
            .map(|correction| Correction { from: correction.from, to: correction.to });
        Self {
            total: found.total,
            hits: found.hits.into_iter().map(Hit::from).collect(),
            corrections: corrections.collect(),
            is_relaxed: found.is_relaxed,
            facets: found.facets.map(Facets::from),
        }
    }
}

impl From<HitView> for Hit {
    fn from(hit: HitView) -> Self {
        Self {
            id: hit.id,
            title: hit.title.iter().map(|span| span.text.as_str()).collect(),
            title_spans: hit.title.into_iter().map(Span::from).collect(),
            date: hit.date,
            authors: hit.authors,
            source: hit.source,
            lang: hit.lang,
            snippet: hit.snippet.into_iter().map(Span::from).collect(),
            score: hit.score,
        }
    }
}

impl From<vitrine_reader::Span> for Span {
    fn from(span: vitrine_reader::Span) -> Self {
        Self { text: span.text, is_match: span.is_match }
    }
}

impl From<vitrine_reader::Facets> for Facets {
    fn from(facets: vitrine_reader::Facets) -> Self {
        let counts = |values: Vec<vitrine_reader::FacetCount>| {
            let count = |facet: vitrine_reader::FacetCount| FacetCount {
                value: facet.value,
                count: facet.count,
            };
            values.into_iter().map(count).collect()
        };
        Self {
            years: counts(facets.years),
            langs: counts(facets.langs),
            authors: counts(facets.authors),
            sources: counts(facets.sources),
            sections: counts(facets.sections),
            types: counts(facets.types),
        }
    }
}

#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub(crate) enum Suggestion {
    Query { query: String },
    Author { author: String },
    Title { id: String, title: Vec<Span> },
}

impl From<Suggested> for Suggestion {
    fn from(suggestion: Suggested) -> Self {
        match suggestion {
            Suggested::Query { query } => Self::Query { query },
            Suggested::Author { author } => Self::Author { author },
            Suggested::Title { id, title } => {
                Self::Title { id, title: title.into_iter().map(Span::from).collect() }
            }
        }
    }
}

#[derive(Debug, Default, Serialize)]
pub(crate) struct Article {
    id: String,
    title: String,
    date: Option<PartialDate>,
    authors: Vec<String>,
    source: Option<String>,
    section: Option<String>,
    r#type: Option<String>,
    r#abstract: Option<String>,
    lang: String,
    url: Option<String>,
    address: String,
    text: String,
    blocks: Vec<Block>,
}

impl Article {
    /// Returns an article that is at `address` in the archive's own page.
    pub(crate) fn new(article: &vitrine_article::Article, address: String) -> Self {
        let metadata = article.metadata.clone();
        Self {
            id: article.id.clone(),
            title: metadata.title,
            date: metadata.date,
            authors: metadata.authors,
            source: metadata.source,
            section: metadata.section,
            r#type: metadata.r#type,
            r#abstract: metadata.r#abstract,
            lang: metadata.lang,
            url: metadata.url,
            address,
            text: article.plain_text(),
            blocks: article.blocks.clone(),
        }
    }
}

#[derive(Debug, Default, Serialize)]
pub(crate) struct VerifyReport {
    pub(crate) files: u32,
    pub(crate) bytes: f64,
    pub(crate) damaged: Vec<Damage>,
}

#[derive(Debug, Default, Serialize)]
pub(crate) struct Damage {
    path: String,
    message: String,
}

impl From<&ReadError> for Damage {
    fn from(error: &ReadError) -> Self {
        Self { path: error.path().to_owned(), message: message(error) }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde::Serialize;

    use super::*;

    const DECLARATIONS: &str = include_str!("types.d.ts");

    /// The names of the fields that an interface declares.
    fn declared(interface: &str) -> BTreeSet<String> {
        let start = format!("export interface {interface} {{\n");
        let (_, rest) = DECLARATIONS.split_once(&start).expect(interface);
        let (fields, _) = rest.split_once("\n}").expect(interface);
        let name = |line: &str| {
            let (name, _) = line.trim().split_once(": ")?;
            Some(name.to_owned())
        };
        let code = |line: &&str| !line.trim().starts_with(['/', '*']);
        fields.lines().filter(code).filter_map(name).collect()
    }

    fn returned(value: &impl Serialize) -> BTreeSet<String> {
        let value = serde_json::to_value(value).unwrap();
        value.as_object().unwrap().keys().cloned().collect()
    }

    #[test]
    fn every_interface_declares_the_fields_that_are_returned() {
        macro_rules! check {
            ($($interface:literal $value:ty;)+) => { $(
                assert_eq!(declared($interface), returned(&<$value>::default()), $interface);
            )+ };
        }
        check! {
            "ArchiveInfo" Info;
            "LanguageInfo" LanguageInfo;
            "YearInfo" YearInfo;
            "SearchResults" SearchResults;
            "Hit" Hit;
            "Span" Span;
            "Correction" Correction;
            "Facets" Facets;
            "FacetCount" FacetCount;
            "Article" Article;
            "VerifyReport" VerifyReport;
            "Damage" Damage;
        }
    }

    #[test]
    fn every_kind_of_block_and_inline_is_declared() {
        use vitrine_article::{Block, Inline};
        let text = |inlines| serde_json::to_value::<Vec<Inline>>(inlines).unwrap();
        let kinds = [
            text(vec![
                Inline::text(""),
                Inline::Emphasis { inlines: Vec::new() },
                Inline::Strong { inlines: Vec::new() },
                Inline::Code { text: String::new() },
                Inline::Link { url: String::new(), inlines: Vec::new() },
                Inline::LineBreak,
                Inline::NoteReference { number: 1, text: String::new() },
                Inline::NoteMark { number: 1, text: String::new() },
            ]),
            serde_json::to_value(vec![
                Block::paragraph(""),
                Block::Heading { level: 2, inlines: Vec::new() },
                Block::List { ordered: false, items: Vec::new() },
                Block::Quote { blocks: Vec::new() },
                Block::Code { text: String::new() },
                Block::Table { caption: Vec::new(), rows: Vec::new() },
                Block::Figure { alt: String::new(), caption: Vec::new(), image: None },
                Block::Break,
            ])
            .unwrap(),
        ];
        for value in kinds.iter().flat_map(|kind| kind.as_array().unwrap()) {
            let fields = value.as_object().unwrap();
            let kind = fields["kind"].as_str().unwrap();
            let line = DECLARATIONS.lines().find(|line| {
                line.contains(&format!("kind: {kind:?}"))
                    && fields.keys().all(|field| line.contains(&format!("{field}:")))
            });
            assert!(line.is_some(), "{value}");
        }
    }
}
