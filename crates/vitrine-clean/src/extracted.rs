//! What one page gives before the whole corpus is looked at.

use serde::{Deserialize, Serialize};
use vitrine_article::{Asset, Block, Metadata, Removal};

use crate::{NonArticle, Warning, date::DayOrder};

/// The article of one page, or why there is none, and what was left out.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Extracted {
    pub(crate) metadata: Metadata,
    pub(crate) blocks: Vec<Block>,
    pub(crate) removed: Vec<Removal>,
    /// Files that the page offers, beside those that its blocks name.
    pub(crate) assets: Vec<Asset>,
    pub(crate) warnings: Vec<Warning>,
    /// The order in which day and month of the date were read, where it leaves that open.
    pub(crate) open_date: Option<DayOrder>,
    /// `Some` when the page is no article; metadata and blocks are then what was found.
    pub(crate) non_article: Option<NonArticle>,
}

/// Appends `text` to what was removed; a neighbor with the same reason grows instead.
pub(crate) fn remove(removed: &mut Vec<Removal>, text: &str, reason: &str) {
    let text = text.trim();
    if text.is_empty() {
        return;
    }
    if let Some(last) = removed.last_mut().filter(|last| last.reason == reason) {
        last.text.push('\n');
        last.text.push_str(text);
    } else {
        removed.push(Removal { text: text.to_owned(), reason: reason.to_owned() });
    }
}
