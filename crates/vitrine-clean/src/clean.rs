//! The entry point: a corpus of raw pages becomes articles and outcomes.

use std::collections::BTreeMap;

use vitrine_article::{Alternate, AlternateKind, Article, Provenance, is_safe_link};
use vitrine_ingest::{Capture, RawContent, RawPage, Unreadable, UnreadableReason};

use crate::{
    NonArticle, Outcome, OutcomeKind, Rule, Warning, dump,
    duplicates::{self, Candidate},
    extracted::Extracted,
    html, identifier, language, paragraphs, record, relations, rule,
    typography::key,
};

/// Settings of [`clean`].
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct CleanOptions {
    /// How alike two bodies have to be to count as the same article, in percent of
    /// shared four-word sequences, 1 to 100.
    pub duplicate_percent: u8,
    /// Rules for what cleaning gets wrong in this corpus, in the order of their use.
    pub rules: Vec<Rule>,
}

impl Default for CleanOptions {
    fn default() -> Self {
        Self { duplicate_percent: 80, rules: Vec::new() }
    }
}

/// A cleaned corpus.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cleaned {
    /// The articles, sorted by path of their provenance.
    pub articles: Vec<Article>,
    /// What became of each input, sorted by path; exactly one each.
    pub outcomes: Vec<Outcome>,
    /// Positions in `articles`, by id.
    pub(crate) positions: BTreeMap<String, usize>,
}

impl Cleaned {
    /// Returns the article with `id`.
    pub fn article(&self, id: &str) -> Option<&Article> {
        self.positions.get(id).and_then(|&position| self.articles.get(position))
    }
}

/// One page that was extracted, on its way to an article.
struct Draft {
    article: Article,
    given_id: Option<String>,
    is_record: bool,
    warnings: Vec<Warning>,
    non_article: Option<NonArticle>,
}

/// Cleans a whole corpus; the order of `pages` does not matter.
///
/// The result has one outcome for each item of `pages`, those that could not be read
/// included.
pub fn clean(
    pages: impl IntoIterator<Item = Result<RawPage, Unreadable>>,
    options: &CleanOptions,
) -> Cleaned {
    let mut readable = Vec::new();
    let mut outcomes = Vec::new();
    for page in pages {
        match page {
            Ok(page) => readable.push(page),
            Err(Unreadable { path, sha256, reason }) => {
                let kind = match reason {
                    UnreadableReason::Empty => OutcomeKind::NotAnArticle {
                        reason: NonArticle::Empty,
                        beginning: String::new(),
                    },
                    UnreadableReason::Skipped(skip) => {
                        OutcomeKind::Skipped { reason: skip.to_string() }
                    }
                    reason => OutcomeKind::Unreadable { reason: reason.to_string() },
                };
                outcomes.push(Outcome { path, sha256, kind, warnings: Vec::new() });
            }
        }
    }
    readable.sort_by(|a, b| {
        (natural_key(&a.path), &a.sha256).cmp(&(natural_key(&b.path), &b.sha256))
    });
    let mut drafts = extract_all(readable, &options.rules);
    assign_ids(&mut drafts);
    let (mut drafts, rejected): (Vec<_>, Vec<_>) =
        drafts.into_iter().partition(|draft| draft.non_article.is_none());
    for draft in rejected {
        let Provenance { path, sha256, .. } = draft.article.provenance;
        let reason = draft.non_article.unwrap_or(NonArticle::Empty);
        let longest =
            paragraphs(&draft.article.blocks).into_iter().max_by_key(String::len);
        let beginning = longest.unwrap_or_default().chars().take(200).collect();
        let kind = OutcomeKind::NotAnArticle { reason, beginning };
        outcomes.push(Outcome { path, sha256, kind, warnings: draft.warnings });
    }
    let representatives = find_duplicates(&drafts, options);
    merge(&mut drafts, &representatives);
    let mut articles = Vec::new();
    let mut are_records = Vec::new();
    let kept_ids: Vec<String> =
        drafts.iter().map(|draft| draft.article.id.clone()).collect();
    for (position, draft) in drafts.into_iter().enumerate() {
        let Draft { article, warnings, is_record, .. } = draft;
        let Provenance { path, sha256, .. } = article.provenance.clone();
        let representative = representatives.get(position).copied().unwrap_or(position);
        let id = kept_ids.get(representative).cloned().unwrap_or_default();
        let kind = if representative == position {
            articles.push(article);
            are_records.push(is_record);
            OutcomeKind::Article { id }
        } else {
            OutcomeKind::DuplicateOf { id, copy: Box::new(article) }
        };
        outcomes.push(Outcome { path, sha256, kind, warnings });
    }
    relations::link(&mut articles, &are_records);
    outcomes.sort_by(|a, b| {
        // Records of a crawl that were passed over may share an address.
        (natural_key(&a.path), &a.sha256)
            .cmp(&(natural_key(&b.path), &b.sha256))
            .then_with(|| a.kind.reason().cmp(&b.kind.reason()))
    });
    let positions = articles.iter().enumerate().map(|(i, a)| (a.id.clone(), i)).collect();
    Cleaned { articles, outcomes, positions }
}

