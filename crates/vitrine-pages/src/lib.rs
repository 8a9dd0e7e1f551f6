//! Articles as plain pages: HTML that needs no script, lists of them, and what other programs
//! take: a sitemap, a feed, a description for search boxes, Dublin Core records.
//!
//! [`Pages`] is a function of articles that are added in the order of the archive; it hands
//! each file to its caller as soon as it is made, and keeps of an article only what lists show.
//! What stands in the pages comes from the inputs: templates escape all of it, and each page
//! has a content policy that runs no script.

mod address;
mod article_page;
mod body;
mod feed;
mod frame;
mod lists;
mod metadata;
mod oai;
mod pages;
mod robots;
mod site;
mod sitemap;
mod words;
mod xml;

pub use address::{article_path, viewer_address};
pub use lists::{START, Sink};
pub use pages::{FOLDER, Pages, STYLE_PATH};
pub use site::{BaseUrl, BaseUrlError, Site};
