//! The entry point: a corpus of raw pages becomes articles and outcomes.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use rayon::prelude::*;
use vitrine_article::{Alternate, AlternateKind, Article, Provenance, Relation};
use vitrine_ingest::{Page, PageSink, RawContent, RawPage, Unreadable, UnreadableReason};
use vitrine_spool::{Kept, Spool, SpoolError};

use crate::{
    Cleaned, NonArticle, Outcome, OutcomeKind, Rule, Warning,
    cleaned::Content,
    draft::{Draft, Traits},
    dump,
    duplicates::{self, Candidate},
    html, identifier, paragraphs,
    pending::{Evidence, PageKind, Pending, Site},
    relations,
    typography::key,
};

/// How many pages, and how many bytes of them, wait at most to be extracted together.
const MAX_WAITING: usize = 64;
const MAX_WAITING_LEN: usize = 8 << 20;

/// Settings of a [`Cleaner`].
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

/// Cleans a corpus that is given page by page; their order does not matter.
///
/// Each page is put aside as soon as it is read: what is held in memory of it is short,
/// however long it is.
#[derive(Debug, Default)]
pub struct Cleaner {
    options: CleanOptions,
    spool: Spool,
    inputs: Vec<Input>,
    /// Pages that are extracted together, on all cores, and how long they are in all.
    waiting: Vec<Page>,
    waiting_len: usize,
    /// What the dates of each host tell.
    hosts: html::HostOrders,
    /// Why pages can't be put aside; told at the end.
    failure: Option<SpoolError>,
}

/// A page that was given, or why there is none.
#[derive(Debug)]
struct Input {
    path: String,
    sha256: String,
    state: State,
    warnings: Vec<Warning>,
}

#[derive(Debug)]
enum State {
    /// Nothing is left to be decided.
    Decided(OutcomeKind),
    /// A page, and the evidence that it gives.
    Pending { page: Kept<Pending>, evidence: Kept<Evidence>, kind: PageKind },
    /// It has a [`Draft`].
    Drafted,
    /// An article that was exported from an archive, and stays as it is.
    Exported(Box<Content>),
}

impl State {
    fn reason(&self) -> String {
        match self {
            Self::Decided(kind) => kind.reason(),
            Self::Pending { .. } | Self::Drafted | Self::Exported(_) => String::new(),
        }
    }
}

impl PageSink for Cleaner {
    fn take(&mut self, page: Page) {
        let page = match page {
            Ok(RawPage {
                path, sha256, content: RawContent::Exported(exported), ..
            }) => {
                self.extract_waiting();
                return self.keep_exported(path, sha256, exported.article);
            }
            page => page,
        };
        self.waiting_len += page.as_ref().map_or(0, |page| page.content.len_bytes());
        self.waiting.push(page);
        if self.waiting.len() >= MAX_WAITING || self.waiting_len >= MAX_WAITING_LEN {
            self.extract_waiting();
        }
    }

    fn replace(&mut self, number: usize, refusal: Unreadable) {
        self.extract_waiting();
        if let Some(input) = self.inputs.get_mut(number) {
            *input = refusal.into();
        }
    }
}

impl Cleaner {
    /// Returns a cleaner of no page yet, which puts pages aside in `spool`.
    pub fn new(options: CleanOptions, spool: Spool) -> Self {
        Self { options, spool, ..Self::default() }
    }

    fn extract_waiting(&mut self) {
        self.waiting_len = 0;
        let rules = &self.options.rules;
        let extracted: Vec<_> = std::mem::take(&mut self.waiting)
            .into_par_iter()
            .map(|page| {
                page.map(|page| {
                    let len = page.content.len_bytes();
                    (Pending::new(page, rules), len)
                })
            })
            .collect();
        for page in extracted {
            match page {
                Ok(((pending, evidence), len)) => self.keep(pending, evidence, len),
                Err(refusal) => self.inputs.push(Input::from(refusal)),
            }
        }
    }

