//! What one sees: each file makes one thing, from plain values, without a closure.
//!
//! Actions stand on the elements as attributes (`data-id` opens an article, `data-place` goes
//! to a list, `data-query` searches, `data-panel` opens a panel, `data-go` does what it names); [`crate::app`] listens for them in
//! one place.

mod article_body;
mod article_page;
mod assets;
mod context;
mod error_view;
mod filter_panel;
mod frame;
mod home;
mod list_tools;
mod marked_text;
mod match_bar;
mod panel_button;
mod provenance;
mod related;
mod result_item;
mod result_list;
mod search_box;
mod search_notes;
mod suggestion_list;
mod timeline;

pub(crate) use article_body::article_block;
pub(crate) use article_page::{article_page, missing_article};
pub(crate) use context::Context;
pub(crate) use error_view::error_view;
pub(crate) use filter_panel::FilterPanel;
pub(crate) use frame::{Frame, View};
pub(crate) use home::{facts, home_front};
pub(crate) use match_bar::MatchBar;
pub(crate) use provenance::provenance_facts;
pub(crate) use related::{date_steps, related, result_steps};
pub(crate) use result_list::ResultList;
pub(crate) use search_box::SearchBox;
