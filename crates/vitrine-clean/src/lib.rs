//! Raw pages become articles.
//!
//! [`clean`] takes every page of a corpus at once, because what is boilerplate, which
//! pages are copies of one another and how a site writes its dates can only be told from
//! many pages. Each page is extracted by its kind (`dump` for text, `html`, `record`),
//! then ids are given and duplicates merged. The result does not depend on the order of
//! the pages, and every input ends in exactly one [`Outcome`].

mod assets;
mod authors;
mod clean;
mod control;
mod date;
mod dump;
mod duplicates;
mod explain;
mod export;
mod extracted;
mod html;
mod identifier;
mod label;
mod language;
mod markdown;
mod outcome;
mod record;
mod relations;
mod report;
mod rule;
mod typography;
mod verdict;

pub use assets::{FileNames, attach_files, wanted_files};
pub use clean::{CleanOptions, Cleaned, clean};
pub use explain::{Decision, ExplainedLine};
pub use export::{ArticleRecord, FileRecord, paragraphs};
pub use outcome::{NonArticle, Outcome, OutcomeKind, Warning};
pub use report::{ArticleSummary, Concern, Report, ReportRow, Totals};
pub use rule::{Rule, RuleAction};