    /// Keeps an article that was exported from an archive.
    fn keep_exported(&mut self, path: String, sha256: String, article: Article) {
        if self.failure.is_some() {
            return;
        }
        let Article { id, metadata, duplicates, relations, .. } = &article;
        let (id, lang, date) = (id.clone(), metadata.lang.clone(), metadata.date);
        let (duplicates, relations) = (duplicates.clone(), relations.clone());
        let len = 2 * article.plain_text().len();
        match self.spool.keep(article, len) {
            Ok(article) => {
                let content = Content {
                    article,
                    id,
                    lang,
                    date,
                    duplicates,
                    relations,
                    is_exported: true,
                };
                let state = State::Exported(Box::new(content));
                self.inputs.push(Input { path, sha256, state, warnings: Vec::new() });
            }
            Err(error) => self.failure = Some(error),
        }
    }

    /// Keeps a page whose content was `len` bytes long.
    fn keep(&mut self, pending: Pending, evidence: Evidence, len: usize) {
        if self.failure.is_some() {
            return;
        }
        let Provenance { path, sha256, .. } = pending.provenance().clone();
        let kind = evidence.kind();
        if let (Evidence::Html(page), Some(host)) = (&evidence, pending.host()) {
            self.hosts.add(&host, page);
        }
        let keep = || {
            // The lines of a dump take the most: their text, their keys and what is known
            // of each.
            let page = self.spool.keep(pending, 3 * len)?;
            let evidence = self.spool.keep(evidence, len / 4)?;
            Ok(State::Pending { page, evidence, kind })
        };
        match keep() {
            Ok(state) => {
                self.inputs.push(Input { path, sha256, state, warnings: Vec::new() });
            }
            Err(error) => self.failure = Some(error),
        }
    }

    /// Returns the articles, and one outcome for each page that was given, those that could
    /// not be read included.
    ///
    /// # Errors
    ///
    /// [`SpoolError`] when a page could not be put aside or read again.
    pub fn finish(mut self) -> Result<Cleaned, SpoolError> {
        self.extract_waiting();
        let Self { options, mut spool, mut inputs, hosts, failure, .. } = self;
        if let Some(error) = failure {
            return Err(error);
        }
        inputs.sort_by(|a, b| {
            // Records of a crawl that were passed over may share an address.
            (natural_key(&a.path), &a.sha256)
                .cmp(&(natural_key(&b.path), &b.sha256))
                .then_with(|| a.state.reason().cmp(&b.state.reason()))
        });
        let mut drafts = Vec::new();
        for members in folders(&inputs) {
            draft(&members, &mut inputs, &options, &hosts, &mut spool, &mut drafts)?;
        }
        drafts.sort_by_key(|draft| draft.input);
        assign_ids(&mut drafts, &mut inputs);
        let representatives = find_duplicates(&mut drafts, &options, &spool)?;
        let ties = ties(&drafts, &representatives, &spool)?;
        Ok(cleaned(spool, inputs, drafts, &representatives, ties))
    }
}

/// Cleans pages that are in memory, as a [`Cleaner`] does.
///
/// # Errors
///
/// [`SpoolError`] when a page is too long to be put aside.
pub fn clean(
    pages: impl IntoIterator<Item = Page>,
    options: &CleanOptions,
) -> Result<Cleaned, SpoolError> {
    let mut cleaner = Cleaner::new(options.clone(), Spool::default());
    pages.into_iter().for_each(|page| cleaner.take(page));
    cleaner.finish()
}

impl From<Unreadable> for Input {
    fn from(refusal: Unreadable) -> Self {
        let Unreadable { path, sha256, reason } = refusal;
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
        Self { path, sha256, state: State::Decided(kind), warnings: Vec::new() }
    }
}

/// Sorts records of one file by their line: `a#2` before `a#10`.
pub(crate) fn natural_key(path: &str) -> (&str, usize) {
    match path.rsplit_once('#') {
        Some((file, line)) if !line.is_empty() => {
            line.parse().map_or((path, 0), |line| (file, line))
        }
        _ => (path, 0),
    }
}

/// Groups the pending pages by folder and kind: those are evidence for one another.
fn folders(inputs: &[Input]) -> Vec<Vec<usize>> {
    let mut folders: BTreeMap<(&str, PageKind), Vec<usize>> = BTreeMap::new();
    for (position, input) in inputs.iter().enumerate() {
        if let State::Pending { kind, .. } = input.state {
            let folder = input.path.rsplit_once('/').map_or("", |(folder, _)| folder);
            folders.entry((folder, kind)).or_default().push(position);
        }
    }
    folders.into_values().collect()
}

