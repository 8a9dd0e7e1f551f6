//! Raw pages become articles.
//!
//! What is boilerplate, which pages are copies of one another and how a site writes its
//! dates can only be told from many pages. So a [`Cleaner`] extracts each page by its kind
//! (`dump` for text, `html`, `record`) as it comes, puts it aside and keeps what tells
//! about others; when it has seen all, it decides what was open, gives ids and merges
//! duplicates. The result does not depend on the order of the pages, and every input ends
//! in exactly one [`Outcome`].

mod abstract_text;
mod assets;
mod authors;
mod clean;
mod cleaned;
mod control;
mod date;
mod draft;
mod dump;
mod duplicates;
mod explain;
mod export;
mod extracted;
mod fingerprint;
mod html;
mod identifier;
mod label;
mod language;
mod markdown;
mod notes;
mod outcome;
mod pending;
mod record;
mod relations;
mod report;
mod rule;
mod text_type;
mod typography;
mod verdict;

pub use assets::{Carried, FileNames, wanted_files};
pub use clean::{CleanOptions, Cleaner, clean};
pub use cleaned::Cleaned;
pub use explain::{Decision, ExplainedLine};
pub use export::{ArticleRecord, FileRecord, paragraphs};
pub use outcome::{NonArticle, Outcome, OutcomeKind, Warning};
pub use report::{ArticleSummary, Concern, Report, ReportRow, ReportSummary, Totals};
pub use rule::{Rule, RuleAction};
