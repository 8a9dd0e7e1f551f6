//! What stays in place while everything else changes.

use vitrine_dom::{Node, node, node_of};
use web_sys::ShadowRoot;

use super::{Context, SearchBox, assets::size};
use crate::route::Route;

/// What the frame shows in its middle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum View {
    /// The home page.
    Home,
    /// A list of results.
    Results,
    /// An article.
    Article,
    /// A failure.
    Error,
}

/// The masthead with the search box, the status line, and the place for everything else.
#[derive(Debug)]
pub(crate) struct Frame {
    /// The outermost element.
    pub(crate) root: Node,
    /// The search box.
    pub(crate) search: SearchBox,
    /// Holds the panel that is open.
    pub(crate) dialog: Node,
    title: Node,
    facts: Node,
    status: Node,
    middle: Node,
    /// What is being read for an answer that takes long: its name, and how much has come.
    reading: Node,
    reading_name: Node,
    reading_size: Node,
}

impl Frame {
    /// Makes the frame of an archive; `facts` is the line below the search box on the
    /// home page.
    pub(crate) fn new(
        context: &Context,
        title: &str,
        facts: &str,
        is_whole_page: bool,
    ) -> Self {
        let home = context.link(&Route::default()).text(title);
        let title = node_of("p", "title").part("title").child(&home);
        let search = SearchBox::new(context);
        let facts = node_of("p", "facts").part("facts").text(facts);
        let status = node_of("p", "status").part("status").attribute("role", "status");
        let masthead = node_of("header", "masthead")
            .part("header")
            .child(&title)
            .child(&search.form)
            .child(&facts)
            .child(&status);
        let middle = node_of("div", "middle");
        if is_whole_page {
            middle.set("role", "main");
        }
        let frame = node_of("div", "frame").child(&masthead).child(&middle);
        // The number is not for those who hear it: it changes every second.
        let reading_name = node("span").attribute("role", "status");
        let reading_size = node("span").attribute("aria-hidden", "true");
        let reading = node_of("p", "reading").child(&reading_name).child(&reading_size);
        let dialog = node_of("dialog", "panel")
            .part("panel")
            .attribute("aria-labelledby", "panel-heading");
        let root = node_of("div", "root")
            .language(context.language.tag())
            .child(&frame)
            .child(&dialog);
        Self {
            root,
            search,
            dialog,
            title,
            facts,
            status,
            middle,
            reading,
            reading_name,
            reading_size,
        }
    }

    /// Puts the frame into the element, in place of whatever was there.
    pub(crate) fn attach(&self, shadow: &ShadowRoot) {
        self.root.append(&self.reading);
        shadow.replace_children_with_node_1(self.root.raw());
    }

    /// Shows a view, and with it what belongs to it around it.
    pub(crate) fn show(&self, view: View, content: &Node, status: &str) {
        let name = match view {
            View::Home => "home",
            View::Results => "results",
            View::Article => "article",
            View::Error => "error",
        };
        self.root.set("data-view", name);
        // The archive's title is the heading of its home page and a link elsewhere.
        if view == View::Home {
            self.title.set("role", "heading");
            self.title.set("aria-level", "1");
        } else {
            self.title.unset("role");
            self.title.unset("aria-level");
        }
        self.facts.toggle("hidden", view != View::Home);
        self.status.set_text(status);
        self.middle.show(content);
    }

    /// Says something in the status line.
    pub(crate) fn say(&self, text: &str) {
        self.status.set_text(text);
    }

    /// Returns whether an answer is on its way.
    pub(crate) fn is_busy(&self) -> bool {
        self.root.raw().has_attribute("data-busy")
    }

    /// Says that an answer is on its way, or that it came.
    pub(crate) fn set_busy(&self, is_busy: bool) {
        self.middle.set("aria-busy", if is_busy { "true" } else { "false" });
        self.root.toggle("data-busy", is_busy);
        if !is_busy {
            self.reading.toggle("data-told", false);
        }
    }

    /// Says what is being read for the answer, and how many bytes of it have come: before
    /// the frame is there, below what the loader says.
    pub(crate) fn tell_reading(&self, what: &str, len_bytes: u64, shadow: &ShadowRoot) {
        if let Ok(Some(opening)) = shadow.query_selector(".boot") {
            opening.append_child(self.reading.raw()).ok();
        }
        self.reading_name.set_text(what);
        self.reading_size.set_text(&size(len_bytes));
        self.reading.toggle("data-told", true);
    }
}
