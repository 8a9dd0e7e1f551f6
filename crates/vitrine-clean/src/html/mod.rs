//! HTML pages: what the markup says about the article and where it stands.
//!
//! The page is parsed as browsers do ([`dom`]); [`prune`] hides what is no text of the
//! page or says by its markup that it is something else; [`content`] finds the element
//! that holds the running text, by [`weight`]; [`blocks`] and [`figures`] turn it into blocks, [`trim`]
//! takes away what surrounds an article inside its own element ([`images`] are no text and
//! stay out of that), and [`declared`] compares
//! the rest with the body that the page declares. [`metadata`] joins what the head
//! declares ([`linked`]) with what stands [`beside`] the title; [`title`] and
//! [`published`] decide where these differ.

mod address;
mod beside;
mod blocks;
mod content;
mod dated;
mod declared;
mod dom;
mod figures;
mod hint;
mod images;
mod lines;
mod linked;
mod metadata;
mod notes;
mod prune;
mod published;
mod sink;
mod site;
mod source;
mod spacing;
mod title;
mod trim;
mod weight;

pub(crate) use address::{host_of, resolve};
use dom::{Document, ROOT};
use images::SetApart;
pub(crate) use images::link;
pub(crate) use site::{HostOrders, Observation, Site};
pub(crate) use spacing::tidy;
use vitrine_article::{Block, Removal};

use crate::{
    extracted::{Extracted, remove},
    label::{self, Field, Vocabulary},
    typography::key,
    verdict::{self, Evidence},
};

/// Longest page that is parsed, in bytes; what is beyond is no article.
const MAX_LEN: usize = 16 << 20;

/// Returns the lines that a page shows, from top to bottom.
pub(crate) fn shown_lines(source: &str) -> Vec<String> {
    lines::shown(&Document::parse(source))
}

/// Makes blocks of all of `source`, a part of a page that is known to be text; links are
/// resolved against `base`. The second value is what was left out, with the reason.
pub(crate) fn fragment(source: &str, base: Option<&str>) -> (Vec<Block>, Vec<Removal>) {
    let source = limited_len(source);
    let document = Document::parse(source);
    let hidden = prune::hidden(&document);
    let roots: Vec<_> = document.elements("body").collect();
    let mut removed = Vec::new();
    prune::report(&document, &hidden, &roots, &mut removed);
    (blocks::blocks(&document, &hidden, &roots, base), removed)
}

/// The beginning of `source` that is parsed.
fn limited_len(source: &str) -> &str {
    source.get(..source.floor_char_boundary(MAX_LEN)).unwrap_or_default()
}

/// Extracts the article of one page; what recurs on other pages is still in it. The second
/// value is what the page tells about those.
pub(crate) fn extract(source: &str) -> (Extracted, Observation) {
    let document = Document::parse(limited_len(source));
    let head = metadata::Head::read(&document);
    let mut hidden = prune::hidden(&document);
    let mut content = content::find(&document, &hidden);
    let root = content.roots.first().copied().unwrap_or(ROOT);
    if prune::show_unseen_body(&document, &mut hidden, root) {
        content = content::find(&document, &hidden);
    }
    let mut out = Extracted {
        assets: images::offers(&document, &hidden, &content.roots, head.base()),
        ..Extracted::default()
    };
    prune::hide_link_sections(&document, &mut hidden, &content.roots);
    let found = blocks::blocks(&document, &hidden, &content.roots, head.base());
    let mut apart = SetApart::default();
    let found = apart.take(found);
    let vocabulary = Vocabulary { day_order: head.day_order(), ..Vocabulary::default() };
    out.metadata = head.metadata(&document);
    prune::report(&document, &hidden, &content.roots, &mut out.removed);
    let beside =
        beside::read(&document, &hidden, &out.metadata.title, vocabulary.day_order);
    let before = content::text_before(&document, &hidden, &content.roots);
    let (found, labels) = trim::trim(
        found,
        &before,
        &out.metadata.title,
        &beside,
        &vocabulary,
        &mut out.removed,
    );
    let found = declared::compare(found, &head.declared_body(), &mut out.removed);
    let marked = metadata::marked(&document, &hidden);
    let far = || dated::only_day(&document, &hidden, vocabulary.day_order);
    metadata::complete(&mut out, &head, &labels, &marked, &beside, &vocabulary, far);
    drop_metadata(&mut out, &vocabulary);
    let texts = crate::paragraphs(&found);
    let link_lines = document.elements("a").count();
    out.non_article = verdict::judge(&Evidence {
        title: &out.metadata.title,
        paragraphs: &texts.iter().map(AsRef::as_ref).collect::<Vec<_>>(),
        has_metadata: out.metadata.date.is_some() || !out.metadata.authors.is_empty(),
        date_lines: content.date_count,
        link_lines,
    });
    out.blocks = apart.put_back(found);
    if out.blocks.is_empty() {
        for text in before {
            remove(&mut out.removed, &text, "outside the article");
        }
    }
    let observation = Observation::new(&out, beside.orders);
    (out, observation)
}

/// What became metadata is not lost: it leaves the list of what was.
fn drop_metadata(out: &mut Extracted, vocabulary: &Vocabulary) {
    let title = key(&out.metadata.title);
    let is_read = |line: &str| {
        let labels = label::read(line, vocabulary).unwrap_or_default();
        labels.iter().any(|label| !label.value.is_empty() && label.field != Field::Other)
    };
    let removed = std::mem::take(&mut out.removed);
    for Removal { text, reason } in removed {
        let lines = text.lines().filter(|line| {
            reason != "outside the article" || (key(line) != title && !is_read(line))
        });
        for line in lines {
            remove(&mut out.removed, line, &reason);
        }
    }
}
