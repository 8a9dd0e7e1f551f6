//! A page between being read and being cleaned: what the other pages decide is open.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use vitrine_article::{Article, Provenance, is_safe_link};
use vitrine_ingest::{Capture, RawContent, RawPage};

use crate::{
    NonArticle, OutcomeKind, Rule, Warning, abstract_text, dump, extracted::Extracted,
    html, language, notes, paragraphs, record, rule,
};

/// What is kept of a page until the whole corpus has been seen.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Pending {
    provenance: Provenance,
    replaced: usize,
    content: PendingContent,
    /// The lines that the page shows, where a rule may ask for them.
    shown: Option<Vec<String>>,
}

#[derive(Debug, Serialize, Deserialize)]
enum PendingContent {
    Dump(dump::Lines),
    Html(Extracted),
    Record { given_id: Option<String>, extracted: Extracted },
}

/// What a page tells about the pages of its folder.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) enum Evidence {
    Dump(dump::Observation),
    Html(html::Observation),
    /// A record tells nothing about others.
    Record,
}

/// Pages of different kinds are no evidence for one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum PageKind {
    Dump,
    Html,
    Record,
}

impl Evidence {
    pub(crate) fn kind(&self) -> PageKind {
        match self {
            Self::Dump(_) => PageKind::Dump,
            Self::Html(_) => PageKind::Html,
            Self::Record => PageKind::Record,
        }
    }

    /// What a dump tells; nothing of another page.
    pub(crate) fn as_dump(evidence: Cow<'_, Self>) -> Cow<'_, dump::Observation> {
        match evidence {
            Cow::Borrowed(Self::Dump(observation)) => Cow::Borrowed(observation),
            Cow::Owned(Self::Dump(observation)) => Cow::Owned(observation),
            _ => Cow::default(),
        }
    }

    /// What an HTML page tells; nothing of another page.
    pub(crate) fn as_html(evidence: Cow<'_, Self>) -> Cow<'_, html::Observation> {
        match evidence {
            Cow::Borrowed(Self::Html(observation)) => Cow::Borrowed(observation),
            Cow::Owned(Self::Html(observation)) => Cow::Owned(observation),
            _ => Cow::default(),
        }
    }
}

/// What the pages of one kind in a folder tell about each other.
#[derive(Debug)]
pub(crate) enum Site<'a> {
    Dumps(dump::Site),
    Html(html::Site<'a>),
    Unknown,
}

/// What became of a page on its own and among those of its folder.
#[derive(Debug)]
pub(crate) struct Extraction {
    /// Without an id, and without what ties it to other articles.
    pub(crate) article: Article,
    pub(crate) given_id: Option<String>,
    pub(crate) is_record: bool,
    pub(crate) warnings: Vec<Warning>,
    pub(crate) non_article: Option<NonArticle>,
}

impl Extraction {
    /// Returns what the page is if it holds no article.
    pub(crate) fn rejection(&self) -> Option<OutcomeKind> {
        let reason = self.non_article?;
        let longest =
            paragraphs(&self.article.blocks).into_iter().max_by_key(|text| text.len());
        let beginning = longest.unwrap_or_default().chars().take(200).collect();
        Some(OutcomeKind::NotAnArticle { reason, beginning })
    }
}

impl Pending {
    pub(crate) fn new(page: RawPage, rules: &[Rule]) -> (Self, Evidence) {
        let RawPage { path, sha256, encoding, replaced, capture, content, raw: _ } = page;
        let shown = rule::lines(rules, &path, &content);
        let (content, evidence) = match content {
            RawContent::Text(text) => {
                let lines = dump::Lines::of(&text);
                let observation = dump::Observation::of(&lines);
                (PendingContent::Dump(lines), Evidence::Dump(observation))
            }
            RawContent::Html(source) => {
                let (extracted, observation) = html::extract(&source);
                (PendingContent::Html(extracted), Evidence::Html(observation))
            }
            RawContent::Record(record) => {
                let given_id = record.id.clone();
                let extracted = record::extract(*record);
                (PendingContent::Record { given_id, extracted }, Evidence::Record)
            }
            // A cleaner keeps it as it is; whoever has no cleaner gets a record of it.
            RawContent::Exported(exported) => {
                let Article { id, metadata, blocks, assets, .. } = exported.article;
                let extracted =
                    Extracted { metadata, blocks, assets, ..Extracted::default() };
                let given_id = Some(id);
                (PendingContent::Record { given_id, extracted }, Evidence::Record)
            }
        };
        let Capture { url, captured } = capture;
        let provenance = Provenance { path, sha256, encoding, url, captured };
        (Self { provenance, replaced, content, shown }, evidence)
    }

    /// Where the page came from.
    pub(crate) fn provenance(&self) -> &Provenance {
        &self.provenance
    }

    /// The host that a page of HTML is from, as the crawl or else the page itself says.
    pub(crate) fn host(&self) -> Option<String> {
        let PendingContent::Html(page) = &self.content else { return None };
        let url = self.provenance.url.as_ref().or(page.metadata.url.as_ref())?;
        html::host_of(url)
    }

    /// Decides what was open.
    pub(crate) fn finish(self, site: &Site<'_>, rules: &[Rule]) -> Extraction {
        let host = self.host();
        let Self { provenance, replaced, content, shown } = self;
        let (mut extracted, given_id, is_record) = match (content, site) {
            (PendingContent::Dump(lines), Site::Dumps(site)) => {
                (dump::extract(&lines, site), None, false)
            }
            (PendingContent::Dump(lines), _) => {
                (dump::extract(&lines, &dump::Site::default()), None, false)
            }
            (PendingContent::Html(mut extracted), Site::Html(site)) => {
                site.remove_recurring(&mut extracted);
                site.settle_date(&mut extracted, host.as_deref());
                (extracted, None, false)
            }
            (PendingContent::Html(extracted), _) => (extracted, None, false),
            (PendingContent::Record { given_id, extracted }, _) => {
                (extracted, given_id, true)
            }
        };
        if let Some(shown) = shown {
            rule::apply(rules, &provenance.path, &shown, &mut extracted);
        }
        let Extracted {
            mut metadata,
            mut blocks,
            removed,
            assets,
            mut warnings,
            open_date: _,
            non_article,
        } = extracted;
        if replaced > 0 {
            let encoding = provenance.encoding.clone();
            warnings.push(Warning::Damaged { count: replaced, encoding });
        }
        if metadata.title.is_empty() && non_article.is_none() {
            warnings.push(Warning::Untitled);
        }
        if metadata.url.is_none() {
            metadata.url = provenance.url.clone().filter(|url| is_safe_link(url));
        }
        metadata.r#abstract = metadata.r#abstract.filter(|summary| {
            !abstract_text::is_repeated(summary, &metadata.title, &blocks)
        });
        notes::link_notes(&mut blocks);
        let languages;
        (metadata.lang, languages) = language::of_article(&metadata, &blocks, is_record);
        let article = Article {
            languages,
            metadata,
            blocks,
            provenance,
            removed,
            assets,
            ..Article::default()
        };
        Extraction { article, given_id, is_record, warnings, non_article }
    }
}
