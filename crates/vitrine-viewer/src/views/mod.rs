//! What one sees: each file makes one thing, from plain values, without a closure.
//!
//! Actions stand on the elements as attributes (`data-id` opens an article, `data-go`
//! does what it names); [`crate::app`] listens for them in one place.

mod article_body;
mod article_page;
mod assets;
mod context;
mod error_view;
mod frame;
mod home;
mod marked_text;
mod provenance;
mod result_item;
mod result_list;
mod search_box;

pub(crate) use article_page::{article_page, missing_article};
pub(crate) use context::Context;
pub(crate) use error_view::error_view;
pub(crate) use frame::{Frame, View};
pub(crate) use home::facts;
pub(crate) use result_list::ResultList;
pub(crate) use search_box::SearchBox;