/// Drafts the articles of pages that are evidence for one another.
fn draft(
    members: &[usize],
    inputs: &mut [Input],
    options: &CleanOptions,
    hosts: &html::HostOrders,
    spool: &mut Spool,
    drafts: &mut Vec<Draft>,
) -> Result<(), SpoolError> {
    let site = observe(members, inputs, hosts, spool)?;
    for members in members.chunks(MAX_WAITING) {
        let mut pending = Vec::with_capacity(members.len());
        for &member in members {
            let Some(input) = inputs.get_mut(member) else { continue };
            let state = std::mem::replace(&mut input.state, State::Drafted);
            if let State::Pending { page, evidence, .. } = state {
                // There is room for another, then.
                drop(spool.take(evidence)?);
                pending.push((member, spool.take(page)?));
            }
        }
        let extractions: Vec<_> = pending
            .into_par_iter()
            .map(|(member, pending)| {
                let extraction = pending.finish(&site, &options.rules);
                let result = match extraction.rejection() {
                    Some(kind) => Err(kind),
                    None => Ok(Traits::of(&extraction.article, extraction.is_record)),
                };
                (member, extraction, result)
            })
            .collect();
        for (member, mut extraction, result) in extractions {
            let Some(input) = inputs.get_mut(member) else { continue };
            input.warnings = std::mem::take(&mut extraction.warnings);
            match result {
                Err(kind) => input.state = State::Decided(kind),
                Ok(traits) => {
                    drafts.push(Draft::new(member, extraction, traits, spool)?);
                }
            }
        }
    }
    Ok(())
}

/// Returns what pages of one kind and folder tell about each other.
fn observe<'a>(
    members: &[usize],
    inputs: &[Input],
    hosts: &'a html::HostOrders,
    spool: &Spool,
) -> Result<Site<'a>, SpoolError> {
    let pages: Vec<(&Kept<Evidence>, PageKind)> = members
        .iter()
        .filter_map(|&member| match &inputs.get(member)?.state {
            State::Pending { evidence, kind, .. } => Some((evidence, *kind)),
            State::Decided(_) | State::Drafted | State::Exported(_) => None,
        })
        .collect();
    Ok(match pages.first() {
        Some((_, PageKind::Dump)) => {
            let read = |page: usize| match pages.get(page) {
                Some((evidence, _)) => spool.look(evidence).map(Evidence::as_dump),
                None => Ok(Cow::default()),
            };
            Site::Dumps(dump::Site::observe(pages.len(), read)?)
        }
        Some((_, PageKind::Html)) => {
            let pages = pages.iter().map(|&(evidence, _)| evidence);
            let read = |evidence| spool.look(evidence).map(Evidence::as_html);
            Site::Html(html::Site::observe(pages.map(read), hosts)?)
        }
        Some((_, PageKind::Record)) | None => Site::Unknown,
    })
}

fn assign_ids(drafts: &mut [Draft], inputs: &mut [Input]) {
    let mut taken = identifier::Taken::default();
    // Those of an archive are promises that others have been given already.
    let mut exported: BTreeMap<String, String> = BTreeMap::new();
    for input in inputs.iter_mut() {
        let State::Exported(content) = &mut input.state else { continue };
        let given = content.id.clone();
        let wanted = identifier::cleaned(&given);
        if exported.get(&wanted) == Some(&input.sha256) {
            // The same export was given twice.
            input.state = State::Decided(OutcomeKind::DuplicateOf { id: wanted });
            continue;
        }
        content.id = taken.claim(&wanted, &input.sha256);
        if content.id != given {
            let id = content.id.clone();
            input.warnings.push(Warning::Id { given, id });
        }
        exported.entry(wanted).or_insert_with(|| input.sha256.clone());
    }
    // Ids that were given come first: they are promises, the others are made up here.
    for draft in drafts.iter_mut() {
        let Some(given) = draft.given_id.take() else { continue };
        let Some(input) = inputs.get_mut(draft.input) else { continue };
        let id = taken.claim(&identifier::cleaned(&given), &input.sha256);
        if id != given {
            input.warnings.push(Warning::Id { given, id: id.clone() });
        }
        draft.id = id;
    }
    for draft in drafts.iter_mut().filter(|draft| draft.id.is_empty()) {
        let Some(input) = inputs.get(draft.input) else { continue };
        let slug = identifier::slug(&draft.title, &input.path);
        draft.id = taken.claim(&slug, &input.sha256);
    }
}