/// Sorts records of one file by their line: `a#2` before `a#10`.
fn natural_key(path: &str) -> (&str, usize) {
    match path.rsplit_once('#') {
        Some((file, line)) if !line.is_empty() => {
            line.parse().map_or((path, 0), |line| (file, line))
        }
        _ => (path, 0),
    }
}

fn extract_all(pages: Vec<RawPage>, rules: &[Rule]) -> Vec<Draft> {
    let dumps: Vec<(&str, &str)> = pages
        .iter()
        .filter_map(|page| match &page.content {
            RawContent::Text(text) => Some((page.path.as_str(), text.as_str())),
            _ => None,
        })
        .collect();
    let mut dumped = dump::extract_all(&dumps).into_iter();
    let documents: Vec<(&str, &str)> = pages
        .iter()
        .filter_map(|page| match &page.content {
            RawContent::Html(source) => Some((page.path.as_str(), source.as_str())),
            _ => None,
        })
        .collect();
    let mut parsed = html::extract_all(&documents).into_iter();
    let mut drafts = Vec::with_capacity(pages.len());
    for page in pages {
        let RawPage { path, sha256, encoding, replaced, capture, content } = page;
        let shown = (!rules.is_empty()).then(|| content.clone());
        let (mut extracted, given_id, is_record) = match content {
            RawContent::Text(_) => (dumped.next().unwrap_or_default(), None, false),
            RawContent::Html(_) => (parsed.next().unwrap_or_default(), None, false),
            RawContent::Record(record) => {
                let id = record.id.clone();
                (record::extract(*record), id, true)
            }
        };
        if let Some(content) = shown {
            rule::apply(rules, &path, &content, &mut extracted);
        }
        let Extracted {
            mut metadata,
            blocks,
            removed,
            assets,
            mut warnings,
            non_article,
        } = extracted;
        if replaced > 0 {
            warnings
                .push(Warning::Damaged { count: replaced, encoding: encoding.clone() });
        }
        if metadata.title.is_empty() && non_article.is_none() {
            warnings.push(Warning::Untitled);
        }
        let Capture { url, captured } = capture;
        if metadata.url.is_none() {
            metadata.url = url.clone().filter(|url| is_safe_link(url));
        }
        metadata.lang = language::tag(&metadata, &blocks, is_record);
        drafts.push(Draft {
            article: Article {
                id: String::new(),
                metadata,
                blocks,
                provenance: Provenance { path, sha256, encoding, url, captured },
                removed,
                duplicates: Vec::new(),
                relations: Vec::new(),
                assets,
            },
            given_id,
            is_record,
            warnings,
            non_article,
        });
    }
    drafts
}

fn assign_ids(drafts: &mut [Draft]) {
    let mut taken = identifier::Taken::default();
    // Ids that were given come first: they are promises, the others are made up here.
    for draft in drafts.iter_mut().filter(|draft| draft.non_article.is_none()) {
        let Some(given) = draft.given_id.take() else { continue };
        let id = taken.claim(&identifier::cleaned(&given), &draft.article.provenance);
        if id != given {
            draft.warnings.push(Warning::Id { given, id: id.clone() });
        }
        draft.article.id = id;
    }
    for draft in drafts.iter_mut().filter(|draft| draft.non_article.is_none()) {
        if draft.article.id.is_empty() {
            let slug = identifier::slug(&draft.article);
            draft.article.id = taken.claim(&slug, &draft.article.provenance);
        }
    }
}

/// Returns for each draft the position of the one that stands for it.
fn find_duplicates(drafts: &[Draft], options: &CleanOptions) -> Vec<usize> {
    let candidates: Vec<Candidate> = drafts
        .iter()
        .map(|draft| Candidate::new(&draft.article, draft.is_record))
        .collect();
    duplicates::representatives(&candidates, options.duplicate_percent)
}

fn merge(drafts: &mut [Draft], representatives: &[usize]) {
    let mut alternates: BTreeMap<usize, Vec<Alternate>> = BTreeMap::new();
    for (position, &representative) in representatives.iter().enumerate() {
        if position == representative {
            continue;
        }
        if let (Some(draft), Some(kept)) =
            (drafts.get(position), drafts.get(representative))
        {
            let text = |draft: &Draft| key(&draft.article.plain_text());
            let is_same = text(draft) == text(kept);
            alternates.entry(representative).or_default().push(Alternate {
                relation: if is_same {
                    AlternateKind::Duplicate
                } else {
                    AlternateKind::Version
                },
                provenance: draft.article.provenance.clone(),
            });
        }
    }
    for (representative, found) in alternates {
        if let Some(draft) = drafts.get_mut(representative) {
            draft.article.duplicates = found;
        }
    }
}