/// Returns for each draft the position of the one that stands for it.
fn find_duplicates(
    drafts: &mut [Draft],
    options: &CleanOptions,
    spool: &Spool,
) -> Result<Vec<usize>, SpoolError> {
    let fingerprints: Vec<_> = drafts
        .iter_mut()
        .map(|draft| std::mem::take(&mut draft.traits.fingerprint))
        .collect();
    let read = |position: usize| {
        let Some(draft) = drafts.get(position) else { return Ok(None) };
        let article = spool.look(&draft.article)?;
        Ok(Some(Candidate::new(&article, draft.is_record)))
    };
    duplicates::representatives(&fingerprints, options.duplicate_percent, read)
}

/// What ties an article to others.
#[derive(Debug, Clone, Default)]
struct Ties {
    duplicates: Vec<Alternate>,
    relations: Vec<Relation>,
}

/// Returns what ties each draft to others, in their order.
fn ties(
    drafts: &[Draft],
    representatives: &[usize],
    spool: &Spool,
) -> Result<Vec<Ties>, SpoolError> {
    let mut ties = vec![Ties::default(); drafts.len()];
    let mut kept = Vec::new();
    for (position, &representative) in representatives.iter().enumerate() {
        if position == representative {
            kept.push(position);
            continue;
        }
        if let (Some(draft), Some(other), Some(ties)) = (
            drafts.get(position),
            drafts.get(representative),
            ties.get_mut(representative),
        ) {
            let article = spool.look(&draft.article)?;
            let (relation, only_there) = if draft.traits.text == other.traits.text {
                (AlternateKind::Duplicate, Vec::new())
            } else {
                let kept = spool.look(&other.article)?;
                (AlternateKind::Version, only_in(&article, &kept))
            };
            let provenance = article.provenance.clone();
            ties.duplicates.push(Alternate { relation, provenance, only_there });
        }
    }
    let related: Vec<_> = kept
        .iter()
        .filter_map(|&position| Some(drafts.get(position)?.related()))
        .collect();
    for (relations, position) in relations::relations(&related).into_iter().zip(kept) {
        if let Some(ties) = ties.get_mut(position) {
            ties.relations = relations;
        }
    }
    Ok(ties)
}

/// Returns the paragraphs of `version` that `article` does not have.
fn only_in(version: &Article, article: &Article) -> Vec<String> {
    let known: BTreeSet<String> =
        paragraphs(&article.blocks).iter().map(|paragraph| key(paragraph)).collect();
    let mut all = paragraphs(&version.blocks);
    all.retain(|paragraph| !known.contains(&key(paragraph)));
    all.into_iter().map(Cow::into_owned).collect()
}

/// Puts the parts together.
fn cleaned(
    spool: Spool,
    inputs: Vec<Input>,
    drafts: Vec<Draft>,
    representatives: &[usize],
    ties: Vec<Ties>,
) -> Cleaned {
    let kind_of = |(draft, &representative): (&Draft, &usize)| {
        let kept = drafts.get(representative).unwrap_or(draft);
        let id = kept.id.clone();
        if kept.input == draft.input {
            OutcomeKind::Article { id }
        } else {
            OutcomeKind::DuplicateOf { id }
        }
    };
    let kinds: Vec<_> = drafts.iter().zip(representatives).map(kind_of).collect();
    let mut drafts = drafts.into_iter().zip(kinds).zip(ties).peekable();
    let mut cleaned = Cleaned::new(spool);
    for (position, input) in inputs.into_iter().enumerate() {
        let Input { path, sha256, state, warnings } = input;
        let drafted = drafts.next_if(|((draft, _), _)| draft.input == position);
        let (kind, content) = match (state, drafted) {
            (State::Decided(kind), _) => (kind, None),
            (State::Exported(content), _) => {
                (OutcomeKind::Article { id: content.id.clone() }, Some(*content))
            }
            (_, Some(((draft, kind), Ties { duplicates, relations }))) => {
                (kind, Some(draft.into_content(duplicates, relations)))
            }
            // Every page that is not decided has a draft by now.
            (_, None) => continue,
        };
        cleaned.push(Outcome { path, sha256, kind, warnings }, content);
    }
    cleaned
}
